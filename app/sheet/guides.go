package sheet

import (
	"image/color"

	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// dragged is how far the selection is dragged, mm, and on which guides it comes
// to rest; nil where there is none. With Shift it goes where the pointer goes.
func (h *Sheet) dragged() (by artwork.Point, x, y *workshop.Guide) {
	g := &h.gesture
	from, to := h.view.board(g.from), h.view.board(g.at)
	by = artwork.Point{X: to.X - from.X, Y: to.Y - from.Y}
	if g.shift {
		return by, nil, nil
	}
	box := artwork.EmptyBox()
	for _, s := range h.overlay.shapes {
		box = box.Union(s.Seen.Bounds())
	}
	if box.Empty() {
		return by, nil, nil
	}
	box.Min, box.Max = shift(box.Min, by), shift(box.Max, by)
	rest, x, y := h.overlay.guides.Snap(box, h.reach())
	return shift(by, rest), x, y
}

// guideLines show what the dragged selection has come to rest on: a line over
// the whole board.
func (o *overlay) guideLines(x, y *workshop.Guide, c color.Color) {
	b := o.sheet.stage.Map().Boards
	if x != nil {
		o.hairline(artwork.Point{X: x.At}, artwork.Point{X: x.At, Y: b.Height}, c)
	}
	if y != nil {
		o.hairline(artwork.Point{Y: y.At}, artwork.Point{X: b.Width, Y: y.At}, c)
	}
}

// hairline draws a thin line.
func (o *overlay) hairline(a, b artwork.Point, c color.Color) {
	l := o.lines.next()
	l.StrokeColor, l.StrokeWidth = c, 1
	l.Position1, l.Position2 = o.sheet.view.screen(a), o.sheet.view.screen(b)
}
