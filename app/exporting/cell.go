package exporting

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// stand is where a cell is in the life of one layer in one format.
type stand int

const (
	notWanted stand = iota
	pricing         // ticked, the price is not known yet
	quoted
	counted   // ticked, on a plan that counts no credits
	freeAgain // ticked, or in place: paid for before
	beyond    // ticked, and there is no credit for it
	refused
	left // not part of the run
	waiting
	writing
	inPlace
	placedFree
	notMade
	stopped
	kept // paid for, and not put in its place
)

// face is what a cell shows.
type face struct {
	stand stand
	text  string
	done  float64 // while it is written, 0 to 1
}

// cell shows one layer in one format. The grid hears its taps.
type cell struct {
	widget.BaseWidget
	face
}

func newCell() *cell {
	c := &cell{}
	c.ExtendBaseWidget(c)
	return c
}

func (c *cell) show(f face) {
	if f != c.face {
		c.face = f
		c.Refresh()
	}
}

// cellSide is the space left and right in a cell.
const (
	cellSide float32 = 12
	boxSize  float32 = 18
)

// CreateRenderer draws the cell.
func (c *cell) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	box, pic := rounded(4), newGlyph()
	text, share := canvas.NewText("", nil), canvas.NewText("", nil)
	share.TextStyle.Bold = true
	track, bar := rounded(3), rounded(3)
	paint := func() {
		c.paintBox(box, pic)
		words, colour, bold := c.words()
		text.Text, text.Color, text.TextStyle.Bold = words, look.Color(colour), bold
		text.TextSize, share.TextSize = look.Size(theme.SizeNameText), look.Size(theme.SizeNameText)
		going := c.stand == writing
		if going {
			text.TextSize = look.Size(theme.SizeNameCaptionText)
			share.Text, share.Color = fmt.Sprintf("%d %%", int(c.done*100+1e-9)), look.Color(theme.ColorNameForeground)
			track.FillColor, bar.FillColor = look.Color(look.Track), look.Color(theme.ColorNamePrimary)
		}
		share.Hidden, track.Hidden, bar.Hidden = !going, !going, !going || c.done == 0
	}
	layout := func(size fyne.Size) {
		middle := size.Height / 2
		if c.stand == writing {
			own := share.MinSize()
			parts.Place(text, cellSide, middle-own.Height, text.MinSize().Width, own.Height)
			parts.Place(share, size.Width-cellSide-own.Width, middle-own.Height, own.Width, own.Height)
			room := size.Width - 2*cellSide
			parts.Place(track, cellSide, middle+4, room, 6)
			parts.Place(bar, cellSide, middle+4, max(6, room*float32(c.done)), 6)
			return
		}
		x := cellSide
		parts.Place(box, x+0.5, middle-boxSize/2+0.5, boxSize-1, boxSize-1)
		parts.Place(pic, x+1, middle-look.SmallIcon/2, look.SmallIcon, look.SmallIcon)
		if !box.Hidden || !pic.Hidden {
			x += boxSize + look.Grid
		}
		parts.Place(text, x, middle-text.MinSize().Height/2, size.Width-x, text.MinSize().Height)
	}
	return parts.Draw(c, func() fyne.Size { return fyne.NewSize(columnLeast, rowHeight) }, layout, paint, box, pic.Image, text, share, track, bar)
}

// paintBox draws the box of a cell that can be ticked, or the sign of one that
// is under way.
func (c *cell) paintBox(box *canvas.Rectangle, pic *glyph) {
	box.Hidden, box.FillColor, box.StrokeWidth = false, color.Transparent, 1.5
	box.StrokeColor = look.Color(theme.ColorNameInputBorder)
	switch c.stand {
	case notWanted:
		pic.set("", "")
	case pricing, quoted, counted, freeAgain:
		box.FillColor, box.StrokeColor = look.Color(theme.ColorNamePrimary), look.Color(theme.ColorNamePrimary)
		pic.set("check", theme.ColorNameForegroundOnPrimary)
	case beyond:
		box.StrokeColor = look.Color(theme.ColorNameError)
		pic.set("check", theme.ColorNameError)
	case refused:
		box.FillColor, box.StrokeColor = look.Color(theme.ColorNameDisabledButton), look.Color(theme.ColorNameSeparator)
		pic.set("", "")
	default:
		box.Hidden = true
		pic.set(c.sign())
	}
}

// sign is the icon of a cell in a run, and its colour.
func (c *cell) sign() (string, fyne.ThemeColorName) {
	switch c.stand {
	case waiting:
		return "clock", look.Text2
	case inPlace, placedFree:
		return "check", theme.ColorNameSuccess
	case notMade:
		return "stop-sign", theme.ColorNameError
	case kept:
		return "warning", theme.ColorNameWarning
	}
	return "", ""
}

// words gives the text of a cell, its colour, and whether it is bold.
func (c *cell) words() (string, fyne.ThemeColorName, bool) {
	switch c.stand {
	case pricing:
		return "…", look.Text2, false
	case quoted:
		return "1 credit", theme.ColorNameForeground, false
	case freeAgain, placedFree:
		return "free again", theme.ColorNameSuccess, true
	case beyond:
		return "missing", theme.ColorNameError, false
	case refused:
		return c.text, theme.ColorNameDisabled, false
	case left:
		return "–", look.Text2, false
	case waiting:
		return "waiting", look.Text2, false
	case writing:
		return "writing", theme.ColorNameForeground, false
	case inPlace:
		return "in place", theme.ColorNameForeground, false
	case notMade:
		return "not made", theme.ColorNameError, true
	case stopped:
		return "stopped", look.Text2, false
	case kept:
		return "not in place", theme.ColorNameWarning, true
	}
	return "", theme.ColorNameForeground, false
}
