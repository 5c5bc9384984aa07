package osm

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/mapwright/mapwright/internal/source"
	"github.com/paulmach/orb"
)

// Whether an outline comes as one way or as two, the area is the same.
func TestOneWayOrTwoMakeOneArea(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	for range 500 {
		n := 3 + random.IntN(20)
		var line []location
		for i := range n { // a star around 0, 0
			angle, r := 2*math.Pi*float64(i)/float64(n), 1000+random.Float64()*9000
			line = append(line, location{int32(r * math.Cos(angle)), int32(r * math.Sin(angle))})
		}
		line = append(line, line[0])
		cut := 1 + random.IntN(n-1)
		one, fault := assemble([][]location{line})
		two, fault2 := assemble([][]location{line[:cut+1], line[cut:]})
		if fault != nil || fault2 != nil || !orb.Equal(one, two) {
			t.Fatalf("%v: one way makes %v, two make %v", line, one, two)
		}
	}
}

func TestFaultsOfAreas(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		lines [][]location
		want  source.FindingKind
	}{
		"nothing":                   {nil, source.EmptyArea},
		"there and back":            {[][]location{coastOf(0, 0, 5, 0), coastOf(5, 0, 0, 0)}, source.EmptyArea},
		"a gap":                     {[][]location{coastOf(0, 0, 5, 0, 5, 5)}, source.OpenRing},
		"a bow tie":                 {[][]location{coastOf(0, 0, 5, 5, 5, 0, 0, 5, 0, 0)}, source.Crossing},
		"a touch that is no corner": {[][]location{coastOf(0, 0, 9, 0, 9, 9, 0, 9, 0, 0), coastOf(5, 0, 6, 3, 4, 3, 5, 0)}, source.Crossing},
	} {
		if _, fault := assemble(c.lines); fault == nil || fault.kind != c.want {
			t.Errorf("%s: the fault is %v, want %s", name, fault, c.want)
		}
	}
}

// Whole-world outlines do not overflow.
func TestOrientationIsExactAcrossTheWorld(t *testing.T) {
	t.Parallel()
	west, east := location{-1_800_000_000, -900_000_000}, location{1_800_000_000, 900_000_000}
	middle := location{0, 0}
	if o := orientation(west, east, middle); o != 0 {
		t.Errorf("the middle of the diagonal is on side %d", o)
	}
	if o := orientation(west, east, location{0, 1}); o != 1 {
		t.Errorf("one step above is on side %d", o)
	}
	if o := orientation(west, east, location{1, 0}); o != -1 {
		t.Errorf("one step beside is on side %d", o)
	}
}
