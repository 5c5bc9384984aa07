package preflight

import (
	"context"
	"fmt"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// smallText finds layers whose text is too small to be read once it is burned.
func (c *checker) smallText(context.Context) ([]located, error) {
	var spots []spot
	for i := range c.art.Layers {
		l := &c.art.Layers[i]
		height := c.factsOf(l).CapHeight
		if height <= 0 || height >= c.options.MinText || l.Operation == artwork.Guide {
			continue
		}
		for _, s := range c.shapes {
			if s.layer == i && len(s.paths) > 0 {
				spots = append(spots, spot{layer: i, board: s.board, at: s.paths[0].Points[0]})
				break
			}
		}
	}
	return c.report(telling{
		kind: SmallText,
		message: func(g group) string {
			return fmt.Sprintf("The capitals of the text are %.2g mm high; under %.2g mm they can hardly be read.", c.factsOf(&c.art.Layers[g.worst.layer]).CapHeight, c.options.MinText)
		},
		fix:      "Make the text larger.",
		remedies: func(g group) []Remedy { return []Remedy{c.enlarge(g.worst.layer, c.options.MinText), hide()} },
	}, spots), nil
}

// thinLetters tells of letters with strokes that are too thin.
func (c *checker) thinLetters() telling {
	return telling{
		kind: SmallText,
		message: func(g group) string {
			return fmt.Sprintf("%s of letters are thinner than %.3g mm and may not show.", counted(g.count, "part", "parts"), c.options.MinWidth)
		},
		fix: "Make the text larger, or take a bolder or a single-line font.",
		remedies: func(g group) []Remedy {
			height := c.factsOf(&c.art.Layers[g.worst.layer]).CapHeight
			return []Remedy{c.enlarge(g.worst.layer, 1.5*height)}
		},
	}
}

// enlarge makes capitals as high as that, mm.
func (c *checker) enlarge(layer int, height float64) Remedy {
	var keys []string
	for _, key := range c.factsOf(&c.art.Layers[layer]).TextKeys {
		keys = append(keys, key, mm(height))
	}
	return option(Enlarge, "Make the text larger", keys...)
}
