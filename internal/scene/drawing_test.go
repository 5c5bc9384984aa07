package scene_test

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapwright/mapwright/internal/scene"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/artwork/artworktest"
	"github.com/mapwright/mapwright/plugins/raster"
	"pgregory.net/rapid"
)

func drawing(t testing.TB, layers ...artwork.Layer) *scene.Drawing {
	t.Helper()
	d, err := scene.NewDrawing(t.Context(), layers)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func square(x, y, side float64) artwork.Path {
	return artwork.Path{Closed: true, Points: []artwork.Point{{X: x, Y: y}, {X: x + side, Y: y}, {X: x + side, Y: y + side}, {X: x, Y: y + side}}}
}

func engraved(name string, paths ...artwork.Path) artwork.Layer {
	return artwork.Layer{Name: name, Shapes: []artwork.Shape{{Board: 1, Operation: artwork.Engrave, Setting: "dark", Fill: true, Paths: paths}}}
}

func box(x0, y0, x1, y1 float64) artwork.Box {
	return artwork.Box{Min: artwork.Point{X: x0, Y: y0}, Max: artwork.Point{X: x1, Y: y1}}
}

var everywhere = box(-1e6, -1e6, 1e6, 1e6)

func munich() []artwork.Layer {
	_, pointers := artworktest.Munich()
	var layers []artwork.Layer
	for _, l := range pointers {
		layers = append(layers, *l)
	}
	return layers
}

// grey is how dark a picture of w × h mm is, from 0 to 1, and the picture.
func grey(t testing.TB, layers []*artwork.Layer, w, h, scale float64) (float64, *image.RGBA) {
	t.Helper()
	o := raster.Options{
		Width: int(w * scale), Height: int(h * scale), PixelsPerMM: scale, Origin: artwork.Point{Y: h},
		Style: func(*artwork.Layer, *artwork.Shape) raster.Paint { return raster.Paint{Color: color.NRGBA{A: 255}} },
	}
	img := image.NewRGBA(image.Rect(0, 0, o.Width, o.Height))
	if err := raster.Draw(context.Background(), img, o, layers...); err != nil {
		t.Fatal(err)
	}
	sum := 0.0
	for i := 3; i < len(img.Pix); i += 4 {
		sum += float64(img.Pix[i])
	}
	return sum / 255 / float64(o.Width*o.Height), img
}

func pointers(layers []artwork.Layer) []*artwork.Layer {
	var out []*artwork.Layer
	for i := range layers {
		out = append(out, &layers[i])
	}
	return out
}

func vertices(layers []*artwork.Layer) (n int) {
	for _, l := range layers {
		for _, s := range l.Shapes {
			for _, p := range s.Paths {
				n += len(p.Points)
			}
		}
	}
	return n
}

func TestTheArtworkItselfIsSeenFromNear(t *testing.T) {
	t.Parallel()
	layers := munich()
	got := drawing(t, layers...).In(everywhere, 200, 1)
	if diff := cmp.Diff(pointers(layers), got); diff != "" {
		t.Fatal(diff)
	}
	if &got[0].Shapes[0].Paths[0].Points[0] != &layers[0].Shapes[0].Paths[0].Points[0] {
		t.Error("the points were copied")
	}
}

func TestNothingInTheViewIsLost(t *testing.T) {
	t.Parallel()
	layers := munich()
	d := drawing(t, layers...)
	rapid.Check(t, func(t *rapid.T) {
		x, y := rapid.Float64Range(-10, 110).Draw(t, "x"), rapid.Float64Range(-10, 90).Draw(t, "y")
		view := box(x, y, x+rapid.Float64Range(0, 40).Draw(t, "w"), y+rapid.Float64Range(0, 40).Draw(t, "h"))
		got := map[*artwork.Point]bool{}
		for _, l := range d.In(view, 100, 0) {
			for _, s := range l.Shapes {
				for _, p := range s.Paths {
					got[&p.Points[0]] = true
				}
			}
		}
		for _, l := range layers {
			for _, s := range l.Shapes {
				for _, p := range s.Paths {
					b := p.Bounds()
					apart := math.Max(math.Max(b.Min.X-view.Max.X, view.Min.X-b.Max.X), math.Max(b.Min.Y-view.Max.Y, view.Min.Y-b.Max.Y))
					if apart <= 0 && !got[&p.Points[0]] {
						t.Fatalf("a path of %s in the view is lost", l.Name)
					}
					if apart > 0.02 && got[&p.Points[0]] {
						t.Fatalf("a path of %s, %g mm beside the view, is drawn", l.Name, apart)
					}
				}
			}
		}
	})
}

// TestPartsOfTheViewAreThePartsOfTheWhole draws a view of the whole drawing,
// and what the drawing gives for the view.
func TestPartsOfTheViewAreThePartsOfTheWhole(t *testing.T) {
	t.Parallel()
	d := drawing(t, munich()...)
	for _, scale := range []float64{1, 3, 8, 20, 50} {
		_, whole := grey(t, d.In(everywhere, scale, 1), 40, 30, scale)
		_, part := grey(t, d.In(box(0, 0, 40, 30), scale, 1), 40, 30, scale)
		if string(whole.Pix) != string(part.Pix) {
			t.Errorf("at %g pixels per mm the view shows something else than the whole drawing", scale)
		}
	}
}

func TestEachZoomLooksLikeTheArtwork(t *testing.T) {
	t.Parallel()
	layers := munich()
	d := drawing(t, layers...)
	for _, l := range layers { // each by itself: where all is black nothing shows
		one := drawing(t, l)
		for _, scale := range []float64{0.5, 1, 2, 3, 6, 12, 25} {
			want, exact := grey(t, []*artwork.Layer{&l}, 100, 80, scale)
			got, img := grey(t, one.In(everywhere, scale, 1), 100, 80, scale)
			if math.Abs(got-want) > 0.004+0.02*want {
				t.Errorf("%s at %g pixels per mm: grey %.4f, of the artwork %.4f", l.Name, scale, got, want)
			}
			if far := farthest(exact, img); far > 2 {
				t.Errorf("%s at %g pixels per mm: a pixel of full tone is %d pixels from where it belongs", l.Name, scale, far)
			}
		}
	}
	if few, all := vertices(d.In(everywhere, 0.5, 1)), vertices(pointers(layers)); few*2 > all {
		t.Errorf("from far, %d of %d points are drawn", few, all)
	}
}

// farthest is how far the full pixels of one picture are from a pixel of the
// other that is at least a little grey, and the other way round.
func farthest(a, b *image.RGBA) int {
	most := 0
	for _, pair := range [][2]*image.RGBA{{a, b}, {b, a}} {
		r := pair[0].Rect
		for y := range r.Dy() {
			for x := range r.Dx() {
				if pair[0].RGBAAt(x, y).A < 250 {
					continue
				}
				d := 0
				for ; d < 9 && !greyAround(pair[1], x, y, d); d++ {
				}
				most = max(most, d)
			}
		}
	}
	return most
}

func greyAround(img *image.RGBA, x, y, d int) bool {
	for j := y - d; j <= y+d; j++ {
		for i := x - d; i <= x+d; i++ {
			if img.RGBAAt(i, j).A > 20 {
				return true
			}
		}
	}
	return false
}

func TestDenseAreasKeepTheirTone(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	var houses, courtyards, perforated []artwork.Path
	perforated = append(perforated, square(0, 0, 100))
	for i := range 200 {
		for j := range 200 {
			x, y := 0.4969*float64(i)+0.1*rng.Float64(), 0.4969*float64(j)+0.1*rng.Float64()
			houses = append(houses, square(x, y, 0.2+0.1*rng.Float64()))
			courtyards = append(courtyards, square(x, y, 0.35), square(x+0.1, y+0.1, 0.2))
			perforated = append(perforated, square(x+0.05, y+0.05, 0.25))
		}
	}
	var apart []artwork.Layer // a shape a house
	apart = append(apart, artwork.Layer{Name: "a shape each"})
	for _, h := range houses {
		apart[0].Shapes = append(apart[0].Shapes, artwork.Shape{Board: 1, Fill: true, Paths: []artwork.Path{h}})
	}
	for name, l := range map[string]artwork.Layer{
		"houses": engraved("a", houses...), "courtyards": engraved("b", courtyards...),
		"holes": engraved("c", perforated...), "a shape each": apart[0],
	} {
		want := 0.0 // by area: the pixels of so fine a pattern beat with it
		for _, s := range l.Shapes {
			for i, p := range s.Paths {
				area := p.Area() / 100 / 100
				if name == "courtyards" && i%2 == 1 || name == "holes" && i > 0 {
					area = -area
				}
				want += area
			}
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := drawing(t, l)
			for _, scale := range []float64{0.3, 0.5, 0.7, 1, 1.5, 2, 3, 5} {
				seen := d.In(everywhere, scale, 1)
				got, _ := grey(t, seen, 100, 100, scale)
				if math.Abs(got-want) > 0.06*want {
					t.Errorf("at %g pixels per mm: grey %.3f, of the artwork %.3f", scale, got, want)
				}
				if n := vertices(seen); scale == 0.5 && n > 80000 {
					t.Errorf("at %g pixels per mm %d points are drawn", scale, n)
				}
			}
		})
	}
}

