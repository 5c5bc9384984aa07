package carto

import (
	"errors"
	"math"
	"testing"

	"github.com/mapwright/mapwright/internal/projection"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

func bound(w, s, e, n float64) orb.Bound {
	return orb.Bound{Min: orb.Point{w, s}, Max: orb.Point{e, n}}
}

func TestFitShowsTheBoxWholeAndAsLargeAsItGoes(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := board(rapid.Float64Range(50, 900).Draw(t, "w"), rapid.Float64Range(50, 900).Draw(t, "h"))
		if rapid.Bool().Draw(t, "circle") {
			b.Frame.Shape = FrameCircle
		}
		lon, lat := rapid.Float64Range(-170, 170).Draw(t, "lon"), rapid.Float64Range(-75, 75).Draw(t, "lat")
		box := bound(lon, lat, lon+rapid.Float64Range(0.01, 8).Draw(t, "dlon"), lat+rapid.Float64Range(0.01, 8).Draw(t, "dlat"))
		v, err := Fit(box, b, rapid.Float64Range(0, 360).Draw(t, "rotation"), "")
		if err != nil {
			t.Fatal(err)
		}
		tr, err := v.Transform(b)
		if err != nil {
			t.Fatal(err)
		}
		if fill := tr.overflow(box, b); !near(fill, 1, 1e-9) {
			t.Fatalf("the box fills %g of the frame", fill)
		}
		for _, corner := range box.ToRing() {
			x, y := tr.Forward(corner)
			if x < b.Margin-1e-6 || y < b.Margin-1e-6 || x > b.Width-b.Margin+1e-6 || y > b.Height-b.Margin+1e-6 {
				t.Fatalf("corner %v lies at %g %g, outside the frame", corner, x, y)
			}
		}
	})
}

func TestFitMunichAtItsKnownScale(t *testing.T) {
	t.Parallel()
	// 1.66 km by 1.41 km on 190 mm by 190 mm: its width decides, 1:8,730.
	v, err := Fit(bound(11.5648, 48.1309, 11.5871, 48.1436), board(200, 200), 0, "local")
	if err != nil {
		t.Fatal(err)
	}
	if !near(v.Scale, 8737, 10) || v.Projection != projection.CodeLocal {
		t.Errorf("1:%.1f in %s", v.Scale, v.Projection)
	}
}

func TestFitSaysWhereItDeparts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, code, want string
		box              orb.Bound
		scale            float64
		notes            int
	}{
		{"a point becomes 100 m", "local", "local", bound(11, 48, 11, 48), 100_000 / 190., 1},
		{"a pole too", "local", "local", bound(11, 90, 11, 90), 50_000 / 95., 1},
		{"a country stays local", "", "local", bound(6, 47, 15, 55), 0, 0},
		{"a continent takes Web Mercator", "", "web-mercator", bound(-10, 35, 30, 70), 0, 1},
		{"unless another was chosen", "local-equal-area", "local-equal-area", bound(-10, 35, 30, 70), 0, 0},
		{"the whole Earth", "local", "web-mercator", bound(-180, -90, 180, 90), 0, 1},
	} {
		v, err := Fit(c.box, board(200, 200), 0, c.code)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if v.Projection != c.want {
			t.Errorf("%s: %s", c.name, v.Projection)
		}
		if c.scale > 0 && math.Abs(v.Scale/c.scale-1) > 0.01 {
			t.Errorf("%s: 1:%g, want 1:%g", c.name, v.Scale, c.scale)
		}
		if notes := FitNotes(c.box, c.code, v); len(notes) != c.notes {
			t.Errorf("%s: notes %q", c.name, notes)
		}
	}
}

func TestFitRefusesBoxesThatAreNone(t *testing.T) {
	t.Parallel()
	for name, box := range map[string]orb.Bound{
		"nothing":          {},
		"NaN":              bound(math.NaN(), 1, 2, 3),
		"infinite":         bound(0, 1, math.Inf(1), 3),
		"west of east":     bound(170, -20, -170, -10),
		"south of north":   bound(11, 49, 12, 48),
		"beyond 180":       bound(179, -20, 181, -10),
		"lat, lon swapped": bound(48, 101, 49, 102),
	} {
		_, err := Fit(box, board(200, 200), 0, "local")
		var e *BoxError
		if !errors.As(err, &e) {
			t.Errorf("%s: %v, want a BoxError", name, err)
		}
	}
}
