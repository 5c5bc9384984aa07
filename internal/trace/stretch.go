package trace

import (
	"math"

	"github.com/mapwright/mapwright/internal/planar"
)

// stretch is the part of a path between two distances from its start, grid
// units. Its ends are rounded to the grid; nil when they coincide.
func stretch(path planar.Path, from, to float64) planar.Path {
	var out planar.Path
	add := func(p planar.Point) {
		if len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	at := 0.0
	for i := 1; i < len(path) && at < to; i++ {
		a, b := path[i-1], path[i]
		next := at + distance(a, b)
		if next > from {
			if at <= from {
				add(between(a, b, from-at))
			}
			if next <= to {
				add(b)
			} else {
				add(between(a, b, to-at))
			}
		}
		at = next
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// between is the grid point at a distance from a towards b.
func between(a, b planar.Point, d float64) planar.Point {
	length := distance(a, b)
	if length == 0 {
		return a
	}
	t := d / length
	return planar.Point{
		X: a.X + int32(math.RoundToEven(float64(b.X-a.X)*t)),
		Y: a.Y + int32(math.RoundToEven(float64(b.Y-a.Y)*t)),
	}
}

func distance(a, b planar.Point) float64 {
	dx, dy := float64(b.X)-float64(a.X), float64(b.Y)-float64(a.Y)
	return math.Sqrt(float64(dx*dx) + float64(dy*dy))
}
