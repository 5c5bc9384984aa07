package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// textField is an entry that takes what was typed with Enter and when it is
// left; Escape brings back what was there.
type textField struct {
	widget.Entry
	value string
	taken func(string)
}

func newTextField(taken func(string)) *textField {
	f := &textField{taken: taken}
	f.ExtendBaseWidget(f)
	f.OnSubmitted = func(string) { f.take() }
	return f
}

// set shows another text, unless the person is typing.
func (f *textField) set(value string) {
	if f.value == value {
		return
	}
	typing := f.Text != f.value
	f.value = value
	if !typing {
		f.SetText(value)
	}
}

// reset shows the text of something else; what is typed was for what was shown
// before.
func (f *textField) reset(value string) {
	f.value = value
	f.SetText(value)
}

func (f *textField) take() {
	if text := clean(f.Text); text != f.value {
		f.value = text
		f.taken(text)
	}
}

// FocusLost takes what was typed.
func (f *textField) FocusLost() {
	f.Entry.FocusLost()
	f.take()
}

// TypedShortcut gives the window what the entry has no use for.
func (f *textField) TypedShortcut(s fyne.Shortcut) {
	if !parts.PassShortcut(f, s, f.take) {
		f.Entry.TypedShortcut(s)
	}
}

// TypedKey takes Escape for a way back.
func (f *textField) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		f.SetText(f.value)
		return
	}
	f.Entry.TypedKey(k)
}

// attributeRow is one thing that is known of a shape: its key, its value, and a
// way to take it away.
type attributeRow struct {
	widget.BaseWidget
	key    *parts.Text
	field  *textField
	remove *parts.IconButton // nil where it can't be taken away
}

func newAttributeRow(key string, remove *parts.IconButton, taken func(string)) *attributeRow {
	r := &attributeRow{key: parts.NewText(key), field: newTextField(taken), remove: remove}
	r.key.Cut, r.key.Color = true, look.Text2
	r.ExtendBaseWidget(r)
	return r
}

func (r *attributeRow) set(value string, locked bool) {
	r.field.set(value)
	if locked != r.field.Disabled() {
		if locked {
			r.field.Disable()
		} else {
			r.field.Enable()
		}
	}
	if r.remove != nil && r.remove.Hidden != locked {
		r.remove.Hidden = locked
		r.Refresh()
	}
}

// CreateRenderer draws the row.
func (r *attributeRow) CreateRenderer() fyne.WidgetRenderer {
	r.ExtendBaseWidget(r)
	objects := []fyne.CanvasObject{r.key, r.field}
	if r.remove != nil {
		objects = append(objects, r.remove)
	}
	return widget.NewSimpleRenderer(container.New(indented{}, container.New(thirds{}, objects...)))
}

// thirds gives a third of the width to a label and the rest to what it is of;
// a button lies at the end.
type thirds struct{}

func (thirds) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := size.Width * 0.3
	right := size.Width
	if len(o) > 2 {
		right -= look.TargetSize
		o[2].Move(fyne.NewPos(right, (size.Height-look.TargetSize)/2))
		o[2].Resize(fyne.NewSquareSize(look.TargetSize))
	}
	for i, at := range []struct{ x, w float32 }{{0, left - look.Grid}, {left, right - left}} {
		h := o[i].MinSize().Height
		o[i].Move(fyne.NewPos(at.x, (size.Height-h)/2))
		o[i].Resize(fyne.NewSize(at.w, h))
	}
}

func (thirds) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, max(look.TargetSize, o[1].MinSize().Height))
}

// adder lets the person add an attribute.
type adder struct {
	win        fyne.Window
	button     *parts.Button
	form       *fyne.Container
	key, value *adderField
	add        func(key, value string)
}

// adderField is an entry of the form; Escape closes the form.
type adderField struct {
	widget.Entry
	close func()
}

// TypedKey takes Escape for a way back.
func (f *adderField) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		f.close()
		return
	}
	f.Entry.TypedKey(k)
}

func newAdder(win fyne.Window, tips *parts.Tips, add func(key, value string)) *adder {
	a := &adder{win: win, add: add}
	field := func(hint string) *adderField {
		f := &adderField{close: a.close}
		f.ExtendBaseWidget(f)
		f.SetPlaceHolder(hint)
		f.OnSubmitted = func(string) { a.submit() }
		return f
	}
	a.key, a.value = field("attribute"), field("value")
	a.button = parts.NewSmallButton(parts.Link, "Add an attribute", a.open)
	a.button.SetIcon("plus")
	ok := parts.NewSmallIconButton("check", &parts.Tip{Tips: tips, Name: "Add it", Shortcut: "Enter"}, a.submit)
	a.form = container.New(thirds{}, a.key, a.value, ok)
	a.form.Hide()
	return a
}

func (a *adder) open() {
	a.form.Show()
	a.win.Canvas().Focus(a.key)
}

func (a *adder) close() {
	a.key.SetText("")
	a.value.SetText("")
	a.form.Hide()
}

// submit adds the attribute; without a name the keyboard goes to it.
func (a *adder) submit() {
	key, value := clean(a.key.Text), clean(a.value.Text)
	switch {
	case key == "":
		a.win.Canvas().Focus(a.key)
	case value == "":
		a.win.Canvas().Focus(a.value)
	default:
		a.close()
		a.add(key, value)
	}
}

// rule is a line between sections.
func rule() fyne.CanvasObject {
	return container.New(indented{}, widget.NewSeparator())
}
