package planar

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
)

// checkValid says what is wrong with polygons, by brute force and apart from
// the code that made them.
func checkValid(polys []Polygon) error {
	if !slices.IsSortedFunc(polys, func(p, q Polygon) int { return compareRings(p[0], q[0]) }) {
		return fmt.Errorf("polygons are not sorted")
	}
	for i, p := range polys {
		if len(p) == 0 {
			return fmt.Errorf("polygon %d has no shell", i)
		}
		for j, r := range p {
			if err := checkRing(r, j == 0); err != nil {
				return fmt.Errorf("polygon %d, ring %d: %w", i, j, err)
			}
			if j > 0 && !ringWithin(r, p[0]) {
				return fmt.Errorf("polygon %d: hole %d lies outside its shell", i, j)
			}
		}
	}
	return checkApart(polys)
}

func checkRing(r Ring, shell bool) error {
	if len(r) < 3 {
		return fmt.Errorf("%d points", len(r))
	}
	if a := RingArea(r); a == 0 || a > 0 != shell {
		return fmt.Errorf("area %g (shell: %v)", a, shell)
	}
	if at := slices.IndexFunc(r, func(p Point) bool { return p.Compare(r[0]) < 0 }); at >= 0 {
		return fmt.Errorf("starts at %v, not at its leftmost point %v", r[0], r[at])
	}
	seen := map[Point]bool{}
	for i, p := range r {
		if seen[p] {
			return fmt.Errorf("comes twice through %v", p)
		}
		seen[p] = true
		if q, s := r[(i+1)%len(r)], r[(i+2)%len(r)]; orient(p, q, s) == 0 {
			return fmt.Errorf("%v lies on the line between its neighbours", q)
		}
	}
	return nil
}

// ringWithin looks at the points that do not lie on the shell, and between
// points where all do.
func ringWithin(r, shell Ring) bool {
	for i, p := range r {
		if where := Contains([]Polygon{{shell}}, p); where != Border {
			return where == Inside
		}
		q := r[(i+1)%len(r)]
		double := make(Ring, len(shell))
		for k, s := range shell {
			double[k] = Point{2*s.X - p.X - q.X, 2*s.Y - p.Y - q.Y}
		}
		if where := Contains([]Polygon{{double}}, Point{}); where != Border {
			return where == Inside
		}
	}
	return false
}

// checkApart finds edges that cross, overlap, or touch anywhere but at a
// common point of two rings.
func checkApart(polys []Polygon) error {
	var segs []segment
	for _, r := range Rings(polys) {
		segs = appendRing(segs, r, winding{})
	}
	slices.SortFunc(segs, func(s, t segment) int { return cmp.Compare(s.a.X, t.a.X) })
	for i := range segs {
		s := &segs[i]
		for j := i + 1; j < len(segs) && segs[j].a.X <= s.b.X; j++ {
			t := &segs[j]
			if t.low() > s.high() || t.high() < s.low() {
				continue
			}
			if _, ok := crossing(s, t); ok {
				return fmt.Errorf("%v-%v crosses %v-%v", s.a, s.b, t.a, t.b)
			}
			if overlapping(s, t) {
				return fmt.Errorf("%v-%v runs along %v-%v", s.a, s.b, t.a, t.b)
			}
		}
	}
	return nil
}

func overlapping(s, t *segment) bool {
	if orient(s.a, s.b, t.a) != 0 || orient(s.a, s.b, t.b) != 0 {
		return false
	}
	from, to := s.a, s.b
	if from.Compare(t.a) < 0 {
		from = t.a
	}
	if t.b.Compare(to) < 0 {
		to = t.b
	}
	return from.Compare(to) < 0
}

// mustBoolean fails the test where a result is invalid.
func mustBoolean(t testing.TB, op Op, subject, clip []Ring, fill Fill) []Polygon {
	t.Helper()
	polys, err := Boolean(context.Background(), op, subject, clip, fill)
	return mustValid(t, polys, err)
}

func mustValid(t testing.TB, polys []Polygon, err error) []Polygon {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if err := checkValid(polys); err != nil {
		t.Fatalf("invalid result: %v\n%v", err, polys)
	}
	return polys
}

// areaBound is how far the area of a result may be from the exact one: what
// changed sides lies within √½ of an input edge (half a step in x and in y),
// and that strip has an area of √2 for each unit of length and π/2 for each
// edge's ends.
func areaBound(rings ...[]Ring) float64 {
	var sum float64
	for _, rs := range rings {
		for _, r := range rs {
			for i := range r {
				sum += math.Sqrt2*distance(r[i], r[(i+1)%len(r)]) + math.Pi/2
			}
		}
	}
	return sum
}
