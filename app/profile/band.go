package profile

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/internal/workshop"
)

// band is the way to a bigger plan.
type band struct {
	*fyne.Container
	title, text *parts.Text
}

func newBand(choose func(), escape func()) *band {
	b := &band{title: parts.NewBold(""), text: parts.NewCaption("")}
	upgrade := newButton("Upgrade", widget.HighImportance, choose, escape)
	b.Container = container.NewStack(newGround(theme.ColorNameSelection, 0), padded(container.NewBorder(nil, nil, nil, upgrade, middle(stack(b.title, b.text))), 10, 10))
	return b
}

// show names the plan, and tells whether there is a bigger one to go to.
func (b *band) show(a workshop.Account, f facts) bool {
	b.title.SetText("More credits")
	b.text.SetText("A bigger plan, on all your computers")
	if f.builtIn() {
		found := false
		for _, p := range a.Plans {
			if p.Unlimited {
				b.title.SetText(p.Name + ": unlimited exports")
				b.text.SetText("Nothing is counted down")
				found = true
			}
		}
		if !found {
			return false
		}
	}
	b.Refresh()
	return !f.purse.Balance.Unlimited && f.session() != workshop.SessionOver
}
