package preflight

import (
	"context"
	"fmt"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// outsideBed finds boards that do not lie in the machine, neither as they are
// nor turned by a quarter.
func (c *checker) outsideBed(context.Context) ([]located, error) {
	w, h := c.options.BedWidth, c.options.BedHeight
	if w <= 0 || h <= 0 || len(c.art.Boards) == 0 {
		return nil, nil
	}
	b := c.art.Boards[0] // boards are of one size
	if fits(b.Width, b.Height, w, h) {
		return nil, nil
	}
	f := Finding{
		Kind: OutsideBed, Severity: Warning, Board: b.Number, Count: len(c.art.Boards),
		At:      artwork.Point{X: min(b.Width, w), Y: min(b.Height, h)},
		Message: fmt.Sprintf("The board of %g × %g mm is larger than the machine's bed of %g × %g mm.", b.Width, b.Height, w, h),
	}
	if box := c.extent(); !box.Empty() && fits(box.Width(), box.Height(), w, h) {
		f.Message += fmt.Sprintf(" What burns takes %.1f × %.1f mm and would fit, if the board can stand out.", box.Width(), box.Height())
	}
	f.Fix = "Make the board smaller, or take a machine with a larger bed."
	fit := max(min(w/b.Width, h/b.Height), min(h/b.Width, w/b.Height))
	f.Remedies = []Remedy{{Kind: Scale, Label: "Make the board fit", Fit: fit}}
	return []located{{f, len(c.art.Layers)}}, nil
}

// fits tells whether something lies in a bed, turned or not.
func fits(width, height, bedWidth, bedHeight float64) bool {
	return width <= bedWidth && height <= bedHeight || width <= bedHeight && height <= bedWidth
}

// extent is the smallest box around what burns, on whatever board.
func (c *checker) extent() artwork.Box {
	box := artwork.EmptyBox()
	for _, s := range c.shapes {
		for _, p := range s.paths {
			box = box.Union(p.Bounds())
		}
	}
	return box
}
