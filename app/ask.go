package app

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
	"github.com/mapwright/mapwright/app/parts"
)

// ask puts a question over the window, which hears no key until shut is called.
// Escape is leave.
func ask(win fyne.Window, body fyne.CanvasObject, leave func()) (shut func()) {
	c := win.Canvas()
	pop := widget.NewModalPopUp(container.NewPadded(body), c)
	keys := c.OnTypedKey()
	c.SetOnTypedKey(func(e *fyne.KeyEvent) {
		if e.Name == fyne.KeyEscape {
			leave()
		}
	})
	pop.Show()
	return func() {
		pop.Hide()
		c.SetOnTypedKey(keys)
	}
}

// answer is a line of text that a question asks for. Escape leaves the question.
type answer struct {
	widget.Entry
}

// TypedKey gives Escape to the question.
func (a *answer) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyEscape {
		parts.PassKey(a, e)
		return
	}
	a.Entry.TypedKey(e)
}

// askText asks for a line of text; Enter takes it, Esc leaves it.
func askText(win fyne.Window, title, text string, take func(string)) {
	field := &answer{}
	field.ExtendBaseWidget(field)
	field.SetText(text)
	var shut func()
	leave := func() { shut() }
	done := func() {
		if v := strings.TrimSpace(field.Text); v != "" {
			shut()
			take(v)
		}
	}
	field.OnSubmitted = func(string) { done() }
	buttons := container.NewHBox(
		parts.NewButton(parts.Primary, "Rename", done),
		parts.NewButton(parts.Bordered, "Cancel", leave))
	body := container.NewVBox(parts.NewHeading(title), container.NewGridWrap(fyne.NewSize(360, 36), field), buttons)
	shut = ask(win, container.NewPadded(body), leave)
	win.Canvas().Focus(field)
	field.TypedShortcut(&fyne.ShortcutSelectAll{})
}
