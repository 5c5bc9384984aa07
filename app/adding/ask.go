package adding

import (
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/internal/workshop"
)

// question asks what is wanted of one file.
type question struct {
	queue *queue
	file  workshop.SourceFile
	popup *widget.PopUp
	keys  func(*fyne.KeyEvent) // what heard the keys before

	how      *parts.Segmented // preset or one layer; nil where there is no preset
	city     fyne.CanvasObject
	one      *fyne.Container
	what     *parts.Select // nil where the file's attributes are not known
	name     *field
	pair     *fyne.Container
	key      *field
	value    *field
	problem  *parts.Text
	rest     *widget.Check
	nameMine bool // the person wrote the name
}

const questionWidth = 460

// show asks about a file.
func show(q *queue, file workshop.SourceFile) {
	a := newQuestion(q, file)
	a.popup = widget.NewModalPopUp(container.New(layout.NewCustomPaddedLayout(16, 16, 20, 20), a.content()), q.win.Canvas())
	a.fit()
	a.popup.Show()
	canvas := q.win.Canvas()
	a.keys = canvas.OnTypedKey()
	canvas.SetOnTypedKey(a.typed)
	if a.how == nil {
		canvas.Focus(a.name)
	}
}

// typed hears the keys while no field has them: Enter adds, Escape cancels.
func (a *question) typed(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		a.add()
	case fyne.KeyEscape:
		a.cancel()
	}
}

// close takes the question away.
func (a *question) close() {
	a.popup.Hide()
	a.queue.win.Canvas().SetOnTypedKey(a.keys)
}

func newQuestion(q *queue, file workshop.SourceFile) *question {
	a := &question{queue: q, file: file}
	a.name = a.field("Name of the layer")
	a.name.SetText(baseName(file.Path))
	a.name.OnChanged = func(string) { a.nameMine = true; a.clear() }
	a.nameMine = false
	a.key, a.value = a.field("key"), a.field("value, * for any")
	a.value.SetText("*")
	a.key.OnChanged, a.value.OnChanged = func(string) { a.clear() }, func(string) { a.clear() }
	a.problem = parts.NewText("")
	a.problem.SetColor(theme.ColorNameError)
	a.problem.Hide()
	a.city = flush(parts.NewParagraph("Streets, railways, houses, water and green, each a layer that is ready to trace.", look.Text2))
	equals := container.NewCenter(parts.NewText("="))
	a.pair = container.NewVBox(
		parts.NewCaption("Only shapes that have"),
		container.NewBorder(nil, nil, nil, nil, container.New(pairLayout{}, a.key, equals, a.value)),
	)
	rows := []fyne.CanvasObject{}
	if len(file.Presets) > 0 {
		labels := make([]string, len(subjects))
		for i, t := range subjects {
			labels[i] = t.label
		}
		a.what = parts.NewSelect(labels, a.chose)
		a.what.Reflect(0)
		a.pair.Hide()
		a.how = parts.NewSegmented([]parts.Segment{{Label: "City"}, {Label: "One layer"}}, func(int) { a.turn() })
		rows = append(rows, parts.NewCaption("What to take"), a.what)
	}
	rows = append(rows, parts.NewCaption("Name of the layer"), a.name, a.pair)
	a.one = container.NewVBox(rows...)
	if n := len(q.files); n > 0 {
		a.rest = widget.NewCheck("The same with the other "+plural(n, "file"), nil)
		if n == 1 {
			a.rest.SetText("The same with the other file")
		}
	}
	a.turn()
	return a
}

// content lays the question out.
func (a *question) content() fyne.CanvasObject {
	kind := a.file.Kind + ", " + size(a.file.Bytes)
	if a.queue.of > 1 {
		kind = strconv.Itoa(a.queue.of-len(a.queue.files)) + " of " + strconv.Itoa(a.queue.of) + ". " + kind
	}
	title := parts.NewHeading("Add " + filepath.Base(a.file.Path))
	title.Cut = true
	col := container.New(layout.NewCustomPaddedVBoxLayout(look.Grid), title, parts.NewCaption(kind))
	if a.how != nil {
		col.Add(a.how)
	}
	col.Add(a.city)
	col.Add(a.one)
	col.Add(a.problem)
	col.Add(parts.NewCaption("Shapes that touch the board are kept whole. Adding costs no credits."))
	if a.rest != nil {
		col.Add(flush(a.rest))
	}
	label := "Cancel"
	if a.queue.of > 1 {
		label = "Cancel all"
	}
	buttons := container.NewHBox(layout.NewSpacer(), parts.NewButton(parts.Bordered, label, a.cancel))
	if len(a.queue.files) > 0 {
		buttons.Add(parts.NewButton(parts.Bordered, "Leave this one out", a.skip))
	}
	buttons.Add(parts.NewButton(parts.Primary, "Add", a.add))
	col.Add(buttons)
	return col
}

