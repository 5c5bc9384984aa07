package planar

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// Closing makes one of areas that lie nearer to each other than gap grid units,
// and fills holes and inlets that are narrower: everything that a disc of that
// diameter cannot enter from outside. All that was inside stays inside, and
// borders away from gaps stay as they are.
//
// It is the closing of mathematical morphology (see [Opening]),
// with sharp corners: growth is round, so that gaps count by their true
// width, and shrinking goes by mitres, so that an inner corner is not filled.
// Gaps narrower by less than 4 units may stay. It fails as [Offset] does.
func Closing(ctx context.Context, polys []Polygon, gap float64) ([]Polygon, error) {
	if err := checkWidth(gap); err != nil {
		return nil, err
	}
	if gap == 0 || len(polys) == 0 {
		return Union(ctx, Rings(polys), Positive)
	}
	grown, err := Offset(ctx, polys, gap/2, Style{Tolerance: max(min(DefaultTolerance, gap/16), 0.5)})
	if err != nil {
		return nil, err
	}
	closed, err := Offset(ctx, grown, -gap/2-slack, Style{Join: MitreJoin})
	if err != nil {
		return nil, err
	}
	all, err := Boolean(ctx, UnionOp, Rings(polys), Rings(closed), Positive)
	if err != nil {
		return nil, err
	}
	return withoutStrays(all, closed, polys), nil
}

// withoutStrays drops from all what is an area of closed that holds nothing of
// polys: between parts thinner than the slack, which closed has lost, what
// fills the gap hangs on nothing.
func withoutStrays(all, closed, polys []Polygon) []Polygon {
	return slices.DeleteFunc(all, func(p Polygon) bool {
		if _, alone := slices.BinarySearchFunc(closed, p, func(q, p Polygon) int { return compareRings(q[0], p[0]) }); !alone {
			return false
		}
		index := NewIndex([]Polygon{p})
		return !slices.ContainsFunc(polys, func(q Polygon) bool { return index.Locate(q[0][0]) != Outside })
	})
}

func checkWidth(width float64) error {
	if !(width >= 0) || math.IsInf(width, 0) {
		return fmt.Errorf("a width of %g grid units: take 0 or more", width)
	}
	return nil
}
