package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// partField is one thing that can be said of a part: its field, and a way back
// to what the layer or the map says.
type partField struct {
	widget.BaseWidget
	key   string
	reset *parts.IconButton
	field fyne.CanvasObject
	// read shows what parts say, and tells whether that is their own.
	read func([]partShown) (own bool)
}

func newPartField(key string, field fyne.CanvasObject, tips *parts.Tips, back func()) *partField {
	f := &partField{key: key, field: field}
	f.reset = parts.NewSmallIconButton("undo", &parts.Tip{Tips: tips, Name: "Back to the usual"}, back)
	f.reset.SetColor(look.Text2)
	f.reset.Hide()
	f.ExtendBaseWidget(f)
	return f
}

// show takes over what parts say.
func (f *partField) show(all []partShown) {
	if own := f.read(all); own == f.reset.Hidden {
		f.reset.Hidden = !own
		f.Refresh()
	}
}

// CreateRenderer draws the row.
func (f *partField) CreateRenderer() fyne.WidgetRenderer {
	f.ExtendBaseWidget(f)
	return widget.NewSimpleRenderer(container.New(besideGutter{}, f.reset, f.field))
}

// newPartChoice gives a choice with its label.
func newPartChoice(label string, tip *parts.Tip, names []string, chosen func(int)) (*parts.Select, fyne.CanvasObject) {
	c := parts.NewSelect(names, chosen)
	text := parts.NewText(label)
	text.Cut = true
	return c, container.New(wideField{}, container.NewStack(text, parts.NewHint(tip)), c)
}

// wideField gives a label two fifths of the width, and its field the rest.
type wideField struct{}

func (wideField) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h, left := o[0].MinSize().Height, size.Width*0.4
	parts.Place(o[0], 0, (size.Height-h)/2, left-look.Grid/2, h)
	parts.Place(o[1], left, 0, size.Width-left, size.Height)
}

func (wideField) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, o[1].MinSize().Height)
}

// sayField is a text field for what a part says, in one line or in several: Enter
// takes the text, Shift with Enter begins a new line. What is typed is told at
// once, so that it can be drawn.
type sayField struct {
	textField
	trying func(string) // told what is typed
	ended  func()       // told that what was typed does not count
}

func newSayField(taken, trying func(string), ended func()) *sayField {
	f := &sayField{textField: textField{taken: taken}, trying: trying, ended: ended}
	f.MultiLine = true
	f.ExtendBaseWidget(f)
	f.SetMinRowsVisible(2)
	f.OnChanged = func(text string) {
		if text != f.value {
			f.trying(text)
		}
	}
	return f
}

// AcceptsTab leaves Tab to the window, which goes to the next field.
func (f *sayField) AcceptsTab() bool { return false }

// TypedShortcut gives the window what the entry has no use for.
func (f *sayField) TypedShortcut(s fyne.Shortcut) {
	if !parts.PassShortcut(f, s, f.take) {
		f.Entry.TypedShortcut(s)
	}
}

// TypedKey takes Enter for taking the text, and Escape for a way back.
func (f *sayField) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyEscape:
		f.SetText(f.value)
		f.ended()
	case fyne.KeyReturn, fyne.KeyEnter:
		if shifted() {
			f.Entry.TypedKey(k)
			return
		}
		f.take()
	default:
		f.Entry.TypedKey(k)
	}
}

// shifted tells whether Shift is held.
func shifted() bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}
