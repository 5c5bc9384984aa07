package osm

import (
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/source"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// seaOfFile imports the city and gives its sea, nil without one.
func seaOfFile(t *testing.T, name string, view orb.Bound) orb.MultiPolygon {
	t.Helper()
	for _, f := range layerOf(t, mustImport(t, source.Request{Path: sample(name), View: view}), "water").Features {
		if f.Class == seaClass {
			return f.Geometry.(orb.MultiPolygon)
		}
	}
	return nil
}

// A sea on the wrong side burns the city away.
func TestSeaIsWhereSeaIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		file, place string
		at          orb.Point
		sea         bool
	}{
		{"monaco-2021", "open sea", orb.Point{7.4300, 43.7280}, true},
		{"monaco-2021", "southeastern corner", orb.Point{7.4484, 43.7236}, true},
		{"monaco-2021", "Port Hercule", orb.Point{7.4262, 43.7348}, true},
		{"monaco-2021", "Port de Fontvieille", orb.Point{7.4196, 43.7296}, true},
		{"monaco-2021", "off Larvotto beach", orb.Point{7.4345, 43.7460}, true},
		{"monaco-2021", "off Monte-Carlo Beach, beyond the last coastline", orb.Point{7.4470, 43.7510}, true},
		{"monaco-2021", "palace on the rock", orb.Point{7.4205, 43.7314}, false},
		{"monaco-2021", "casino", orb.Point{7.4283, 43.7393}, false},
		{"monaco-2021", "Fontvieille stadium", orb.Point{7.4156, 43.7276}, false},
		{"monaco-2021", "Tête de Chien, inland", orb.Point{7.4100, 43.7400}, false},
		{"helsinki-centre-2019", "Kaisaniemi bay", orb.Point{24.9445, 60.1772}, true},
		{"helsinki-centre-2019", "Eläintarha bay, at the edge of the data", orb.Point{24.9430, 60.1790}, true},
		{"helsinki-centre-2019", "Siltavuori strait", orb.Point{24.9500, 60.1764}, true},
		{"helsinki-centre-2019", "South Harbour, at the edge of the data", orb.Point{24.9529, 60.1671}, true},
		{"helsinki-centre-2019", "cathedral", orb.Point{24.9522, 60.1704}, false},
		{"helsinki-centre-2019", "railway station", orb.Point{24.9414, 60.1719}, false},
		{"helsinki-centre-2019", "Hakaniemi", orb.Point{24.9505, 60.1785}, false},
	} {
		t.Run(c.file+", "+c.place, func(t *testing.T) {
			t.Parallel()
			if got := planar.MultiPolygonContains(seaOfFile(t, c.file, orb.Bound{}), c.at); got != c.sea {
				t.Errorf("sea is %t, want %t", got, c.sea)
			}
		})
	}
}

// Where the coastline ends before the data does, it is said how the sea goes on.
func TestCutCoastIsReported(t *testing.T) {
	t.Parallel()
	var said []string
	for _, f := range mustImport(t, source.Request{Path: sample("monaco-2021")}).Report {
		said = append(said, f.Message)
	}
	all := strings.Join(said, "\n")
	for _, part := range []string{"ends at 7.4391167, 43.7490612", "lengthened straight", "is known only in 7.4092,43.7234,"} {
		if !strings.Contains(all, part) {
			t.Errorf("the report does not say %q:\n%s", part, all)
		}
	}
}

// A town without a coast has no sea.
func TestNoCoastNoSea(t *testing.T) {
	t.Parallel()
	if sea := seaOfFile(t, "munich-centre-2020", orb.Bound{}); sea != nil {
		t.Errorf("Munich is under the sea: %v", sea.Bound())
	}
}

// A board that shows nothing but the harbour's water is all sea, though no
// coastline is on it; one in the old town is not.
func TestViewsWithoutAnyCoast(t *testing.T) {
	t.Parallel()
	offshore := orb.Bound{Min: orb.Point{7.4400, 43.7300}, Max: orb.Point{7.4420, 43.7320}}
	if sea := seaOfFile(t, "monaco-2021", offshore); sea == nil || !planar.MultiPolygonContains(sea, offshore.Center()) {
		t.Errorf("a board in the open sea has the sea %v", sea)
	}
	town := orb.Bound{Min: orb.Point{7.4190, 43.7370}, Max: orb.Point{7.4210, 43.7385}}
	if sea := seaOfFile(t, "monaco-2021", town); sea != nil {
		t.Errorf("a board in the town has the sea %v", sea)
	}
}

