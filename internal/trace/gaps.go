package trace

import (
	"math"

	"github.com/mapwright/mapwright/internal/planar"
)

// gapSet chooses where cuts stay open.
type gapSet struct {
	width float64 // of a gap, grid units
	paths []planar.Path
}

func newGapSet(width float64) *gapSet { return &gapSet{width: width} }

// addEvenly spreads gaps evenly along a closed path, turned so that the worst
// of them lies as straight as can be; fewer where they would be more than half
// of the path.
func (g *gapSet) addEvenly(path planar.Path, count int) {
	length := planar.Length(path)
	count = max(1, min(count, int(length/(2*g.width))))
	const turns = 24
	share := length / float64(count)
	best, straightest := 0.0, -1.0
	for t := range turns {
		from := share * float64(t) / turns
		worst := math.Inf(1)
		for k := range count {
			worst = math.Min(worst, g.straight(path, from+float64(share*float64(k)), length))
		}
		if worst > straightest+1e-6 {
			best, straightest = from, worst
		}
	}
	for k := range count {
		g.paths = append(g.paths, stretchAround(path, best+float64(share*float64(k)), g.width, length))
	}
}

// straight tells how straight a closed path runs around a gap that starts at a
// distance: 1 is quite straight.
func (g *gapSet) straight(path planar.Path, from, length float64) float64 {
	// A little more than the gap, so that it keeps away from corners.
	p := stretchAround(path, from-g.width/4, 1.5*g.width, length)
	if len(p) < 2 {
		return 0
	}
	return distance(p[0], p[len(p)-1]) / math.Max(1, planar.Length(p))
}

// stretchAround is the stretch of a closed path from a distance on, also over its
// start.
func stretchAround(path planar.Path, from, size, length float64) planar.Path {
	from = math.Mod(math.Mod(from, length)+length, length)
	if from+size <= length {
		return stretch(path, from, from+size)
	}
	head, tail := stretch(path, from, length), stretch(path, 0, from+size-length)
	if len(head) == 0 || len(tail) == 0 {
		return append(head, tail...)
	}
	return append(head, tail[1:]...)
}

// addFarthest adds a gap to the shell of a piece, as far from all gaps as can
// be.
func (g *gapSet) addFarthest(piece planar.Polygon) {
	shell := closedPaths([]planar.Polygon{piece})[0]
	length := planar.Length(shell)
	const places = 48
	best, most := 0.0, -1.0
	for t := range places {
		from := length * float64(t) / places
		at := stretchAround(shell, from+g.width/2, 1, length)
		if len(at) == 0 {
			continue
		}
		score := math.Min(g.distance(at[0]), 20*g.width) * (0.2 + g.straight(shell, from, length))
		if score > most+1e-6 {
			best, most = from, score
		}
	}
	g.paths = append(g.paths, stretchAround(shell, best, math.Min(g.width, length/2), length))
}

// distance is how far a point lies from the nearest gap.
func (g *gapSet) distance(p planar.Point) float64 {
	least := math.Inf(1)
	for _, q := range g.paths {
		if len(q) > 0 {
			least = math.Min(least, distance(p, q[len(q)/2]))
		}
	}
	return least
}

// withoutGaps leaves out of lines what runs along gaps. Lines that only cross a
// gap stay.
func withoutGaps(lines, gaps []planar.Path) []planar.Path {
	if len(gaps) == 0 || len(lines) == 0 {
		return lines
	}
	box := gaps[0].Bounds()
	for _, p := range gaps {
		box = box.Union(p.Bounds())
	}
	s := sweeper{trails: newTrails(box, nearMM*unitsPerMM)}
	for _, p := range gaps {
		s.trails.add(s.trails.newOwner(), p)
	}
	const nobody = -1
	var out []planar.Path
	for _, p := range lines {
		if runs := s.runs(p, nobody, false); len(runs) > 0 {
			out = append(out, remains(p, runs)...)
		} else {
			out = append(out, p)
		}
	}
	return out
}

// gapsIn gives the gaps that interrupt a line.
func gapsIn(lines, gaps []planar.Path) []planar.Path {
	boxes := make([]planar.Box, len(lines))
	for i, p := range lines {
		boxes[i] = p.Bounds()
	}
	in := make([]planar.Path, 0, len(gaps))
	for _, gap := range gaps {
		trail := newGapTrail(gap)
		for i, p := range lines {
			if trail.box.Meets(boxes[i]) && len(trail.runs(p)) > 0 {
				in = append(in, gap)
				break
			}
		}
	}
	return in
}

// gapTrail finds what runs along one gap.
type gapTrail struct {
	sweeper
	box planar.Box // outside of it nothing does
}

func newGapTrail(gap planar.Path) *gapTrail {
	reach, box := float64(nearMM*unitsPerMM), gap.Bounds()
	t := &gapTrail{sweeper: sweeper{trails: newTrails(box, reach)}}
	t.trails.add(t.trails.newOwner(), gap)
	more := int32(reach) + 1
	t.box = planar.Box{
		Min: planar.Point{X: box.Min.X - more, Y: box.Min.Y - more},
		Max: planar.Point{X: box.Max.X + more, Y: box.Max.Y + more},
	}
	return t
}

// runs gives the stretches of a line that a gap takes out of it.
func (t *gapTrail) runs(line planar.Path) []run {
	const nobody = -1
	return t.sweeper.runs(line, nobody, false)
}
