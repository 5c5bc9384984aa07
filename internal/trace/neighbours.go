package trace

import (
	"cmp"
	"context"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
)

// pairsNear lists for each box the others that lie within reach of it, in their
// order: a sweep over the left sides.
func pairsNear(boxes []planar.Box, reach int32) [][]int {
	order := make([]int, len(boxes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(boxes[a].Min.X, boxes[b].Min.X) })
	near := make([][]int, len(boxes))
	for k, i := range order {
		for _, j := range order[k+1:] {
			if boxes[j].Min.X > boxes[i].Max.X+reach {
				break
			}
			if boxes[j].Min.Y <= boxes[i].Max.Y+reach && boxes[i].Min.Y <= boxes[j].Max.Y+reach {
				near[i], near[j] = append(near[i], j), append(near[j], i)
			}
		}
	}
	for i := range near {
		slices.Sort(near[i])
	}
	return near
}

func boxesOf(polys []planar.Polygon) []planar.Box {
	boxes := make([]planar.Box, len(polys))
	for i, p := range polys {
		boxes[i] = p[0].Bounds()
	}
	return boxes
}

// depths tells how many other polygons each polygon lies in: in the area of
// them, not in their holes. Of two equal polygons the later one lies in the
// earlier one.
func depths(polys []planar.Polygon, near [][]int) (depth []int, inside func(i, j int) bool) {
	depth = make([]int, len(polys))
	within := map[[2]int]bool{}
	areas := make([]float64, len(polys))
	for i, p := range polys {
		areas[i] = planar.Area([]planar.Polygon{p})
	}
	index := make([]*planar.Index, len(polys))
	for i, p := range polys {
		for _, j := range near[i] {
			if areas[j] < areas[i] || areas[j] == areas[i] && j > i {
				continue
			}
			if index[j] == nil {
				index[j] = planar.NewIndex(polys[j : j+1])
			}
			if liesIn(p, index[j]) {
				depth[i]++
				within[[2]int{i, j}] = true
			}
		}
	}
	return depth, func(i, j int) bool { return within[[2]int{i, j}] }
}

// liesIn tells whether a polygon that is no larger lies in an area: no corner
// of its shell outside, and the middle of a side inside where all corners lie
// on the border.
func liesIn(p planar.Polygon, area *planar.Index) bool {
	inside := false
	for i, a := range p[0] {
		switch area.Locate(a) {
		case planar.Outside:
			return false
		case planar.Inside:
			inside = true
		}
		b := p[0][(i+1)%len(p[0])]
		switch area.Locate(planar.Point{X: a.X/2 + b.X/2, Y: a.Y/2 + b.Y/2}) {
		case planar.Inside:
			inside = true
		case planar.Outside:
			if distance(a, b) > 8 {
				return false
			}
		}
	}
	return inside
}

// grownApart lets polygons grow, each by a function of its index and by no
// more than reach, so that they don't overlap: none grows into another one,
// and where two grow into the same gap the earlier one has it. Borders that
// they share stay as they are, to the grid point. Polygons inside others do not
// count as neighbours.
func grownApart(ctx context.Context, polys []planar.Polygon, reach float64, grow func(i int) ([]planar.Polygon, error)) ([]planar.Polygon, error) {
	near := pairsNear(boxesOf(polys), int32(reach)+2)
	_, inside := depths(polys, near)
	grown := make([][]planar.Polygon, len(polys))
	var out []planar.Polygon
	for i := range polys {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		g, err := grow(i)
		if err != nil {
			return nil, err
		}
		var before, after []planar.Ring
		for _, j := range near[i] {
			switch {
			case inside(i, j) || inside(j, i):
			case j < i:
				before = append(before, planar.Rings(grown[j])...)
			default:
				after = append(after, planar.Rings(polys[j:j+1])...)
			}
		}
		if len(after) > 0 {
			own, err := planar.Boolean(ctx, planar.Difference, after, planar.Rings(polys[i:i+1]), planar.Positive)
			if err != nil {
				return nil, err
			}
			before = append(before, planar.Rings(own)...)
		}
		if len(before) > 0 {
			if g, err = planar.Boolean(ctx, planar.Difference, planar.Rings(g), before, planar.Positive); err != nil {
				return nil, err
			}
		}
		grown[i] = g
		out = append(out, g...)
	}
	return out, nil
}
