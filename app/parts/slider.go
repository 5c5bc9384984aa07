package parts

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/mapwright/mapwright/app/look"
)

// Slider moves a value between two ends in steps. OnChanging is told while it
// is dragged, OnCommitted when it is let go, tapped or moved by a key.
type Slider struct {
	control
	Min, Max, Step float64
	OnChanging     func(float64)
	OnCommitted    func(float64)

	value    float64
	dragging bool
}

// knob is the diameter of the part that the hand moves.
const knob float32 = 14

// NewSlider gives a slider at its least value.
func NewSlider(least, most, step float64) *Slider {
	s := &Slider{Min: least, Max: most, Step: step, value: least}
	s.extend(s)
	return s
}

// Value gives where the slider stands.
func (s *Slider) Value() float64 { return s.value }

// SetValue moves the slider without telling anybody. A value beyond the ends
// puts the knob at the end.
func (s *Slider) SetValue(v float64) {
	s.value = v
	s.Refresh()
}

// Tapped moves the knob to the pointer.
func (s *Slider) Tapped(e *fyne.PointEvent) {
	if s.Disabled() || e == nil {
		return
	}
	s.change(s.at(e.Position.X))
	s.commit()
}

// Dragged moves the knob with the pointer.
func (s *Slider) Dragged(e *fyne.DragEvent) {
	if s.Disabled() {
		return
	}
	s.dragging = true
	s.change(s.at(e.Position.X))
}

// DragEnd commits the value.
func (s *Slider) DragEnd() {
	if s.dragging {
		s.dragging = false
		s.commit()
	}
}

// TypedKey moves the knob by a step, or to an end.
func (s *Slider) TypedKey(e *fyne.KeyEvent) {
	v := s.value
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyDown:
		v -= s.step()
	case fyne.KeyRight, fyne.KeyUp:
		v += s.step()
	case fyne.KeyHome:
		v = s.Min
	case fyne.KeyEnd:
		v = s.Max
	default:
		PassKey(s, e)
		return
	}
	if s.Disabled() {
		return
	}
	if s.change(s.snap(v)) {
		s.commit()
	}
}

func (s *Slider) change(v float64) bool {
	if v == s.value {
		return false
	}
	s.value = v
	s.Refresh()
	if s.OnChanging != nil {
		s.OnChanging(v)
	}
	return true
}

func (s *Slider) commit() {
	if s.OnCommitted != nil {
		s.OnCommitted(s.value)
	}
}

func (s *Slider) step() float64 {
	if s.Step > 0 {
		return s.Step
	}
	return (s.Max - s.Min) / 100
}

func (s *Slider) at(x float32) float64 {
	room := s.Size().Width - knob
	if room <= 0 {
		return s.value
	}
	return s.snap(s.Min + float64((x-knob/2)/room)*(s.Max-s.Min))
}

// snap gives the step nearest to v, counted from the least value. The rounding
// keeps 0.30000000000000004 out of files.
func (s *Slider) snap(v float64) float64 {
	step := s.step()
	v = s.Min + math.Round((v-s.Min)/step)*step
	return min(s.Max, max(s.Min, math.Round(v*1e9)/1e9))
}

// CreateRenderer draws the slider.
func (s *Slider) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	track, done, hand, focus := round(2), round(2), round(knob/2), round(knob/2+3)
	paint := func() {
		fill := look.Color(theme.ColorNamePrimary)
		if s.Disabled() {
			fill = look.Color(theme.ColorNameDisabled)
		}
		track.FillColor = look.Color(look.Track)
		done.FillColor, hand.FillColor = fill, fill
		ring(focus, s.focused)
		if s.hovered && !s.focused && !s.Disabled() {
			focus.FillColor = look.Color(theme.ColorNameFocus)
		}
	}
	layout := func(size fyne.Size) {
		const thick = 4
		share := float32(0)
		if s.Max > s.Min {
			share = float32(min(1, max(0, (s.value-s.Min)/(s.Max-s.Min))))
		}
		middle := size.Height / 2
		x := share * (size.Width - knob)
		Place(track, 0, middle-thick/2, size.Width, thick)
		Place(done, 0, middle-thick/2, x+knob/2, thick)
		Place(hand, x, middle-knob/2, knob, knob)
		Place(focus, x-3, middle-knob/2-3, knob+6, knob+6)
	}
	least := func() fyne.Size { return fyne.NewSize(64, look.TargetSize) }
	return Draw(s, least, layout, paint, track, done, focus, hand)
}
