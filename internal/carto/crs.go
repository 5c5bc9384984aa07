package carto

import (
	"github.com/mapwright/mapwright/internal/projection"
	"github.com/paulmach/orb"
)

// BoardCRS is the CRS of layers whose features lie on the board and not on the
// Earth: their coordinates are mm, the origin is the board's lower left corner,
// Y is up. They stay in their place when the view changes.
const BoardCRS = "board:mm"

// LayerTransform takes the coordinates of a layer to millimetres on the board
// and back. It never changes and may be used from several goroutines.
type LayerTransform struct {
	view    Transform
	onBoard bool
	crs     projection.Projection // nil: degrees
}

// LayerTransform makes the way from the coordinates of a layer's CRS to the
// boards. An empty CRS means degrees. Errors: *projection.UnknownError, for a
// CRS that is not known.
func (t Transform) LayerTransform(crs string) (LayerTransform, error) {
	l := LayerTransform{view: t, onBoard: crs == BoardCRS}
	if l.onBoard || crs == "" || crs == projection.CodeWGS84 {
		return l, nil
	}
	var err error
	l.crs, err = projection.Lookup(crs, 0, 0)
	return l, err
}

// Forward takes a place of the layer to mm on the board, which may lie beside
// the board.
func (l LayerTransform) Forward(p orb.Point) (x, y float64) {
	if l.onBoard {
		return p[0], p[1]
	}
	if l.crs != nil {
		lon, lat := l.crs.Inverse(p[0], p[1])
		p = orb.Point{lon, lat}
	}
	return l.view.Forward(p)
}

// Inverse takes mm on the board to a place of the layer.
func (l LayerTransform) Inverse(x, y float64) orb.Point {
	if l.onBoard {
		return orb.Point{x, y}
	}
	p := l.view.Inverse(x, y)
	if l.crs != nil {
		x, y = l.crs.Forward(p[0], p[1])
		return orb.Point{x, y}
	}
	return p
}
