package osm

import (
	"testing"

	"github.com/mapwright/mapwright/internal/source"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/planar"
)

// A sea that ends with the data has an edge in the middle of the board.
func TestSeaGoesOnBeyondTheData(t *testing.T) {
	t.Parallel()
	wide := orb.Bound{Min: orb.Point{7.3900, 43.7150}, Max: orb.Point{7.4700, 43.7600}}
	sea := seaOfFile(t, "monaco-2021", wide)
	for place, c := range map[string]struct {
		at  orb.Point
		sea bool
	}{
		"southeast":                  {orb.Point{7.4600, 43.7300}, true},
		"southeastern corner":        {orb.Point{7.4699, 43.7151}, true},
		"northeast, off Cap Martin":  {orb.Point{7.4690, 43.7590}, true},
		"south of the data":          {orb.Point{7.4300, 43.7160}, true},
		"northwest":                  {orb.Point{7.3950, 43.7580}, false},
		"north, Beausoleil":          {orb.Point{7.4200, 43.7590}, false},
		"west, La Turbie":            {orb.Point{7.3950, 43.7400}, false},
		"in the data, Port Hercule":  {orb.Point{7.4262, 43.7348}, true},
		"in the data, on the casino": {orb.Point{7.4283, 43.7393}, false},
	} {
		if got := planar.MultiPolygonContains(sea, c.at); got != c.sea {
			t.Errorf("%s: sea is %t, want %t", place, got, c.sea)
		}
	}
	if box := sea.Bound(); box.Max != wide.Max || box.Min[1] != wide.Min[1] {
		t.Errorf("the sea is in %v, and the view is %v", box, wide)
	}
	if len(sea) != 1 {
		t.Errorf("the sea is in %d pieces", len(sea))
	}
}

func TestSeaBeyondTheDataIsValid(t *testing.T) {
	t.Parallel()
	for name, view := range map[string]orb.Bound{
		"monaco-2021":          {Min: orb.Point{7.39, 43.70}, Max: orb.Point{7.47, 43.78}},
		"helsinki-centre-2019": {Min: orb.Point{24.91, 60.15}, Max: orb.Point{24.98, 60.20}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wantValid(t, mustImport(t, source.Request{Path: sample(name), View: view}))
		})
	}
}

// A view beyond data that is all sea, or all land, is so too.
func TestViewBeyondDataWithoutAnyCoastInIt(t *testing.T) {
	t.Parallel()
	offshore := orb.Bound{Min: orb.Point{7.4450, 43.7300}, Max: orb.Point{7.4700, 43.7320}}
	sea := seaOfFile(t, "monaco-2021", offshore)
	if sea == nil || sea.Bound() != offshore {
		t.Errorf("the open sea ends at %v, and the view is %v", sea.Bound(), offshore)
	}
	inland := orb.Bound{Min: orb.Point{7.3900, 43.7370}, Max: orb.Point{7.4210, 43.7385}}
	if sea := seaOfFile(t, "monaco-2021", inland); sea != nil {
		t.Errorf("inland there is the sea %v", sea.Bound())
	}
}

