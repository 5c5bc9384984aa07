package preflight

import (
	"context"
	"fmt"
	"math"
)

// openRings finds borders of filled areas that are not closed, and lines whose
// ends nearly meet: laser programs drop such shapes, or fill them wrongly.
func (c *checker) openRings(context.Context) ([]located, error) {
	var spots []spot
	for _, s := range c.shapes {
		for _, p := range s.paths {
			if p.Closed {
				continue
			}
			first, last := p.Points[0], p.Points[len(p.Points)-1]
			gap := distance(first, last)
			if s.fill || gap <= c.options.Tolerance && p.Length() > 10*c.options.Tolerance {
				spots = append(spots, spot{layer: s.layer, board: s.board, at: last, size: gap})
			}
		}
	}
	return c.report(telling{
		kind: OpenRing, severity: Error,
		message: func(g group) string {
			return fmt.Sprintf("%s not closed: the widest gap is %.3f mm.", counted(g.count, "outline is", "outlines are"), g.worst.size)
		},
		fix: "Move the two ends onto each other so that the outline closes.",
		remedies: func(g group) []Remedy {
			// Wider gaps than that are no slip, and joining them would join
			// what is meant to be apart.
			const slip = 1.0
			if g.worst.size > slip {
				return []Remedy{hide()}
			}
			return []Remedy{option(Close, "Close the gaps", "close-gap", mm(math.Max(0.05, g.worst.size+0.01))), hide()}
		},
	}, spots), nil
}
