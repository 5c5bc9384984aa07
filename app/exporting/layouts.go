package exporting

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/stage"
)

// leadLayout puts a small icon before a line that takes the rest.
type leadLayout struct{}

func (leadLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := o[1].MinSize().Height
	parts.Place(o[0], 0, (size.Height-look.SmallIcon)/2, look.SmallIcon, look.SmallIcon)
	parts.Place(o[1], look.SmallIcon+look.Grid, (size.Height-h)/2, size.Width-look.SmallIcon-look.Grid, h)
}

func (leadLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	s := o[1].MinSize()
	return fyne.NewSize(s.Width+look.SmallIcon+look.Grid, max(s.Height, look.SmallIcon)+2)
}

// lineLayout gives its object a height of one pixel.
type lineLayout struct{}

func (lineLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	for _, one := range o {
		parts.Place(one, 0, 0, size.Width, 1)
	}
}

func (lineLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(1, 1) }

// fitAbove gives its first object what the second leaves. The second lies
// directly below the first where that needs less.
type fitAbove struct{ gap float32 }

func (l fitAbove) Layout(o []fyne.CanvasObject, size fyne.Size) {
	low := o[1].MinSize().Height
	room := max(0, size.Height-low-l.gap)
	parts.Place(o[0], 0, 0, size.Width, room)
	used := room
	if stack, ok := o[0].(*fyne.Container); ok && len(stack.Objects) == 1 {
		if g, ok := stack.Objects[0].(*grid); ok {
			used = min(room, headHeight+float32(len(g.layers))*rowHeight)
		}
	}
	parts.Place(o[1], 0, used+l.gap, size.Width, low)
}

func (l fitAbove) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(a.Width, a.Height+l.gap+b.Height)
}

// sideBySide gives the second object a fixed width and the first the rest.
type sideBySide struct{ side, gap float32 }

func (l sideBySide) Layout(o []fyne.CanvasObject, size fyne.Size) {
	left := size.Width - l.side - l.gap
	parts.Place(o[0], 0, 0, left, size.Height)
	parts.Place(o[1], left+l.gap, 0, l.side, size.Height)
}

func (l sideBySide) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width+l.gap+l.side, max(o[0].MinSize().Height, 200))
}

// ends puts one object at the left, which may be cut, and one at the right.
type ends struct{ gap float32 }

func (l ends) Layout(o []fyne.CanvasObject, size fyne.Size) {
	a, b := o[0].MinSize(), o[1].MinSize()
	parts.Place(o[0], 0, (size.Height-a.Height)/2, size.Width-b.Width-l.gap, a.Height)
	parts.Place(o[1], size.Width-b.Width, (size.Height-b.Height)/2, b.Width, b.Height)
}

func (l ends) MinSize(o []fyne.CanvasObject) fyne.Size {
	a, b := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(a.Width+l.gap+b.Width, max(a.Height, b.Height))
}

// sign is a small icon in a colour of the theme.
type sign struct {
	widget.BaseWidget
	name  string
	color fyne.ThemeColorName
}

func newSign(name string, c fyne.ThemeColorName) *sign {
	s := &sign{name: name, color: c}
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer draws the icon.
func (s *sign) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	pic := newGlyph()
	return parts.Draw(s, func() fyne.Size { return fyne.NewSquareSize(look.SmallIcon) },
		func(size fyne.Size) { parts.Place(pic, 0, 0, size.Width, size.Height) },
		func() { pic.set(s.name, s.color) }, pic.Image)
}

// noticeCard shows a notice of the stage on a surface of its own.
func noticeCard(n stage.Notice) fyne.CanvasObject {
	icon, c := noticeIcon(n.Kind)
	shown := parts.Notice{Icon: icon, Color: c, Title: n.Title, Text: n.Text}
	for _, a := range n.Actions {
		shown.Actions = append(shown.Actions, parts.Action{Label: a.Label, Do: a.Do})
	}
	return container.NewStack(
		fill{name: theme.ColorNameMenuBackground, border: theme.ColorNameSeparator, radius: look.Radius + 2}.surface(),
		container.New(layout.NewCustomPaddedLayout(12, 12, 16, 16), shown.Body()))
}

// noticeIcon gives the picture of a kind of notice, and its colour.
func noticeIcon(k stage.Kind) (string, fyne.ThemeColorName) {
	switch k {
	case stage.KindDone:
		return "check", theme.ColorNameSuccess
	case stage.KindWarning:
		return "warning", theme.ColorNameWarning
	case stage.KindError:
		return "stop-sign", theme.ColorNameError
	case stage.KindCredits:
		return "credit", theme.ColorNameError
	case stage.KindOffline:
		return "offline", theme.ColorNameWarning
	case stage.KindPlugin:
		return "plugin", theme.ColorNameError
	case stage.KindRecovered:
		return "undo", theme.ColorNameSuccess
	}
	return "info", look.Info
}

// relay lays containers out anew, from the outside to the inside, without
// drawing again what is in them.
func relay(all []*fyne.Container) {
	for _, c := range all {
		if c.Layout != nil {
			c.Layout.Layout(c.Objects, c.Size())
		}
	}
}
