package profile

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// link is a word that does something.
type link struct {
	widget.BaseWidget
	press
	text string
}

func newLink(text string, tapped, escape func()) *link {
	l := &link{text: text}
	l.tapped, l.escape = tapped, escape
	l.ExtendBaseWidget(l)
	l.repaint = l.Refresh
	return l
}

// set shows another word; a busy one hears nothing.
func (l *link) set(text string, busy bool) {
	if l.text != text || l.disabled != busy {
		l.text, l.disabled = text, busy
		l.Refresh()
	}
}

// CreateRenderer draws the word.
func (l *link) CreateRenderer() fyne.WidgetRenderer {
	l.ExtendBaseWidget(l)
	back := box(look.Radius)
	text := &canvas.Text{TextStyle: fyne.TextStyle{Bold: true}, Alignment: fyne.TextAlignCenter}
	paint := func() {
		back.FillColor = color.Transparent
		text.Color = look.Color(theme.ColorNamePrimary)
		if l.disabled {
			text.Color = look.Color(theme.ColorNameDisabled)
		} else if l.hovered {
			back.FillColor = look.Color(theme.ColorNameHover)
		}
		ring(back, l.focused)
		text.Text, text.TextSize = l.text, look.Size(theme.SizeNameCaptionText)
	}
	layout := func(size fyne.Size) {
		parts.Place(back, 0, 0, size.Width, size.Height)
		parts.Place(text, 0, 0, size.Width, size.Height)
	}
	least := func() fyne.Size {
		return fyne.NewSize(text.MinSize().Width+2*look.Grid, look.TargetSize)
	}
	paint()
	return parts.Draw(l, least, layout, paint, back, text)
}

// item is a line of the menu that leads somewhere.
type item struct {
	widget.BaseWidget
	press
	icon, text, aside string
}

func newItem(icon, text string, tapped, escape func()) *item {
	i := &item{icon: icon, text: text}
	i.tapped, i.escape = tapped, escape
	i.ExtendBaseWidget(i)
	i.repaint = i.Refresh
	return i
}

// CreateRenderer draws the line.
func (i *item) CreateRenderer() fyne.WidgetRenderer {
	i.ExtendBaseWidget(i)
	back, sign := box(0), picture()
	sign.Hidden = i.icon == ""
	text, aside := parts.NewText(i.text), parts.NewCaption(i.aside)
	paint := func() {
		back.FillColor = color.Transparent
		if i.hovered {
			back.FillColor = look.Color(theme.ColorNameHover)
		}
		ring(back, i.focused)
		if i.icon != "" {
			setIcon(sign, i.icon, look.Text2)
		}
		text.SetText(i.text)
		aside.SetText(i.aside)
	}
	layout := func(size fyne.Size) {
		parts.Place(back, 0, 0, size.Width, size.Height)
		parts.Place(sign, edge, (size.Height-look.SmallIcon)/2, look.SmallIcon, look.SmallIcon)
		left := text.MinSize()
		parts.Place(text, edge+28, (size.Height-left.Height)/2, left.Width, left.Height)
		right := aside.MinSize()
		parts.Place(aside, size.Width-edge-right.Width, (size.Height-right.Height)/2, right.Width, right.Height)
	}
	least := func() fyne.Size {
		return fyne.NewSize(2*edge+28+text.MinSize().Width+look.Grid+aside.MinSize().Width, 32)
	}
	paint()
	return parts.Draw(i, least, layout, paint, back, sign, text, aside)
}
