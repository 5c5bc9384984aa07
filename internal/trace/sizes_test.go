package trace

import (
	"math"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/paulmach/orb"
)

// TestSizesTellWhatIsThere: what the check says of a scale goes by these.
func TestSizesTellWhatIsThere(t *testing.T) {
	t.Parallel()
	m, data := city(t, "munich-centre-2020", munich, 300, 260, carto.FrameRect, 0)
	s, err := NewScene(m, data)
	if err != nil {
		t.Fatal(err)
	}
	single, err := Sizes(t.Context(), s, "buildings")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := UnitedSizes(t.Context(), s, "buildings")
	if err != nil {
		t.Fatal(err)
	}
	if len(single) < 2000 || len(rows) > len(single)/2 || len(rows) < 100 {
		t.Fatalf("%d houses in %d rows", len(single), len(rows))
	}
	sum := func(sizes []Size) (area float64) {
		for _, s := range sizes {
			if s.Area <= 0 || s.Border*s.Border < 12.5*s.Area { // a circle has 4π
				t.Errorf("an area of %g mm² has a border of %g mm", s.Area, s.Border)
			}
			area += s.Area
		}
		return area
	}
	if a, b := sum(single), sum(rows); math.Abs(a-b) > 1e-6*a {
		t.Errorf("houses have %g mm², rows %g mm²", a, b)
	}
	if none, err := Sizes(t.Context(), s, "rail"); err != nil || len(none) > 0 {
		t.Errorf("lines have sizes: %v (%v)", none, err)
	}
	if _, err := Sizes(t.Context(), s, "no such layer"); err == nil {
		t.Error("a layer that is not there has sizes")
	}
}

// TestRowsOfHouses: three houses in a row and one beside it.
func TestRowsOfHouses(t *testing.T) {
	t.Parallel()
	m := &carto.Map{
		ID:     "row",
		Boards: carto.Boards{Count: 1, Width: 100, Height: 100, Margin: 0, Frame: carto.Frame{Shape: carto.FrameRect}},
		View:   carto.View{Center: orb.Point{0, 0}, Scale: 1000, Projection: "local"},
		Layers: []carto.Layer{{ID: "houses", Name: "houses", Strategy: "filled", Operation: "engrave", Setting: "light", Board: 1, CRS: "EPSG:4326"}},
	}
	data := memory{}
	for i, x := range []float64{0, 1, 2, 3.5, 500} {
		house := orb.Polygon{{{x * 1e-4, 0}, {x*1e-4 + 1e-4, 0}, {x*1e-4 + 1e-4, 1e-4}, {x * 1e-4, 1e-4}, {x * 1e-4, 0}}}
		data["houses"] = append(data["houses"], carto.Feature{ID: int64(i + 1), Geometry: house})
	}
	s, err := NewScene(m, data)
	if err != nil {
		t.Fatal(err)
	}
	single, err := Sizes(t.Context(), s, "houses")
	if err != nil || len(single) != 4 {
		t.Fatalf("%d houses near the frame (%v), want 4", len(single), err)
	}
	rows, err := UnitedSizes(t.Context(), s, "houses")
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows (%v), want 2", len(rows), err)
	}
	side := single[0].Border / 4
	if r := rows[0]; math.Abs(r.Area-3*single[0].Area) > 0.1 || math.Abs(r.Border-8*side) > 0.3 {
		t.Errorf("the row has %g mm² and a border of %g mm, want %g and %g", r.Area, r.Border, 3*single[0].Area, 8*side)
	}
}
