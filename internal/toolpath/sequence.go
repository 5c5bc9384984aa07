package toolpath

import (
	"cmp"
	"context"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Step is one shape on a machine's way: Layers[Layer].Shapes[Shape] of the
// artwork.
type Step struct{ Layer, Shape int }

// Sequence tells the order in which a machine runs all shapes of a board, over
// all layers: what is engraved, then what is scored, then cuts, those inside of
// others first, so that nothing is cut free before it is done. What is left
// equal goes setting by setting (see [Turn]), of each first the filled areas;
// of one setting the layers come from the bottom to the top, each in the order
// of its shapes (see [Order]). Guides are never run. It fails only when ctx
// ends, and for cuts that lie off the grid.
func Sequence(ctx context.Context, art *artwork.Artwork, board int) ([]Step, error) {
	type ranked struct {
		Step
		operation, depth, turn, line int
	}
	var all []ranked
	var cuts []planar.Path
	var cutAt []int
	for l := range art.Layers {
		for i := range art.Layers[l].Shapes {
			s := &art.Layers[l].Shapes[i]
			if s.Board != board || s.Operation == artwork.Guide || len(s.Paths) == 0 || len(s.Paths[0].Points) == 0 {
				continue
			}
			if s.Operation == artwork.Cut {
				cuts = append(cuts, onGrid(s.Paths[0]))
				cutAt = append(cutAt, len(all))
			}
			r := ranked{Step: Step{l, i}, operation: s.Operation.Order(), turn: Turn(s.Operation, s.Setting), line: 1}
			if s.Fill {
				r.line = 0
			}
			all = append(all, r)
		}
	}
	depths, err := Depths(ctx, cuts)
	if err != nil {
		return nil, err
	}
	for i, d := range depths {
		all[cutAt[i]].depth = d
	}
	slices.SortStableFunc(all, func(a, b ranked) int {
		return cmp.Or(
			cmp.Compare(a.operation, b.operation), cmp.Compare(b.depth, a.depth),
			cmp.Compare(a.turn, b.turn), cmp.Compare(a.line, b.line),
		)
	})
	steps := make([]Step, len(all))
	for i, r := range all {
		steps[i] = r.Step
	}
	return steps, ctx.Err()
}

// Turn is when a machine's way comes to a setting, among those of one
// operation: in their order, but for openings, which come before the pieces
// that they are in. A setting that is not known comes last.
func Turn(o artwork.Operation, setting string) int {
	all := artwork.Settings(o)
	i := slices.Index(all, setting)
	switch {
	case i < 0:
		return len(all)
	case o == artwork.Cut:
		return len(all) - 1 - i
	}
	return i
}

// onGrid is a path as lines on the grid; a closed one repeats its start.
func onGrid(p artwork.Path) planar.Path {
	const flatness = 0.01 // mm
	var out planar.Path
	for _, q := range p.Flatten(flatness).Points {
		if g := planar.FromMM(q.X, q.Y); len(out) == 0 || g != out[len(out)-1] {
			out = append(out, g)
		}
	}
	if p.Closed && out[0] != out[len(out)-1] {
		out = append(out, out[0])
	}
	return out
}

// Depths tells for each of the cuts of a board how many closed ones lie around
// it. An open one, as the rest of a border that its neighbour has cut, is where
// the middle of its points is. It fails as [planar.Nest] does.
func Depths(ctx context.Context, cuts []planar.Path) ([]int, error) {
	depths := make([]int, len(cuts))
	var rings []planar.Ring
	var at []int
	for i, p := range cuts {
		if p.Closed() {
			rings = append(rings, planar.Ring(p[:len(p)-1]))
			at = append(at, i)
		}
	}
	if len(rings) == 0 {
		return depths, ctx.Err()
	}
	nodes, err := planar.Nest(ctx, rings)
	if err != nil {
		return nil, err
	}
	boxes := make([]planar.Box, len(rings))
	for k, i := range at {
		depths[i] = nodes[k].Depth
		boxes[k] = rings[k].Bounds()
	}
	for i, p := range cuts {
		if p.Closed() || len(p) == 0 {
			continue
		}
		middle := p[len(p)/2]
		for k, r := range rings {
			if boxes[k].Contains(middle) && planar.Contains([]planar.Polygon{{r}}, middle) == planar.Inside {
				depths[i]++
			}
		}
	}
	return depths, ctx.Err()
}
