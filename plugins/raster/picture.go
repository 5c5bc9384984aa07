package raster

import (
	"context"
	"image"
	"image/color"
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// Picture is artwork made ready for drawing: straight lines in 1/256 pixel.
// It may be drawn from several goroutines at once.
type Picture struct {
	width, height int
	crisp         bool
	parts         []part
}

// part is a stretch of the shapes, the lowest first, made by one goroutine.
type part struct {
	points []vec
	paths  []run
	shapes []figure
}

// vec is a place in 1/256 pixel, y down.
type vec struct{ x, y int32 }

// run is one path.
type run struct {
	first, last int // points[first:last]
	closed      bool
	box         box // of the points
}

// figure is one shape that shows.
type figure struct {
	first, last int // paths[first:last]
	fill        bool
	radius      int32 // of the stroke, 1/256 pixel
	color       color.NRGBA
	box         box
}

// box holds places in 1/256 pixel, borders included.
type box struct{ x0, y0, x1, y1 int32 }

var noBox = box{math.MaxInt32, math.MaxInt32, math.MinInt32, math.MinInt32}

const (
	subPixels = 256
	// farAway, in 1/256 pixel, is where coordinates are held: four million
	// pixels from the picture, where no screen reaches.
	farAway = 1 << 30
	// flatness is the error of curves, in pixels.
	flatness = 1.0 / 32
)

// Draw draws the layers over what dst holds; dst's bounds must be as large as
// the options say.
func Draw(ctx context.Context, dst *image.RGBA, o Options, layers ...*artwork.Layer) error {
	p, err := Prepare(ctx, o, layers...)
	if err != nil {
		return err
	}
	return p.Draw(ctx, dst, 0)
}
