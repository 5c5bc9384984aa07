package raster_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/artwork/artworktest"
	"github.com/mapwright/mapwright/plugins/raster"
)

var black = color.NRGBA{A: 255}

// plain paints all in one colour, lines 1 mm wide.
func plain(c color.NRGBA) raster.Style {
	return func(*artwork.Layer, *artwork.Shape) raster.Paint { return raster.Paint{Color: c, Width: 1} }
}

func draw(t testing.TB, o raster.Options, shapes ...artwork.Shape) *image.RGBA {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, o.Width, o.Height))
	if err := raster.Draw(context.Background(), img, o, &artwork.Layer{Name: "test", Shapes: shapes}); err != nil {
		t.Fatal(err)
	}
	return img
}

// options show 10 × 10 mm on 100 × 100 pixels.
func options(style raster.Style) raster.Options {
	return raster.Options{Width: 100, Height: 100, PixelsPerMM: 10, Origin: artwork.Point{Y: 10}, Style: style}
}

func ring(xy ...float64) artwork.Path {
	p := artwork.Path{Closed: true}
	for i := 0; i < len(xy); i += 2 {
		p.Points = append(p.Points, artwork.Point{X: xy[i], Y: xy[i+1]})
	}
	return p
}

func line(xy ...float64) artwork.Shape {
	p := ring(xy...)
	p.Closed = false
	return artwork.Shape{Operation: artwork.Score, Paths: []artwork.Path{p}}
}

func area(rings ...artwork.Path) artwork.Shape {
	return artwork.Shape{Operation: artwork.Engrave, Fill: true, Paths: rings}
}

// covered is the sum of alpha over the picture, in pixels.
func covered(img *image.RGBA) float64 {
	sum := 0
	for i := 3; i < len(img.Pix); i += 4 {
		sum += int(img.Pix[i])
	}
	return float64(sum) / 255
}

// circle is a closed path of two half circles.
func circle(x, y, r float64) artwork.Path {
	return artwork.Path{
		Closed: true,
		Points: []artwork.Point{{X: x + r, Y: y}, {X: x, Y: y + r}, {X: x - r, Y: y}, {X: x, Y: y - r}, {X: x + r, Y: y}},
		Verbs:  []artwork.Verb{artwork.ArcTo, artwork.ArcTo},
	}
}

