package artwork_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
)

func pt(x, y float64) artwork.Point { return artwork.Point{X: x, Y: y} }

func arcPath(a, m, b artwork.Point) artwork.Path {
	return artwork.Path{Points: []artwork.Point{a, m, b}, Verbs: []artwork.Verb{artwork.ArcTo}}
}

func cubicPath(p ...artwork.Point) artwork.Path {
	return artwork.Path{Points: p, Verbs: []artwork.Verb{artwork.CubicTo}}
}

// circle is two arcs of radius r around (x, y), anticlockwise.
func circle(x, y, r float64) artwork.Path {
	return artwork.Path{Closed: true, Verbs: []artwork.Verb{artwork.ArcTo, artwork.ArcTo}, Points: []artwork.Point{
		pt(x+r, y), pt(x, y+r), pt(x-r, y), pt(x, y-r), pt(x+r, y),
	}}
}

func cubicAt(p artwork.Path, i int, t float64) artwork.Point {
	c, u := p.Points[3*i:], 1-t
	return pt(
		u*u*u*c[0].X+3*u*u*t*c[1].X+3*u*t*t*c[2].X+t*t*t*c[3].X,
		u*u*u*c[0].Y+3*u*u*t*c[1].Y+3*u*t*t*c[2].Y+t*t*t*c[3].Y)
}

// near is how far q is from the lines of p.
func near(p artwork.Path, q artwork.Point) float64 {
	best := math.Inf(1)
	for i := 1; i < len(p.Points); i++ {
		a, b := p.Points[i-1], p.Points[i]
		dx, dy := b.X-a.X, b.Y-a.Y
		t := 0.0
		if l := dx*dx + dy*dy; l > 0 {
			t = math.Min(math.Max(((q.X-a.X)*dx+(q.Y-a.Y)*dy)/l, 0), 1)
		}
		best = math.Min(best, math.Hypot(a.X+t*dx-q.X, a.Y+t*dy-q.Y))
	}
	return best
}

func TestFlattenedCubicsKeepTheirError(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	for range 100 {
		var c []artwork.Point
		for range 4 {
			c = append(c, pt(rng.Float64()*200, rng.Float64()*200))
		}
		curve := cubicPath(c...)
		for _, err := range []float64{1, 0.05, 0.001} {
			flat := curve.Flatten(err)
			worst := 0.0
			for k := range 100 {
				worst = math.Max(worst, near(flat, cubicAt(curve, 0, float64(k)/99)))
			}
			if worst > err*1.0001 {
				t.Fatalf("%v is %g mm from its lines, more than %g", c, worst, err)
			}
		}
		if n := len(curve.Flatten(0.05).Points); n > 200 {
			t.Errorf("a curve over 200 mm needs %d points", n)
		}
	}
}

func TestFlattenedArcsKeepTheirError(t *testing.T) {
	t.Parallel()
	for _, r := range []float64{0.05, 1, 30, 1e3, 1e5} {
		for _, sweep := range []float64{0.001, 0.5, 2, 3.1, 4, 6.2} {
			for _, sign := range []float64{1, -1} {
				on := func(k float64) artwork.Point {
					sin, cos := math.Sincos(0.3 + sign*sweep*k)
					return pt(10+r*cos, 20+r*sin)
				}
				arc := arcPath(on(0), on(0.37), on(1))
				for _, err := range []float64{0.05, 0.001} {
					flat := arc.Flatten(err)
					cubics := arc.Cubics(err)
					noise := 1e-9 * math.Max(r, 1) / math.Min(sweep, 1) // of the three points themselves
					for k := range 50 {
						if d := near(flat, on(float64(k)/49)); d > err+noise {
							t.Fatalf("radius %g, sweep %g: lines are %g mm off, more than %g", r, sign*sweep, d, err)
						}
					}
					for i := range cubics.Verbs {
						for k := range 50 {
							q := cubicAt(cubics, i, float64(k)/49)
							if d := math.Abs(math.Hypot(q.X-10, q.Y-20) - r); d > err+noise {
								t.Fatalf("radius %g, sweep %g: cubics are %g mm off, more than %g", r, sign*sweep, d, err)
							}
						}
					}
				}
				if got, want := arc.Length(), r*sweep; math.Abs(got-want) > 1e-6*want+1e-9 {
					t.Errorf("radius %g, sweep %g: length %g, want %g", r, sweep, got, want)
				}
			}
		}
	}
}

