package planar

import (
	"math/rand/v2"

	"pgregory.net/rapid"
)

// drawRings makes rings on a small lattice, where shared points, edges that
// run along each other, spikes and self-crossings are common. The lattice is
// stretched, and its points are shaken by a few units, so that copies nearly
// coincide.
func drawRings(t *rapid.T, label string) []Ring {
	cells := rapid.Int32Range(2, 9).Draw(t, label+" lattice")
	stretch := rapid.SampledFrom([]int32{1, 3, 1000, 1 << 24}).Draw(t, label+" stretch")
	shake := int32(0)
	if stretch > 3 {
		shake = rapid.SampledFrom([]int32{0, 1, 2}).Draw(t, label+" shake")
	}
	point := rapid.Custom(func(t *rapid.T) Point {
		return Point{
			rapid.Int32Range(0, cells).Draw(t, "x")*stretch + rapid.Int32Range(-shake, shake).Draw(t, "dx"),
			rapid.Int32Range(0, cells).Draw(t, "y")*stretch + rapid.Int32Range(-shake, shake).Draw(t, "dy"),
		}
	})
	ring := rapid.Custom(func(t *rapid.T) Ring { return rapid.SliceOfN(point, 1, 12).Draw(t, "points") })
	return rapid.SliceOfN(ring, 0, 4).Draw(t, label)
}

// randomRings is drawRings from a plain source, for the many cases that are
// judged outside. The kinds differ in what is hard about them.
func randomRings(r *rand.Rand) []Ring {
	cells := 2 + r.Int32N(8)
	stretch := []int32{1, 7, 1000, 1 << 16, 1 << 24}[r.IntN(5)]
	shake := r.Int32N(3)
	if stretch == 1 {
		shake = 0
	}
	point := func() Point {
		return Point{
			r.Int32N(cells+1)*stretch + r.Int32N(2*shake+1) - shake,
			r.Int32N(cells+1)*stretch + r.Int32N(2*shake+1) - shake,
		}
	}
	var rings []Ring
	for range 1 + r.IntN(3) {
		if len(rings) > 0 && r.IntN(3) == 0 { // nearly the ring before
			last := rings[len(rings)-1]
			copied := make(Ring, len(last))
			for i, p := range last {
				copied[i] = Point{p.X + r.Int32N(3) - 1, p.Y + r.Int32N(3) - 1}
			}
			rings = append(rings, copied)
			continue
		}
		ring := make(Ring, 3+r.IntN(8))
		for i := range ring {
			ring[i] = point()
			if i > 1 && r.IntN(8) == 0 { // a spike
				ring[i] = ring[i-2]
			}
		}
		rings = append(rings, ring)
	}
	return rings
}

// randomPaths makes paths of the same kinds.
func randomPaths(r *rand.Rand) []Path {
	var paths []Path
	for _, ring := range randomRings(r) {
		path := Path(ring)
		if r.IntN(4) == 0 {
			path = append(path, ring[0])
		}
		paths = append(paths, path)
	}
	return paths
}