func TestAreasAreAsLargeAsTheyAre(t *testing.T) {
	t.Parallel()
	reversed := ring(4, 4, 4, 6, 6, 6, 6, 4)
	same := ring(4, 4, 6, 4, 6, 6, 4, 6)
	for name, c := range map[string]struct {
		shapes []artwork.Shape
		want   float64 // pixels
	}{
		"square":                        {[]artwork.Shape{area(ring(1, 1, 9, 1, 9, 9, 1, 9))}, 6400},
		"hole wound the other way":      {[]artwork.Shape{area(ring(1, 1, 9, 1, 9, 9, 1, 9), reversed)}, 6000},
		"hole wound the same way":       {[]artwork.Shape{area(ring(1, 1, 9, 1, 9, 9, 1, 9), same)}, 6000},
		"neighbours in one shape":       {[]artwork.Shape{area(ring(1.03, 1, 5.03, 1, 5.03, 9, 1.03, 9), ring(5.03, 1, 5.03, 9, 9.03, 9, 9.03, 1))}, 6400},
		"neighbours of one colour":      {[]artwork.Shape{area(ring(1.03, 1, 5.03, 1, 5.03, 9, 1.03, 9)), area(ring(5.03, 1, 5.03, 9, 9.03, 9, 9.03, 1))}, 6400},
		"overlap of one colour":         {[]artwork.Shape{area(ring(1, 1, 6, 1, 6, 9, 1, 9)), area(ring(4, 1, 9, 1, 9, 9, 4, 9))}, 6400},
		"figure of eight":               {[]artwork.Shape{area(ring(1, 1, 9, 9, 9, 1, 1, 9))}, 3200},
		"ring run around twice":         {[]artwork.Shape{area(ring(1, 1, 9, 1, 9, 9, 1, 9, 1, 1, 9, 1, 9, 9, 1, 9))}, 0},
		"larger than the picture":       {[]artwork.Shape{area(ring(-1e6, -1e6, 1e6, -1e6, 1e6, 1e6, -1e6, 1e6))}, 10000},
		"half of it left of it":         {[]artwork.Shape{area(ring(-50, 2, 5, 2, 5, 8, -50, 8))}, 3000},
		"half of it right of it":        {[]artwork.Shape{area(ring(5, 2, 50, 2, 50, 8, 5, 8))}, 3000},
		"beside the picture":            {[]artwork.Shape{area(ring(-9, 2, -1, 2, -1, 8)), area(ring(11, 2, 19, 2, 19, 8)), area(ring(2, 11, 8, 11, 8, 19))}, 0},
		"triangle":                      {[]artwork.Shape{area(ring(1, 1, 9, 1, 1, 9))}, 3200},
		"line 1 mm wide":                {[]artwork.Shape{line(1, 5, 9, 5)}, 800 + math.Pi*25},
		"line that goes back on itself": {[]artwork.Shape{line(1, 5, 9, 5, 1, 5)}, 800 + math.Pi*25},
		"dot":                           {[]artwork.Shape{line(5, 5)}, math.Pi * 25},
		"closed square followed":        {[]artwork.Shape{{Paths: []artwork.Path{ring(2, 2, 8, 2, 8, 8, 2, 8)}}}, 70*70 - 50*50 - 25*(4-math.Pi)},
		"tight circle followed":         {[]artwork.Shape{{Paths: []artwork.Path{circle(5, 5, 0.8)}}}, 2 * math.Pi * 8 * 10},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := covered(draw(t, options(plain(black)), c.shapes...))
			if math.Abs(got-c.want) > 0.004*c.want+0.5 {
				t.Errorf("%.1f pixels are covered, want %.1f", got, c.want)
			}
		})
	}
}

func TestLinesThatCrossAreNotDarker(t *testing.T) {
	t.Parallel()
	img := draw(t, options(plain(color.NRGBA{R: 200, A: 128})), line(1, 1, 9, 9, 9, 1, 1, 9), line(5, 1, 5, 9), line(1, 5, 9, 5))
	for y := range 100 {
		for x := range 100 {
			if a := img.RGBAAt(x, y).A; a > 128 {
				t.Fatalf("pixel (%d, %d) has alpha %d, above the paint's 128", x, y, a)
			}
		}
	}
	if img.RGBAAt(50, 50).A != 128 {
		t.Errorf("the crossing has alpha %d, want 128", img.RGBAAt(50, 50).A)
	}
}

func TestThinLinesDoNotVanish(t *testing.T) {
	t.Parallel()
	for _, crisp := range []bool{false, true} {
		for i := range 64 {
			at := 5 + float64(i)/640
			o := options(func(*artwork.Layer, *artwork.Shape) raster.Paint { return raster.Paint{Color: black, Width: 0.001} })
			o.Crisp = crisp
			img := draw(t, o, line(1, at, 9, at+0.7))
			for x := 12; x < 88; x++ {
				sum := 0
				for y := range 100 {
					sum += int(img.RGBAAt(x, y).A)
				}
				if sum < 240 {
					t.Fatalf("crisp %v: the line at %g mm has a gap in column %d: %d of 255", crisp, at, x, sum)
				}
			}
		}
	}
}

func TestCrispPixelsAreWhole(t *testing.T) {
	t.Parallel()
	o := options(plain(color.NRGBA{A: 84}))
	o.Crisp = true
	img := draw(t, o, line(1, 1, 9, 3, 2, 9), area(ring(3.03, 3.07, 8, 4, 5, 8)))
	for i := 3; i < len(img.Pix); i += 4 {
		if a := img.Pix[i]; a != 0 && a != 84 {
			t.Fatalf("a pixel has alpha %d, want 0 or the paint's 84", a)
		}
	}
}

