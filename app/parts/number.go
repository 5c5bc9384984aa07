package parts

import (
	"math"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
)

// Number says which numbers a field takes.
type Number struct {
	Label    string
	Unit     string  // as shown: "mm"
	Min, Max float64 // both are taken
	Step     float64 // of the slider and the arrow keys; its decimals are the fewest shown
	// From and To are the ends of the slider, where it shows less than the
	// field takes; both 0 stand for Min and Max.
	From, To float64
	NoSlider bool
	Tip      *Tip // what the label says about the number; may be nil
}

// ends are those of the slider.
func (n Number) ends() (from, to float64) {
	if n.From == 0 && n.To == 0 {
		return n.Min, n.Max
	}
	return n.From, n.To
}

// NumberField is a label, a slider and an entry with a unit, for one number.
// OnChanging is told while the slider is dragged; OnCommitted when it is let go
// and when the entry is left or Enter is typed. Text that is no number, or one
// out of bounds, is marked and not committed.
type NumberField struct {
	widget.BaseWidget
	OnChanging  func(float64)
	OnCommitted func(float64)

	number Number
	value  float64 // the last one that was committed or set
	bad    bool
	label  *Text
	second *Text // the label's other line, where it has no room on one
	hint   *Hint
	slider *Slider
	entry  *numberEntry
}

// NewNumberField gives a field that shows the value.
func NewNumberField(n Number, value float64, committed func(float64)) *NumberField {
	f := &NumberField{number: n, value: value, OnCommitted: committed, label: NewText(n.Label), second: NewText("")}
	f.label.Cut, f.second.Cut = true, true
	f.hint = NewHint(n.Tip)
	from, to := n.ends()
	f.slider = NewSlider(from, to, n.Step)
	f.slider.Hidden = n.NoSlider
	f.slider.OnChanging = func(v float64) {
		f.show(v)
		if f.OnChanging != nil {
			f.OnChanging(v)
		}
	}
	f.slider.OnCommitted = f.commit
	f.entry = newNumberEntry(f)
	f.SetValue(value)
	f.ExtendBaseWidget(f)
	return f
}

// Value gives the last number that was committed or set.
func (f *NumberField) Value() float64 { return f.value }

// SetValue shows another number without telling anybody.
func (f *NumberField) SetValue(v float64) {
	f.value = v
	f.slider.SetValue(v)
	f.show(v)
}

// Bad tells whether the text is marked as no number of this field.
func (f *NumberField) Bad() bool { return f.bad }

// Enable lets the field be changed.
func (f *NumberField) Enable() {
	f.slider.Enable()
	f.entry.Enable()
}

// Disable shows the number without letting it be changed.
func (f *NumberField) Disable() {
	f.slider.Disable()
	f.entry.Disable()
}

func (f *NumberField) show(v float64) {
	f.entry.SetText(f.format(v))
	f.mark(false)
}

func (f *NumberField) mark(bad bool) {
	if f.bad != bad {
		f.bad = bad
		f.Refresh()
	}
}

// typed marks what can't be taken while it is typed.
func (f *NumberField) typed(text string) {
	_, ok := f.parse(text)
	f.mark(!ok)
}

// Take commits the text, if it is a number of this field, as Enter does.
func (f *NumberField) Take() {
	v, ok := f.parse(f.entry.Text)
	f.mark(!ok)
	if !ok {
		return
	}
	if f.format(v) == f.format(f.value) {
		v = f.value // shown rounded and not changed
	} else {
		v = fine(v)
	}
	f.show(v)
	f.slider.SetValue(v)
	f.commit(v)
}

func (f *NumberField) commit(v float64) {
	if v == f.value {
		return
	}
	f.value = v
	if f.OnCommitted != nil {
		f.OnCommitted(v)
	}
}

// nudge moves the number by steps, from the keyboard.
func (f *NumberField) nudge(steps float64) {
	v, ok := f.parse(f.entry.Text)
	if !ok {
		v = f.value
	}
	v = fine(min(f.number.Max, max(f.number.Min, v+steps*f.slider.step())))
	f.show(v)
	f.slider.SetValue(v)
	f.commit(v)
}

// parse reads a number with a point or a comma, and with or without the unit.
func (f *NumberField) parse(text string) (float64, bool) {
	text = strings.TrimSpace(text)
	if f.number.Unit != "" {
		text = strings.TrimSpace(strings.TrimSuffix(text, f.number.Unit))
	}
	text = strings.NewReplacer(",", ".", "−", "-").Replace(text)
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(v) || v < f.number.Min || v > f.number.Max {
		return 0, false
	}
	return v, true
}

// fine rounds to what a field shows at most: four decimals.
func fine(v float64) float64 { return math.Round(v*1e4) / 1e4 }

func (f *NumberField) format(v float64) string {
	return strconv.FormatFloat(v, 'f', max(decimals(f.number.Step), decimals(fine(v))), 64)
}

// decimals gives how many decimals a step has: 0.05 has two.
func decimals(step float64) int {
	text := strconv.FormatFloat(step, 'f', -1, 64)
	if i := strings.IndexByte(text, '.'); i >= 0 {
		return len(text) - i - 1
	}
	return 0
}

