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

// TestLinesThatLostTheirCurveRunBesideNothing draws a bend with few points, a
// wave beside it, and ends of lines that are in the bend's way as a curve: it
// becomes lines again after the wave was found good beside its curve.
func TestLinesThatLostTheirCurveRunBesideNothing(t *testing.T) {
	t.Parallel()
	const apart, near, crossing, more = 0.032, 0.03, 0.25, 0.06 // mm
	tried := 0
	for seed := range 8000 {
		rng := rand.New(rand.NewPCG(uint64(seed), 2))
		bend := polyline(10, 20, 11+0.5*rng.Float64(), 20.05+0.15*rng.Float64(), 13, 20)
		a, b, c, d := 0.03*rng.Float64(), 1+2*rng.Float64(), 6*rng.Float64(), 0.1*rng.Float64()
		wave := curve(12, func(t float64) (x, y float64) {
			return 10.2 + 2.5*t, 20 + d + a*math.Sin(b*2*math.Pi*t+c) + 0.1*math.Sin(3*t+c)
		})
		strokes := []Stroke{{Path: bend, Error: 0.05}, {Path: wave, Error: 0.05}}
		for range 6 {
			x, y := 10.1+2.8*rng.Float64(), 20.02+0.16*rng.Float64()
			strokes = append(strokes, Stroke{Path: polyline(x, y, x, 25)})
		}
		was := longestBeside(wave, bend, apart)
		if was > crossing {
			continue
		}
		tried++
		got := fit(t, strokes, Options{Apart: apart, Crossing: crossing})
		if now := longestBeside(flatOnGrid(got[1]), flatOnGrid(got[0]), near); now > crossing+more {
			t.Errorf("seed %d: %.3f mm of the wave run beside the bend, of the lines %.3f", seed, now, was)
		}
	}
	if tried < 1000 {
		t.Errorf("only %d of the waves were beside no bend", tried)
	}
}

// longestBeside is how long a path stays within reach of a line, mm.
func longestBeside(p, line planar.Path, reach float64) float64 {
	run, longest := 0.0, 0.0
	for i := 1; i < len(p); i++ {
		from, to := vecOf(p[i-1]), vecOf(p[i])
		const parts = 50
		for k := range parts {
			m := from.plus(to.minus(from).times((float64(k) + 0.5) / parts))
			if !nearLine(m, line, reach*unitsPerMM) {
				run = 0
				continue
			}
			run += from.distance(to) / parts / unitsPerMM
			longest = max(longest, run)
		}
	}
	return longest
}

func nearLine(m vec, line planar.Path, reach float64) bool {
	for i := 1; i < len(line); i++ {
		if fromSegment(m, vecOf(line[i-1]), vecOf(line[i])) <= reach {
			return true
		}
	}
	return false
}

// flatOnGrid gives a drawn path as short lines.
func flatOnGrid(p artwork.Path) (out planar.Path) {
	for _, m := range p.Flatten(0.0005).Points {
		out = append(out, planar.FromMM(m.X, m.Y))
	}
	return out
}
