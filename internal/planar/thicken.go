package planar

import "context"

// thickenSteps is how many widths a thin part is measured in: the result is too
// wide by an eighth of the width at most.
const thickenSteps = 16

// Thicken adds to polygons what makes their thin parts (see [Thin]) width grid
// units wide, or up to an eighth more: a stroke of that width along the middle
// of each. Holes are not swallowed: where one is too small for what grows into
// it, a core of it stays, and the wall there is thinner. Parts that meet when
// they grow become one; a crevice between them may leave a thin place. Nothing
// is taken away.
//
// The middle lines are the skeleton by openings of C. Lantuéjoul ("La
// squelettisation et son application aux mesures topologiques des mosaïques
// polycristallines", 1978; Serra 1982, chapter XI): what is left of the area
// after each of some steps of shrinking and does not come back from the next
// step. It fails as [Offset] does.
func Thicken(ctx context.Context, polys []Polygon, width float64) ([]Polygon, error) {
	if err := checkWidth(width); err != nil {
		return nil, err
	}
	if width == 0 || len(polys) == 0 {
		return polys, nil
	}
	// Where what grew meets a corner, there may be a new neck.
	const rounds, after = 3, 0.95
	find := width
	for range rounds {
		grown, err := thickenOnce(ctx, polys, find, width)
		if err != nil {
			return nil, err
		}
		if grown == nil {
			break
		}
		polys, find = grown, after*width
	}
	return polys, nil
}

// thickenOnce makes what is thinner than find as thick as width. It gives nil
// where nothing is.
func thickenOnce(ctx context.Context, polys []Polygon, find, width float64) ([]Polygon, error) {
	w := newWidths(polys, find)
	if err := w.measure(ctx); err != nil || len(w.thin) == 0 {
		return nil, err
	}
	spine, err := skeleton(ctx, polys, w.arms, width)
	if err != nil {
		return nil, err
	}
	added, err := Offset(ctx, spine, width/2, fine(width))
	if err != nil {
		return nil, err
	}
	keep, err := holeCores(ctx, polys, Bounds(added), width)
	if err != nil {
		return nil, err
	}
	if len(keep) > 0 {
		if added, err = Boolean(ctx, Difference, Rings(added), keep, Positive); err != nil {
			return nil, err
		}
	}
	return Boolean(ctx, UnionOp, Rings(polys), Rings(added), Positive)
}

// fine flattens arcs so that they do not show at a width.
func fine(width float64) Style {
	return Style{Tolerance: max(min(DefaultTolerance, width/64), 0.5)}
}

// skeleton gives a thin area along the middle of parts of polygons, which reach
// to where a disc of the width fits.
func skeleton(ctx context.Context, polys, parts []Polygon, width float64) ([]Polygon, error) {
	// Only what lies near thin parts tells where their middle is.
	around, err := Offset(ctx, parts, width, Style{Tolerance: max(0.5, width/8)})
	if err != nil {
		return nil, err
	}
	local, err := Boolean(ctx, Intersection, Rings(polys), Rings(around), Positive)
	if err != nil {
		return nil, err
	}
	step := max(width/thickenSteps, 2)
	var spine []Ring
	for level, k := local, 1; len(level) > 0; k++ {
		next, err := Offset(ctx, local, -float64(float64(k)*step), fine(width))
		if err != nil {
			return nil, err
		}
		if float64(k)*step > width/2+step {
			break
		}
		back, err := Offset(ctx, next, step+1, Style{Join: MitreJoin, MitreLimit: 2})
		if err != nil {
			return nil, err
		}
		left, err := Boolean(ctx, Difference, Rings(level), Rings(back), Positive)
		if err != nil {
			return nil, err
		}
		if left, err = Boolean(ctx, Intersection, Rings(left), Rings(parts), Positive); err != nil {
			return nil, err
		}
		spine = append(spine, Rings(left)...)
		level = next
	}
	return Union(ctx, spine, Positive)
}

// holeCores gives of each hole within a box the part that must stay open.
func holeCores(ctx context.Context, polys []Polygon, box Box, width float64) ([]Ring, error) {
	var keep []Ring
	for _, p := range polys {
		for _, r := range p[1:] {
			if !r.Bounds().Meets(box) {
				continue
			}
			core, err := holeCore(ctx, r, width)
			if err != nil {
				return nil, err
			}
			keep = append(keep, Rings(core)...)
		}
	}
	return keep, nil
}

// holeCore is nothing for a hole that what grows cannot fill. Of a smaller one
// it is what is left farthest from its border: at half the width, a quarter and
// so on.
func holeCore(ctx context.Context, r Ring, width float64) ([]Polygon, error) {
	hole := []Polygon{{fromLeftmost(reversed(r))}}
	most := width/2 + width/thickenSteps
	for d := most; d >= slack/2; d /= 2 {
		inner, err := Offset(ctx, hole, -d, fine(width))
		switch {
		case err != nil:
			return nil, err
		case len(inner) > 0 && d == most:
			return nil, nil
		case len(inner) > 0:
			return inner, nil
		}
	}
	return hole, nil
}
