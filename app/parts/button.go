package parts

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/mapwright/mapwright/app/look"
)

// Kind says how much a button asks for.
type Kind int

// The kinds of buttons.
const (
	Plain    Kind = iota // filled, quiet
	Primary              // pine green: the one that goes on
	Bordered             // with an edge, beside a primary one or a field
	Quiet                // the text alone
	Link                 // the text alone, in pine green
)

// Button is a button with a text, and an icon where it has one.
type Button struct {
	control
	OnTapped func()

	kind   Kind
	label  string
	icon   string
	height float32
}

// NewButton gives a button 36 px high.
func NewButton(kind Kind, label string, tapped func()) *Button {
	b := &Button{kind: kind, label: label, OnTapped: tapped, height: look.ToolSize}
	b.act = func() {
		if b.OnTapped != nil {
			b.OnTapped()
		}
	}
	b.extend(b)
	return b
}

// NewSmallButton gives a button 28 px high, for notices and rows.
func NewSmallButton(kind Kind, label string, tapped func()) *Button {
	b := NewButton(kind, label, tapped)
	b.height = look.TargetSize
	return b
}

// SetLabel shows another text.
func (b *Button) SetLabel(text string) {
	if text != b.label {
		b.label = text
		b.Refresh()
	}
}

// Label gives the text.
func (b *Button) Label() string { return b.label }

// SetIcon shows an icon before the text; the name is one of look.Icon.
func (b *Button) SetIcon(name string) {
	if name != b.icon {
		b.icon = name
		b.Refresh()
	}
}

// CreateRenderer draws the button.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	back, over, focus := round(look.Radius), round(look.Radius), round(look.Radius)
	pic, label := icon(), NewText("")
	paint := func() {
		fill, stroke, fore := b.colors()
		back.FillColor, back.StrokeColor, back.StrokeWidth = fill, stroke, 0
		if b.kind == Bordered {
			back.StrokeWidth = 1
		}
		over.FillColor = color.Transparent
		if b.hovered && !b.Disabled() {
			over.FillColor = look.Color(theme.ColorNameHover)
		}
		ring(focus, b.focused)
		if b.focused && b.kind == Primary {
			focus.StrokeColor = look.Color(theme.ColorNameForeground)
		}
		setIcon(pic, b.icon, fore)
		label.Text, label.Color = b.label, fore
		label.Bold = b.kind == Primary || b.kind == Link
		label.Refresh()
	}
	lead := func() float32 {
		if b.icon == "" {
			return 0
		}
		return look.IconSize + look.Grid
	}
	layout := func(size fyne.Size) {
		edge(back, 0, 0, size.Width, size.Height)
		Place(over, 0, 0, size.Width, size.Height)
		edge(focus, 0, 0, size.Width, size.Height)
		own := label.MinSize()
		x := (size.Width - lead() - own.Width) / 2
		Place(pic, x, (size.Height-look.IconSize)/2, look.IconSize, look.IconSize)
		Place(label, x+lead(), (size.Height-own.Height)/2, own.Width, own.Height)
	}
	least := func() fyne.Size {
		return fyne.NewSize(lead()+label.MinSize().Width+2*b.side(), b.height)
	}
	return Draw(b, least, layout, paint, back, over, pic, label, focus)
}

// side is the space left and right of the text.
func (b *Button) side() float32 {
	switch {
	case b.kind == Link:
		return look.Grid / 2
	case b.height < look.ToolSize:
		return look.Grid * 1.25
	default:
		return look.Grid * 1.5
	}
}

func (b *Button) colors() (fill, stroke color.Color, fore fyne.ThemeColorName) {
	fill, stroke, fore = color.Transparent, color.Transparent, theme.ColorNameForeground
	switch b.kind {
	case Plain:
		fill = look.Color(theme.ColorNameButton)
	case Primary:
		fill, fore = look.Color(theme.ColorNamePrimary), theme.ColorNameForegroundOnPrimary
	case Bordered:
		fill, stroke = look.Color(theme.ColorNameInputBackground), look.Color(theme.ColorNameInputBorder)
	case Link:
		fore = theme.ColorNameHyperlink
	}
	if b.Disabled() {
		fore = theme.ColorNameDisabled
		if b.kind == Plain || b.kind == Primary {
			fill = look.Color(theme.ColorNameDisabledButton)
		}
	}
	return fill, stroke, fore
}
