package planar

import (
	"context"
	"fmt"
	"math"
)

// Stroke draws paths with a pen that reaches half grid units to both sides,
// and dissolves them into one area. A closed path has a join where it closes
// and no caps. A single point becomes a dot: a circle with round caps, an
// upright square with square ones, nothing with butt caps.
//
// It fails as [Boolean] does, and for a style or width that makes no sense.
func Stroke(ctx context.Context, paths []Path, half float64, s Style) ([]Polygon, error) {
	s, err := s.complete()
	if err != nil {
		return nil, err
	}
	if !(half > 0) || math.IsInf(half, 0) {
		return nil, fmt.Errorf("a stroke of half width %g grid units: take more than 0", half)
	}
	return drawn(ctx, paths, half, s, func(p *pen, raw []Ring, path Path) []Ring {
		return p.stroke(raw, withoutRepeats(path))
	})
}

// stroke adds the raw outlines of a path without repeated points.
func (p *pen) stroke(raw []Ring, path Path) []Ring {
	switch {
	case len(path) == 0:
		return raw
	case len(path) == 1:
		p.dot(path[0])
		return append(raw, p.take())
	case path.Closed():
		r := Ring(path[:len(path)-1])
		p.around(r)
		raw = append(raw, p.take())
		p.around(reversed(r))
		return append(raw, p.take())
	}
	p.along(path)
	p.along(reversed(path))
	return append(raw, p.take())
}

// along draws the right side of a path and the cap at its end.
func (p *pen) along(path Path) {
	t := newLeg(path[0], path[1])
	for i := 1; i+1 < len(path); i++ {
		u := newLeg(path[i], path[i+1])
		p.turn(path[i], t, u)
		t = u
	}
	p.end(path[len(path)-1], t.dir)
}

func reversed[S ~[]Point](points S) S {
	r := make(S, len(points))
	for i, q := range points {
		r[len(points)-1-i] = q
	}
	return r
}
