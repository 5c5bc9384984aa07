package app

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/mapwright/mapwright/app/parts"
)

// askText asks for a line of text; Enter takes it, Esc leaves it.
func askText(win fyne.Window, title, text string, take func(string)) {
	field := widget.NewEntry()
	field.SetText(text)
	var pop *widget.PopUp
	done := func() {
		if v := strings.TrimSpace(field.Text); v != "" {
			pop.Hide()
			take(v)
		}
	}
	field.OnSubmitted = func(string) { done() }
	buttons := container.NewHBox(
		parts.NewButton(parts.Primary, "Rename", done),
		parts.NewButton(parts.Bordered, "Cancel", func() { pop.Hide() }))
	body := container.NewVBox(parts.NewHeading(title), container.NewGridWrap(fyne.NewSize(360, 36), field), buttons)
	pop = widget.NewModalPopUp(container.NewPadded(container.NewPadded(body)), win.Canvas())
	pop.Show()
	win.Canvas().Focus(field)
	field.TypedShortcut(&fyne.ShortcutSelectAll{})
}
