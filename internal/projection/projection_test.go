package projection

import (
	"bufio"
	"errors"
	"fmt"
	"math"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

type golden struct {
	code           string
	lon0, lat0     float64
	lon, lat, x, y float64
}

// readGolden reads the table that PROJ made.
func readGolden(t *testing.T) []golden {
	t.Helper()
	f, err := os.Open("testdata/golden.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}()
	var rows []golden
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var g golden
		_, err := fmt.Sscan(lines.Text(), &g.code, &g.lon0, &g.lat0, &g.lon, &g.lat, &g.x, &g.y)
		if err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		rows = append(rows, g)
	}
	if len(rows) < 500 {
		t.Fatalf("only %d rows in the golden table", len(rows))
	}
	return rows
}

func TestPlacesFallWherePROJPutsThem(t *testing.T) {
	t.Parallel()
	const tolerance = 1e-6 // metres
	worst := map[string]float64{}
	for _, g := range readGolden(t) {
		p, err := Lookup(g.code, g.lon0, g.lat0)
		if err != nil {
			t.Fatal(err)
		}
		x, y := p.Forward(g.lon, g.lat)
		off := math.Hypot(x-g.x, y-g.y)
		worst[g.code] = max(worst[g.code], off)
		if !(off < tolerance) {
			t.Errorf("%s centred %g %g: %g %g is at %.9f %.9f, PROJ says %.9f %.9f (%.2g m off)",
				g.code, g.lon0, g.lat0, g.lon, g.lat, x, y, g.x, g.y, off)
		}
		lon, lat := p.Inverse(g.x, g.y)
		metres := 111320 * math.Hypot(math.Remainder(lon-g.lon, 360)*math.Cos(g.lat*radians), lat-g.lat)
		if !(metres < tolerance) {
			t.Errorf("%s centred %g %g: %.9f %.9f is %.12f %.12f, want %g %g (%.2g m off)",
				g.code, g.lon0, g.lat0, g.x, g.y, lon, lat, g.lon, g.lat, metres)
		}
	}
	t.Log("largest distance from PROJ in metres:", worst)
}

func TestThereAndBackIsTheSamePlace(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		lon0 := rapid.Float64Range(-180, 180).Draw(t, "lon0")
		lat0 := rapid.Float64Range(-89, 89).Draw(t, "lat0")
		code := rapid.SampledFrom([]string{CodeLocal, CodeEqualArea, CodeWebMercator, CodeWGS84}).Draw(t, "code")
		p, err := Lookup(code, lon0, lat0)
		if err != nil {
			t.Fatal(err)
		}
		lat := clamp(lat0+rapid.Float64Range(-15, 15).Draw(t, "dlat"), 85)
		lon := lon0 + rapid.Float64Range(-20, 20).Draw(t, "dlon")
		x, y := p.Forward(lon, lat)
		gotLon, gotLat := p.Inverse(x, y)
		metres := 111320 * math.Hypot(math.Remainder(lon-gotLon, 360)*math.Cos(lat*radians), lat-gotLat)
		if !(metres < 1e-6) {
			t.Fatalf("%s centred %g %g: %g %g comes back as %g %g, %g m off", code, lon0, lat0, lon, lat, gotLon, gotLat, metres)
		}
	})
}

func TestNoPlaceOnEarthIsWithoutValue(t *testing.T) {
	t.Parallel()
	for _, code := range []string{CodeLocal, CodeEqualArea, CodeWebMercator, CodeWGS84, "EPSG:3035", "EPSG:32633"} {
		for _, centre := range [][2]float64{{0, 0}, {10, 90}, {10, -90}, {180, 20}} {
			p, err := Lookup(code, centre[0], centre[1])
			if err != nil {
				t.Fatal(err)
			}
			for lon := -180.0; lon <= 180; lon += 15 {
				for lat := -90.0; lat <= 90; lat += 15 {
					x, y := p.Forward(lon, lat)
					if math.IsNaN(x+y) || math.IsInf(x+y, 0) {
						t.Errorf("%s centred %v: %g %g is at %g %g", code, centre, lon, lat, x, y)
					}
				}
			}
		}
	}
}

func TestScaleAt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, code     string
		lon, lat, want float64
		within         float64
	}{
		{"local is true at its centre", CodeLocal, 11.5, 48, 1, 1e-8},
		{"equal area is true everywhere", "EPSG:3035", 25, 35, 1, 1e-8},
		{"UTM shrinks on its meridian", "EPSG:32632", 9, 48, 0.9996, 1e-8},
		{"Web Mercator doubles at 60 degrees", CodeWebMercator, 25, 60, 2, 0.005},
		{"degrees are small", CodeWGS84, 0, 0, 1 / 111000., 1e-7},
		{"a pole has a scale", CodeLocal, 0, 90, 1, 1e-6},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p, err := Lookup(c.code, c.lon, c.lat)
			if err != nil {
				t.Fatal(err)
			}
			if got := ScaleAt(p, c.lon, c.lat); !(math.Abs(got-c.want) <= c.within) {
				t.Errorf("scale %.12g, want %.12g", got, c.want)
			}
		})
	}
}

func TestUnknownCodesAreRefusedByName(t *testing.T) {
	t.Parallel()
	for _, code := range []string{"", "mercator", "EPSG:", "EPSG:x", "EPSG:-1", "EPSG:99999", "EPSG:32600", "EPSG:32661", "EPSG:32761", "EPSG:99999999999"} {
		_, err := Lookup(code, 0, 0)
		var unknown *UnknownError
		if !errors.As(err, &unknown) {
			t.Errorf("%q: %v, want an UnknownError", code, err)
		}
	}
	for _, code := range []string{"epsg:4326", "EPSG:32601", "EPSG:32760", "Local", "Web-Mercator"} {
		if _, err := Lookup(code, 0, 0); err != nil {
			t.Errorf("%q: %v", code, err)
		}
	}
	if err := error(&UnknownError{Code: "x"}); !strings.Contains(err.Error(), "UTM") {
		t.Errorf("the message names no way out: %v", err)
	}
}

func BenchmarkForward(b *testing.B) {
	p := NewTransverseMercator(11.5755, 48.1374)
	for b.Loop() {
		p.Forward(11.58, 48.14)
	}
}
