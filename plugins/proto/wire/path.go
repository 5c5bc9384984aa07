package wire

import (
	"errors"
	"fmt"
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
	exportv1 "github.com/mapwright/mapwright/plugins/proto/mapwright/export/v1"
)

// Upper bounds of what a message needs beside points, verbs and text, in bytes.
const (
	pathOverhead   = 32
	shapeOverhead  = 64
	heightOverhead = 96
	pointSize      = 16
	maxSetting     = 1 << 10
)

// errNotFinite is the error of a coordinate that no machine can go to.
var errNotFinite = errors.New("a coordinate is not a finite number")

// checkPath tells whether the points of a path are finite and as many as its
// verbs consume.
func checkPath(p artwork.Path) error {
	for _, pt := range p.Points {
		if !finite(pt.X) || !finite(pt.Y) {
			return errNotFinite
		}
	}
	if p.Verbs == nil {
		return nil
	}
	need := 1
	for _, v := range p.Verbs {
		if v.Points() == 0 {
			return fmt.Errorf("a path has the unknown verb %d", v)
		}
		need += v.Points()
	}
	if need != len(p.Points) {
		return fmt.Errorf("a path has %d points where its verbs need %d", len(p.Points), need)
	}
	return nil
}

// pathCutter gives a path in pieces.
type pathCutter struct {
	points []artwork.Point
	verbs  []artwork.Verb
	closed bool
}

func cutPath(p artwork.Path) *pathCutter {
	return &pathCutter{points: p.Points, verbs: p.Verbs, closed: p.Closed}
}

// next gives a piece of at most room bytes, which are more than pathOverhead,
// and tells how many bytes it took at most; the last piece has no More.
func (c *pathCutter) next(room int) (*exportv1.Path, int) {
	size := pointSize
	if len(c.verbs) > 0 {
		size++
	}
	n := min(len(c.points), max(1, (room-pathOverhead)/size))
	piece := &exportv1.Path{PointsMm: make([]float64, 0, 2*n)}
	for _, pt := range c.points[:n] {
		piece.PointsMm = append(piece.PointsMm, pt.X, pt.Y)
	}
	c.points = c.points[n:]
	if v := min(n, len(c.verbs)); v > 0 {
		piece.Verbs = make([]byte, v)
		for i, verb := range c.verbs[:v] {
			piece.Verbs[i] = byte(verb)
		}
		c.verbs = c.verbs[v:]
	}
	if len(c.points) > 0 {
		piece.More = true
	} else {
		piece.Closed = c.closed
	}
	return piece, pathOverhead + n*size
}

// joinPath appends a piece to a path and checks the path if it is complete.
func joinPath(to *artwork.Path, piece *exportv1.Path) error {
	xy := piece.GetPointsMm()
	if len(xy)%2 != 0 {
		return errors.New("a path has an x without a y")
	}
	if to.Points == nil && len(xy) > 0 {
		to.Points = make([]artwork.Point, 0, len(xy)/2)
	}
	for i := 0; i < len(xy); i += 2 {
		to.Points = append(to.Points, artwork.Point{X: xy[i], Y: xy[i+1]})
	}
	for _, v := range piece.GetVerbs() {
		to.Verbs = append(to.Verbs, artwork.Verb(v))
	}
	if piece.GetMore() {
		return nil
	}
	to.Closed = piece.GetClosed()
	return checkPath(*to)
}

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
