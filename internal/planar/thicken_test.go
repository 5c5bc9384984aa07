package planar

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func mustThicken(t testing.TB, polys []Polygon, width float64) []Polygon {
	t.Helper()
	got, err := Thicken(context.Background(), polys, width)
	return mustValid(t, got, err)
}

func TestThicken(t *testing.T) {
	t.Parallel()
	square := []Polygon{{rect(0, 0, 5000, 5000)}}
	if diff := cmp.Diff(square, mustThicken(t, square, 1000)); diff != "" {
		t.Errorf("what is wide enough changes (-want +got)\n%s", diff)
	}
	wall := mustThicken(t, []Polygon{{rect(0, 0, 9000, 100)}}, 400)
	box := Bounds(wall)
	if h := box.Max.Y - box.Min.Y; h < 400 || h > 450 || len(wall) != 1 {
		t.Errorf("a wall of 100 becomes %d thick, want 400 to 450", h)
	}
	if box.Min.X < -200 || box.Max.X > 9200 || box.Min.Y+box.Max.Y < 98 || box.Min.Y+box.Max.Y > 102 {
		t.Errorf("it reaches over %v", box)
	}
	neck := mustThicken(t, []Polygon{{dumbbell}}, 300)
	if len(mustThin(t, neck, 290)) != 0 || Bounds(neck) != (Box{Point{0, 0}, Point{3000, 1000}}) {
		t.Errorf("the neck: %v", neck)
	}
}

// The counter of an A must stay open when its strokes grow.
func TestThickenKeepsHoles(t *testing.T) {
	t.Parallel()
	for _, inner := range []int32{8, 50, 100, 300, 1000} {
		frame := []Polygon{{rect(-inner-100, -inner-100, inner+100, inner+100), hole(-inner, inner)}}
		got := mustThicken(t, frame, 1000)
		if len(got) != 1 || len(got[0]) != 2 {
			t.Fatalf("a hole of %d: %d polygons, %v", 2*inner, len(got), got)
		}
		if b := Bounds(got); b.Max.X-inner < 550 && inner < 300 {
			t.Errorf("a hole of %d: it does not grow outwards: %v", 2*inner, b)
		}
	}
}

// What was too thin to burn burns, nothing is lost, no hole is swallowed.
func TestThickenAny(t *testing.T) {
	t.Parallel()
	grown, crevices := 0, 0
	for seed := range rounds(40) {
		r := rand.New(rand.NewPCG(uint64(seed), 28))
		polys := mustBoolean(t, UnionOp, []Ring{stretched(randomRings(r)[0], 60000)}, nil, EvenOdd)
		width := 300 + 3000*r.Float64()
		got := mustThicken(t, polys, width)
		if less := mustBoolean(t, Difference, Rings(polys), Rings(got), Positive); Area(less) > areaBound(Rings(polys)) {
			t.Errorf("seed %d: loses %v", seed, Area(less))
		}
		// half the width beside a thin part, and again beside a neck that this made
		most := mustOffset(t, polys, width*(1+2.0/thickenSteps), Style{})
		if more := mustBoolean(t, Difference, Rings(got), Rings(most), Positive); len(more) > 0 {
			t.Errorf("seed %d: grows too far", seed)
		}
		for _, p := range polys {
			for _, h := range p[1:] {
				left := mustBoolean(t, Difference, []Ring{reversed(h)}, Rings(got), Positive)
				if math.Abs(RingArea(h)) > areaBound([]Ring{h}) && len(left) == 0 {
					t.Errorf("seed %d: swallows a hole of %v", seed, RingArea(h))
				}
			}
		}
		holes := len(Rings(polys)) - len(polys)
		if holes == 0 {
			was, is := 0.0, 0.0
			for _, n := range mustThin(t, polys, 0.9*width) {
				was += Area([]Polygon{n.Part})
			}
			for _, n := range mustThin(t, got, 0.9*width) {
				is += Area([]Polygon{n.Part})
			}
			// crevices between what grew may make a little thin again, seldom much
			if is > 0.1*was+width*width/10 {
				crevices++
			}
			if is > 0.1*was+width*width {
				t.Errorf("seed %d: %v of %v are still thinner than %g", seed, is, was, 0.9*width)
			}
		}
		if Area(got) > Area(polys) {
			grown++
		}
	}
	if crevices > rounds(40)/200 {
		t.Errorf("%d areas of %d have crevices", crevices, rounds(40))
	}
	if grown < 10 {
		t.Errorf("only %d areas grew", grown)
	}
}
