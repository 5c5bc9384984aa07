package profile

import (
	"context"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

// pastCharges is how many exports the list goes back.
const pastCharges = 100

// pastExports lists what was exported on this computer, with the numbers by
// which a person can ask about it.
func (c *Corner) pastExports() {
	c.loop.Go(func(ctx context.Context) {
		charges, err := c.shop.History(ctx, pastCharges)
		c.loop.UI("past exports", func() {
			if err != nil {
				c.o.Notify(stage.Problem("The past exports were not read", err))
				return
			}
			c.showPast(charges)
		})
	})
}

func (c *Corner) showPast(charges []workshop.Charge) *sheet {
	var s *sheet
	leave := func() { s.close() }
	body := stack()
	for i, charge := range charges {
		if i > 0 {
			body.Add(widget.NewSeparator())
		}
		row := newChargeRow()
		c.showCharge(row, charge)
		at := charge.At
		if !charge.EndedAt.IsZero() {
			at = charge.EndedAt
		}
		cost := count(charge.Amount, "credit")
		if charge.State == workshop.ChargeVoided {
			cost = "cost nothing"
		} else if charge.Amount == 0 {
			cost = "free"
		}
		body.Add(space(4))
		body.Add(row.Container)
		body.Add(container.New(gap{28, 0}, apart(
			parts.NewCaption(moment(at, c.now())+" · "+cost), parts.NewCaption(string(charge.ID)))))
		body.Add(space(8))
	}
	if len(charges) == 0 {
		body.Add(flush("Nothing was exported on this computer yet.", look.Text2))
	}
	s = newSheet(c.win, 520, "Past exports", body, newButton("Close", widget.MediumImportance, leave, leave))
	s.show()
	return s
}
