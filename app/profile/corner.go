package profile

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/internal/workshop"
)

// The measures of the corner, in Fyne's pixels.
const (
	pillHeight float32 = 40
	faceSize   float32 = 32
	dotSize    float32 = 10
)

// label is what stands in the corner beside the picture.
func (c *Corner) label() string {
	switch c.facts.session() {
	case workshop.SessionNone, workshop.SessionOver:
		return "Sign in"
	}
	if !c.facts.known {
		return "…"
	}
	return figure(c.facts.purse)
}

// sign is the icon before it, with its colour.
func (c *Corner) sign() (icon string, name fyne.ThemeColorName) {
	switch {
	case c.facts.purse.Balance.Frozen != "" || c.facts.err != nil && !c.facts.known:
		return "warning", theme.ColorNameError
	case c.facts.offline() || c.facts.session() == workshop.SessionOver:
		return "offline", theme.ColorNameWarning
	default:
		return "credit", theme.ColorNamePrimary
	}
}

// tone is the colour of the figure: few are a warning, none is worse.
func (c *Corner) tone() fyne.ThemeColorName {
	p := c.facts.purse
	switch {
	case !c.facts.known || !p.Low():
		return theme.ColorNameForeground
	case p.Balance.Spendable <= 0:
		return theme.ColorNameError
	default:
		return theme.ColorNameWarning
	}
}

// unsynced tells whether the dot shows.
func (c *Corner) unsynced() bool { return c.facts.purse.Balance.Unsynced > 0 }

// CreateRenderer draws the corner.
func (c *Corner) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	c.repaint = c.Refresh
	pill, focus := box(pillHeight/2), box(pillHeight/2)
	sign, face := picture(), newAvatar(faceSize)
	figure := canvas.NewText("", color.Transparent)
	dot := box((dotSize + 4) / 2)
	paint := func() {
		pill.FillColor, pill.StrokeWidth = look.Color(theme.ColorNameInputBackground), 1
		pill.StrokeColor = look.Color(theme.ColorNameSeparator)
		switch {
		case c.menu != nil:
			pill.FillColor = look.Color(theme.ColorNameSelection)
			pill.StrokeColor = look.Color(theme.ColorNamePrimary)
		case c.hovered:
			pill.StrokeColor = look.Color(theme.ColorNameInputBorder)
		}
		ring(focus, c.focused)
		icon, name := c.sign()
		setIcon(sign, icon, name)
		figure.Text, figure.Color = c.label(), look.Color(c.tone())
		figure.TextStyle = fyne.TextStyle{Bold: true}
		figure.TextSize = 17
		switch figure.Text {
		case "∞":
			figure.TextSize = 24
		case "Sign in":
			figure.TextSize = look.Size(theme.SizeNameText)
		}
		c.face(face)
		dot.Hidden = !c.unsynced()
		dot.FillColor, dot.StrokeWidth, dot.StrokeColor = look.Color(look.SyncDot), 2, pill.FillColor
	}
	layout := func(size fyne.Size) {
		y := (size.Height - pillHeight) / 2
		parts.Place(pill, 0, y, size.Width, pillHeight)
		parts.Place(focus, 0, y, size.Width, pillHeight)
		parts.Place(sign, 13, y+(pillHeight-look.IconSize)/2, look.IconSize, look.IconSize)
		text := figure.MinSize()
		parts.Place(figure, 13+look.IconSize+10, y+(pillHeight-text.Height)/2, text.Width, text.Height)
		parts.Place(face, size.Width-faceSize-4, y+4, faceSize, faceSize)
		parts.Place(dot, size.Width-dotSize-6, y+1, dotSize+4, dotSize+4)
	}
	least := func() fyne.Size {
		return fyne.NewSize(13+look.IconSize+10+figure.MinSize().Width+10+faceSize+4, pillHeight)
	}
	paint()
	return parts.Draw(c, least, layout, paint, pill, sign, figure, face, dot, focus)
}
