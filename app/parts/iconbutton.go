package parts

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/mapwright/mapwright/app/look"
)

// IconButton is a quiet button with an icon and, where it has one, a label. It
// can stay selected, as a tool does.
type IconButton struct {
	control
	OnTapped func()

	icon, label, trailing string
	color                 fyne.ThemeColorName
	size                  float32
	selected              bool
	count                 int
	severity              Severity
}

// NewIconButton gives a button 36 px high. The icon is a name of look.Icon; the
// tip may be nil.
func NewIconButton(icon string, tip *Tip, tapped func()) *IconButton {
	b := &IconButton{icon: icon, size: look.ToolSize, OnTapped: tapped}
	b.tip = tip
	b.act = func() {
		if b.OnTapped != nil {
			b.OnTapped()
		}
	}
	b.extend(b)
	return b
}

// NewSmallIconButton gives a button of 28 px, for rows and headers.
func NewSmallIconButton(icon string, tip *Tip, tapped func()) *IconButton {
	b := NewIconButton(icon, tip, tapped)
	b.size = look.TargetSize
	return b
}

// SetIcon shows another icon.
func (b *IconButton) SetIcon(name string) {
	if name != b.icon {
		b.icon = name
		b.Refresh()
	}
}

// SetLabel shows a text beside the icon.
func (b *IconButton) SetLabel(text string) {
	if text != b.label {
		b.label = text
		b.Refresh()
	}
}

// SetTrailing shows a second, small icon after the label, as of a menu.
func (b *IconButton) SetTrailing(icon string) {
	b.trailing = icon
	b.Refresh()
}

// SetColor gives the icon another colour than that of text.
func (b *IconButton) SetColor(c fyne.ThemeColorName) {
	if c != b.color {
		b.color = c
		b.Refresh()
	}
}

// SetCount shows a number after the label in the colour of a severity; 0 shows
// none.
func (b *IconButton) SetCount(n int, s Severity) {
	if n != b.count || s != b.severity {
		b.count, b.severity = n, s
		b.Refresh()
	}
}

// SetSelected shows the button as the one that is chosen.
func (b *IconButton) SetSelected(selected bool) {
	if selected != b.selected {
		b.selected = selected
		b.Refresh()
	}
}

// Selected tells whether the button shows as chosen.
func (b *IconButton) Selected() bool { return b.selected }

// CreateRenderer draws the button.
func (b *IconButton) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	back, focus := round(look.Radius), round(look.Radius)
	pic, tail := icon(), icon()
	label := NewText(b.label)
	count := NewPill("", theme.ColorNameError)
	paint := func() {
		fore := b.foreground()
		back.FillColor = color.Transparent
		switch {
		case b.selected:
			back.FillColor = look.Color(theme.ColorNamePrimary)
		case b.hovered && !b.Disabled():
			back.FillColor = look.Color(theme.ColorNameHover)
		}
		ring(focus, b.focused && !b.selected)
		if b.focused && b.selected {
			focus.StrokeColor = look.Color(theme.ColorNameForeground)
		}
		setIcon(pic, b.icon, fore)
		setIcon(tail, b.trailing, fore)
		label.Text, label.Color = b.label, fore
		label.Hidden = b.label == ""
		label.Refresh()
		count.Hidden = b.count == 0
		count.Set(strconv.Itoa(b.count), b.severity.Color())
	}
	layout := func(size fyne.Size) {
		Place(back, 0, 0, size.Width, size.Height)
		edge(focus, 0, 0, size.Width, size.Height)
		edge := b.iconSize()
		middle := func(h float32) float32 { return (size.Height - h) / 2 }
		if b.bare() {
			Place(pic, (size.Width-edge)/2, middle(edge), edge, edge)
			return
		}
		x := look.Grid
		for _, o := range []fyne.CanvasObject{pic, label, count, tail} {
			if !o.Visible() {
				continue
			}
			part := o.MinSize()
			switch o {
			case pic:
				part = fyne.NewSquareSize(edge)
			case tail:
				part = fyne.NewSquareSize(look.SmallIcon)
			}
			Place(o, x, middle(part.Height), part.Width, part.Height)
			x += part.Width + look.Grid
		}
	}
	least := func() fyne.Size {
		if b.bare() {
			return fyne.NewSquareSize(b.size)
		}
		width := look.Grid
		if b.icon != "" {
			width += b.iconSize() + look.Grid
		}
		if b.label != "" {
			width += label.MinSize().Width + look.Grid
		}
		if b.count != 0 {
			width += count.MinSize().Width + look.Grid
		}
		if b.trailing != "" {
			width += look.SmallIcon + look.Grid
		}
		return fyne.NewSize(width, b.size)
	}
	return Draw(b, least, layout, paint, back, focus, pic, label, count, tail)
}

func (b *IconButton) bare() bool { return b.label == "" && b.trailing == "" && b.count == 0 }

func (b *IconButton) iconSize() float32 {
	if b.size < look.ToolSize {
		return look.SmallIcon
	}
	return look.IconSize
}

func (b *IconButton) foreground() fyne.ThemeColorName {
	switch {
	case b.Disabled():
		return theme.ColorNameDisabled
	case b.selected:
		return theme.ColorNameForegroundOnPrimary
	case b.color != "":
		return b.color
	default:
		return theme.ColorNameForeground
	}
}
