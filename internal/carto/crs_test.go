package carto

import (
	"math"
	"testing"

	"github.com/paulmach/orb"
)

func TestALayerOnTheBoardStaysWhereItIsWhateverTheView(t *testing.T) {
	t.Parallel()
	for _, v := range []View{
		{Center: orb.Point{11.5, 48.1}, Scale: 10000, Projection: "local"},
		{Center: orb.Point{-70, -33}, Scale: 250000, Rotation: 37, Projection: "web-mercator"},
	} {
		view, err := v.Transform(board(300, 200))
		if err != nil {
			t.Fatal(err)
		}
		l, err := view.LayerTransform(BoardCRS)
		if err != nil {
			t.Fatal(err)
		}
		if x, y := l.Forward(orb.Point{12.25, 190}); x != 12.25 || y != 190 {
			t.Errorf("12.25, 190 lies at %g, %g", x, y)
		}
		if p := l.Inverse(12.25, 190); p != (orb.Point{12.25, 190}) {
			t.Errorf("back it is %v", p)
		}
	}
}

func TestLayersOnTheEarthGoToTheBoardAndBack(t *testing.T) {
	t.Parallel()
	view, err := View{Center: orb.Point{11.5, 48.1}, Scale: 10000, Rotation: 20, Projection: "local"}.Transform(board(300, 200))
	if err != nil {
		t.Fatal(err)
	}
	for _, crs := range []string{"", "EPSG:4326", "EPSG:3857", "EPSG:32632", "EPSG:3035"} {
		l, err := view.LayerTransform(crs)
		if err != nil {
			t.Fatal(err)
		}
		x, y := l.Forward(l.Inverse(40, 170))
		if math.Abs(x-40) > 1e-5 || math.Abs(y-170) > 1e-5 {
			t.Errorf("%q: 40, 170 comes back as %g, %g", crs, x, y)
		}
	}
	if _, err := view.LayerTransform("EPSG:1"); err == nil {
		t.Error("a CRS that nobody knows is taken")
	}
}