// Beyond the data every place is what its nearest place in the data is, on
// whichever edges and corners the coast leaves it.
func TestEveryPlaceBeyondIsAsTheNearestKnown(t *testing.T) {
	t.Parallel()
	known := box{0, 0, 100_000, 100_000}
	for name, coasts := range map[string][]coast{
		"west to east":              {coastOf(-10, 50, 110, 50)},
		"east to west":              {coastOf(110, 50, -10, 50)},
		"north to south":            {coastOf(50, 110, 50, -10)},
		"south to north":            {coastOf(50, -10, 50, 110)},
		"off the southwest":         {coastOf(30, -10, -10, 30)},
		"land in the southwest":     {coastOf(-10, 30, 30, -10)},
		"off the northwest":         {coastOf(-10, 70, 30, 110)},
		"land in the northwest":     {coastOf(30, 110, -10, 70)},
		"off the northeast":         {coastOf(70, 110, 110, 70)},
		"land in the northeast":     {coastOf(110, 70, 70, 110)},
		"off the southeast":         {coastOf(110, 30, 70, -10)},
		"land in the southeast":     {coastOf(70, -10, 110, 30)},
		"from corner to corner":     {coastOf(-10, -10, 110, 110)},
		"across the other corners":  {coastOf(110, -10, -10, 110)},
		"out of one edge and back":  {coastOf(-10, 60, 50, 60, 50, 110, 70, 110, 70, 60, 110, 60)},
		"a strait":                  {coastOf(-10, 40, 110, 40), coastOf(110, 20, -10, 20)},
		"two bays on one edge":      {coastOf(20, 110, 20, 60, 30, 60, 30, 110), coastOf(70, 110, 70, 60, 80, 60, 80, 110)},
		"an island that is cut off": {coastOf(80, 40, 120, 40, 120, 60, 80, 60, 80, 40)},
		"an island in the open sea": {coastOf(20, 20, 30, 20, 30, 30, 20, 30, 20, 20)},
	} {
		for side, view := range map[string]box{
			"all round":     {-70_000, -80_000, 190_000, 200_000},
			"to the east":   {0, 0, 190_000, 100_000},
			"to the south":  {0, -80_000, 100_000, 100_000},
			"on two sides":  {-70_000, 0, 100_000, 200_000},
			"not all of it": {15_500, -80_000, 190_000, 97_500},
		} {
			t.Run(name+", "+side, func(t *testing.T) {
				t.Parallel()
				checkBeyond(t, coasts, known, view)
			})
		}
	}
}

func checkBeyond(t *testing.T, coasts []coast, data, view box) {
	t.Helper()
	inside, fault := seaWithin(coasts, data, data)
	if fault != nil {
		t.Fatal(fault.problem)
	}
	sea, fault := seaWithin(coasts, view.intersect(data), view)
	if fault != nil {
		t.Fatal(fault.problem)
	}
	left := map[location]bool{}
	for _, c := range coasts {
		for _, p := range data.clip(c) {
			left[p[0]], left[p[len(p)-1]] = true, true
		}
	}
	for lon := view.west + 3_777; lon < view.east; lon += 9_000 {
		for lat := view.south + 3_333; lat < view.north; lat += 9_000 {
			l := location{lon, lat}
			if corner := (location{min(max(lon, data.west), data.east), min(max(lat, data.south), data.north)}); left[corner] {
				continue // the coast leaves at this corner: either is right
			}
			nearest := location{min(max(lon, data.west+1), data.east-1), min(max(lat, data.south+1), data.north-1)}
			got := planar.MultiPolygonContains(sea, l.point())
			if want := planar.MultiPolygonContains(inside, nearest.point()); got != want {
				t.Fatalf("sea at %v is %t, and %t at %v", l, got, want, nearest)
			}
		}
	}
}

// An inlet carried on over most of the board would be water that nobody knows.
func TestSeaIsNotCarriedOnForEver(t *testing.T) {
	t.Parallel()
	far := orb.Bound{Min: orb.Point{24.92, 60.1642}, Max: orb.Point{24.97, 60.1791}}
	sea := seaOfFile(t, "helsinki-centre-2019", far)
	if sea == nil {
		t.Fatal("no sea at all")
	}
	if east := sea.Bound().Max[0]; east > 24.9560 {
		t.Errorf("the sea goes on to %g, far beyond the data's edge at 24.9534", east)
	}
	for _, c := range []struct {
		known, view, want box
	}{
		{box{0, 0, 90, 90}, box{-60, -61, 150, 151}, box{-60, 0, 150, 90}},
		{box{0, 0, 90, 90}, box{10, 10, 80, 80}, box{10, 10, 80, 80}},
		{
			box{-1_800_000_000, -900_000_000, 1_800_000_000, 900_000_000},
			box{-1_800_000_000, -900_000_000, 1_800_000_000, 900_000_000},
			box{-1_800_000_000, -900_000_000, 1_800_000_000, 900_000_000},
		},
	} {
		if got := c.known.towards(c.view); got != c.want {
			t.Errorf("%v towards %v is %v, want %v", c.known, c.view, got, c.want)
		}
	}
}
