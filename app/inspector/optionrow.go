package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

// optionRow is one option of the selected layer: its name, its value, and a way
// back to the default where it was set.
type optionRow struct {
	widget.BaseWidget
	stage  *stage.Stage
	option workshop.Option
	key    string // as in the layer
	usual  string // what it is where it was not set

	reset  *parts.IconButton
	number *parts.NumberField
	choice *parts.Select
	fonts  *fontChoice
	text   *textField
	field  fyne.CanvasObject
	layer  carto.LayerID
}

// newOptionRow gives the row of an option. The window is where a file of a font
// is asked for.
func newOptionRow(win fyne.Window, s *stage.Stage, tips *parts.Tips, o workshop.Option) *optionRow {
	r := &optionRow{stage: s, option: o, key: o.Key, usual: o.Default}
	as := display(o)
	tip := &parts.Tip{Tips: tips, Name: o.Help}
	switch {
	case o.Layers, o.Text:
		r.newText(as, tip)
	case o.Font:
		r.fonts = newFontChoice(win, s, o, r.commit)
		r.beside(as, tip, r.fonts.field)
	case o.Enum != nil:
		r.newChoice(as, tip)
	default:
		r.newNumber(parts.Number{
			Label: as.label, Unit: o.Unit, Min: o.Min, Max: o.Max, From: as.from, To: as.to, Step: as.step, Tip: tip,
		})
	}
	r.complete(tips)
	return r
}

// newWidthRow gives the row of the width of one class.
func newWidthRow(s *stage.Stage, tips *parts.Tips, class workshop.Class) *optionRow {
	o, as := option(widthKey+classSuffix), known[widthKey]
	r := &optionRow{stage: s, option: o, key: widthKey + "." + class.Name}
	r.newNumber(parts.Number{Unit: o.Unit, Min: o.Min, Max: o.Max, From: as.from, To: as.to, Step: as.step, NoSlider: true})
	r.field = newClassField(class, r.number)
	r.complete(tips)
	return r
}

func (r *optionRow) newNumber(n parts.Number) {
	r.number = parts.NewNumberField(n, number(r.usual), func(v float64) { r.commit(written(v)) })
	r.number.OnChanging = func(v float64) { r.stage.Try(r.layer, map[string]string{r.key: r.stored(written(v))}) }
	r.field = r.number
}

func (r *optionRow) newChoice(as shown, tip *parts.Tip) {
	names := make([]string, len(r.option.Enum))
	for i, value := range r.option.Enum {
		names[i] = choice(r.key, value)
	}
	r.choice = parts.NewSelect(names, func(i int) { r.commit(r.option.Enum[i]) })
	r.beside(as, tip, r.choice)
}

// beside puts a field beside the option's name.
func (r *optionRow) beside(as shown, tip *parts.Tip, field fyne.CanvasObject) {
	label := parts.NewText(as.label)
	label.Cut = true
	r.field = container.New(wideField{}, container.NewStack(label, parts.NewHint(tip)), field)
}

// newText gives an entry for names of layers, and for other words.
func (r *optionRow) newText(as shown, tip *parts.Tip) {
	r.text = newTextField(r.commit)
	r.beside(as, tip, r.text)
}

func (r *optionRow) complete(tips *parts.Tips) {
	r.reset = parts.NewSmallIconButton("undo", &parts.Tip{Tips: tips, Name: "Back to the default"}, func() { r.set("") })
	r.reset.SetColor(look.Text2)
	r.reset.Hide()
	r.ExtendBaseWidget(r)
}

// stored is a value as the layer keeps it: none where it is the default.
func (r *optionRow) stored(value string) string {
	if r.usual != "" && (value == r.usual || r.number != nil && number(value) == number(r.usual)) {
		return ""
	}
	return value
}

func (r *optionRow) commit(value string) { r.set(r.stored(value)) }

func (r *optionRow) set(value string) {
	r.stage.SetLayer(r.layer, map[string]string{r.key: value})
}

// show takes over what the layer says. What was typed for another layer is
// taken for that one first: a click selects before the field is left.
func (r *optionRow) show(l carto.Layer) {
	other := r.layer != l.ID
	if other && r.layer != "" {
		r.take()
	}
	r.layer = l.ID
	text, set := value(l, r.key, r.usual)
	switch {
	case r.text != nil && other:
		r.text.reset(text)
	case r.text != nil:
		r.text.set(text)
	case r.fonts != nil:
		r.fonts.set(text)
	case r.number != nil:
		if v := number(text); other || v != r.number.Value() {
			r.number.SetValue(v)
		}
	default:
		for i, v := range r.option.Enum {
			if v == text {
				r.choice.Reflect(i)
			}
		}
	}
	if own := set && r.stored(text) != ""; own == r.reset.Hidden {
		r.reset.Hidden = !own
		r.Refresh()
	}
}

// take takes what is typed and was not taken yet.
func (r *optionRow) take() {
	switch {
	case r.text != nil:
		r.text.take()
	case r.number != nil:
		r.number.Take()
	}
}

// CreateRenderer draws the row.
func (r *optionRow) CreateRenderer() fyne.WidgetRenderer {
	r.ExtendBaseWidget(r)
	return widget.NewSimpleRenderer(container.New(besideGutter{}, r.reset, r.field))
}

// besideGutter puts the way back into the gutter, and the field beside it.
type besideGutter struct{}

func (besideGutter) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(gutter, size.Height))
	o[1].Move(fyne.NewPos(gutter, 0))
	o[1].Resize(fyne.NewSize(size.Width-gutter, size.Height))
}

func (besideGutter) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, o[1].MinSize().Height)
}
