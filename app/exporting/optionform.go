package exporting

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/internal/workshop"
)

// optionForm asks for the options of a format, as its manifest describes them.
type optionForm struct {
	format  *format
	changed func()
	popup   *widget.PopUp
	fields  map[string]fyne.CanvasObject // by key
}

// formWidth is how wide the form is, in Fyne's pixels.
const formWidth float32 = 380

// showForm opens the form below an object. Changed is told after each change.
func showForm(win fyne.Window, f *format, below fyne.CanvasObject, changed func()) *optionForm {
	form := &optionForm{format: f, changed: changed, fields: map[string]fyne.CanvasObject{}}
	rows := container.New(layout.NewCustomPaddedVBoxLayout(10), parts.NewSection(f.name, parts.NewCaption("."+f.extension)))
	if f.description != "" {
		rows.Add(container.New(outdent{}, parts.NewParagraph(f.description, look.Text2)))
	}
	for _, o := range f.options {
		rows.Add(form.row(o))
	}
	content := container.New(layout.NewCustomPaddedLayout(12, 14, 14, 14), rows)
	canvas := win.Canvas()
	scroll := container.NewVScroll(content)
	content.Resize(fyne.NewSize(formWidth, content.MinSize().Height)) // paragraphs know their height by their width
	height := min(content.MinSize().Height+8, canvas.Size().Height-modalMargin)
	scroll.SetMinSize(fyne.NewSize(formWidth, height))
	form.popup = widget.NewPopUp(scroll, canvas)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(below)
	form.popup.ShowAtPosition(at.Add(fyne.NewPos(0, below.Size().Height)))
	return form
}

func (f *optionForm) row(o workshop.FormatOption) fyne.CanvasObject {
	field := f.field(o)
	f.fields[o.Key] = field
	row := container.New(layout.NewCustomPaddedVBoxLayout(2), field)
	if o.Description != "" {
		row.Add(container.New(outdent{}, caption(o.Description)))
	}
	return row
}

// caption is a paragraph in small letters.
func caption(text string) *widget.RichText {
	p := parts.NewParagraph(text, look.Text2)
	if segment, ok := p.Segments[0].(*widget.TextSegment); ok {
		segment.Style.SizeName = theme.SizeNameCaptionText
	}
	return p
}

// field gives the widget for an option: a menu, a box, a number or a text.
func (f *optionForm) field(o workshop.FormatOption) fyne.CanvasObject {
	value := f.format.value(o)
	title := parts.NewText(optionTitle(o))
	switch {
	case len(o.Enum) > 0:
		menu := parts.NewSelect(o.Enum, func(i int) { f.set(o, o.Enum[i]) })
		for i, one := range o.Enum {
			if one == value {
				menu.Reflect(i)
			}
		}
		return container.NewGridWithColumns(2, title, menu)
	case string(o.Type) == typeBoolean:
		check := widget.NewCheck(optionTitle(o), func(on bool) { f.set(o, strconv.FormatBool(on)) })
		check.Checked = value == "true"
		return check
	case isNumber(o) && o.Min != nil && o.Max != nil && value != "":
		n, err := strconv.ParseFloat(value, 64)
		if err != nil {
			n = *o.Min
		}
		number := parts.Number{Label: optionTitle(o), Unit: o.Unit, Min: *o.Min, Max: *o.Max, Step: step(o), NoSlider: true}
		return parts.NewNumberField(number, n, func(v float64) { f.set(o, optionText(v)) })
	}
	return container.NewGridWithColumns(2, title, newTextField(o, value, f.set))
}

// step is how fine a number is.
func step(o workshop.FormatOption) float64 {
	switch span := *o.Max - *o.Min; {
	case isInteger(o), span > 1000:
		return 1
	case span > 50:
		return 0.1
	case span > 5:
		return 0.01
	default:
		return 0.001
	}
}

func (f *optionForm) set(o workshop.FormatOption, value string) {
	if f.format.value(o) == value && f.format.missing() == "" {
		return
	}
	f.format.put(o, value)
	f.changed()
}

// textField is an entry that commits when it is left.
type textField struct {
	widget.Entry
	commit func()
}

func newTextField(o workshop.FormatOption, value string, set func(workshop.FormatOption, string)) *textField {
	t := &textField{}
	t.ExtendBaseWidget(t)
	t.Text = value
	t.Validator = func(text string) error {
		if wrong := checkOption(o, text); wrong != "" {
			return optionError(wrong)
		}
		return nil
	}
	t.commit = func() {
		if t.Validate() == nil {
			set(o, withPoint(o, t.Text))
		}
	}
	t.OnSubmitted = func(string) { t.commit() }
	return t
}

// optionError says what is wrong with what was typed.
type optionError string

func (e optionError) Error() string { return string(e) }

// FocusLost commits what was typed.
func (t *textField) FocusLost() {
	t.Entry.FocusLost()
	t.commit()
}
