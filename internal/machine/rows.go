package machine

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// flatError is how far straight moves may lie from the curves of the artwork,
// mm.
const flatError = 0.01

// mostRows is far more rows than any board has.
const mostRows = 1 << 22

// span is a piece of a row that burns, from x0 to x1, mm.
type span struct {
	row    int
	x0, x1 float64
}

// rowsOf gives what level lines, interval mm apart, burn of filled shapes: row
// by row from below to above, each from left to right. Row r lies at the height
// rowHeight(r). A shape is filled by the even-odd rule, and what several shapes
// fill burns once.
func rowsOf(ctx context.Context, shapes []*artwork.Shape, interval float64) ([]span, error) {
	var all []span
	var hits []hit
	for _, s := range shapes {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		hits = hits[:0]
		for _, p := range s.Paths {
			if len(p.Points) == 0 {
				continue
			}
			points := p.Flatten(flatError).Points
			for i, a := range points {
				var err error
				if hits, err = cross(hits, a, points[(i+1)%len(points)], interval); err != nil {
					return nil, err
				}
			}
		}
		slices.SortFunc(hits, func(a, b hit) int { return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.x, b.x)) })
		for i := 0; i+1 < len(hits); i += 2 {
			all = append(all, span{hits[i].row, hits[i].x, hits[i+1].x})
		}
	}
	return united(all), nil
}

// rowHeight is where a row lies, mm.
func rowHeight(row int, interval float64) float64 { return float64((float64(row) + 0.5) * interval) }

// hit is where a row meets the border of an area.
type hit struct {
	row int
	x   float64
}

// cross adds where an edge meets rows. A point on a row counts as above it, so
// that each ring meets each row an even number of times.
func cross(hits []hit, a, b artwork.Point, interval float64) ([]hit, error) {
	if a.Y > b.Y {
		a, b = b, a
	}
	first, end := math.Ceil(a.Y/interval-0.5), math.Ceil(b.Y/interval-0.5)
	if !(math.Abs(first) < mostRows && math.Abs(end) < mostRows) {
		return hits, fmt.Errorf("an area at %g, %g mm is too far away to be filled with lines %g mm apart", a.X, a.Y, interval)
	}
	if first == end {
		return hits, nil
	}
	slope := (b.X - a.X) / (b.Y - a.Y)
	for row := int(first); row < int(end); row++ {
		hits = append(hits, hit{row, a.X + float64((rowHeight(row, interval)-a.Y)*slope)})
	}
	return hits, nil
}

// united sorts spans and joins those that overlap or touch.
func united(all []span) []span {
	slices.SortFunc(all, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.row, b.row), cmp.Compare(a.x0, b.x0), cmp.Compare(a.x1, b.x1))
	})
	out := all[:0]
	for _, s := range all {
		if s.x1 <= s.x0 {
			continue
		}
		if n := len(out); n > 0 && out[n-1].row == s.row && s.x0 <= out[n-1].x1 {
			out[n-1].x1 = max(out[n-1].x1, s.x1)
			continue
		}
		out = append(out, s)
	}
	return out
}
