//go:build geos

package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/mapwright/mapwright/internal/scene"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/raster"
)

// The canvas that is measured: a window of this size showing 160 × 100 mm.
const (
	canvasWidth  = 1600 // pixels
	canvasHeight = 1000
	canvasScale  = 10.0 // pixels per mm
	canvasLine   = 0.12 // mm
	frames       = 5    // are drawn
	panX, panY   = 37, 23
)

const (
	areasOfAMillion = "1,000,000 points, areas"
	linesOfAMillion = "1,000,000 points, lines"
)

// canvas measures what a frame costs beside librsvg, which draws the same
// shapes to a picture of the same size, and beside clearing such a picture,
// below which no frame can be. librsvg reads a file and writes one in that
// time; a frame does neither.
func canvas(dir string) []contest {
	var all []contest
	for _, c := range []struct{ id, input string }{{"areas", areasOfAMillion}, {"lines", linesOfAMillion}} {
		svg := filepath.Join(dir, "canvas-"+c.id+".svg")
		small := filepath.Join(dir, "canvas-"+c.id+"-small.svg")
		prepare := func(context.Context) error {
			return errors.Join(writeSVG(svg, c.id, canvasScale), writeSVG(small, c.id, 1))
		}
		rsvg := func(from string) func(context.Context) (cost, error) {
			return command(nil, "rsvg-convert", "-o", filepath.Join(dir, "canvas.png"), from)
		}
		for _, what := range []struct{ name, input, job, peer string }{
			{"canvas: exact redraw", c.input, "exact", svg},
			{"canvas: moved raster", c.input, "moved", svg},
			{"canvas: redraw from levels of detail", c.input + ", zoomed out 10 times", "levels", small},
		} {
			ours := child("canvas", what.job, c.id)
			all = append(all,
				contest{what.name, what.input, "rsvg-convert, from its SVG to a PNG", prepare, ours, rsvg(what.peer)},
				contest{what.name, what.input, "an empty raster of that size", nil, ours, child("canvas", "empty", c.id)},
			)
		}
	}
	return all
}

// canvasJob draws frame after frame, as while a person pans, and tells the
// median of what they took. The first one of a process pays for its memory, so
// that it does not count.
func canvasJob(ctx context.Context, what, id string) (time.Duration, error) {
	frame, err := canvasFrame(ctx, what, id)
	if err != nil {
		return 0, err
	}
	if err := frame(); err != nil {
		return 0, err
	}
	took := make([]time.Duration, frames)
	for i := range took {
		start := time.Now() // what the frames before left is swept up on the time of the next ones
		if err := frame(); err != nil {
			return 0, err
		}
		took[i] = time.Since(start)
	}
	slices.Sort(took)
	return took[frames/2], nil
}

func canvasFrame(ctx context.Context, what, id string) (func() error, error) {
	bounds := image.Rect(0, 0, canvasWidth, canvasHeight)
	layer := million(id)
	o := raster.Options{
		Width: canvasWidth, Height: canvasHeight, PixelsPerMM: canvasScale, Origin: artwork.Point{Y: 100},
		Style: func(*artwork.Layer, *artwork.Shape) raster.Paint {
			return raster.Paint{Color: color.NRGBA{A: 255}, Width: canvasLine}
		},
	}
	dst := image.NewRGBA(bounds)
	switch what {
	case "empty":
		return func() error { clear(dst.Pix); return nil }, nil
	case "exact":
		return func() error { clear(dst.Pix); return raster.Draw(ctx, dst, o, &layer) }, nil
	case "moved":
		if err := raster.Draw(ctx, dst, o, &layer); err != nil {
			return nil, err
		}
		return func() error {
			draw.Draw(image.NewRGBA(bounds), bounds, dst, image.Pt(panX, panY), draw.Src)
			return nil
		}, nil
	case "levels": // all of it, on a tenth of the width and height
		d, err := scene.NewDrawing(ctx, []artwork.Layer{layer})
		if err != nil {
			return nil, err
		}
		o.PixelsPerMM = 1
		view := artwork.Box{Max: artwork.Point{X: 160, Y: 100}}
		return func() error {
			clear(dst.Pix)
			return raster.Draw(ctx, dst, o, d.In(view, o.PixelsPerMM, 1)...)
		}, nil
	}
	return nil, fmt.Errorf("the canvas has no job %q", what)
}

// million is a million points on 160 × 100 mm: 10,000 rings of 100, as many
// and as small as the houses of a town.
func million(id string) artwork.Layer {
	l := artwork.Layer{Name: "million"}
	for i := range rings {
		l.Shapes = append(l.Shapes, artwork.Shape{Board: 1, Fill: id == "areas", Paths: []artwork.Path{star(i)}})
	}
	return l
}

const rings = 10000

// star is a ring of 100 points, turned and placed its own way, so that no two
// lie on their pixels alike.
func star(i int) artwork.Path {
	rng := rand.New(rand.NewPCG(3, uint64(i)))
	x, y, turn := 0.8+1.6*float64(i/100)+0.1*rng.Float64(), 0.5+float64(i%100)+0.1*rng.Float64(), rng.Float64()
	p := artwork.Path{Closed: true, Points: make([]artwork.Point, 100)}
	for k := range p.Points {
		sin, cos := math.Sincos(2 * math.Pi * (turn + float64(k)/100))
		r := 0.6 + 0.15*float64(k%2)
		p.Points[k] = artwork.Point{X: x + r*cos, Y: y + r*sin}
	}
	return p
}

// writeSVG writes the million points as librsvg draws them on the same pixels.
// It writes ring by ring: a process takes its parent's memory for its own peak.
func writeSVG(path, id string, scale float64) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f) // which keeps its first error until Flush
	paint := `fill-rule="evenodd"`
	if id == "lines" {
		paint = fmt.Sprintf(`fill="none" stroke="#000" stroke-linecap="round" stroke-linejoin="round" stroke-width="%g"`, math.Max(canvasLine*scale, 1))
	}
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d"><g %s>`, canvasWidth, canvasHeight, paint)
	for i := range rings {
		fmt.Fprint(w, `<path d="M`)
		for _, q := range star(i).Points {
			fmt.Fprintf(w, " %.3f,%.3f", q.X*scale, (100-q.Y)*scale)
		}
		fmt.Fprint(w, ` Z"/>`)
	}
	fmt.Fprintln(w, "</g></svg>")
	return errors.Join(w.Flush(), f.Close())
}
