// Package synth makes synthetic streets for tests and benchmarks. Nothing in
// the product uses it.
package synth

import (
	"math"
	"math/rand/v2"

	"github.com/mapwright/mapwright/internal/planar"
)

const (
	block    = 80.0           // metres between crossings
	scale    = 10000          // of the map, 1:10,000
	repeat   = 25             // after so many streets one runs along another one
	perMetre = 1000.0 / scale // millimetres on the board for a metre on the ground
	strays   = 2.5            // metres that a bend strays from a straight line
)

// Metres gives a length on the ground in grid units of the board.
func Metres(m float64) float64 { return m * perMetre / planar.Unit }

// Streets makes n streets of a town with blocks of 80 m, at a scale of
// 1:10,000: jittered crossings, bends, ends that overrun, stretches that run
// twice, diagonals.
func Streets(n int, seed uint64) []planar.Path {
	t := town{r: rand.New(rand.NewPCG(seed, 0)), n: n}
	t.side = int(math.Ceil(math.Sqrt(float64(n)/2))) + 1
	for i := range t.side {
		for j := range t.side {
			t.crossings = append(t.crossings, spot{
				float64(i)*block + 9*t.r.NormFloat64(),
				float64(j)*block + 9*t.r.NormFloat64(),
			})
		}
	}
	for i := range t.side {
		for j := range t.side {
			if len(t.streets)%repeat == repeat-1 {
				t.again()
			}
			t.street(i, j, i+1, j)
			t.street(i, j, i, j+1)
		}
	}
	for len(t.streets) < n {
		i, j := t.r.IntN(t.side-1), t.r.IntN(t.side-1)
		t.street(i, j, i+1, j+1)
	}
	return t.streets
}

// spot is a place in metres.
type spot struct{ x, y float64 }

type town struct {
	r         *rand.Rand
	n, side   int
	crossings []spot
	streets   []planar.Path
}

// street adds one between two crossings, where they exist and it is wanted.
func (t *town) street(i, j, k, l int) {
	if k >= t.side || l >= t.side || len(t.streets) >= t.n {
		return
	}
	a, b := t.crossings[i*t.side+j], t.crossings[k*t.side+l]
	dx, dy := b.x-a.x, b.y-a.y
	length := math.Hypot(dx, dy)
	ux, uy := dx/length, dy/length
	over := 12*t.r.Float64() - 2
	start := -over * t.r.Float64()
	end := length + over
	pieces := 2 + t.r.IntN(4)
	var p planar.Path
	for s := range pieces + 1 {
		along := start + (end-start)*float64(s)/float64(pieces)
		off := 0.0
		if s > 0 && s < pieces {
			off = strays * t.r.NormFloat64()
		}
		p = append(p, planar.FromMM((a.x+ux*along-uy*off)*perMetre, (a.y+uy*along+ux*off)*perMetre))
	}
	t.streets = append(t.streets, p)
}

// again adds a stretch of an earlier street once more.
func (t *town) again() {
	if len(t.streets) == 0 || len(t.streets) >= t.n {
		return
	}
	p := t.streets[t.r.IntN(len(t.streets))]
	t.streets = append(t.streets, append(planar.Path(nil), p[:2+t.r.IntN(len(p)-1)]...))
}