func TestArcsThatAreNone(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		path artwork.Path
		want []artwork.Point
	}{
		"through a point between": {arcPath(pt(0, 0), pt(1, 0), pt(3, 0)), []artwork.Point{pt(0, 0), pt(1, 0), pt(3, 0)}},
		"through a point beyond":  {arcPath(pt(0, 0), pt(5, 5), pt(3, 3)), []artwork.Point{pt(0, 0), pt(5, 5), pt(3, 3)}},
		"through its start":       {arcPath(pt(1, 1), pt(1, 1), pt(3, 3)), []artwork.Point{pt(1, 1), pt(1, 1), pt(3, 3)}},
		"of one point":            {arcPath(pt(1, 1), pt(1, 1), pt(1, 1)), []artwork.Point{pt(1, 1), pt(1, 1), pt(1, 1)}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for kind, got := range map[string]artwork.Path{"lines": c.path.Flatten(0.01), "cubics": c.path.Cubics(0.01)} {
				if fmt.Sprint(got.Points) != fmt.Sprint(c.want) || !got.Valid() {
					t.Errorf("%s: %v, want %v", kind, got.Points, c.want)
				}
			}
		})
	}
}

func TestWholeCircleInOneArc(t *testing.T) {
	t.Parallel()
	p := arcPath(pt(5, 0), pt(1, 0), pt(5, 0))
	p.Closed = true
	if got, want := p.Length(), 4*math.Pi; math.Abs(got-want) > 1e-9 {
		t.Errorf("length %g, want %g", got, want)
	}
	if got, want := p.Area(), 4*math.Pi; math.Abs(got-want) > 1e-9 {
		t.Errorf("area %g, want %g", got, want)
	}
	b := p.Bounds()
	if math.Abs(b.Min.X-1)+math.Abs(b.Max.X-5)+math.Abs(b.Min.Y+2)+math.Abs(b.Max.Y-2) > 1e-9 {
		t.Errorf("bounds %v", b)
	}
	for _, q := range p.Flatten(0.001).Points {
		if math.Abs(math.Hypot(q.X-3, q.Y)-2) > 1e-9 {
			t.Errorf("%v is not on the circle", q)
		}
	}
}

// TestMeasuresAgreeWithFineLines measures random paths of all verbs against
// their own lines at a thousandth of a millimetre.
func TestMeasuresAgreeWithFineLines(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		p := artwork.Path{Points: []artwork.Point{pt(rng.Float64()*50, rng.Float64()*50)}, Closed: rng.IntN(2) == 0}
		for range 1 + rng.IntN(6) {
			v := []artwork.Verb{artwork.LineTo, artwork.CubicTo, artwork.ArcTo}[rng.IntN(3)]
			p.Verbs = append(p.Verbs, v)
			for range v.Points() {
				p.Points = append(p.Points, pt(rng.Float64()*50, rng.Float64()*50))
			}
		}
		if err := p.Validate(); err != nil {
			t.Fatal(err)
		}
		flat := p.Flatten(1e-4)
		if got, want := p.Length(), flat.Length(); math.Abs(got-want) > 1e-3*want {
			t.Errorf("%v: length %g, its lines %g", p, got, want)
		}
		length := flat.Length()
		if got, want := p.Area(), flat.Area(); math.Abs(got-want) > 1e-3*length {
			t.Errorf("%v: area %g, its lines %g", p, got, want)
		}
		got, want := p.Bounds(), flat.Bounds()
		for _, d := range []float64{got.Min.X - want.Min.X, got.Min.Y - want.Min.Y, got.Max.X - want.Max.X, got.Max.Y - want.Max.Y} {
			if math.Abs(d) > 1e-3 {
				t.Errorf("%v: bounds %v, its lines %v", p, got, want)
			}
		}
	}
}

