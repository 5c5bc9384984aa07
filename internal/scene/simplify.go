package scene

import (
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// simplifier appends simplified paths to points.
type simplifier struct{ points []artwork.Point }

// reduce appends the points of a path that are needed so that no place of it
// is further than err from what stays, and the other way round. A ring keeps
// its first point; an area keeps at least three points where it has them.
//
// From each point that stays it looks at the cone of directions that pass all
// following points within err, and goes on to the last point of a run that
// lies inside the cone and no nearer than those before it (the cone method of
// Williams 1978, Sklansky and Gonzalez 1980; the second condition makes the
// bound hold for the stretch and not only for its ray). Its time is linear.
func (s *simplifier) reduce(points []artwork.Point, err float64, closed, area bool) {
	n := len(points)
	if n < 3 {
		s.points = append(s.points, points...)
		return
	}
	start := len(s.points)
	s.points = append(s.points, points[0])
	end := n // the last index that a run may reach; n stands for the start again
	if !closed {
		end = n - 1
	}
	for i := 0; i < end; {
		i = run(points, i, end, err)
		if i < n {
			s.points = append(s.points, points[i])
		}
	}
	if area && len(s.points)-start < 3 {
		s.points = append(s.points[:start], sliver(points)...)
	}
}

// run is the furthest index, at most end, to which a straight line from
// points[i] may go.
func run(points []artwork.Point, i, end int, err float64) int {
	a := points[i]
	var left, right artwork.Point // the cone, where narrow is set
	narrow, far := false, 0.0
	for j := i + 1; j <= end; j++ {
		q := points[j%len(points)]
		d := artwork.Point{X: q.X - a.X, Y: q.Y - a.Y}
		square := d.X*d.X + d.Y*d.Y
		if square < far || narrow && (cross(right, d) < 0 || cross(d, left) < 0) {
			return j - 1
		}
		if square <= err*err {
			continue
		}
		far = square
		length := math.Sqrt(square)
		sin := err / length
		cos := math.Sqrt(1 - sin*sin)
		l := artwork.Point{X: d.X*cos - d.Y*sin, Y: d.X*sin + d.Y*cos}
		r := artwork.Point{X: d.X*cos + d.Y*sin, Y: d.Y*cos - d.X*sin}
		if !narrow || cross(left, l) < 0 {
			left = l
		}
		if !narrow || cross(right, r) > 0 {
			right = r
		}
		narrow = true
	}
	return end
}

// sliver is a ring so thin that two of its points would do as a line: these
// two, and the ones furthest from the line on either side.
func sliver(points []artwork.Point) []artwork.Point {
	a, far := 0, 0
	for i, q := range points {
		if dist(points[a], q) > dist(points[a], points[far]) {
			far = i
		}
	}
	d := artwork.Point{X: points[far].X - points[a].X, Y: points[far].Y - points[a].Y}
	one, other := a, a
	lo, hi := 0.0, 0.0
	for i, q := range points {
		c := cross(d, artwork.Point{X: q.X - points[a].X, Y: q.Y - points[a].Y})
		if c < lo {
			one, lo = i, c
		}
		if c > hi {
			other, hi = i, c
		}
	}
	out := []artwork.Point{points[a]}
	if one != a {
		out = append(out, points[one])
	}
	out = append(out, points[far])
	if other != a {
		out = append(out, points[other])
	}
	return out
}

func cross(a, b artwork.Point) float64 { return a.X*b.Y - a.Y*b.X }

func dist(a, b artwork.Point) float64 { return math.Hypot(b.X-a.X, b.Y-a.Y) }
