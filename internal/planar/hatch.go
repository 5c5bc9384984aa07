package planar

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
)

// Hatch fills an area with parallel lines at an angle in degrees
// (counter-clockwise from the x axis), spacing grid units apart. The lines are
// those that a hatch of the whole map through the grid's origin would have, so
// that neighbouring areas match. They are ordered for a machine that goes to
// and fro: line by line, every second one backwards. Ends lie on the grid
// within half a step, in x and in y, of where the line meets the border.
//
// Overlapping polygons count as their union. It fails for an angle or spacing
// that makes no sense and with the error of the context.
func Hatch(ctx context.Context, area []Polygon, angleDeg, spacing float64) ([]Path, error) {
	if !(spacing >= 1) || math.IsInf(spacing, 0) {
		return nil, fmt.Errorf("a hatch with lines %g grid units apart: take 1 or more", spacing)
	}
	if math.IsNaN(angleDeg) || math.IsInf(angleDeg, 0) {
		return nil, fmt.Errorf("a hatch at an angle of %g degrees: take a finite one", angleDeg)
	}
	h := hatcher{along: compass(angleDeg), spacing: spacing}
	pc := newPace(ctx)
	for _, r := range Rings(area) {
		for i := range r {
			n := h.cross(r[i], r[(i+1)%len(r)])
			if err := pc.walk(1 + n); err != nil {
				return nil, err
			}
		}
	}
	// What enters comes first, so that polygons that touch make one piece.
	slices.SortFunc(h.hits, func(a, b hatchHit) int {
		return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.at, b.at), cmp.Compare(b.turn, a.turn))
	})
	return h.lines(), pc.ctx.Err()
}

// hatcher collects where hatch lines cross the borders of an area. A border
// point counts as above line k when its height is k spacings or more: every
// ring then crosses every line an even number of times, whatever the rounding.
type hatcher struct {
	along   vector
	spacing float64
	hits    []hatchHit
}

type hatchHit struct {
	line int64
	turn int32   // change of the winding number
	at   float64 // place along the line
	p    Point
}

// cross adds the crossings of one edge and returns their number.
func (h *hatcher) cross(a, b Point) int {
	up := h.along.quarterLeft()
	ha, hb := a.vector().dot(up)/h.spacing, b.vector().dot(up)/h.spacing
	turn := int32(-1)
	if ha > hb {
		// from below, so that an edge gives the same points either way
		a, b, ha, hb, turn = b, a, hb, ha, 1
	}
	first, last := int64(math.Floor(ha))+1, int64(math.Floor(hb))
	for k := first; k <= last; k++ {
		t := (float64(k) - ha) / (hb - ha)
		d := b.minus(a).vector()
		v := a.vector().plus(d.times(t))
		h.hits = append(h.hits, hatchHit{k, turn, v.dot(h.along), Point{snap(v.x), snap(v.y)}})
	}
	return int(last - first + 1)
}

// lines pairs the sorted crossings into pieces inside the area.
func (h *hatcher) lines() []Path {
	var out []Path
	for i := 0; i < len(h.hits); {
		line, first := h.hits[i].line, len(out)
		wound, start := int32(0), Point{}
		for ; i < len(h.hits) && h.hits[i].line == line; i++ {
			was := wound
			wound += h.hits[i].turn
			switch {
			case was == 0:
				start = h.hits[i].p
			case wound == 0 && h.hits[i].p != start:
				out = append(out, Path{start, h.hits[i].p})
			}
		}
		if line&1 != 0 {
			backwards(out[first:])
		}
	}
	return out
}

// backwards turns a line around: its pieces and each of them.
func backwards(pieces []Path) {
	slices.Reverse(pieces)
	for _, p := range pieces {
		slices.Reverse(p)
	}
}
