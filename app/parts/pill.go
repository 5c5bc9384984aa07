package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
)

// Pill is a short word about a state on the tint of its colour: error, warning,
// success or info; in any other colour it has an edge and no tint.
type Pill struct {
	widget.BaseWidget
	text, icon string
	color      fyne.ThemeColorName
}

// NewPill gives a pill without an icon.
func NewPill(text string, c fyne.ThemeColorName) *Pill {
	p := &Pill{text: text, color: c}
	p.ExtendBaseWidget(p)
	return p
}

// Set shows another text in another colour.
func (p *Pill) Set(text string, c fyne.ThemeColorName) {
	if p.text != text || p.color != c {
		p.text, p.color = text, c
		p.Refresh()
	}
}

// SetIcon shows a small icon before the text.
func (p *Pill) SetIcon(name string) {
	if p.icon != name {
		p.icon = name
		p.Refresh()
	}
}

func tint(c fyne.ThemeColorName) (fyne.ThemeColorName, bool) {
	switch c {
	case theme.ColorNameError:
		return look.TintError, true
	case theme.ColorNameWarning:
		return look.TintWarning, true
	case theme.ColorNameSuccess:
		return look.TintSuccess, true
	case look.Info:
		return look.TintInfo, true
	}
	return "", false
}

// CreateRenderer draws the pill.
func (p *Pill) CreateRenderer() fyne.WidgetRenderer {
	p.ExtendBaseWidget(p)
	box, pic := round(0), icon()
	text := canvas.NewText("", nil)
	paint := func() {
		box.FillColor, box.StrokeWidth = color.Transparent, 0
		if name, ok := tint(p.color); ok {
			box.FillColor = look.Color(name)
		} else {
			box.StrokeColor, box.StrokeWidth = look.Color(theme.ColorNameInputBorder), 1
		}
		setIcon(pic, p.icon, p.color)
		text.Text, text.Color = p.text, look.Color(p.color)
		text.TextSize, text.TextStyle = look.Size(theme.SizeNameCaptionText), fyne.TextStyle{Bold: true}
	}
	left := func() float32 {
		if p.icon == "" {
			return look.Grid
		}
		return look.Grid + look.SmallIcon + look.Grid/2
	}
	layout := func(size fyne.Size) {
		box.CornerRadius = (size.Height - box.StrokeWidth) / 2
		edge(box, 0, 0, size.Width, size.Height)
		Place(pic, look.Grid, (size.Height-look.SmallIcon)/2, look.SmallIcon, look.SmallIcon)
		Place(text, left(), 0, text.MinSize().Width, size.Height)
	}
	least := func() fyne.Size {
		s := text.MinSize()
		return fyne.NewSize(max(left()+s.Width+look.Grid, s.Height+look.Grid), s.Height+look.Grid)
	}
	return Draw(p, least, layout, paint, box, pic, text)
}
