package profile

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/internal/workshop"
)

// edge is the space left and right in the menu.
const edge float32 = 16

// padded puts an object into a section of the menu.
func padded(o fyne.CanvasObject, above, below float32) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(above, below, edge, edge), o)
}

// stack puts objects below each other without space between.
func stack(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedVBoxLayout(0), objects...)
}

// line is an icon with two lines of text and what can be done about them.
type line struct {
	*fyne.Container
	icon           *widget.Icon
	title, caption *parts.Text
	link           *link
}

func newLine(icon string, act func(), escape func()) *line {
	l := &line{icon: widget.NewIcon(look.Tinted(icon, look.Text2)), title: parts.NewText(""), caption: parts.NewCaption("")}
	l.title.Cut, l.caption.Cut = true, true
	l.link = newLink("", act, escape)
	l.Container = container.New(lineLayout{}, l.icon, l.title, l.caption, l.link)
	return l
}

func (l *line) set(title, caption, link string, busy bool) {
	l.title.SetText(title)
	l.caption.SetText(caption)
	l.link.set(link, busy)
	l.link.Hidden = link == ""
	l.Refresh()
}

type lineLayout struct{}

func (lineLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	icon, title, caption, act := o[0], o[1], o[2], o[3]
	const left = 28
	parts.Place(icon, 0, 8, look.SmallIcon+2, look.SmallIcon+2)
	parts.Place(title, left, 0, size.Width-left, title.MinSize().Height)
	right := float32(0)
	if act.Visible() {
		m := act.MinSize()
		right = m.Width - look.Grid // its own space stands in the edge
		parts.Place(act, size.Width-right, size.Height-m.Height+4, m.Width, m.Height)
		right += look.Grid
	}
	parts.Place(caption, left, title.MinSize().Height+1, size.Width-left-right, caption.MinSize().Height)
}

func (lineLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, o[1].MinSize().Height+1+o[2].MinSize().Height)
}

// apart puts one object at the left and another at the right of a line.
func apart(left, right fyne.CanvasObject) *fyne.Container {
	return container.NewBorder(nil, nil, left, right)
}

// warning is a state that needs the person: words and a way out.
type warning struct {
	*fyne.Container
	text *widget.RichText
	act  *link
}

func newWarning(act func(), escape func()) *warning {
	w := &warning{text: parts.NewParagraph("", theme.ColorNameForeground), act: newLink("", act, escape)}
	sign := container.New(gap{edge, 0}, widget.NewIcon(look.Tinted("warning", theme.ColorNameWarning)))
	w.Container = container.NewStack(newGround(look.TintWarning, 0),
		container.NewBorder(nil, nil, sign, container.New(gap{0, look.Grid}, container.NewCenter(w.act)), w.text))
	return w
}

func (w *warning) set(text, act string, busy bool) {
	w.Hidden = text == ""
	w.text.Segments[0].(*widget.TextSegment).Text = text
	w.text.Refresh()
	w.act.set(act, busy)
	w.Refresh()
}

// chargeRow is what one layer in one format cost.
type chargeRow struct {
	*fyne.Container
	badge       *parts.Badge
	dot         *widget.Icon
	layer, from *parts.Text
	state       *parts.Pill
}

func newChargeRow() *chargeRow {
	r := &chargeRow{
		badge: parts.NewBadge("", parts.Small), dot: widget.NewIcon(look.Tinted("credit", look.Text2)),
		layer: parts.NewText(""), from: parts.NewCaption(""), state: parts.NewPill("", look.Text2),
	}
	r.layer.Cut, r.from.Cut = true, true
	r.from.Align = fyne.TextAlignTrailing
	r.Container = container.New(chargeLayout{}, r.badge, r.dot, r.layer, r.from, r.state)
	return r
}

func (c *Corner) showCharge(r *chargeRow, charge workshop.Charge) {
	layer, title := work(charge)
	from := formatName(charge.Format)
	if title != "" {
		from = title + " · " + from
	}
	r.layer.SetText(layer)
	r.from.SetText(from)
	r.badge.Hidden = true
	if c.o.Operation != nil {
		if o, ok := c.o.Operation(layer, title); ok {
			r.badge.SetOperation(o)
			r.badge.Hidden = false
		}
	}
	r.dot.Hidden = !r.badge.Hidden
	text, tone := chargeState(charge)
	r.state.Set(text, tone)
	r.state.Hidden = text == ""
	r.Refresh()
}

// chargeState says how far a charge is, where that is worth a word.
func chargeState(c workshop.Charge) (string, fyne.ThemeColorName) {
	switch {
	case c.State == workshop.ChargeHeld:
		return "being made", look.Info
	case c.State == workshop.ChargeVoided:
		return "given back", look.Text2
	case c.Waiting:
		return "waiting", theme.ColorNameWarning
	case c.Free:
		return "free again", theme.ColorNameSuccess
	default:
		return "", look.Text2
	}
}

type chargeLayout struct{}

func (chargeLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	badge, dot, layer, from, state := o[0], o[1], o[2], o[3], o[4]
	middle := func(h float32) float32 { return (size.Height - h) / 2 }
	parts.Place(badge, 0, middle(parts.Small), parts.Small, parts.Small)
	parts.Place(dot, 0, middle(look.SmallIcon), look.SmallIcon, look.SmallIcon)
	right := size.Width
	if state.Visible() {
		m := state.MinSize()
		right -= m.Width
		parts.Place(state, right, middle(m.Height), m.Width, m.Height)
		right -= look.Grid
	}
	const left = 28
	want := fyne.MeasureText(layer.(*parts.Text).Text, look.Size(theme.SizeNameText), fyne.TextStyle{}).Width
	half := (right - left - look.Grid) / 2
	want = min(want, max(half, right-left-look.Grid-fyne.MeasureText(from.(*parts.Text).Text, look.Size(theme.SizeNameCaptionText), fyne.TextStyle{}).Width))
	parts.Place(layer, left, middle(layer.MinSize().Height), want, layer.MinSize().Height)
	x := left + want + look.Grid
	parts.Place(from, x, middle(from.MinSize().Height), right-x, from.MinSize().Height)
}

func (chargeLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 30) }
