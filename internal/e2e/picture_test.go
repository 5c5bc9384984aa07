package e2e

import (
	"context"
	"image/png"
	"os"

	"github.com/mapwright/mapwright/internal/mapfile"
	"github.com/paulmach/orb"
)

// inked tells whether the picture of a map has ink at a place in degrees.
func (s *shop) inked(picture, gpkg string, place [2]float64) bool {
	s.t.Helper()
	ctx := context.Background()
	store, err := mapfile.OpenReader(ctx, gpkg)
	if err != nil {
		s.t.Fatal(err)
	}
	m, err := store.Map(ctx)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		s.t.Fatal(err)
	}
	transform, err := m.View.Transform(m.Boards)
	if err != nil {
		s.t.Fatal(err)
	}
	x, y := transform.Forward(orb.Point(place))
	f, err := os.Open(s.path(picture))
	if err != nil {
		s.t.Fatal(err)
	}
	img, err := png.Decode(f)
	if err != nil {
		s.t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		s.t.Fatal(err)
	}
	scale := float64(img.Bounds().Dx()) / m.Boards.Width
	r, g, b, _ := img.At(int(x*scale), int((m.Boards.Height-y)*scale)).RGBA()
	return r < 0xffff || g < 0xffff || b < 0xffff
}