func TestPaintLiesOverWhatWasThere(t *testing.T) {
	t.Parallel()
	img := image.NewRGBA(image.Rect(0, 0, 100, 100))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	o := options(plain(color.NRGBA{R: 255, A: 102}))
	if err := raster.Draw(context.Background(), img, o, &artwork.Layer{Shapes: []artwork.Shape{area(ring(0, 0, 5, 0, 5, 10, 0, 10))}}); err != nil {
		t.Fatal(err)
	}
	if got, want := img.RGBAAt(20, 20), (color.RGBA{255, 153, 153, 255}); got != want {
		t.Errorf("red of 40 %% over white is %v, want %v", got, want)
	}
	if got, want := img.RGBAAt(80, 20), (color.RGBA{255, 255, 255, 255}); got != want {
		t.Errorf("what is not covered became %v", got)
	}
}

func TestBandsAreTheWholePicture(t *testing.T) {
	t.Parallel()
	board, layers := artworktest.Munich()
	// Dots, which thin lines stamp a little beside their places, at all heights.
	rng := rand.New(rand.NewPCG(1, 1))
	dots := &artwork.Layer{Name: "dots"}
	for range 20_000 {
		p := artwork.Point{X: 100 * rng.Float64(), Y: 80 * rng.Float64()}
		dots.Shapes = append(dots.Shapes, artwork.Shape{Board: 1, Paths: []artwork.Path{{Points: []artwork.Point{p, p}}}})
	}
	layers = append(layers, dots)
	o := raster.Options{Width: 1000, Height: 800, PixelsPerMM: 10, Origin: artwork.Point{Y: board.Height}, Style: byColor(t)}
	p, err := raster.Prepare(context.Background(), o, layers...)
	if err != nil {
		t.Fatal(err)
	}
	whole := image.NewRGBA(image.Rect(0, 0, 1000, 800))
	if err := p.Draw(context.Background(), whole, 0); err != nil {
		t.Fatal(err)
	}
	for _, rows := range []int{1, 7, 64, 333} {
		t.Run(fmt.Sprint(rows, " rows"), func(t *testing.T) {
			t.Parallel() // one picture, drawn from several goroutines
			for top := 0; top < 800; top += rows {
				band := image.NewRGBA(image.Rect(0, 0, 1000, min(rows, 800-top)))
				if err := p.Draw(context.Background(), band, top); err != nil {
					t.Fatal(err)
				}
				if !bytes.Equal(band.Pix, whole.Pix[top*whole.Stride:top*whole.Stride+len(band.Pix)]) {
					t.Fatalf("the band from row %d differs from the whole picture", top)
				}
			}
		})
	}
}

// TestMovedViewsShowTheSame moves the view by whole pixels: what the canvas
// does when a maker pans.
func TestMovedViewsShowTheSame(t *testing.T) {
	t.Parallel()
	_, layers := artworktest.Everything()
	o := raster.Options{Width: 600, Height: 400, PixelsPerMM: 8, Origin: artwork.Point{Y: 40}, Style: byColor(t)}
	view := func(dx, dy int) *image.RGBA {
		o := o
		o.Origin = artwork.Point{X: float64(dx) / 8, Y: 40 - float64(dy)/8}
		img := image.NewRGBA(image.Rect(0, 0, o.Width, o.Height))
		if err := raster.Draw(context.Background(), img, o, layers...); err != nil {
			t.Fatal(err)
		}
		return img
	}
	still, moved := view(0, 0), view(100, 60)
	for y := range 300 {
		for x := range 400 {
			if a, b := still.RGBAAt(x+100, y+60), moved.RGBAAt(x, y); a != b {
				t.Fatalf("pixel (%d, %d) is %v, and %v after moving the view", x+100, y+60, a, b)
			}
		}
	}
}