func TestMeasuresOfKnownShapes(t *testing.T) {
	t.Parallel()
	square := artwork.Path{Closed: true, Points: []artwork.Point{pt(1000, 1000), pt(1010, 1000), pt(1010, 1010), pt(1000, 1010)}}
	clockwise := artwork.Path{Closed: true, Points: []artwork.Point{pt(0, 0), pt(0, 10), pt(10, 10), pt(10, 0)}}
	for name, c := range map[string]struct {
		path         artwork.Path
		length, area float64
	}{
		"nothing":          {artwork.Path{}, 0, 0},
		"a dot":            {artwork.Path{Points: []artwork.Point{pt(3, 3)}, Closed: true}, 0, 0},
		"square":           {square, 40, 100},
		"clockwise square": {clockwise, 40, -100},
		"circle":           {circle(7, 9, 5), 10 * math.Pi, 25 * math.Pi},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := c.path.Length(); math.Abs(got-c.length) > 1e-9 {
				t.Errorf("length %g, want %g", got, c.length)
			}
			if got := c.path.Area(); math.Abs(got-c.area) > 1e-9 {
				t.Errorf("area %g, want %g", got, c.area)
			}
		})
	}
	if !(artwork.Path{}).Bounds().Empty() || (artwork.Shape{Paths: []artwork.Path{square, clockwise}}).Bounds() != (artwork.Box{Max: pt(1010, 1010)}) {
		t.Error("bounds of nothing or of two squares are wrong")
	}
}

func TestStraightPathsAreNotCopied(t *testing.T) {
	t.Parallel()
	p := artwork.Path{Points: []artwork.Point{pt(0, 0), pt(1, 1)}, Verbs: []artwork.Verb{artwork.LineTo}}
	if got := p.Flatten(0.1); &got.Points[0] != &p.Points[0] || got.Verbs != nil {
		t.Error("a straight path was copied, or kept its verbs")
	}
}

func TestValidate(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		path artwork.Path
		want string
	}{
		"no points":        {artwork.Path{}, "no points"},
		"not a number":     {artwork.Path{Points: []artwork.Point{pt(0, 0), pt(math.NaN(), 0)}}, "point 1"},
		"infinite":         {artwork.Path{Points: []artwork.Point{pt(0, math.Inf(-1))}}, "point 0"},
		"too few points":   {cubicPath(pt(0, 0), pt(1, 1)), "need 4 points, but it has 2"},
		"too many points":  {artwork.Path{Points: []artwork.Point{pt(0, 0), pt(1, 1)}, Verbs: []artwork.Verb{}}, "need 1 points"},
		"verb of tomorrow": {artwork.Path{Points: []artwork.Point{pt(0, 0), pt(1, 1)}, Verbs: []artwork.Verb{7}}, "unknown"},
		"lines":            {artwork.Path{Points: []artwork.Point{pt(0, 0), pt(1, 1), pt(2, 0)}}, ""},
		"circle":           {circle(0, 0, 1), ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := c.path.Validate()
			if c.path.Valid() != (c.want == "") || (err == nil) != (c.want == "") {
				t.Fatalf("error %v, want %q", err, c.want)
			}
			if err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestSegments(t *testing.T) {
	t.Parallel()
	p := artwork.Path{
		Points: []artwork.Point{pt(0, 0), pt(1, 0), pt(2, 1), pt(3, 0), pt(4, 1), pt(5, 1), pt(6, 0)},
		Verbs:  []artwork.Verb{artwork.LineTo, artwork.ArcTo, artwork.CubicTo},
	}
	var got []string
	for s := range p.Segments() {
		got = append(got, fmt.Sprint(s.Verb, s.Start(), s.End()))
	}
	if want := "[0 {0 0} {1 0} 2 {1 0} {3 0} 1 {3 0} {6 0}]"; fmt.Sprint(got) != want {
		t.Errorf("segments %v, want %v", got, want)
	}
}
