package planar

import (
	"context"
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func mustOffset(t testing.TB, polys []Polygon, d float64, s Style) []Polygon {
	t.Helper()
	got, err := Offset(context.Background(), polys, d, s)
	return mustValid(t, got, err)
}

// frame is a square with a square hole.
func frame(outer, inner int32) []Polygon {
	return []Polygon{{rect(-outer, -outer, outer, outer), reversed(rect(-inner, -inner, inner, inner))}}
}

func TestOffset(t *testing.T) {
	t.Parallel()
	square := []Polygon{{rect(0, 0, 1000, 1000)}}
	mitred := Style{Join: MitreJoin}
	tests := []struct {
		name  string
		polys []Polygon
		d     float64
		style Style
		want  []Polygon
	}{
		{"a mitre keeps the corners of a square", square, 100, mitred, []Polygon{{rect(-100, -100, 1100, 1100)}}},
		{"shrinking a square keeps its corners whatever the join", square, -100, Style{}, []Polygon{{rect(100, 100, 900, 900)}}},
		{"what is narrower than the beam vanishes", square, -501, Style{}, nil},
		{"far too much shrinking leaves no ghost", square, -5000, Style{}, nil},
		{"no distance leaves all as it is", square, 0, Style{}, square},
		{"a square join touches the circle", square, 100, Style{Join: SquareJoin}, []Polygon{{{
			{-100, -41}, {-41, -100}, {1041, -100}, {1100, -41}, {1100, 1041}, {1041, 1100}, {-41, 1100}, {-100, 1041},
		}}}},
		{"a mitre limit of 1 is a square join", square, 100, Style{Join: MitreJoin, MitreLimit: 1}, []Polygon{{{
			{-100, -41}, {-41, -100}, {1041, -100}, {1100, -41}, {1100, 1041}, {1041, 1100}, {-41, 1100}, {-100, 1041},
		}}}},
		{"a hole shrinks as its shell grows", frame(500, 200), 100, mitred, []Polygon{{
			rect(-600, -600, 600, 600), {{-100, -100}, {-100, 100}, {100, 100}, {100, -100}},
		}}},
		{"a hole grows as its shell shrinks", frame(500, 200), -100, mitred, []Polygon{{
			rect(-400, -400, 400, 400), {{-300, -300}, {-300, 300}, {300, 300}, {300, -300}},
		}}},
		{"a small hole closes", frame(500, 200), 201, mitred, []Polygon{{rect(-701, -701, 701, 701)}}},
		{"a hole that meets its shell takes all", frame(500, 200), -151, mitred, nil},
		{
			"neighbours grow together",
			[]Polygon{{rect(0, 0, 100, 100)}, {rect(150, 0, 250, 100)}},
			30, mitred,
			[]Polygon{{rect(-30, -30, 280, 130)}},
		},
		{
			"a dumbbell falls apart",
			[]Polygon{{{
				{0, 0},
				{100, 0},
				{100, 40},
				{200, 40},
				{200, 0},
				{300, 0},
				{300, 100},
				{200, 100},
				{200, 60},
				{100, 60},
				{100, 100},
				{0, 100},
			}}},
			-11, mitred,
			[]Polygon{{rect(11, 11, 89, 89)}, {rect(211, 11, 289, 89)}},
		},
		{
			"a vanished shape bites nothing out of its neighbour",
			[]Polygon{{rect(0, 0, 20, 20)}, {rect(500, -5000, 9000, 5000)}},
			-400,
			Style{},
			[]Polygon{{rect(900, -4600, 8600, 4600)}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(tt.want, mustOffset(t, tt.polys, tt.d, tt.style)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A sharp tip is cut off at the limit, square to its bisector, and not at the
// corner: a maker's pointed star keeps its points equally long.
func TestMitreIsCutAtTheLimit(t *testing.T) {
	t.Parallel()
	needle := []Polygon{{{{0, 0}, {100000, -5000}, {100000, 5000}}}}
	got := mustOffset(t, needle, 1000, Style{Join: MitreJoin, MitreLimit: 3})
	box := Bounds(got)
	if box.Min.X != -3000 {
		t.Errorf("the tip reaches to %d, want -3000", box.Min.X)
	}
	if p, q := got[0][0][0], got[0][0][len(got[0][0])-1]; p.X != q.X || p.Y != -q.Y {
		t.Errorf("the cut runs from %v to %v, want it upright and centred", q, p)
	}
}

func TestRoundOffsetKeepsTheTolerance(t *testing.T) {
	t.Parallel()
	for _, d := range []float64{1, 10, 400, 20000, 1e6} {
		for _, tol := range []float64{0.5, 2, 20, 300} {
			dot, err := Stroke(context.Background(), []Path{{{7, -3}}}, d, Style{Tolerance: tol})
			mustValid(t, dot, err)
			ring := dot[0][0]
			if len(ring) < 8 && d > 3 {
				t.Errorf("radius %g, tolerance %g: %d corners", d, tol, len(ring))
			}
			for i, p := range ring {
				q := ring[(i+1)%len(ring)]
				if r := distance(p, Point{7, -3}); math.Abs(r-d) > 0.75 {
					t.Errorf("radius %g: a corner at %g", d, r)
				}
				// eight corners at least, and points rounded to the grid
				sagitta := d - distanceToSegment(Point{7, -3}, p, q)
				if sagitta > tol+1.5 {
					t.Errorf("radius %g, tolerance %g: an edge %g within", d, tol, sagitta)
				}
			}
		}
	}
}

func TestOffsetRefuses(t *testing.T) {
	t.Parallel()
	square := []Polygon{{rect(0, 0, Max, Max)}}
	_, err := Offset(context.Background(), square, 10, Style{})
	var off *RangeError
	if !errors.As(err, &off) {
		t.Errorf("growing beyond the grid gives %v", err)
	}
	for name, call := range map[string]func() error{
		"a distance that is none": func() error { _, err := Offset(context.Background(), square, math.NaN(), Style{}); return err },
		"an unknown join":         func() error { _, err := Offset(context.Background(), square, -1, Style{Join: 7}); return err },
		"an unknown cap":          func() error { _, err := Offset(context.Background(), square, -1, Style{Cap: 7}); return err },
		"a mitre limit below 1": func() error {
			_, err := Offset(context.Background(), square, -1, Style{MitreLimit: 0.5})
			return err
		},
		"a negative tolerance": func() error { _, err := Offset(context.Background(), square, -1, Style{Tolerance: -1}); return err },
		"a stroke without width": func() error {
			_, err := Stroke(context.Background(), nil, 0, Style{})
			return err
		},
	} {
		if call() == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}
