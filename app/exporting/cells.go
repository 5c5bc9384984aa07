package exporting

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// cells is the part of the grid that is ticked. The keyboard reaches it as a
// whole: arrows move from cell to cell, Space ticks.
type cells struct {
	widget.BaseWidget
	onTick func(row, column int)
	onSeen func(row, column int) // the keyboard moved there
	onEsc  func()

	all         [][]*cell // by row and column
	busy        []bool    // rows that are being written
	row, column int       // where the keyboard is
	focused     bool
	keyed       bool // the keyboard was used: it shows where it is
}

func newCells(rows, columns int) *cells {
	c := &cells{busy: make([]bool, rows)}
	for range rows {
		line := make([]*cell, columns)
		for i := range line {
			line[i] = newCell()
		}
		c.all = append(c.all, line)
	}
	c.ExtendBaseWidget(c)
	return c
}

func (c *cells) columns() int {
	if len(c.all) == 0 {
		return 0
	}
	return len(c.all[0])
}

// setBusy shows which rows are being written.
func (c *cells) setBusy(row int, busy bool) {
	if c.busy[row] != busy {
		c.busy[row] = busy
		c.Refresh()
	}
}

// Tapped ticks the cell below the pointer.
func (c *cells) Tapped(e *fyne.PointEvent) {
	if c.columns() == 0 {
		return
	}
	row, column := int(e.Position.Y/rowHeight), int(e.Position.X/(c.Size().Width/float32(c.columns())))
	if row < 0 || row >= len(c.all) || column < 0 || column >= c.columns() {
		return
	}
	c.row, c.column, c.keyed = row, column, false
	c.onTick(row, column)
	c.Refresh()
}

// FocusGained shows where the keyboard is.
func (c *cells) FocusGained() {
	c.focused = true
	c.Refresh()
}

// FocusLost hides it.
func (c *cells) FocusLost() {
	c.focused, c.keyed = false, false
	c.Refresh()
}

// TypedRune hears nothing: Space comes as a key.
func (c *cells) TypedRune(rune) {}

// TypedKey moves from cell to cell and ticks.
func (c *cells) TypedKey(e *fyne.KeyEvent) {
	if c.columns() == 0 {
		return
	}
	row, column := c.row, c.column
	c.keyed = true
	switch e.Name {
	case fyne.KeyUp:
		row--
	case fyne.KeyDown:
		row++
	case fyne.KeyLeft:
		column--
	case fyne.KeyRight:
		column++
	case fyne.KeyHome:
		column = 0
	case fyne.KeyEnd:
		column = c.columns() - 1
	case fyne.KeySpace:
		c.onTick(row, column)
	case fyne.KeyEscape:
		c.onEsc()
		return
	}
	c.row = min(max(row, 0), len(c.all)-1)
	c.column = min(max(column, 0), c.columns()-1)
	c.onSeen(c.row, c.column)
	c.Refresh()
}

// CreateRenderer draws the rows, the lines between them and the cells.
func (c *cells) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	var objects []fyne.CanvasObject
	var backs, lines []*canvas.Rectangle
	for range c.all {
		back, line := plain(), plain()
		backs, lines = append(backs, back), append(lines, line)
		objects = append(objects, back, line)
	}
	for _, row := range c.all {
		for _, one := range row {
			objects = append(objects, one)
		}
	}
	focus := rounded(look.Radius)
	objects = append(objects, focus)
	paint := func() {
		for i := range c.all {
			backs[i].FillColor, lines[i].FillColor = color.Transparent, look.Color(theme.ColorNameSeparator)
			if c.busy[i] {
				backs[i].FillColor = look.Color(theme.ColorNameSelection)
			}
		}
		focus.StrokeColor, focus.StrokeWidth = look.Color(theme.ColorNamePrimary), look.FocusWidth
		focus.Hidden = !c.focused || !c.keyed || c.columns() == 0
	}
	layout := func(size fyne.Size) {
		w := size.Width / float32(max(1, c.columns()))
		for i, row := range c.all {
			y := float32(i) * rowHeight
			parts.Place(backs[i], 0, y, size.Width, rowHeight)
			parts.Place(lines[i], 0, y+rowHeight-1, size.Width, 1)
			for j, one := range row {
				parts.Place(one, float32(j)*w, y, w, rowHeight)
			}
		}
		parts.Place(focus, float32(c.column)*w+4, float32(c.row)*rowHeight+6, w-8, rowHeight-12)
	}
	least := func() fyne.Size {
		return fyne.NewSize(float32(c.columns())*columnLeast, float32(len(c.all))*rowHeight)
	}
	return parts.Draw(c, least, layout, paint, objects...)
}
