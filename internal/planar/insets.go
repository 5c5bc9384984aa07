package planar

import (
	"context"
	"fmt"
	"math"
)

// leastInset is the least distance between inset rings, in grid units: four
// times what rounding may move a ring, so that no ring meets the next one.
const leastInset = 8

// InsetRings gives the areas that are left when polygons shrink by distance
// grid units, by 2·distance and so on, one set of polygons a step, until
// nothing is left or after n steps (0: no limit). Their rings fill an area as a
// pen does that goes around and around. Each set lies within the one before,
// and no two rings touch.
//
// Every step starts from the polygons themselves, so that errors of arcs don't
// add up. What is left of a polygon is asked no more once it is gone. An arc is
// flattened to a quarter of the distance at most.
//
// It fails as [Offset] does, and for a distance below 8 units.
func InsetRings(ctx context.Context, polys []Polygon, distance float64, n int, s Style) ([][]Polygon, error) {
	if !(distance >= leastInset) || math.IsInf(distance, 0) {
		return nil, fmt.Errorf("inset rings %g grid units apart: take %d or more", distance, leastInset)
	}
	s, err := s.complete()
	if err != nil {
		return nil, err
	}
	s.Tolerance = min(s.Tolerance, distance/4)
	var steps [][]Polygon
	for i := range polys {
		for k := 1; n <= 0 || k <= n; k++ {
			inner, err := Offset(ctx, polys[i:i+1], -float64(float64(k)*distance), s)
			if err != nil {
				return nil, err
			}
			if len(inner) == 0 {
				break
			}
			if len(steps) < k {
				steps = append(steps, nil)
			}
			steps[k-1] = append(steps[k-1], inner...)
		}
	}
	for _, step := range steps {
		canonical(step)
	}
	return steps, nil
}
