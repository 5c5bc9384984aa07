package trace

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// TestClippedRingsKeepTheirArea compares with the kernel's intersection: what
// the wide box cuts off must not change what shows.
func TestClippedRingsKeepTheirArea(t *testing.T) {
	t.Parallel()
	box := orb.Bound{Min: orb.Point{-100, -80}, Max: orb.Point{120, 90}}
	a, b := planar.FromMM(-100, -80), planar.FromMM(120, 90)
	random := rand.New(rand.NewPCG(7, 1))
	for range 500 {
		var ring []orb.Point
		for range 3 + random.IntN(20) {
			// Whole mm, some of them on the border of the box.
			ring = append(ring, orb.Point{float64(random.IntN(80)*10 - 400), float64(random.IntN(80)*10 - 400)})
		}
		got, err := planar.Union(t.Context(), []planar.Ring{planar.Ring(onGrid(clipRing(ring, box)))}, planar.EvenOdd)
		if err != nil {
			t.Fatal(err)
		}
		all, err := planar.Union(t.Context(), []planar.Ring{planar.Ring(onGrid(ring))}, planar.EvenOdd)
		if err != nil {
			t.Fatal(err)
		}
		want, err := planar.Boolean(t.Context(), planar.Intersection, planar.Rings(all), []planar.Ring{planar.RectRing(a, b)}, planar.Positive)
		if err != nil {
			t.Fatal(err)
		}
		const perMM2 = unitsPerMM * unitsPerMM
		if g, w := planar.Area(got)/perMM2, planar.Area(want)/perMM2; math.Abs(g-w) > 0.2 {
			t.Fatalf("the ring %v has %.3f mm² in the box, want %.3f", ring, g, w)
		}
	}
}

func TestFeaturesInAnotherReferenceSystem(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("utm", artwork.Score, "centreline", nil)
	b.m.Layers[0].CRS = "EPSG:32632"
	// The middle of the map and a place 200 m to the east of it, in UTM 32.
	b.data["utm"] = []carto.Feature{{ID: 1, Geometry: orb.LineString{{691552.0, 5334636.0}, {691752.0, 5334636.0}}}}
	l, _ := b.trace("utm")
	if got := burned(*l); math.Abs(got-20) > 0.02 {
		t.Errorf("200 m at 1:10,000 are %.3f mm, want 20", got)
	}
	b.m.Layers[0].CRS = "EPSG:1"
	if _, _, err := traceOf(t.Context(), b.scene(), "utm"); err == nil {
		t.Error("an unknown reference system was taken for another one")
	}
}

func TestSceneIsAsTheMapWas(t *testing.T) {
	t.Parallel()
	b := newTable(t, carto.FrameRect)
	b.layer("x", artwork.Score, "centreline", map[string]string{"simplify": "0"}, b.way("", 10, 10, 20, 10))
	s := b.scene()
	b.m.Layers[0].Options["simplify"] = "nonsense"
	b.m.Layers[0].Strategy = "none"
	if _, _, err := traceOf(t.Context(), s, "x"); err != nil {
		t.Errorf("a later change of the map reached the scene: %v", err)
	}
	if _, err := NewScene(nil, b.data); err == nil {
		t.Error("a scene without a map")
	}
}
