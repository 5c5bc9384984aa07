package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"github.com/mapwright/mapwright/app/look"
)

// NewSection gives the head of a section: its title in the heavier weight, and
// at the right a caption or whatever belongs there, which may be nil.
func NewSection(title string, right fyne.CanvasObject) fyne.CanvasObject {
	return head(NewBold(title), right)
}

// NewPanelHead gives the head of a panel, larger than a section's.
func NewPanelHead(title string, right fyne.CanvasObject) fyne.CanvasObject {
	return head(NewHeading(title), right)
}

func head(title, right fyne.CanvasObject) fyne.CanvasObject {
	row := container.NewHBox(container.NewCenter(title), layout.NewSpacer())
	if right != nil {
		row.Add(container.NewCenter(right))
	}
	return container.New(layout.NewCustomPaddedLayout(look.Grid/2, look.Grid/2, 0, 0), row)
}