func TestOneBoardAtATime(t *testing.T) {
	t.Parallel()
	l := engraved("a", square(0, 0, 5))
	l.Shapes = append(l.Shapes, artwork.Shape{Board: 2, Paths: []artwork.Path{square(20, 0, 5)}})
	d := drawing(t, l)
	for board, want := range map[int]int{0: 2, 1: 1, 2: 1, 3: 0} {
		n := 0
		for _, l := range d.In(everywhere, 10, board) {
			n += len(l.Shapes)
		}
		if n != want {
			t.Errorf("board %d shows %d shapes, want %d", board, n, want)
		}
	}
	if got := d.Bounds(2); got != box(20, 0, 25, 5) {
		t.Errorf("board 2 is drawn on %v", got)
	}
}

func TestCurvesStayCurves(t *testing.T) {
	t.Parallel()
	_, everything := artworktest.Everything()
	var layers []artwork.Layer
	for _, l := range everything {
		layers = append(layers, *l)
	}
	d := drawing(t, layers...)
	for _, scale := range []float64{1, 4, 10, 30} {
		want, exact := grey(t, everything, 60, 40, scale)
		got, img := grey(t, d.In(everywhere, scale, 1), 60, 40, scale)
		if math.Abs(got-want) > 0.01 || farthest(exact, img) > 1 {
			t.Errorf("at %g pixels per mm: grey %.3f, of the artwork %.3f", scale, got, want)
		}
	}
}

