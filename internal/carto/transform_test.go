package carto

import (
	"errors"
	"math"
	"testing"

	"github.com/mapwright/mapwright/internal/projection"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

var munich = orb.Point{11.5755, 48.1374}

func board(w, h float64) Boards {
	return Boards{Count: 1, Width: w, Height: h, Frame: Frame{Shape: FrameRect}, Margin: DefaultMargin}
}

func mustTransform(t testing.TB, v View, b Boards) Transform {
	t.Helper()
	tr, err := v.Transform(b)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func near(a, b, within float64) bool { return math.Abs(a-b) <= within }

func TestAKilometreIsAHundredMillimetresAtOneToTenThousand(t *testing.T) {
	t.Parallel()
	// 1 km north and 1 km east of the centre on WGS 84, by the radii of curvature.
	const e2 = 0.00669437999014
	sin, cos := math.Sincos(munich.Lat() * math.Pi / 180)
	w := 1 - e2*sin*sin
	meridian, parallel := 6378137*(1-e2)/(w*math.Sqrt(w)), 6378137/math.Sqrt(w)*cos
	north := orb.Point{munich.Lon(), munich.Lat() + 1000/meridian*180/math.Pi}
	east := orb.Point{munich.Lon() + 1000/parallel*180/math.Pi, munich.Lat()}
	for _, code := range []string{"local", "local-equal-area", "web-mercator", "EPSG:32632", "EPSG:3857"} {
		tr := mustTransform(t, View{Center: munich, Scale: 10000, Projection: code}, board(300, 200))
		x, y := tr.Forward(munich)
		if !near(x, 150, 1e-9) || !near(y, 100, 1e-9) {
			t.Errorf("%s: the centre is at %g %g, not in the middle of the board", code, x, y)
		}
		xn, yn := tr.Forward(north)
		if d := math.Hypot(xn-x, yn-y); !near(d, 100, 0.2) {
			t.Errorf("%s: 1 km north is %g mm", code, d)
		}
		xe, ye := tr.Forward(east)
		if d := math.Hypot(xe-x, ye-y); !near(d, 100, 0.2) {
			t.Errorf("%s: 1 km east is %g mm", code, d)
		}
		if code == "local" && (!near(yn, 200, 2e-4) || !near(xe, 250, 2e-4)) {
			t.Errorf("%s: 1 km north at y %g, east at x %g", code, yn, xe)
		}
	}
}

func TestRotationIsCounterclockwise(t *testing.T) {
	t.Parallel()
	north := orb.Point{munich.Lon(), munich.Lat() + 0.005}
	for _, c := range []struct{ rotation, x, y float64 }{
		{0, 0, 1}, {90, -1, 0}, {180, 0, -1}, {270, 1, 0}, {-90, 1, 0}, {450, -1, 0}, {30, -0.5, math.Sqrt(3) / 2},
	} {
		tr := mustTransform(t, View{Center: munich, Scale: 10000, Rotation: c.rotation, Projection: "local"}, board(300, 200))
		x, y := tr.Forward(north)
		x, y = x-150, y-100
		d := math.Hypot(x, y)
		if !near(x/d, c.x, 1e-9) || !near(y/d, c.y, 1e-9) {
			t.Errorf("turned by %g degrees, north points to %g %g, want %g %g", c.rotation, x/d, y/d, c.x, c.y)
		}
	}
}

func drawView(t *rapid.T) View {
	return View{
		Center:     orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lon"), rapid.Float64Range(-80, 80).Draw(t, "lat")},
		Scale:      math.Exp(rapid.Float64Range(math.Log(100), math.Log(5e6)).Draw(t, "ln scale")),
		Rotation:   rapid.Float64Range(-400, 400).Draw(t, "rotation"),
		Projection: rapid.SampledFrom([]string{"local", "local-equal-area", "web-mercator", "EPSG:4326"}).Draw(t, "projection"),
	}
}

func TestEveryPlaceOfTheBoardIsThereAndBackAndCovered(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := board(rapid.Float64Range(20, 1500).Draw(t, "w"), rapid.Float64Range(20, 1500).Draw(t, "h"))
		v := drawView(t)
		tr, err := v.Transform(b)
		if err != nil {
			t.Fatal(err)
		}
		x, y := rapid.Float64Range(0, b.Width).Draw(t, "x"), rapid.Float64Range(0, b.Height).Draw(t, "y")
		p := tr.Inverse(x, y)
		if math.Abs(p.Lat()) > 89.9 || v.Projection == "web-mercator" && math.Abs(p.Lat()) > 85 {
			t.Skip("beyond what the projection shows")
		}
		gx, gy := tr.Forward(p)
		if v.Projection == "local" || v.Projection == "local-equal-area" {
			if !near(gx, x, 1e-5) || !near(gy, y, 1e-5) {
				t.Fatalf("%g %g comes back as %g %g", x, y, gx, gy)
			}
		}
		p[0] = math.Remainder(p[0], 360)
		if cover := tr.Cover(); !cover.Contains(p) {
			t.Fatalf("%v on the board is not covered by %v", p, cover)
		}
	})
}

func TestCoverAtAwkwardPlaces(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		center orb.Point
		lonAll bool
		north  float64
	}{
		{"across the antimeridian", orb.Point{179.99, -17}, true, -16},
		{"over the pole", orb.Point{10, 89.95}, true, 90},
		{"an ordinary town", munich, false, 49},
	} {
		tr := mustTransform(t, View{Center: c.center, Scale: 100000, Projection: "local"}, board(300, 200))
		cover := tr.Cover()
		if all := cover.Min[0] == -180 && cover.Max[0] == 180; all != c.lonAll {
			t.Errorf("%s: cover %v", c.name, cover)
		}
		if cover.Max[1] > c.north {
			t.Errorf("%s: cover reaches to %g", c.name, cover.Max[1])
		}
	}
}

func TestViewsAndBoardsThatCannotBe(t *testing.T) {
	t.Parallel()
	good := View{Center: munich, Scale: 10000, Projection: "local"}
	for name, spoil := range map[string]func(*View, *Boards){
		"no scale":          func(v *View, _ *Boards) { v.Scale = 0 },
		"scale NaN":         func(v *View, _ *Boards) { v.Scale = math.NaN() },
		"centre NaN":        func(v *View, _ *Boards) { v.Center[0] = math.NaN() },
		"latitude 91":       func(v *View, _ *Boards) { v.Center[1] = 91 },
		"rotation infinite": func(v *View, _ *Boards) { v.Rotation = math.Inf(1) },
		"no width":          func(_ *View, b *Boards) { b.Width = 0 },
		"huge":              func(_ *View, b *Boards) { b.Height = 1e9 },
		"no boards":         func(_ *View, b *Boards) { b.Count = 0 },
		"margin eats board": func(_ *View, b *Boards) { b.Margin = 100 },
		"margin NaN":        func(_ *View, b *Boards) { b.Margin = math.NaN() },
		"unknown frame":     func(_ *View, b *Boards) { b.Frame.Shape = "star" },
	} {
		v, b := good, board(300, 200)
		spoil(&v, &b)
		_, err := v.Transform(b)
		var invalid *InvalidError
		if !errors.As(err, &invalid) {
			t.Errorf("%s: %v, want an InvalidError", name, err)
		}
	}
	v := good
	v.Projection = "EPSG:1"
	var unknown *projection.UnknownError
	if _, err := v.Transform(board(300, 200)); !errors.As(err, &unknown) {
		t.Errorf("unknown projection: %v", err)
	}
}
