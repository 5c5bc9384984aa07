package inspector

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"github.com/mapwright/mapwright/app/look"
)

// gutter is the space left of what stands in a page. The way back to an
// option's default lies in it.
const gutter float32 = 20

// column puts the objects of a page below each other, at whatever width there
// is. What breaks into lines is as high as it needs to be at that width.
type column struct {
	gap, left, right float32
	width            float32
}

// newPage gives a page that scrolls.
func newPage(objects ...fyne.CanvasObject) (*container.Scroll, *fyne.Container) {
	c := container.New(&column{gap: look.Grid, left: gutter, right: 2 * look.Grid, width: Width}, objects...)
	return container.NewVScroll(c), c
}

// newRows gives a place for rows below each other, without space around them.
func newRows() *fyne.Container {
	return container.New(&column{gap: 2, width: Width})
}

// each places the objects that show and gives how high they are together.
func (c *column) each(objects []fyne.CanvasObject, place bool) float32 {
	y := c.gap
	if c.left == 0 {
		y = 0
	}
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		x, w := c.left, c.width-c.left-c.right
		if isRows(o) {
			x, w = 0, c.width-c.right // its rows begin in the gutter
		}
		if size := o.Size(); size.Width != w {
			o.Resize(fyne.NewSize(w, size.Height)) // lines break anew
		}
		h := o.MinSize().Height
		if place {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(w, h))
		}
		y += h + c.gap
	}
	return y
}

func (c *column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if size.Width <= 0 {
		return // nobody has seen it yet
	}
	c.width = size.Width
	c.each(objects, true)
}

func (c *column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(0, c.each(objects, false))
}

// isRows tells whether an object was made by newRows.
func isRows(o fyne.CanvasObject) bool {
	c, ok := o.(*fyne.Container)
	if !ok {
		return false
	}
	rows, ok := c.Layout.(*column)
	return ok && rows.left == 0
}