func TestBrokenPathsReachWhoRefusesThem(t *testing.T) {
	t.Parallel()
	nan := artwork.Path{Points: []artwork.Point{{X: 1, Y: 1}, {X: math.NaN(), Y: 2}, {X: 3, Y: 3}}}
	verb := artwork.Path{Points: []artwork.Point{{X: 1, Y: 1}, {X: 2, Y: 2}}, Verbs: []artwork.Verb{artwork.CubicTo}}
	for i, p := range []artwork.Path{nan, verb} {
		d := drawing(t, artwork.Layer{Name: "broken", Shapes: []artwork.Shape{{Board: 1, Paths: []artwork.Path{p}}}})
		got := d.In(box(0, 0, 5, 5), 5, 1)
		if len(got) != 1 || got[0].Shapes[0].Paths[0].Valid() {
			t.Errorf("path %d became %v", i, got)
		}
	}
}

func TestADrawingCanBeGivenUp(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := scene.NewDrawing(ctx, munich()); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestADrawingServesSeveralAtOnce(t *testing.T) {
	t.Parallel()
	d := drawing(t, munich()...)
	want := vertices(d.In(everywhere, 3, 1))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 5 {
				if got := vertices(d.In(everywhere, 3, 1)); got != want {
					t.Errorf("%d points, want %d", got, want)
				}
			}
		})
	}
	all.Wait()
}

func TestNothingIsDrawnOfNothing(t *testing.T) {
	t.Parallel()
	d := drawing(t)
	if got := d.In(everywhere, 1, 0); len(got) != 0 || !d.Bounds(0).Empty() {
		t.Errorf("%v", got)
	}
	d = drawing(t, engraved("a", artwork.Path{}, square(0, 0, 1)))
	for _, v := range []struct {
		box   artwork.Box
		scale float64
	}{{artwork.EmptyBox(), 1}, {everywhere, 0}, {everywhere, math.NaN()}, {box(9, 9, 8, 8), 1}, {box(50, 50, 60, 60), 1}} {
		if got := d.In(v.box, v.scale, 1); len(got) != 0 {
			t.Errorf("%v shows %v", v, got)
		}
	}
}

// million is a million points on 160 × 100 mm: 10,000 rings of 100.
func million() artwork.Layer {
	l := artwork.Layer{Name: "million"}
	for i := range 100 {
		for j := range 100 {
			p := artwork.Path{Closed: true}
			for k := range 100 {
				sin, cos := math.Sincos(2 * math.Pi * float64(k) / 100)
				r := 0.6 + 0.15*float64(k%2)
				p.Points = append(p.Points, artwork.Point{X: 0.8 + 1.6*float64(i) + r*cos, Y: 0.5 + float64(j) + r*sin})
			}
			l.Shapes = append(l.Shapes, artwork.Shape{Board: 1, Fill: true, Paths: []artwork.Path{p}})
		}
	}
	return l
}

func BenchmarkNewDrawing(b *testing.B) {
	layers := []artwork.Layer{million()}
	b.ReportAllocs()
	for b.Loop() {
		drawing(b, layers...)
	}
}

func BenchmarkIn(b *testing.B) {
	d := drawing(b, million())
	for _, scale := range []float64{1, 3, 10, 50} {
		b.Run(fmt.Sprint(scale, " pixels per mm"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d.In(box(0, 0, math.Min(160, 1600/scale), math.Min(100, 1000/scale)), scale, 1)
			}
			b.ReportMetric(float64(vertices(d.In(everywhere, scale, 1))), "points")
		})
	}
}
