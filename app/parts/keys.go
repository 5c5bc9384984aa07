package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// PassKey gives a key that a widget with the keyboard has no use for to the
// window: Escape and the function keys work wherever the keyboard is.
func PassKey(o fyne.CanvasObject, e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape, fyne.KeyF1, fyne.KeyF2, fyne.KeyF6, fyne.KeyF8:
	default:
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// PassShortcut gives a shortcut that a field has no use for to the window, after
// take took what was typed. It tells whether it did.
func PassShortcut(o fyne.CanvasObject, s fyne.Shortcut, take func()) bool {
	custom, ok := s.(*desktop.CustomShortcut)
	if !ok {
		return false
	}
	switch custom.KeyName {
	case fyne.KeyLeft, fyne.KeyRight, fyne.KeyBackspace, fyne.KeyDelete: // they move by words
		return false
	}
	window, ok := fyne.CurrentApp().Driver().CanvasForObject(o).(fyne.Shortcutable)
	if ok {
		take()
		window.TypedShortcut(s)
	}
	return ok
}
