package preflight

import (
	"context"
	"fmt"
	"math"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// tooSmall finds parts of areas that are thinner or smaller than what survives,
// and cut-out pieces that are too small to handle.
func (c *checker) tooSmall(ctx context.Context) ([]located, error) {
	type found struct{ small, thin []spot }
	all := make([]found, len(c.boards)*len(c.areas))
	err := each(ctx, len(all), func(i int) error {
		b, layer := i/len(c.areas), i%len(c.areas)
		polys, board := c.areas[layer][b], c.boards[b]
		for _, p := range polys {
			if size := planar.Area([]planar.Polygon{p}) * squareUnit; size < c.options.MinArea {
				all[i].small = append(all[i].small, spot{layer: layer, board: board, at: pointMM(p[0][0]), size: c.options.MinArea - size})
			}
		}
		var err error
		all[i].thin, err = c.thinParts(ctx, polys, layer, board)
		return err
	})
	if err != nil {
		return nil, err
	}
	var small, thin []spot
	for _, f := range all {
		small = append(small, f.small...)
		thin = append(thin, f.thin...)
	}
	out := c.report(c.smallAreas(), small)
	out = append(out, c.thinAreas(thin)...)
	return append(out, c.smallPieces()...), nil
}

func (c *checker) smallAreas() telling {
	return telling{
		kind: TooSmall,
		message: func(g group) string {
			return fmt.Sprintf("%s smaller than %.3g mm² may not show; the smallest has %s.",
				counted(g.count, "area", "areas"), c.options.MinArea, squareMM(c.options.MinArea-g.worst.size))
		},
		fix: "Show less ground at a larger scale, or raise the layer's min-area.",
		remedies: func(g group) []Remedy {
			if c.drawnNarrow(g) {
				return []Remedy{c.thicken()}
			}
			return []Remedy{
				option(Drop, "Leave them out", "min-area", mm(c.options.MinArea)),
				option(Merge, "Merge with what is near", "merge-gap", "0.2", "min-area", mm(c.options.MinArea)),
			}
		},
	}
}

// thinAreas tells of thin parts: of text, that its letters are too thin.
func (c *checker) thinAreas(thin []spot) []located {
	var areas, letters []spot
	for _, s := range thin {
		if c.factsOf(&c.art.Layers[s.layer]).CapHeight > 0 {
			letters = append(letters, s)
		} else {
			areas = append(areas, s)
		}
	}
	out := c.report(telling{
		kind: TooSmall,
		message: func(g group) string {
			return fmt.Sprintf("%s thinner than %.3g mm may not show, %s in all.",
				counted(g.count, "part of an area", "parts of areas"), c.options.MinWidth, squareMM(g.sum))
		},
		fix: "Raise the layer's min-width or the width of its lines.",
		remedies: func(g group) []Remedy {
			if c.drawnNarrow(g) {
				return []Remedy{c.thicken()}
			}
			return []Remedy{
				option(Drop, "Leave them out", "thin", "drop", "min-width", c.enough()),
				option(Drop, "Leave them out", "min-width", c.enough()),
				c.thicken(),
			}
		},
	}, areas)
	return append(out, c.report(c.thinLetters(), letters)...)
}

// drawnNarrow tells whether the lines of a layer are drawn narrower than the
// minimum, on purpose: tracing never leaves them out.
func (c *checker) drawnNarrow(g group) bool {
	width := c.factsOf(&c.art.Layers[g.worst.layer]).LineWidth
	return width > 0 && width < c.options.MinWidth
}

// thicken widens what is thin to what shows.
func (c *checker) thicken() Remedy {
	return option(Thicken, "Thicken them", "thin", "thicken", "min-width", c.enough(), "width", c.enough())
}

// enough is a width a little above the limit, so that what is offset and rounded
// afterwards still passes it.
func (c *checker) enough() string { return mm(1.2 * c.options.MinWidth) }

// smallPieces finds cut-out pieces that are too small to handle.
func (c *checker) smallPieces() []located {
	var pieces []spot
	for _, s := range c.shapes {
		if s.operation != artwork.Cut || s.fill {
			continue
		}
		for _, p := range s.paths {
			if size := math.Abs(p.Area()); p.Closed && size < c.options.MinPiece {
				pieces = append(pieces, spot{layer: s.layer, board: s.board, at: p.Points[0], size: c.options.MinPiece - size})
			}
		}
	}
	return c.report(telling{
		kind: TooSmall,
		message: func(g group) string {
			return fmt.Sprintf("%s smaller than %.3g mm² would be lost; the smallest has %s.",
				counted(g.count, "cut-out piece", "cut-out pieces"), c.options.MinPiece, squareMM(c.options.MinPiece-g.worst.size))
		},
		fix: "Engrave the layer instead of cutting it, raise its min-area, or show less ground at a larger scale.",
		remedies: func(g group) []Remedy {
			keys := []string{"min-area", mm(c.options.MinPiece)}
			if c.factsOf(&c.art.Layers[g.worst.layer]).BridgeWidth == 0 {
				keys = append(keys, "pieces", "drop") // holes too
			}
			return []Remedy{
				option(Drop, "Leave them out", keys...),
				option(Merge, "Merge with what is near", append(keys, "merge-gap", mm(c.options.Web))...),
				engrave(),
			}
		},
	}, pieces)
}
