package start

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
)

// form is the right of the page: what map to make of the place.
type form struct {
	page   *Page
	object fyne.CanvasObject
	rows   *fyne.Container // what scrolls
	foot   *fyne.Container // what stays
	whole  *fyne.Container

	name     *entry
	mine     bool // the person wrote the name
	folder   string
	chosen   bool // the person chose the folder
	where    *parts.Text
	nameBad  *parts.Text
	presets  *parts.CardGrid
	width    *parts.NumberField
	height   *parts.NumberField
	margin   *parts.NumberField
	turn     *parts.NumberField
	frames   *parts.CardGrid
	empty    *option
	filled   *option
	scale    *parts.Text
	note     *widget.RichText
	noted    fyne.CanvasObject // note, where there is something to say
	noteText *widget.TextSegment
	button   *parts.Button
	stop     context.CancelFunc // of the making
}

func newForm(p *Page) *form {
	f := &form{page: p, folder: p.shop.MapsFolder()}
	f.name = newEntry(f)
	f.name.OnChanged = func(string) { f.mine = strings.TrimSpace(f.name.Text) != ""; f.rename() }
	f.where = parts.NewCaption("")
	f.where.Cut = true
	f.nameBad = parts.NewText("")
	f.nameBad.SetColor(theme.ColorNameError)
	f.nameBad.Hide()
	change := parts.NewButton(parts.Link, "Change", f.chooseFolder)

	f.presets = parts.NewCardGrid(3, 80, boardChoices(), func(i int) {
		f.width.SetValue(sizes[i].width)
		f.height.SetValue(sizes[i].height)
		p.reshape()
	})
	number := func(label, unit string, least, most, step, value float64) *parts.NumberField {
		return parts.NewNumberField(parts.Number{Label: label, Unit: unit, Min: least, Max: most, Step: step, NoSlider: true}, value, func(float64) {
			f.reflect()
			p.reshape()
		})
	}
	f.width = number("Width", "mm", 10, 5000, 1, 400)
	f.height = number("Height", "mm", 10, 5000, 1, 300)
	f.margin = number("Margin", "mm", 0, 99, 0.5, carto.DefaultMargin)
	f.turn = number("Turned", "°", -180, 180, 1, 0)
	f.frames = parts.NewCardGrid(3, 64, frameChoices(), func(int) { p.reshape() })
	f.frames.Reflect(0)
	f.empty = newOption("Empty board", "draw or add data", func() { f.start(false) })
	f.filled = newOption("City from a file", "streets, houses, water", func() { f.start(true) })
	f.empty.set(true)
	f.reflect()

	f.scale = parts.NewBold("")
	f.scale.SizeName = theme.SizeNameSubHeadingText
	f.noteText = &widget.TextSegment{Style: widget.RichTextStyleParagraph}
	f.note = widget.NewRichText(f.noteText)
	f.note.Wrapping = fyne.TextWrapWord
	f.noted = flush(f.note)
	f.noted.Hide()
	f.button = parts.NewButton(parts.Primary, "Make this map", f.make)
	if p.options.Tips != nil {
		f.button.SetTip(&parts.Tip{Tips: p.options.Tips, Name: "Make this map", Shortcut: "Ctrl Enter"})
	}

	f.rows = container.New(layout.NewCustomPaddedVBoxLayout(look.Grid),
		parts.NewCaption("Name"), f.name, f.nameBad,
		container.NewBorder(nil, nil, nil, change, container.New(layout.NewCustomPaddedLayout(6, 6, 0, 8), f.where)),
		parts.NewSection("Board", nil), f.presets,
		container.New(pairs{}, f.width, f.height, f.margin, f.turn),
		parts.NewSection("Frame", nil), f.frames,
		parts.NewSection("Start with", nil), container.New(layout.NewCustomPaddedVBoxLayout(0), f.empty, f.filled),
	)
	f.foot = container.New(layout.NewCustomPaddedVBoxLayout(look.Grid),
		container.NewBorder(nil, nil, container.NewCenter(parts.NewCaption("Scale")), f.scale),
		f.noted, f.button,
		container.NewCenter(parts.NewCaption("Making and editing maps costs no credits.")),
	)
	pad := func(top float32, o fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedLayout(top, 2*look.Grid, 2*look.Grid, 2*look.Grid), o)
	}
	f.whole = newTight(tight{
		left: rule(), rest: container.NewVScroll(pad(look.Grid, f.rows)),
		bottom: newTight(tight{top: rule(), rest: pad(1.5*look.Grid, f.foot)}),
	})
	f.object = f.whole
	f.rename()
	return f
}

