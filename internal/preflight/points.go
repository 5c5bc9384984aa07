package preflight

import (
	"context"
	"fmt"

	"github.com/mapwright/mapwright/plugins/artwork"
)

const (
	// straight is how far a point may lie beside the line through its
	// neighbours and still show nothing, mm.
	straight = 0.002
	// fewNeedless and shareNeedless are how many points, and which part of all,
	// may be without need.
	fewNeedless   = 50
	shareNeedless = 0.1
)

// needless finds layers with points of lines that show nothing: nearer to the one before
// than the beam could tell, or on a straight line between their neighbours. A
// controller brakes at each of them.
func (c *checker) needless(context.Context) ([]located, error) {
	if c.options.MinStep <= 0 {
		return nil, nil
	}
	var spots []spot
	total := map[[2]int]int{} // points of lines by layer and board
	for i, l := range c.art.Layers {
		for _, s := range l.Shapes {
			if s.Operation == artwork.Guide || s.Fill {
				continue // the points of areas are not followed
			}
			for _, p := range s.Paths {
				total[[2]int{i, s.Board}] += len(p.Points)
				for _, at := range c.needlessOf(p) {
					spots = append(spots, spot{layer: i, board: s.Board, at: at})
				}
			}
		}
	}
	var out []located
	for _, f := range c.report(telling{
		kind:    Needless,
		message: func(group) string { return "" },
		fix:     "Raise the layer's simplify.",
		remedies: func(g group) []Remedy {
			now := c.factsOf(&c.art.Layers[g.worst.layer]).Simplify
			return []Remedy{option(Simplify, "Simplify the lines", "simplify", mm(max(0.05, 2*now)), "curves", "on")}
		},
	}, spots) {
		all := total[[2]int{f.layer, f.Board}]
		if f.Count >= fewNeedless && float64(f.Count) >= shareNeedless*float64(all) {
			f.Message = fmt.Sprintf("%d of %d points show nothing: they lie on a straight line or nearer than %.3g mm to the one before, and slow the machine.",
				f.Count, all, c.options.MinStep)
			out = append(out, f)
		}
	}
	return out, nil
}

// needlessOf gives the points of a path that show nothing. Curves have none.
func (c *checker) needlessOf(p artwork.Path) []artwork.Point {
	if !p.Straight() {
		return nil
	}
	var out []artwork.Point
	n := len(p.Points)
	for i, q := range p.Points {
		if !p.Closed && (i == 0 || i == n-1) || n < 4 {
			continue
		}
		before, after := p.Points[(i+n-1)%n], p.Points[(i+1)%n]
		if distance(before, q) < c.options.MinStep || fromSegment(q, before, after) < straight && distance(before, after) > 0 {
			out = append(out, q)
		}
	}
	return out
}
