package toolpath

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/mapwright/mapwright/internal/planar"
)

// streets are lines as streets run: stretches of 1 to 6 mm that turn by up to
// 20° from each other.
func streets(count int) []planar.Path {
	random := rand.New(rand.NewPCG(3, 4))
	var out []planar.Path
	for range count {
		x, y, way := 100.0, 100.0, random.Float64()*2*math.Pi
		p := planar.Path{planar.FromMM(x, y)}
		for range 12 {
			size := 1 + 5*random.Float64()
			way += (random.Float64() - 0.5) * 40 * math.Pi / 180
			sin, cos := math.Sincos(way)
			x, y = x+size*cos, y+size*sin
			p = append(p, planar.FromMM(x, y))
		}
		out = append(out, p)
	}
	return out
}

// fewest is the least number of lines, arcs and cubics from point to point of a
// line that keep within the error, found by trying all: what could be had at
// best without points that the line does not have.
func fewest(p planar.Path, e float64) int {
	f := fitter{err: e * unitsPerMM}
	knots := make([]knot, len(p))
	for i, q := range p {
		knots[i] = knot{at: vecOf(q)}
	}
	least := make([]int, len(p))
	for j := 1; j < len(p); j++ {
		least[j] = math.MaxInt
		for i := range j {
			one := j == i+1
			if !one {
				span := knots[i : j+1]
				_, one = f.freeCubic(span)
				if !one {
					arc, ok := arcThrough(span[0].at, span[len(span)/2].at, span[len(span)-1].at)
					one = ok && f.fits(arc, span) || f.fits(line(span[0].at, span[len(span)-1].at, false), span)
				}
			}
			if one {
				least[j] = min(least[j], least[i]+1)
			}
		}
	}
	return least[len(p)-1]
}

// TestStreetsGetNearlyTheFewestPieces: each needless node is a place where a
// machine slows down and a maker who edits the file has to look.
func TestStreetsGetNearlyTheFewestPieces(t *testing.T) {
	t.Parallel()
	got, best := 0, 0
	for _, p := range streets(200) {
		got += Nodes(fit(t, []Stroke{{Path: p, Error: 0.05}}, Options{})[0]) - 1
		best += fewest(p, 0.05)
	}
	t.Logf("%d pieces, %d at best", got, best)
	if float64(got) > 1.05*float64(best) {
		t.Errorf("%d pieces, want at most a twentieth more than %d", got, best)
	}
}

// TestOneCurveForSlightBends: long stretches that hardly turn are one curve, also
// though each is so straight that it would be taken for a line.
func TestOneCurveForSlightBends(t *testing.T) {
	t.Parallel()
	p := polyline(10, 10, 16, 10, 20, 10.2, 26, 10.8)
	if n := Nodes(fit(t, []Stroke{{Path: p, Error: 0.05}}, Options{})[0]); n != 2 {
		t.Errorf("%d nodes for three stretches in a slight bend, want the two ends", n)
	}
}

// TestNoCurveRoundsACorner that could be seen.
func TestNoCurveRoundsACorner(t *testing.T) {
	t.Parallel()
	p := polyline(10, 10, 10.15, 10, 10.15, 10.15, 20, 10.15)
	got := fit(t, []Stroke{{Path: p, Error: 0.05}}, Options{})[0]
	if got.Verbs != nil || len(got.Points) != 4 {
		t.Errorf("a step of 0.15 mm came out as %v", got)
	}
}
