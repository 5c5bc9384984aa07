package profile

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// press is the part of a widget that hears the pointer and the keyboard. Esc
// leaves what the widget is in.
type press struct {
	hovered, focused, disabled bool
	tapped, escape             func()
	repaint                    func()
}

func (p *press) paint() {
	if p.repaint != nil {
		p.repaint()
	}
}

// MouseIn is called when the pointer comes.
func (p *press) MouseIn(*desktop.MouseEvent) {
	p.hovered = true
	p.paint()
}

// MouseMoved is called when the pointer moves on the widget.
func (p *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called when the pointer leaves.
func (p *press) MouseOut() {
	p.hovered = false
	p.paint()
}

// FocusGained is called when the keyboard comes.
func (p *press) FocusGained() {
	p.focused = true
	p.paint()
}

// FocusLost is called when the keyboard leaves.
func (p *press) FocusLost() {
	p.focused = false
	p.paint()
}

// Tapped does what the widget is for.
func (p *press) Tapped(*fyne.PointEvent) {
	if !p.disabled && p.tapped != nil {
		p.tapped()
	}
}

// TypedRune hears nothing: Space comes as a key.
func (p *press) TypedRune(rune) {}

// TypedKey takes Space and Enter for a tap.
func (p *press) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.Tapped(nil)
	case fyne.KeyEscape:
		if p.escape != nil {
			p.escape()
		}
	}
}

// button is Fyne's, which Esc leaves.
type button struct {
	widget.Button
	escape func()
}

func newButton(label string, importance widget.Importance, tapped, escape func()) *button {
	b := &button{escape: escape}
	b.Text, b.Importance, b.OnTapped = label, importance, tapped
	b.ExtendBaseWidget(b)
	return b
}

// TypedKey takes Esc for leaving and Enter for a tap.
func (b *button) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		b.escape()
	case fyne.KeyReturn, fyne.KeyEnter:
		b.Button.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	default:
		b.Button.TypedKey(e)
	}
}

// entry is Fyne's, which Esc leaves.
type entry struct {
	widget.Entry
	escape func()
}

func newEntry(placeholder string, escape func()) *entry {
	e := &entry{escape: escape}
	e.PlaceHolder = placeholder
	e.ExtendBaseWidget(e)
	return e
}

func newPassword(escape func()) *entry {
	e := &entry{escape: escape}
	e.Password = true
	e.ExtendBaseWidget(e)
	return e
}

// TypedKey takes Esc for leaving.
func (e *entry) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		e.escape()
		return
	}
	e.Entry.TypedKey(k)
}
