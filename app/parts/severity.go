package parts

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
)

// Severity says how grave a finding is.
type Severity int

// The severities, gravest first. Each is the number on its mark.
const (
	MustMend   Severity = 1 // an octagon
	LookAt     Severity = 2 // a triangle
	GoodToKnow Severity = 3 // a disc
)

// SeverityOf is how grave a finding of a severity of the check is.
func SeverityOf(checked string) Severity {
	switch checked {
	case "error":
		return MustMend
	case "warning":
		return LookAt
	default:
		return GoodToKnow
	}
}

// Color names the colour of a severity.
func (s Severity) Color() fyne.ThemeColorName {
	switch s {
	case MustMend:
		return theme.ColorNameError
	case LookAt:
		return theme.ColorNameWarning
	default:
		return look.Info
	}
}

// SeverityMark tells a severity by shape, number and colour.
type SeverityMark struct {
	widget.BaseWidget
	severity Severity
	size     float32
}

// NewSeverityMark gives the mark of a severity, Large or Small.
func NewSeverityMark(s Severity, size float32) *SeverityMark {
	m := &SeverityMark{severity: s, size: size}
	m.ExtendBaseWidget(m)
	return m
}

// SetSeverity shows another severity.
func (m *SeverityMark) SetSeverity(s Severity) {
	if s != m.severity {
		m.severity = s
		m.Refresh()
	}
}

// CreateRenderer draws the mark.
func (m *SeverityMark) CreateRenderer() fyne.WidgetRenderer {
	m.ExtendBaseWidget(m)
	disc, shape, number := round(0), icon(), newLetter()
	paint := func() {
		disc.Hidden, disc.CornerRadius = true, m.size/2
		shape.Hidden = true
		switch m.severity {
		case MustMend:
			setIcon(shape, "shape-octagon", m.severity.Color())
		case LookAt:
			setIcon(shape, "shape-triangle", m.severity.Color())
		default:
			disc.Hidden, disc.FillColor = false, look.Color(m.severity.Color())
		}
		number.Text = strconv.Itoa(int(m.severity))
		number.TextSize = m.size * 0.48
		number.Color = look.Color(theme.ColorNameForegroundOnError)
	}
	layout := func(size fyne.Size) {
		x, y := (size.Width-m.size)/2, (size.Height-m.size)/2
		Place(disc, x, y, m.size, m.size)
		Place(shape, x, y, m.size, m.size)
		if m.severity == LookAt {
			y += m.size * 0.1 // a triangle is heavier below
		}
		Place(number, x, y, m.size, m.size)
	}
	least := func() fyne.Size { return fyne.NewSquareSize(m.size) }
	return Draw(m, least, layout, paint, disc, shape, number)
}
