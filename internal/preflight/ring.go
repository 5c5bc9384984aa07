package preflight

import (
	"context"
	"fmt"
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// openRings finds borders of filled areas that are not closed, and lines whose
// ends nearly meet: laser programs drop such shapes, or fill them wrongly.
func (c *checker) openRings(context.Context) error {
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
	c.report(OpenRing, Error,
		"Move the two ends onto each other so that the outline closes.", spots,
		func(n int, _ float64, worst spot) string {
			return fmt.Sprintf("%s not closed: the widest gap is %.3f mm.", counted(n, "outline is", "outlines are"), worst.size)
		})
	return nil
}

func distance(a, b artwork.Point) float64 { return math.Hypot(b.X-a.X, b.Y-a.Y) }