// The sea ends exactly at the view, so that the frame closes it.
func TestSeaIsClosedAlongTheView(t *testing.T) {
	t.Parallel()
	view := orb.Bound{Min: orb.Point{7.4200, 43.7330}, Max: orb.Point{7.4400, 43.7450}}
	sea := seaOfFile(t, "monaco-2021", view)
	if box := sea.Bound(); box.Min[1] != view.Min[1] || box.Max[0] != view.Max[0] || box.Max[1] != view.Max[1] {
		t.Errorf("the sea is in %v, and the view is %v", box, view)
	}
}

// at makes a location of small whole numbers.
func at(x, y int32) location { return location{x * 1000, y * 1000} }

func coastOf(xy ...int32) coast {
	var c coast
	for i := 0; i < len(xy); i += 2 {
		c = append(c, at(xy[i], xy[i+1]))
	}
	return c
}

func TestSeaOfDrawnCoasts(t *testing.T) {
	t.Parallel()
	frame := box{0, 0, 100_000, 100_000}
	eastward := coastOf(-10, 50, 110, 50) // land in the north
	island := coastOf(20, 20, 30, 20, 30, 30, 20, 30, 20, 20)
	lagoon := coastOf(60, 70, 60, 80, 70, 80, 70, 70, 60, 70) // clockwise: water inside
	for name, c := range map[string]struct {
		coasts []coast
		// parts of the frame, and holes
		sea   float64
		holes int
	}{
		"land in the north":                 {[]coast{eastward}, 0.5, 0},
		"land in the south":                 {[]coast{coastOf(110, 50, -10, 50)}, 0.5, 0},
		"an island off the coast":           {[]coast{eastward, island}, 0.49, 1},
		"an island in the open sea":         {[]coast{island}, 0.99, 1},
		"a lagoon in the land":              {[]coast{eastward, lagoon}, 0.51, 0},
		"a strait between two coasts":       {[]coast{coastOf(-10, 40, 110, 40), coastOf(110, 20, -10, 20)}, 0.2, 0},
		"a corner":                          {[]coast{coastOf(-10, 90, 10, 90, 10, 110)}, 0.99, 0},
		"a bay that leaves the frame twice": {[]coast{coastOf(-10, 60, 50, 60, 50, 110, 70, 110, 70, 60, 110, 60)}, 0.68, 0},
		"a coast in two ways":               {joinCoasts([]coast{coastOf(50, 50, 110, 50), coastOf(-10, 50, 50, 50)}), 0.5, 0},
		"a coast that turns on the frame":   {[]coast{coastOf(-10, 50, 50, 100, 110, 50)}, 0.5 + 0.25*7/6, 0},
		"no coast in the frame":             {[]coast{coastOf(-10, 150, 110, 150)}, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sea, fault := seaWithin(c.coasts, frame, frame)
			if fault != nil {
				t.Fatal(fault.problem)
			}
			holes := 0
			for _, p := range sea {
				holes += len(p) - 1
			}
			if got := planar.Area(sea) / 1e-4; got < c.sea-1e-5 || got > c.sea+1e-5 || holes != c.holes {
				t.Errorf("the sea is %.4f of the frame with %d holes, want %.4f with %d", got, holes, c.sea, c.holes)
			}
		})
	}
}

// Coastlines that contradict each other make no sea, and it is said.
func TestBrokenCoastsMakeNoSea(t *testing.T) {
	t.Parallel()
	frame := box{0, 0, 100_000, 100_000}
	for name, coasts := range map[string][]coast{
		"a gap":                            {coastOf(-10, 50, 50, 50), coastOf(60, 50, 110, 50)},
		"two against each other":           {coastOf(-10, 60, 110, 60), coastOf(-10, 40, 110, 40)},
		"an island with its water inside":  {coastOf(-10, 50, 110, 50), coastOf(20, 20, 20, 30, 30, 30, 30, 20, 20, 20)},
		"one that crosses itself":          {coastOf(-10, 50, 80, 50, 80, 20, 40, 20, 40, 110)},
		"one that ends in the open":        {coastOf(-10, 50, 50, 50)},
		"an island and a lagoon, no coast": {coastOf(20, 20, 30, 20, 30, 30, 20, 30, 20, 20), coastOf(60, 70, 60, 80, 70, 80, 70, 70, 60, 70)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if sea, fault := seaWithin(coasts, frame, frame); fault == nil {
				t.Errorf("there is the sea %v", sea)
			}
		})
	}
}
