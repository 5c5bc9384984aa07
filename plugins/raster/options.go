package raster

import (
	"fmt"
	"image/color"
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// Paint says how a shape looks.
type Paint struct {
	// Color of the shape; alpha 0: the shape is not drawn. All that follows
	// one another in one colour is painted once, also where it overlaps.
	Color color.NRGBA
	// Width of a followed path in mm; a stroke under one pixel, and 0, is drawn
	// one pixel wide, so that no line vanishes. Filled areas have none.
	Width float64
}

// Style chooses the paint of a shape.
type Style func(*artwork.Layer, *artwork.Shape) Paint

// Options says what part of the board a picture shows, and how.
type Options struct {
	Width, Height int     // of the picture, pixels
	PixelsPerMM   float64 // scale; 10 is 254 dpi
	// Origin is the place on the board, in mm, at the upper left corner of the
	// picture: (0, board height) shows the board from its corner.
	Origin artwork.Point
	Board  int   // number of the board to draw; 0: the shapes of all boards
	Style  Style // required
	// Crisp paints a pixel wholly where at least half of it is covered, and
	// else not at all: for pictures whose pixels burn or do not.
	Crisp bool
}

// maxSide keeps every coordinate inside the integers that the edges use.
const maxSide = 1 << 20

func (o Options) validate() error {
	switch {
	case o.Width < 1 || o.Height < 1 || o.Width > maxSide || o.Height > maxSide:
		return fmt.Errorf("a picture of %d × %d pixels can't be drawn: each side needs 1 to %d", o.Width, o.Height, maxSide)
	case !(o.PixelsPerMM > 0) || math.IsInf(o.PixelsPerMM, 0):
		return fmt.Errorf("a scale of %g pixels per mm can't be drawn: it must be above 0", o.PixelsPerMM)
	case math.IsNaN(o.Origin.X-o.Origin.X) || math.IsNaN(o.Origin.Y-o.Origin.Y):
		return fmt.Errorf("the picture's origin (%g, %g) is not finite", o.Origin.X, o.Origin.Y)
	case o.Style == nil:
		return fmt.Errorf("the picture has no style that chooses the paint of shapes")
	}
	return nil
}