func flush(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(-look.Grid, -look.Grid, -look.Grid, -look.Grid), o)
}

// boards is the material as it is chosen.
func (f *form) boards() carto.Boards {
	shape := carto.FrameRect
	if i := f.frames.Selected(); i >= 0 {
		shape = frameShapes[i].shape
	}
	return carto.Boards{
		Count: 1, Width: f.width.Value(), Height: f.height.Value(),
		Frame: carto.Frame{Shape: shape}, Margin: f.margin.Value(),
	}
}

func (f *form) rotation() float64 { return f.turn.Value() }

// reflect marks the preset whose size the board has.
func (f *form) reflect() {
	chosen := -1
	for i, s := range sizes {
		if s.width == f.width.Value() && s.height == f.height.Value() {
			chosen = i
		}
	}
	f.presets.Reflect(chosen)
}

// start takes what the map starts with; a city needs a file.
func (f *form) start(filled bool) {
	f.empty.set(!filled)
	f.filled.set(filled)
	if filled && f.page.file == nil {
		f.page.middle.show(tabFile)
		f.page.middle.choose()
	}
}

// propose names the map, unless the person did.
func (f *form) propose(title string) {
	if f.mine || title == "" || title == f.name.Text {
		return
	}
	f.name.SetText(title)
	f.mine = false
}

// rename shows where the file of the map will be.
func (f *form) rename() {
	f.nameBad.Hide()
	relayout(f.rows)
	f.where.SetText(short(f.path(0), f.page.home))
}

// path of the map's file; a number from 2 tells it from others of its name.
func (f *form) path(number int) string {
	name := fileName(strings.TrimSpace(f.name.Text))
	if number > 1 {
		name = fmt.Sprintf("%s %d", name, number)
	}
	return filepath.Join(f.folder, name+".gpkg")
}

func (f *form) chooseFolder() {
	d := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		if err != nil {
			f.page.options.Notify(stage.Problem("The folder was not chosen", err))
			return
		}
		if folder != nil {
			f.folder, f.chosen = folder.Path(), true
			f.rename()
		}
	}, f.page.win)
	if at, err := storage.ListerForURI(storage.NewFileURI(f.folder)); err == nil {
		d.SetLocation(at)
	}
	d.SetConfirmText("Put the map here")
	d.Resize(fyne.NewSize(900, 620))
	d.Show()
}

// say shows a sentence below the scale; "" shows none.
func (f *form) say(text string, c fyne.ThemeColorName) {
	text = strings.TrimSpace(text)
	if f.noteText.Text == text && f.noteText.Style.ColorName == c {
		return
	}
	f.noteText.Text, f.noteText.Style.ColorName = text, c
	if text == "" {
		f.noted = flush(f.note)
		f.noted.Hide()
	} else {
		f.noted.Show()
	}
	f.note.Refresh()
	relayout(f.whole)
}

// sentence is an error as a sentence.
func sentence(err error) string { return stage.Problem("", err).Text }

// wrong tells what can't be used, at the name.
func (f *form) wrong(text string) {
	f.nameBad.SetText(text)
	f.nameBad.Show()
	relayout(f.rows)
	f.page.win.Canvas().Focus(f.name)
}

// entry is a field of one line in which Ctrl Enter makes the map.
type entry struct {
	widget.Entry
	form *form
}

func newEntry(f *form) *entry {
	e := &entry{form: f}
	e.ExtendBaseWidget(e)
	e.OnSubmitted = func(string) { f.make() }
	return e
}

// TypedShortcut takes Ctrl Enter and leaves the rest to the entry.
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	if s.ShortcutName() == makeShortcut().ShortcutName() {
		e.form.make()
		return
	}
	e.Entry.TypedShortcut(s)
}

// pairs lays fields out two to a row.
type pairs struct{}

func (pairs) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := (size.Width - 2*look.Grid) / 2
	for i := range o {
		o[i].Move(fyne.NewPos(float32(i%2)*(w+2*look.Grid), float32(i/2)*(look.FieldSize+look.Grid)))
		o[i].Resize(fyne.NewSize(w, look.FieldSize))
	}
}

func (pairs) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(240, float32((len(o)+1)/2)*(look.FieldSize+look.Grid)-look.Grid)
}
