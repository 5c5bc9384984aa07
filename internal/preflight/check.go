package preflight

import (
	"context"
	"errors"
	"fmt"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// flatError is how far the straight lines that are checked may lie from the
// curves of the artwork, mm.
const flatError = 0.002

// Check looks for everything that is wrong with artwork. Findings come layer by
// layer from the bottom, in the order of Kinds, and board by board; those about
// a board alone come last. Guides are never burned and not checked.
//
// It fails for artwork that is not valid, and when ctx ends.
func Check(ctx context.Context, art *artwork.Artwork, o Options) ([]Finding, error) {
	if art == nil {
		return nil, errors.New("there is no artwork to check")
	}
	c, err := newChecker(art, o.complete())
	if err != nil {
		return nil, err
	}
	if err := c.fillAll(ctx); err != nil {
		return nil, err
	}
	checks := []func(context.Context) ([]located, error){
		c.areasTwice, c.tooSmall, c.cutSheets, c.linesTwice, c.openRings, c.outsideFrame, c.emptyLayers, c.smallText, c.smallScale, c.needless, c.outsideBed,
	}
	found := make([][]located, len(checks))
	err = each(ctx, len(checks), func(i int) error {
		var err error
		found[i], err = checks[i](ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	var all []located
	for _, f := range found {
		all = append(all, f...)
	}
	return sorted(all), nil
}

// checker holds the artwork as straight lines.
type checker struct {
	art     *artwork.Artwork
	options Options
	shapes  []shape // but guides, layer by layer
	boards  []int   // that shapes lie on, in their order
	// areas is what each layer fills on each board: areas[layer][place in boards].
	areas [][][]planar.Polygon
}

// shape is a shape of the artwork as straight lines.
type shape struct {
	layer     int // index in the artwork
	board     int
	operation artwork.Operation
	setting   string
	fill      bool
	paths     []artwork.Path
}

func newChecker(art *artwork.Artwork, o Options) (*checker, error) {
	c := &checker{art: art, options: o}
	seen := map[int]bool{}
	for i, l := range art.Layers {
		for _, s := range l.Shapes {
			if s.Operation == artwork.Guide {
				continue
			}
			flat := shape{layer: i, board: s.Board, operation: s.Operation, setting: s.Setting, fill: s.Fill}
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
			if !seen[s.Board] {
				seen[s.Board] = true
				c.boards = append(c.boards, s.Board)
			}
		}
	}
	return c, nil
}
