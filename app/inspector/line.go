package inspector

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// spot is a place in a picture, y down.
type spot struct{ x, y float64 }

// bend is a cubic curve as a line.
func bend(a, b, c, d spot) []spot {
	const steps = 24
	line := make([]spot, 0, steps+1)
	for i := range steps + 1 {
		t := float64(i) / steps
		u := 1 - t
		at := func(a, b, c, d float64) float64 { return u*u*u*a + 3*u*u*t*b + 3*u*t*t*c + t*t*t*d }
		line = append(line, spot{at(a.x, b.x, c.x, d.x), at(a.y, b.y, c.y, d.y)})
	}
	return line
}

func closed(parts ...[]spot) []spot {
	var all []spot
	for _, p := range parts {
		all = append(all, p[:len(p)-1]...)
	}
	return append(all, all[0])
}

func circle(at spot, r float64) []spot {
	const steps = 24
	line := make([]spot, 0, steps+1)
	for i := range steps + 1 {
		s, c := math.Sincos(2 * math.Pi * float64(i) / steps)
		line = append(line, spot{at.x + r*c, at.y + r*s})
	}
	return line
}

// beside is a line moved to its left.
func beside(line []spot, by float64) []spot {
	out := make([]spot, len(line))
	for i, p := range line {
		a, b := line[max(0, i-1)], line[min(len(line)-1, i+1)]
		length := math.Hypot(b.x-a.x, b.y-a.y)
		out[i] = spot{p.x + by*(b.y-a.y)/length, p.y - by*(b.x-a.x)/length}
	}
	return out
}

func inside(area []spot, p spot) (in bool) {
	for i := 1; i < len(area); i++ {
		a, b := area[i-1], area[i]
		if (a.y > p.y) != (b.y > p.y) && p.x < (b.x-a.x)*(p.y-a.y)/(b.y-a.y)+a.x {
			in = !in
		}
	}
	return in
}

// d writes a closed shape.
func d(line []spot) string {
	var b strings.Builder
	for i, p := range line {
		c := 'L'
		if i == 0 {
			c = 'M'
		}
		fmt.Fprintf(&b, "%c%.2f %.2f", c, p.x, p.y)
	}
	b.WriteString("Z")
	return b.String()
}

// finely gives a line more points.
func finely(line []spot) []spot {
	const pieces = 8
	var out []spot
	for i := 1; i < len(line); i++ {
		for k := range pieces {
			t := float64(k) / pieces
			out = append(out, spot{line[i-1].x + t*(line[i].x-line[i-1].x), line[i-1].y + t*(line[i].y-line[i-1].y)})
		}
	}
	return append(out, line[len(line)-1])
}

// apart is how far a place lies from a line.
func apart(p spot, line []spot) float64 {
	least := math.Inf(1)
	for i := 1; i < len(line); i++ {
		a, dx, dy := line[i-1], line[i].x-line[i-1].x, line[i].y-line[i-1].y
		t := 0.0
		if square := dx*dx + dy*dy; square > 0 {
			t = max(0, min(1, ((p.x-a.x)*dx+(p.y-a.y)*dy)/square))
		}
		x, y := p.x-a.x-t*dx, p.y-a.y-t*dy
		least = min(least, x*x+y*y)
	}
	return math.Sqrt(least)
}

// stretched is an area made larger or smaller around the middle of the picture.
func stretched(area []spot, k float64) []spot {
	out := make([]spot, len(area))
	for i, p := range area {
		out[i] = spot{pictureWidth/2 + k*(p.x-pictureWidth/2), pictureHeight/2 + k*(p.y-pictureHeight/2)}
	}
	return out
}

func rounded(x0, y0, x1, y1, r float64) []spot {
	var line []spot
	for i, c := range []spot{{x0 + r, y0 + r}, {x1 - r, y0 + r}, {x1 - r, y1 - r}, {x0 + r, y1 - r}} {
		for k := range 7 {
			sin, cos := math.Sincos(math.Pi + math.Pi/2*(float64(i)+float64(k)/6))
			line = append(line, spot{c.x + r*cos, c.y + r*sin})
		}
	}
	return line
}

// hole is an area wound the other way around, which leaves it free.
func hole(area []spot) string {
	turned := slices.Clone(area)
	if winding(turned) > 0 {
		slices.Reverse(turned)
	}
	return d(turned)
}

func winding(area []spot) float64 {
	sum := 0.0
	for i, p := range area {
		q := area[(i+1)%len(area)]
		sum += p.x*q.y - q.x*p.y
	}
	return sum
}

func star(at spot, r float64) []spot {
	line := make([]spot, 0, 10)
	for i := range 10 {
		sin, cos := math.Sincos(math.Pi * float64(i) / 5)
		k := r
		if i%2 == 1 {
			k = r * 0.45
		}
		line = append(line, spot{at.x + k*sin, at.y - k*cos})
	}
	return line
}
