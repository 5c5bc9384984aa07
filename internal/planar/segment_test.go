package planar

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func drawPoint(t *rapid.T, label string, limit int32) Point {
	return Point{
		rapid.Int32Range(-limit, limit).Draw(t, label+".x"),
		rapid.Int32Range(-limit, limit).Draw(t, label+".y"),
	}
}

func drawSegment(t *rapid.T, label string, limit int32) segment {
	a := drawPoint(t, label+".a", limit)
	b := rapid.Custom(func(t *rapid.T) Point { return drawPoint(t, label+".b", limit) }).
		Filter(func(b Point) bool { return a != b }).Draw(t, label+".b")
	return newSegment(a, b, winding{})
}

// meetsPixel clips the segment to the half-open pixel with fractions. The
// parameters that fulfil the closed conditions form an interval; where it is a
// single point or has its end on an open side, the point itself is tried.
func meetsPixel(s segment, p Point) bool {
	from, to := big.NewRat(0, 1), big.NewRat(1, 1)
	side := func(a, b, centre int32) bool {
		d := int64(b) - int64(a)
		lo := big.NewRat(2*(int64(centre)-int64(a))-1, 2)
		hi := big.NewRat(2*(int64(centre)-int64(a))+1, 2)
		if d == 0 {
			return lo.Sign() <= 0 && hi.Sign() > 0
		}
		rd := new(big.Rat).SetInt64(d)
		lo.Quo(lo, rd)
		hi.Quo(hi, rd)
		if d < 0 {
			lo, hi = hi, lo
		}
		if lo.Cmp(from) > 0 {
			from = lo
		}
		if hi.Cmp(to) < 0 {
			to = hi
		}
		return true
	}
	if !side(s.a.X, s.b.X, p.X) || !side(s.a.Y, s.b.Y, p.Y) || from.Cmp(to) > 0 {
		return false
	}
	mid := new(big.Rat).Add(from, to)
	mid.Quo(mid, big.NewRat(2, 1))
	within := func(a, b, centre int32) bool {
		at := new(big.Rat).SetInt64(int64(b) - int64(a))
		at.Mul(at, mid)
		at.Add(at, new(big.Rat).SetInt64(int64(a)-int64(centre)))
		return at.Cmp(big.NewRat(-1, 2)) >= 0 && at.Cmp(big.NewRat(1, 2)) < 0
	}
	return within(s.a.X, s.b.X, p.X) && within(s.a.Y, s.b.Y, p.Y)
}

// A pixel missed or added would let rounded lines cross.
func TestHotPixelIsExact(t *testing.T) {
	t.Parallel()
	t.Run("near the origin", func(t *testing.T) {
		t.Parallel()
		for dx := int32(-6); dx <= 6; dx++ {
			for dy := int32(-6); dy <= 6; dy++ {
				if dx == 0 && dy == 0 {
					continue
				}
				s := newSegment(Point{}, Point{dx, dy}, winding{})
				for x := int32(-7); x <= 7; x++ {
					for y := int32(-7); y <= 7; y++ {
						p := Point{x, y}
						if got, want := s.passes(p), meetsPixel(s, p); got != want {
							t.Errorf("%v-%v passes %v: %v, want %v", s.a, s.b, p, got, want)
						}
					}
				}
			}
		}
	})
	t.Run("over the whole board", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			s := drawSegment(t, "s", Max)
			// a pixel near the line
			k := rapid.Float64Range(0, 1).Draw(t, "k")
			d := s.b.minus(s.a)
			p := Point{
				s.a.X + int32(k*float64(d.X)) + rapid.Int32Range(-1, 1).Draw(t, "dx"),
				s.a.Y + int32(k*float64(d.Y)) + rapid.Int32Range(-1, 1).Draw(t, "dy"),
			}
			if got, want := s.passes(p), meetsPixel(s, p); got != want {
				t.Errorf("%v-%v passes %v: %v, want %v", s.a, s.b, p, got, want)
			}
		})
	})
}

// crossingPixel computes the same with fractions.
func crossingPixel(s, t segment) (Point, bool) {
	d, e := s.b.minus(s.a), t.b.minus(t.a)
	den := cross(d, e)
	if den == 0 {
		return Point{}, false
	}
	diff := t.a.minus(s.a)
	u := big.NewRat(cross(diff, e), den)
	v := big.NewRat(cross(diff, d), den)
	zero, one := new(big.Rat), big.NewRat(1, 1)
	if u.Cmp(zero) <= 0 || u.Cmp(one) >= 0 || v.Cmp(zero) <= 0 || v.Cmp(one) >= 0 {
		return Point{}, false
	}
	round := func(a, d int32) int32 {
		x := new(big.Rat).Mul(u, new(big.Rat).SetInt64(int64(d)))
		x.Add(x, new(big.Rat).SetInt64(int64(a)))
		x.Add(x, big.NewRat(1, 2))
		q, m := new(big.Int).DivMod(x.Num(), x.Denom(), new(big.Int)) // Euclidean: the floor
		_ = m
		return int32(q.Int64())
	}
	return Point{round(s.a.X, d.X), round(s.a.Y, d.Y)}, true
}

// A crossing rounded into the wrong pixel would leave lines that cross.
func TestCrossingIsExact(t *testing.T) {
	t.Parallel()
	for _, limit := range []int32{4, 50, 1 << 14, Max} {
		rapid.Check(t, func(t *rapid.T) {
			s, u := drawSegment(t, "s", limit), drawSegment(t, "u", limit)
			got, ok := crossing(&s, &u)
			want, wantOK := crossingPixel(s, u)
			if got != want || ok != wantOK {
				t.Errorf("%v-%v and %v-%v: %v %v, want %v %v", s.a, s.b, u.a, u.b, got, ok, want, wantOK)
			}
		})
	}
}