// entryWidth is enough for "1000.00 mm" and "100.0 mm²", so that the fields of
// a column are one as wide as the other.
const entryWidth float32 = 92

// CreateRenderer draws the field.
func (f *NumberField) CreateRenderer() fyne.WidgetRenderer {
	f.ExtendBaseWidget(f)
	red := round(look.Radius)
	paint := func() {
		ring(red, f.bad)
		if f.bad {
			red.StrokeColor = look.Color(theme.ColorNameError)
		}
	}
	width := func() float32 {
		unit := fyne.MeasureText(f.number.Unit, look.Size(theme.SizeNameText), fyne.TextStyle{}).Width
		from, to := f.number.ends()
		digits := max(len(f.format(to)), len(f.format(from)), 4)
		text := fyne.MeasureText(strings.Repeat("0", digits), look.Size(theme.SizeNameText), fyne.TextStyle{}).Width
		return max(entryWidth, text+unit+4*look.Grid)
	}
	layout := func(size fyne.Size) {
		w, h := width(), f.entry.MinSize().Height
		left := size.Width - w
		Place(f.entry, left, (size.Height-h)/2, w, h)
		edge(red, left, (size.Height-h)/2, w, h)
		room := left - look.Grid
		if !f.number.NoSlider {
			// The label takes half of what is left, and more where it needs it, as
			// long as the slider can be used.
			half := (left-look.Grid*1.5)/2 + look.Grid*2
			room = min(max(half, textWidth(f.number.Label)), left-look.Grid*2-leastSlider)
			Place(f.slider, room+look.Grid, 0, left-room-look.Grid*2, size.Height)
		}
		f.placeLabel(room, size.Height)
	}
	least := func() fyne.Size {
		high := max(look.FieldSize, f.entry.MinSize().Height)
		if f.second.Text != "" {
			high = max(high, 2*f.second.MinSize().Height)
		}
		return fyne.NewSize(width()+64*2+look.Grid*5, high)
	}
	return Draw(f, least, layout, paint, f.label, f.second, f.hint, f.slider, f.entry, red)
}

// leastSlider is how narrow a slider may be.
const leastSlider float32 = 44

func textWidth(s string) float32 {
	return fyne.MeasureText(s, look.Size(theme.SizeNameText), fyne.TextStyle{}).Width + 1
}

// placeLabel puts the label into a width, on two lines where one is too short.
func (f *NumberField) placeLabel(width, high float32) {
	first, second := brokenIn(f.number.Label, width)
	f.label.SetText(first)
	f.second.SetText(second)
	own := f.label.MinSize().Height
	top := (high - own) / 2
	if second != "" {
		top = (high - 2*own) / 2
	}
	Place(f.label, 0, top, width, own)
	Place(f.second, 0, top+own, width, own)
	Place(f.hint, 0, 0, width, high)
}

// brokenIn breaks a label into two lines, the first as long as has room; one
// that has room stays on one.
func brokenIn(label string, width float32) (first, second string) {
	if textWidth(label) <= width {
		return label, ""
	}
	words := strings.Fields(label)
	for n := len(words) - 1; n > 0; n-- {
		if first = strings.Join(words[:n], " "); textWidth(first) <= width {
			return first, strings.Join(words[n:], " ")
		}
	}
	return label, ""
}

// numberEntry is an entry that commits when it is left.
type numberEntry struct {
	widget.Entry
	of *NumberField
}

func newNumberEntry(f *NumberField) *numberEntry {
	e := &numberEntry{of: f}
	e.ExtendBaseWidget(e)
	if f.number.Unit != "" {
		unit := NewText(f.number.Unit)
		unit.Color = look.Text2
		e.ActionItem = container.New(layout.NewCustomPaddedLayout(0, 0, 0, look.Grid), unit)
	}
	e.OnChanged = f.typed
	e.OnSubmitted = func(string) { f.Take() }
	return e
}

// FocusLost commits what was typed.
func (e *numberEntry) FocusLost() {
	e.Entry.FocusLost()
	e.of.Take()
}

// TypedShortcut gives the window what the entry has no use for.
func (e *numberEntry) TypedShortcut(s fyne.Shortcut) {
	if !PassShortcut(e, s, e.of.Take) {
		e.Entry.TypedShortcut(s)
	}
}

// TypedKey takes ↑ and ↓ for a step, and Escape for a way back.
func (e *numberEntry) TypedKey(k *fyne.KeyEvent) {
	switch {
	case e.Disabled():
	case k.Name == fyne.KeyUp:
		e.of.nudge(1)
	case k.Name == fyne.KeyDown:
		e.of.nudge(-1)
	case k.Name == fyne.KeyEscape:
		e.of.SetValue(e.of.value)
	case k.Name == fyne.KeyF2, k.Name == fyne.KeyF6, k.Name == fyne.KeyF8:
		PassKey(e, k)
	default:
		e.Entry.TypedKey(k)
	}
}
