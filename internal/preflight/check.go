package preflight

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// flatError is how far the straight lines that are checked may lie from the
// curves of the artwork, mm.
const flatError = 0.002

// Check looks for everything that is wrong with artwork. Findings come layer by
// layer from the bottom, in the order of Kinds, and board by board. Guides are
// never burned and not checked.
//
// It fails for artwork that is not valid, and when ctx ends.
func Check(ctx context.Context, art *artwork.Artwork, o Options) ([]Finding, error) {
	if art == nil {
		return nil, errors.New("there is no artwork to check")
	}
	o = o.complete()
	c, err := newChecker(art, o)
	if err != nil {
		return nil, err
	}
	for _, check := range []func(context.Context) error{
		c.openRings, c.outsideFrame, c.emptyLayers, c.linesTwice, c.areasTwice, c.tooSmall,
	} {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := check(ctx); err != nil {
			return nil, err
		}
	}
	return c.sorted(), nil
}

// checker holds the artwork as straight lines.
type checker struct {
	art      *artwork.Artwork
	options  Options
	shapes   []shape // but guides, layer by layer
	findings []located
}

// shape is a shape of the artwork as straight lines.
type shape struct {
	layer     int // index in the artwork
	board     int
	operation artwork.Operation
	fill      bool
	paths     []artwork.Path
}

type located struct {
	Finding
	layer int
}

func newChecker(art *artwork.Artwork, o Options) (*checker, error) {
	c := &checker{art: art, options: o}
	for i, l := range art.Layers {
		for _, s := range l.Shapes {
			if s.Operation == artwork.Guide {
				continue
			}
			flat := shape{layer: i, board: s.Board, operation: s.Operation, fill: s.Fill}
			for _, p := range s.Paths {
				if len(p.Points) == 0 {
					continue
				}
				if err := p.Validate(); err != nil {
					return nil, fmt.Errorf("layer %q: a path can't be read: %w", l.Name, err)
				}
				flat.paths = append(flat.paths, p.Flatten(flatError))
			}
			c.shapes = append(c.shapes, flat)
		}
	}
	return c, nil
}

// spot is one place that a finding is about.
type spot struct {
	layer, board int
	at           artwork.Point
	size         float64 // how bad it is, for the worst one
	note         string  // what a message says of it
}

// report makes one finding for each layer and board of spots. The message is
// told how many there are, their sizes together, and the worst of them.
func (c *checker) report(kind Kind, severity Severity, fix string, spots []spot,
	message func(count int, sum float64, worst spot) string,
) {
	slices.SortStableFunc(spots, func(a, b spot) int {
		return cmp.Or(a.layer-b.layer, a.board-b.board)
	})
	for len(spots) > 0 {
		n := 1
		for n < len(spots) && spots[n].layer == spots[0].layer && spots[n].board == spots[0].board {
			n++
		}
		worst, sum := spots[0], 0.0
		places := make([]artwork.Point, n)
		for i, s := range spots[:n] {
			places[i] = s.at
			sum += s.size
			if s.size > worst.size {
				worst = s
			}
		}
		c.findings = append(c.findings, located{Finding{
			Layer:    c.art.Layers[worst.layer].Name,
			Kind:     kind,
			Severity: severity,
			Message:  message(n, sum, worst),
			At:       worst.at,
			Board:    worst.board,
			Fix:      fix,
			Count:    n,
			Places:   places,
		}, worst.layer})
		spots = spots[n:]
	}
}

// sorted gives the findings in their order.
func (c *checker) sorted() []Finding {
	slices.SortStableFunc(c.findings, func(a, b located) int {
		return cmp.Or(
			a.layer-b.layer,
			slices.Index(Kinds(), a.Kind)-slices.Index(Kinds(), b.Kind),
			a.Board-b.Board,
		)
	})
	out := make([]Finding, len(c.findings))
	for i, f := range c.findings {
		out[i] = f.Finding
	}
	return out
}

// counted gives "1 line" and "2 lines".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
