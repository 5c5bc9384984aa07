//go:build geos

package planar_test

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/internal/planar/geostest"
	"github.com/mapwright/mapwright/internal/planar/synth"
)

// figure is one line of the benchmark's report; smaller is better, and a ratio
// above 1 is ahead of the peer.
type figure struct {
	Name     string  `json:"name"`
	Input    string  `json:"input"`
	Ours     float64 `json:"ours"`
	Peer     float64 `json:"peer"`
	PeerName string  `json:"peer_name"`
	Unit     string  `json:"unit"`
	Ratio    float64 `json:"ratio"`
}

const (
	benchStreets = 5000
	benchWidth   = 8.0 // metres
	quadrant     = 8   // segments a quarter circle, GEOS's default
)

// benchStyle flattens arcs as finely as GEOS does with so many segments.
func benchStyle(half float64) planar.Style {
	return planar.Style{Tolerance: half * (1 - math.Cos(math.Pi/(4*quadrant)))}
}

// Streets as a map has them, ours and GEOS's turn by turn in one run: medians
// of five. The areas must agree, else the times mean nothing.
func TestSpeedBesideGEOS(t *testing.T) {
	geos := geostest.New()
	defer geos.Close()
	streets := synth.Streets(benchStreets, 1)
	half := synth.Metres(benchWidth / 2)
	style := benchStyle(half)

	var each []planar.Polygon
	for _, s := range streets {
		polys, err := planar.Stroke(context.Background(), []planar.Path{s}, half, style)
		if err != nil {
			t.Fatal(err)
		}
		each = append(each, polys...)
	}
	rings := planar.Rings(each)
	geosEach := geometry(t)(geos.Polygons(each))
	defer geosEach.Free()
	lines := geometry(t)(geos.Lines(streets))
	defer lines.Free()
	streetsName := "5,000 synthetic streets, 8 m wide"

	var town []planar.Polygon
	report(t, geos, "union of street polygons", streetsName,
		func() (polys []planar.Polygon, err error) {
			town, err = planar.Union(context.Background(), rings, planar.NonZero)
			return town, err
		},
		func() (*geostest.Geometry, error) { return geosEach.UnaryUnion() }, 1e-5)
	report(t, geos, "stroke and dissolve", streetsName,
		func() ([]planar.Polygon, error) { return planar.Stroke(context.Background(), streets, half, style) },
		func() (*geostest.Geometry, error) { return lines.Buffer(half, quadrant) }, 1e-3)

	geosTown := geometry(t)(geos.Polygons(town))
	defer geosTown.Free()
	grow := synth.Metres(1)
	report(t, geos, "offset by 1 m", streetsName+", dissolved",
		func() ([]planar.Polygon, error) {
			return planar.Offset(context.Background(), town, grow, benchStyle(grow))
		},
		func() (*geostest.Geometry, error) { return geosTown.Buffer(grow, quadrant) }, 1e-3)
	report(t, geos, "inset by 1 m", streetsName+", dissolved",
		func() ([]planar.Polygon, error) {
			return planar.Offset(context.Background(), town, -grow, benchStyle(grow))
		},
		func() (*geostest.Geometry, error) { return geosTown.Buffer(-grow, quadrant) }, 1e-3)
}

func geometry(t *testing.T) func(*geostest.Geometry, error) *geostest.Geometry {
	return func(g *geostest.Geometry, err error) *geostest.Geometry {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return g
	}
}

// report measures both, compares the areas within a share of them, and writes
// the figure to the file that MAPWRIGHT_BENCH_OUT names, if any.
func report(t *testing.T, geos *geostest.GEOS, name, input string, ours func() ([]planar.Polygon, error), peer func() (*geostest.Geometry, error), within float64) {
	t.Helper()
	const runs = 5
	var a, b []float64
	for run := range runs {
		start := time.Now()
		polys, err := ours()
		a = append(a, time.Since(start).Seconds()*1000)
		if err != nil {
			t.Fatal(err)
		}
		start = time.Now()
		theirs := geometry(t)(peer())
		b = append(b, time.Since(start).Seconds()*1000)
		sameArea(t, name, polys, theirs, within)
		theirs.Free()
		if run == 0 {
			isValid(t, geos, name, polys)
		}
	}
	slices.Sort(a)
	slices.Sort(b)
	f := figure{name, input, a[runs/2], b[runs/2], "GEOS", "ms", b[runs/2] / a[runs/2]}
	t.Logf("%-26s ours %8.1f ms, GEOS %8.1f ms: %.1f times", name, f.Ours, f.Peer, f.Ratio)
	if file := os.Getenv("MAPWRIGHT_BENCH_OUT"); file != "" {
		appendFigure(t, file, f)
	}
}

func sameArea(t *testing.T, name string, polys []planar.Polygon, theirs *geostest.Geometry, within float64) {
	t.Helper()
	want, err := theirs.Area()
	if err != nil {
		t.Fatal(err)
	}
	if got := planar.Area(polys); math.Abs(got-want) > within*want {
		t.Fatalf("%s: area %v, GEOS %v", name, got, want)
	}
}

func isValid(t *testing.T, geos *geostest.GEOS, name string, polys []planar.Polygon) {
	t.Helper()
	g := geometry(t)(geos.Polygons(polys))
	defer g.Free()
	if !g.Valid() {
		t.Fatalf("%s: GEOS calls our result invalid", name)
	}
}

func appendFigure(t *testing.T, file string, f figure) {
	t.Helper()
	line, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	out, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := out.Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
}
