package lettering

import (
	"math"
	"sort"

	"github.com/mapwright/mapwright/internal/planar"
)

// curve is the line that a text follows, mm, with the distance of each point
// from the start.
type curve struct {
	points []Vec
	from   []float64
}

// smooth gives a path without the small corners that would make letters
// stagger: its points at equal distances, each moved to the mean of those
// around it, twice. The ends stay. It tells how far it moved any point.
func smooth(path planar.Path, size float64) curve {
	raw := newCurve(mm(path))
	// A window of about two letters rounds a corner without leaving the street.
	const window = 4
	step := size / 4
	n := max(2, int(math.Round(raw.length()/step)))
	even := make([]Vec, n+1)
	for i := range even {
		even[i] = raw.at(raw.length() * float64(i) / float64(n))
	}
	return newCurve(mean(mean(even, window), window))
}

// mean moves each point to the mean of those up to reach places around it;
// near the ends the window narrows.
func mean(points []Vec, reach int) []Vec {
	out := make([]Vec, len(points))
	for i := range points {
		r := min(reach, i, len(points)-1-i)
		var sum Vec
		for _, p := range points[i-r : i+r+1] {
			sum.X += p.X
			sum.Y += p.Y
		}
		n := float64(2*r + 1)
		out[i] = Vec{sum.X / n, sum.Y / n}
	}
	return out
}

func mm(path planar.Path) []Vec {
	out := make([]Vec, len(path))
	for i, p := range path {
		out[i].X, out[i].Y = p.MM()
	}
	return out
}

func newCurve(points []Vec) curve {
	c := curve{points, make([]float64, len(points))}
	for i := 1; i < len(points); i++ {
		c.from[i] = c.from[i-1] + length(sub(points[i], points[i-1]))
	}
	return c
}

func (c curve) length() float64 { return c.from[len(c.from)-1] }

// at is the point at a distance from the start.
func (c curve) at(s float64) Vec {
	last := len(c.points) - 1
	i := min(max(sort.SearchFloat64s(c.from, s), 1), last)
	a, b := c.points[i-1], c.points[i]
	span := c.from[i] - c.from[i-1]
	if span == 0 {
		return a
	}
	t := min(max((s-c.from[i-1])/span, 0), 1)
	return Vec{a.X + float64(t*(b.X-a.X)), a.Y + float64(t*(b.Y-a.Y))}
}

// reversed is the curve the other way round.
func (c curve) reversed() curve {
	n := len(c.points)
	out := curve{make([]Vec, n), make([]float64, n)}
	for i := range n {
		out.points[i] = c.points[n-1-i]
		out.from[i] = c.length() - c.from[n-1-i]
	}
	return out
}
