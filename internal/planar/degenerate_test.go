package planar

import (
	"math"
	"math/rand/v2"
)

// degenerate makes two sets of rings that are hard in one of several ways.
// They are what maps have too: borders drawn twice, streets along borders,
// sea and land cut apart a hair off.
func degenerate(r *rand.Rand) (subject, clip []Ring) {
	switch r.IntN(7) {
	case 0:
		return randomRings(r), randomRings(r)
	case 1:
		return tiles(r), tiles(r)
	case 2:
		return slivers(r), slivers(r)
	case 3:
		a := randomRings(r)
		return a, shaken(r, a, 1)
	case 4:
		return stars(r), stars(r)
	case 5:
		return combs(r), combs(r)
	}
	a := tiles(r)
	return a, append(shaken(r, a, r.Int32N(3)), stars(r)...)
}

// tiles share edges, whole and in parts, and repeat.
func tiles(r *rand.Rand) []Ring {
	side := []int32{3, 50, 4096, 1 << 20}[r.IntN(4)]
	var rings []Ring
	for range 2 + r.IntN(7) {
		x, y := r.Int32N(5)*side, r.Int32N(5)*side
		t := rect(x, y, x+(1+r.Int32N(3))*side, y+(1+r.Int32N(3))*side)
		if r.IntN(3) == 0 {
			t = Ring{t[0], t[1], t[2]} // a half, with a shared diagonal
		}
		if r.IntN(2) == 0 {
			t = reversed(t)
		}
		rings = append(rings, t)
	}
	return rings
}

// slivers are long triangles with all but no width, fans of them from one
// point, and lines there and back.
func slivers(r *rand.Rand) []Ring {
	long := int32(1) << (4 + r.IntN(22))
	at := Point{r.Int32N(long), r.Int32N(long)}
	var rings []Ring
	for range 1 + r.IntN(6) {
		b := Point{at.X + r.Int32N(2*long) - long, at.Y + r.Int32N(2*long) - long}
		c := Point{b.X + r.Int32N(5) - 2, b.Y + r.Int32N(5) - 2}
		rings = append(rings, Ring{at, b, c})
		if r.IntN(3) == 0 {
			at = b
		}
	}
	return rings
}

// shaken are copies with every point moved by up to so much.
func shaken(r *rand.Rand, rings []Ring, by int32) []Ring {
	out := make([]Ring, len(rings))
	for i, ring := range rings {
		out[i] = make(Ring, len(ring))
		for k, p := range ring {
			out[i][k] = Point{p.X + r.Int32N(2*by+1) - by, p.Y + r.Int32N(2*by+1) - by}
		}
		if r.IntN(4) == 0 {
			out[i] = reversed(out[i])
		}
	}
	return out
}

// stars cross themselves many times and wind around their middle often.
func stars(r *rand.Rand) []Ring {
	size := math.Ldexp(1+r.Float64(), 3+r.IntN(22)) // the same on every processor
	n := 5 + 2*r.IntN(12)
	turns := 1 + r.IntN(n/2)
	at := vector{r.Float64(), r.Float64()}.times(size)
	var ring Ring
	for i := range n {
		v := compass(360 * float64(i*turns%n) / float64(n)).times(size)
		ring = append(ring, Point{snap(at.x + v.x), snap(at.y + v.y)})
	}
	if r.IntN(3) == 0 { // spikes out of its corners
		k := r.IntN(n)
		ring = append(ring[:k+1], append(Ring{{ring[k].X * 2, ring[k].Y}, ring[k]}, ring[k+1:]...)...)
	}
	return []Ring{ring}
}

// combs have teeth along one line, so that many edges lie on it.
func combs(r *rand.Rand) []Ring {
	pitch := int32(1) << r.IntN(16)
	dx, dy := pitch*(1+r.Int32N(3)), pitch*r.Int32N(3)
	var rings []Ring
	for i := range 2 + r.Int32N(8) {
		a := Point{i * dx, i * dy}
		b := Point{a.X + dx*(1+r.Int32N(3)), a.Y + dy*(1+r.Int32N(3))}
		rings = append(rings, Ring{a, b, {b.X - dy - r.Int32N(pitch+1), b.Y + dx}, {a.X - dy, a.Y + dx}})
	}
	return rings
}
