package toolpath

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// TestCurvesRunBesideNothingNew draws waves that cross lines at small angles and
// come near them, some of them borders of areas too: no curve may run beside a
// line for longer than the wave did there.
func TestCurvesRunBesideNothingNew(t *testing.T) {
	t.Parallel()
	const apart, near, more = 0.032, 0.03, 0.06 // mm
	for seed := range 60 {
		rng := rand.New(rand.NewPCG(uint64(seed), 1))
		a, b, c := 0.03+0.15*rng.Float64(), 1+2*rng.Float64(), 6*rng.Float64()
		wave := curve(60, func(t float64) (x, y float64) {
			return 10 + 12*t, 20 + a*math.Sin(b*2*math.Pi*t+c) + 0.1*math.Sin(9*t+c)
		})
		strokes := []Stroke{
			{Path: polyline(9, 20, 23, 20.1), Error: 0.05},
			{Path: polyline(9, 20.15, 23, 19.9), Error: 0.05},
			{Path: wave, Error: 0.05},
		}
		if seed%2 == 0 {
			ring := append(slices.Clone(wave), planar.FromMM(22, 40), planar.FromMM(10, 40), wave[0])
			strokes = append(strokes, Stroke{Path: ring, Fill: true, Error: 0.05})
		}
		got := fit(t, strokes, Options{Apart: apart})
		for i := range 2 {
			line := strokes[i].Path
			was := longestBeside(wave, line, apart)
			if now := longestBeside(flatOnGrid(got[2]), line, near); now > max(was, 0.2)+more {
				t.Errorf("seed %d: %.3f mm of the curve run beside line %d, of the wave %.3f", seed, now, i, was)
			}
		}
	}
}

// longestBeside is how long a path stays within reach of a line, mm.
func longestBeside(p, line planar.Path, reach float64) float64 {
	a, b := vecOf(line[0]), vecOf(line[1])
	run, longest := 0.0, 0.0
	for i := 1; i < len(p); i++ {
		from, to := vecOf(p[i-1]), vecOf(p[i])
		const parts = 50
		for k := range parts {
			m := from.plus(to.minus(from).times((float64(k) + 0.5) / parts))
			if fromSegment(m, a, b) > reach*unitsPerMM {
				run = 0
				continue
			}
			run += from.distance(to) / parts / unitsPerMM
			longest = max(longest, run)
		}
	}
	return longest
}

// flatOnGrid gives a drawn path as short lines.
func flatOnGrid(p artwork.Path) (out planar.Path) {
	for _, m := range p.Flatten(0.0005).Points {
		out = append(out, planar.FromMM(m.X, m.Y))
	}
	return out
}
