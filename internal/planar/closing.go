package planar

import (
	"context"
	"fmt"
	"math"
	"slices"
)

// slack is what the rounding of two offsets may take away, in grid units.
const slack = 4

// Opening gives the parts of polygons that are at least width grid units
// thick: those that a disc of that diameter fits into, with the corners that it
// does not reach. What stays keeps its borders exactly. Polygons that fall
// apart are several, and those that are thinner everywhere are gone.
//
// It is the opening of mathematical morphology (J. Serra, "Image Analysis and
// Mathematical Morphology", 1982, chapter II) but for the corners: what is left
// after shrinking by half the width grows back by mitres, so that a square stays
// a square. Of a corner sharper than 29° (mitre limit 4) the tip goes. Parts
// thinner by less than 4 units may stay. It fails as [Offset] does.
func Opening(ctx context.Context, polys []Polygon, width float64) ([]Polygon, error) {
	if err := checkWidth(width); err != nil {
		return nil, err
	}
	if width == 0 || len(polys) == 0 {
		return polys, nil
	}
	mitred := Style{Join: MitreJoin}
	core, err := Offset(ctx, polys, -width/2, mitred)
	if err != nil || len(core) == 0 {
		return nil, err
	}
	grown, err := Offset(ctx, core, width/2+slack, mitred)
	if err != nil {
		return nil, err
	}
	return Boolean(ctx, Intersection, Rings(polys), Rings(grown), Positive)
}

// Closing makes one of areas that lie nearer to each other than gap grid units,
// and fills holes and inlets that are narrower: everything that a disc of that
// diameter cannot enter from outside. All that was inside stays inside, and
// borders away from gaps stay as they are.
//
// It is the closing of mathematical morphology (Serra 1982, see [Opening]),
// again with sharp corners: growth is round, so that gaps count by their true
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