// flush takes Fyne's space away from around a widget, so that it stands in line
// with the others.
func flush(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(-look.Grid, -look.Grid, -look.Grid, -look.Grid), o)
}

// asOne tells whether the file is to become one layer.
func (a *question) asOne() bool { return a.how == nil || a.how.Selected() == 1 }

// turn shows what belongs to the way that is chosen.
func (a *question) turn() {
	a.clear()
	if a.asOne() {
		a.city.Hide()
		a.one.Show()
	} else {
		a.one.Hide()
		a.city.Show()
	}
	a.fit()
}

// chose takes a word for what is wanted.
func (a *question) chose(index int) {
	a.clear()
	if index == own {
		a.pair.Show()
	} else {
		a.pair.Hide()
	}
	if !a.nameMine {
		name := baseName(a.file.Path)
		if index != 0 && index != own {
			name = strings.ToLower(subjects[index].label)
		}
		a.name.SetText(name)
		a.nameMine = false
	}
	a.fit()
}

// fit makes the question as high as what it says, which wraps at its width.
func (a *question) fit() {
	if a.popup != nil {
		a.popup.Content.Resize(fyne.NewSize(questionWidth, a.popup.Content.Size().Height))
		a.popup.Resize(fyne.NewSize(questionWidth, a.popup.Content.MinSize().Height))
	}
}

// wish reads what the person wants; problem says what is missing, and where.
func (a *question) wish() (w wish, at *field, problem string) {
	if !a.asOne() {
		return wish{preset: a.file.Presets[0]}, nil, ""
	}
	w.layer = strings.TrimSpace(a.name.Text)
	if w.layer == "" {
		return w, a.name, "Give the layer a name."
	}
	if a.what != nil && a.what.Selected() != own {
		t := subjects[a.what.Selected()]
		w.key, w.value = t.key, t.value
		return w, nil, ""
	}
	w.key, w.value = strings.TrimSpace(a.key.Text), strings.TrimSpace(a.value.Text)
	switch {
	case w.key == "" && w.value != "" && w.value != "*":
		return w, a.key, "Say which key has the value " + w.value + "."
	case w.key == "" && a.what != nil:
		return w, a.key, "Name the key, such as building."
	case w.key != "" && w.value == "":
		w.value = "*"
	}
	return w, nil, ""
}

func (a *question) add() {
	w, at, problem := a.wish()
	if problem != "" {
		a.problem.SetText(problem)
		a.problem.Show()
		a.fit()
		a.queue.win.Canvas().Focus(at)
		return
	}
	a.close()
	a.queue.take(a.file, w, a.rest != nil && a.rest.Checked)
}

func (a *question) skip() {
	a.close()
	a.queue.next()
}

func (a *question) cancel() { a.close() }

func (a *question) clear() {
	if a.problem != nil && a.problem.Visible() {
		a.problem.Hide()
		a.fit()
	}
}

// field is an entry of the question: Enter adds, Escape cancels.
type field struct {
	widget.Entry
	of *question
}

func (a *question) field(hint string) *field {
	f := &field{of: a}
	f.PlaceHolder = hint
	f.ExtendBaseWidget(f)
	f.OnSubmitted = func(string) { a.add() }
	return f
}

// TypedKey takes Escape for Cancel.
func (f *field) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyEscape {
		f.of.cancel()
		return
	}
	f.Entry.TypedKey(k)
}

// pairLayout puts key and value side by side around the equals sign.
type pairLayout struct{}

func (pairLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	const sign = 24
	half := (size.Width - sign) / 2
	for i, x := range []float32{0, half, half + sign} {
		w := half
		if i == 1 {
			w = sign
		}
		o[i].Move(fyne.NewPos(x, 0))
		o[i].Resize(fyne.NewSize(w, size.Height))
	}
}

func (pairLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(240, o[0].MinSize().Height)
}
