package profile

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

// ChoosePlan leads to more credits: for the built-in account a choice of plans,
// for an account elsewhere its page.
func (c *Corner) ChoosePlan() {
	if !c.facts.builtIn() {
		c.openPage("/plan")
		return
	}
	c.loop.Go(func(ctx context.Context) {
		a, err := c.shop.AccountStatus(ctx)
		c.loop.UI("plans", func() {
			if err != nil {
				c.o.Notify(stage.Problem("The plans were not read", err))
				return
			}
			c.showPlans(a)
		})
	})
}

func (c *Corner) showPlans(a workshop.Account) *sheet {
	var s *sheet
	leave := func() { s.close() }
	rows := stack(flush("The account built into the app is a demonstration: its plans cost nothing.", look.Text2), space(8))
	for i, p := range a.Plans {
		grant := fmt.Sprintf("%d credits a month", p.Allowance)
		switch {
		case p.Unlimited:
			grant = "unlimited exports"
		case p.Once:
			grant = fmt.Sprintf("%d credits, once", p.Allowance)
		}
		var act fyne.CanvasObject = parts.NewPill("your plan", theme.ColorNameSuccess)
		if p.ID != a.Status.Plan {
			act = newButton("Choose", widget.MediumImportance, func() {
				s.close()
				c.confirmPlan(p.ID, p.Name, grant)
			}, leave)
		}
		if i > 0 {
			rows.Add(widget.NewSeparator())
		}
		rows.Add(container.NewBorder(space(8), space(8), nil, container.NewCenter(act), middle(stack(parts.NewBold(p.Name), parts.NewCaption(grant)))))
	}
	s = newSheet(c.win, 440, "Plans", rows, newButton("Close", widget.MediumImportance, leave, leave))
	s.show()
	return s
}

// confirmPlan says what a change would end, and does it.
func (c *Corner) confirmPlan(id, name, grant string) {
	b := c.facts.purse.Balance
	text := name + ": " + grant + "."
	if !b.Unlimited && b.Balance > 0 {
		text += fmt.Sprintf(" Your %s of %s %s unspent and would expire.", count(b.Balance, "credit"), b.PlanName, are(b.Balance))
	}
	var s *sheet
	leave := func() { s.close() }
	change := func() {
		s.close()
		c.changePlan(id)
	}
	s = newSheet(c.win, 420, "Change to "+name+"?", flush(text, theme.ColorNameForeground),
		newButton("Keep "+b.PlanName, widget.MediumImportance, leave, leave),
		newButton("Change to "+name, widget.HighImportance, change, leave))
	s.show()
}

func (c *Corner) changePlan(id string) {
	c.loop.Go(func(ctx context.Context) {
		a, err := c.shop.ChangePlan(ctx, id)
		c.loop.UI("plan changed", func() {
			if err != nil {
				c.o.Notify(stage.Problem("The plan was not changed", err))
				return
			}
			n := stage.Notice{Kind: stage.KindDone, Title: "You are on " + a.Status.PlanName}
			switch {
			case a.Status.Unlimited:
				n.Text = "Your exports are unlimited."
			default:
				n.Text = count(a.Status.Balance(), "credit") + " to spend."
			}
			if a.Expired > 0 {
				n.Text += fmt.Sprintf(" %s of %s expired.", count(a.Expired, "credit"), a.Before)
			}
			c.o.Notify(n)
			c.Update()
		})
	})
}