// byColor gives each layer its colour and lines of 0.3 mm.
func byColor(t testing.TB) raster.Style {
	return func(l *artwork.Layer, _ *artwork.Shape) raster.Paint {
		c := color.NRGBA{A: 255}
		if l.Color != "" {
			if _, err := fmt.Sscanf(l.Color, "#%02X%02X%02X", &c.R, &c.G, &c.B); err != nil {
				t.Errorf("colour %q: %v", l.Color, err)
			}
		}
		return raster.Paint{Color: c, Width: 0.3}
	}
}

// TestEvenOddAgainstCounting compares with the rule itself: a pixel whose
// middle lies deep inside has an odd number of edges to its left.
func TestEvenOddAgainstCounting(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var rings []artwork.Path
		for range 1 + rng.IntN(3) {
			var xy []float64
			for range 3 + rng.IntN(8) {
				xy = append(xy, rng.Float64()*14-2, rng.Float64()*14-2)
			}
			rings = append(rings, ring(xy...))
		}
		img := draw(t, options(plain(black)), area(rings...))
		for y := range 100 {
			for x := range 100 {
				px, py := (float64(x)+0.5)/10, 10-(float64(y)+0.5)/10
				inside, near := evenOdd(rings, px, py)
				if near < 0.09 { // a pixel's half diagonal, and the rounding
					continue
				}
				if got := img.RGBAAt(x, y).A; (got == 255) != inside || (got == 0) == inside {
					t.Fatalf("pixel (%d, %d) has alpha %d, inside is %v: %v", x, y, got, inside, rings)
				}
			}
		}
	}
}

// evenOdd counts edges left of a point, and how near the nearest one is, in mm.
func evenOdd(rings []artwork.Path, x, y float64) (inside bool, near float64) {
	near = math.Inf(1)
	for _, r := range rings {
		a := r.Points[len(r.Points)-1]
		for _, b := range r.Points {
			if (a.Y > y) != (b.Y > y) && a.X+(y-a.Y)/(b.Y-a.Y)*(b.X-a.X) < x {
				inside = !inside
			}
			dx, dy := b.X-a.X, b.Y-a.Y
			t := math.Min(math.Max(((x-a.X)*dx+(y-a.Y)*dy)/(dx*dx+dy*dy), 0), 1)
			near = math.Min(near, math.Hypot(a.X+t*dx-x, a.Y+t*dy-y))
			a = b
		}
	}
	return inside, near
}

func TestOneBoardAtATime(t *testing.T) {
	t.Parallel()
	first, second := area(ring(0, 0, 5, 0, 5, 10, 0, 10)), area(ring(5, 0, 10, 0, 10, 10, 5, 10))
	first.Board, second.Board = 1, 2
	for board, want := range map[int]float64{0: 10000, 1: 5000, 2: 5000, 3: 0} {
		o := options(plain(black))
		o.Board = board
		if got := covered(draw(t, o, first, second)); got != want {
			t.Errorf("board %d covers %g pixels, want %g", board, got, want)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	good := options(plain(black))
	for name, c := range map[string]struct {
		change func(*raster.Options)
		want   string
	}{
		"no style":   {func(o *raster.Options) { o.Style = nil }, "style"},
		"no width":   {func(o *raster.Options) { o.Width = 0 }, "pixels"},
		"no scale":   {func(o *raster.Options) { o.PixelsPerMM = math.NaN() }, "scale"},
		"no origin":  {func(o *raster.Options) { o.Origin.X = math.Inf(1) }, "origin"},
		"image size": {func(o *raster.Options) { o.Width = 50 }, "image of 100"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := good
			c.change(&o)
			err := raster.Draw(context.Background(), image.NewRGBA(image.Rect(0, 0, 100, 100)), o)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := raster.Prepare(ctx, good, &artwork.Layer{Shapes: []artwork.Shape{line(1, 1, 2, 2)}}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that the drawing was cancelled", err)
	}
}
