package raster_test

import (
	"context"
	"image"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/raster"
)

// wobbles is a million vertices on 160 × 100 mm: 10,000 rings of 100, as many
// and as small as the houses of a town, each turned and placed its own way.
func wobbles(fill bool) *artwork.Layer {
	l := &artwork.Layer{Name: "wobbles"}
	rng := rand.New(rand.NewPCG(3, 4))
	for i := range 100 {
		for j := range 100 {
			p := artwork.Path{Closed: true}
			x, y, turn := 0.8+1.6*float64(i)+0.1*rng.Float64(), 0.5+float64(j)+0.1*rng.Float64(), rng.Float64()
			for k := range 100 {
				sin, cos := math.Sincos(2 * math.Pi * (turn + float64(k)/100))
				r := 0.6 + 0.15*float64(k%2)
				p.Points = append(p.Points, artwork.Point{X: x + r*cos, Y: y + r*sin})
			}
			l.Shapes = append(l.Shapes, artwork.Shape{Board: 1, Fill: fill, Paths: []artwork.Path{p}})
		}
	}
	return l
}

func benchmark(b *testing.B, fill bool) {
	o := raster.Options{Width: 1600, Height: 1000, PixelsPerMM: 10, Origin: artwork.Point{Y: 100}, Style: func(*artwork.Layer, *artwork.Shape) raster.Paint {
		return raster.Paint{Color: black, Width: 0.12}
	}}
	l := wobbles(fill)
	dst := image.NewRGBA(image.Rect(0, 0, 1600, 1000))
	b.Run("prepare", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := raster.Prepare(context.Background(), o, l); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("draw", func(b *testing.B) {
		b.ReportAllocs()
		p, err := raster.Prepare(context.Background(), o, l)
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if err := p.Draw(context.Background(), dst, 0); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkFillMillion(b *testing.B)   { benchmark(b, true) }
func BenchmarkStrokeMillion(b *testing.B) { benchmark(b, false) }
