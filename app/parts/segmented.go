package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/mapwright/mapwright/app/look"
)

// Segment is one choice of a Segmented: a label, and an icon where it has one.
type Segment struct{ Icon, Label string }

// Segmented lets choose one of a few, side by side. With the keyboard, ← and →
// move the choice.
type Segmented struct {
	control
	OnChange func(index int)

	segments []*segment
	selected int
}

// NewSegmented gives a choice of which the first is selected.
func NewSegmented(segments []Segment, change func(index int)) *Segmented {
	s := &Segmented{OnChange: change}
	for i, one := range segments {
		g := &segment{Segment: one, of: s}
		g.act = func() { s.Select(i) }
		g.extend(g)
		s.segments = append(s.segments, g)
	}
	s.extend(s)
	return s
}

// Selected gives the index of the choice.
func (s *Segmented) Selected() int { return s.selected }

// Select moves the choice and tells OnChange.
func (s *Segmented) Select(index int) {
	if s.set(index) && s.OnChange != nil {
		s.OnChange(index)
	}
}

// Reflect moves the choice without telling OnChange: for what was chosen
// elsewhere.
func (s *Segmented) Reflect(index int) { s.set(index) }

func (s *Segmented) set(index int) bool {
	if index == s.selected || index < 0 || index >= len(s.segments) || s.Disabled() {
		return false
	}
	s.selected = index
	s.Refresh()
	return true
}

// TypedKey moves the choice with the arrows.
func (s *Segmented) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		s.Select(s.selected - 1)
	case fyne.KeyRight:
		s.Select(s.selected + 1)
	default:
		PassKey(s, e)
	}
}

// CreateRenderer draws the segments.
func (s *Segmented) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	const inset = 3
	back, focus := round(look.Radius+2), round(look.Radius+2)
	objects := []fyne.CanvasObject{back}
	for _, g := range s.segments {
		objects = append(objects, g)
	}
	objects = append(objects, focus)
	paint := func() {
		back.FillColor = look.Color(theme.ColorNameButton)
		ring(focus, s.focused)
		for _, g := range s.segments {
			g.Refresh()
		}
	}
	least := func() fyne.Size {
		size := fyne.NewSize(2*inset, look.ToolSize)
		for _, g := range s.segments {
			size.Width += g.MinSize().Width
		}
		return size
	}
	layout := func(size fyne.Size) {
		Place(back, 0, 0, size.Width, size.Height)
		edge(focus, 0, 0, size.Width, size.Height)
		x := float32(inset)
		extra := max(0, size.Width-least().Width) / float32(max(1, len(s.segments)))
		for _, g := range s.segments {
			w := g.MinSize().Width + extra
			Place(g, x, inset, w, size.Height-2*inset)
			x += w
		}
	}
	return Draw(s, least, layout, paint, objects...)
}

// segment is tapped and hovered by itself; the keyboard stays with the whole.
type segment struct {
	pressable
	Segment
	of *Segmented
}

func (g *segment) chosen() bool { return g.of.segments[g.of.selected] == g }

func (g *segment) CreateRenderer() fyne.WidgetRenderer {
	g.ExtendBaseWidget(g)
	back, pic, label := round(look.Radius), icon(), NewText(g.Label)
	paint := func() {
		back.FillColor, back.StrokeWidth = color.Transparent, 0
		fore := look.Text2
		switch {
		case g.of.Disabled():
			fore = theme.ColorNameDisabled
		case g.chosen():
			fore = theme.ColorNameForeground
			back.FillColor = look.Color(look.Raised)
			back.StrokeColor, back.StrokeWidth = look.Color(theme.ColorNameSeparator), 1
		case g.hovered:
			back.FillColor = look.Color(theme.ColorNameHover)
		}
		mark := fore
		if g.chosen() && !g.of.Disabled() {
			mark = theme.ColorNamePrimary
		}
		setIcon(pic, g.Icon, mark)
		label.Color, label.Bold = fore, g.chosen()
		label.Refresh()
	}
	lead := func() float32 {
		if g.Icon == "" {
			return 0
		}
		return look.IconSize + look.Grid
	}
	layout := func(size fyne.Size) {
		edge(back, 0, 0, size.Width, size.Height)
		own := label.MinSize()
		x := (size.Width - lead() - own.Width) / 2
		Place(pic, x, (size.Height-look.IconSize)/2, look.IconSize, look.IconSize)
		Place(label, x+lead(), (size.Height-own.Height)/2, own.Width, own.Height)
	}
	least := func() fyne.Size {
		// As wide as when it is chosen, so that nothing jumps.
		text := fyne.MeasureText(g.Label, look.Size(theme.SizeNameText), fyne.TextStyle{Bold: true})
		return fyne.NewSize(lead()+text.Width+4*look.Grid, look.TargetSize)
	}
	return Draw(g, least, layout, paint, back, pic, label)
}
