package raster_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/artwork/artworktest"
	"github.com/mapwright/mapwright/plugins/raster"
)

// TestPicturesStayAsTheyAre holds every pixel of 300 pictures to what was
// painted one shape after the other in one goroutine: a maker who makes a file
// again gets the same file.
func TestPicturesStayAsTheyAre(t *testing.T) {
	t.Parallel()
	const want = "5d28dfac64926dbf4a7e423ab7ecf6bae31e81e048546c7a8a467bc4e6955b77"
	rng := rand.New(rand.NewPCG(5, 6))
	_, munich := artworktest.Munich()
	_, everything := artworktest.Everything()
	all := sha256.New()
	for i := range 300 {
		layers := [][]*artwork.Layer{munich, everything, {scattered(rng)}, {scattered(rng)}}[i%4]
		scale := math.Exp(rng.Float64()*5 - 1.5)
		width := rng.Float64() * 4 / scale
		img := image.NewRGBA(image.Rect(0, 0, 1+rng.IntN(500), 1+rng.IntN(400)))
		err := raster.Draw(context.Background(), img, raster.Options{
			Width: img.Rect.Dx(), Height: img.Rect.Dy(), PixelsPerMM: scale, Crisp: rng.IntN(4) == 0,
			Origin: artwork.Point{X: rng.Float64()*80 - 10, Y: rng.Float64() * 100},
			Style: func(l *artwork.Layer, s *artwork.Shape) raster.Paint {
				return raster.Paint{
					Color: color.NRGBA{uint8(len(l.Name) * 31), 100, s.Setting[0] * 7, uint8(100 + i%156)},
					Width: width * float64(1+len(s.Setting)%2),
				}
			},
		}, layers...)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(img.Pix)
	}
	if got := hex.EncodeToString(all.Sum(nil)); got != want {
		t.Errorf("the pictures changed: their hash is %s", got)
	}
}

// scattered is 400 shapes of all sizes, filled and followed, in a few colours,
// many of them beside the board.
func scattered(rng *rand.Rand) *artwork.Layer {
	l := &artwork.Layer{Name: "scattered"}
	for range 400 {
		s := artwork.Shape{Board: 1, Fill: rng.IntN(3) == 0, Setting: []string{"a", "b", "dd"}[rng.IntN(3)]}
		for range 1 + rng.IntN(3) {
			p := artwork.Path{Closed: rng.IntN(2) == 0}
			x, y, size := rng.Float64()*120-10, rng.Float64()*100-10, math.Exp(rng.Float64()*6-3)
			for range 1 + rng.IntN(30) {
				p.Points = append(p.Points, artwork.Point{X: x + size*rng.Float64(), Y: y + size*rng.Float64()})
			}
			s.Paths = append(s.Paths, p)
		}
		l.Shapes = append(l.Shapes, s)
	}
	return l
}
