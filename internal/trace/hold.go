package trace

import (
	"context"
	"math"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// hold draws layers of one board, and looks at what is drawn for pieces that
// fall out of layers with bridges. Of the lines none did, but curves do not lie
// quite where the lines did: a piece that hung on by a hair, or was too small to
// count as one, may be free. It gets one more bridge, and all is drawn again.
func (s *Scene) hold(ctx context.Context, works []*work) error {
	const rounds = 12
	loose := make([][]planar.Polygon, len(works))
	bridges := make([]int, len(works))
	for i, w := range works {
		bridges[i] = len(w.gaps)
	}
	for round := 0; ; round++ {
		if err := s.fit(ctx, works); err != nil {
			return err
		}
		var gaps []planar.Path
		for i, w := range works {
			if !w.bridged() {
				continue
			}
			lines := w.drawnLines()
			var err error
			if loose[i], err = w.loosePieces(ctx, pathsOf(lines)); err != nil {
				return err
			}
			more, n := w.gapsFor(loose[i], lines)
			if round < rounds {
				gaps = append(gaps, more...)
				w.gaps = append(w.gaps[:len(w.gaps):len(w.gaps)], more...)
				bridges[i] += n
			}
		}
		if len(gaps) == 0 {
			break
		}
		leaveGaps(works, gaps)
	}
	for i, w := range works {
		w.noteHeld(bridges[i], loose[i])
	}
	return nil
}

// noteHeld tells how many bridges were left in the layer's cuts, and of pieces
// that fall out all the same.
func (w *work) noteHeld(bridges int, loose []planar.Polygon) {
	if bridges > 0 {
		width, narrower := w.settings.numbers["bridge-width"], ""
		if slices.ContainsFunc(w.gaps, func(gap planar.Path) bool { return planar.Length(gap) < 0.9*w.gapWidth() }) {
			narrower = ", and narrower in outlines that are too short"
		}
		w.add(KindBridged, bridges, w.gaps[0][0], "%s left in the cuts so that nothing falls out, %g mm wide%s.",
			plural(bridges, "bridge"), width, narrower)
	}
	if len(loose) > 0 {
		largest := largestOf(loose)
		w.add(KindLoose, len(loose), loose[largest][0][0], "%s will fall out all the same: there is no room for bridges.",
			plural(len(loose), "piece"))
	}
}

// drawnLine is a line as it burns, and the line that it was drawn for.
type drawnLine struct {
	path planar.Path
	of   planar.Path
}

// drawnLines gives the lines that bridges may interrupt as they were drawn, in
// short straight lines. The shapes must not be in machine order yet.
func (w *work) drawnLines() []drawnLine {
	const err = 0.001 // mm: well below what a piece hangs on
	drilled := w.drilled()
	lines := make([]drawnLine, 0, len(w.lines))
	for i, p := range w.lines {
		if !drilled(p) {
			lines = append(lines, drawnLine{gridPath(w.shapes[i].Paths[0].Flatten(err)), p})
		}
	}
	return lines
}

// gridPath gives a path of straight lines in grid units; a closed one repeats its
// start.
func gridPath(p artwork.Path) planar.Path {
	out := make(planar.Path, 0, len(p.Points)+1)
	for _, q := range p.Points {
		if at := planar.FromMM(q.X, q.Y); len(out) == 0 || out[len(out)-1] != at {
			out = append(out, at)
		}
	}
	if p.Closed && out[0] != out[len(out)-1] {
		out = append(out, out[0])
	}
	return out
}

func pathsOf(lines []drawnLine) []planar.Path {
	paths := make([]planar.Path, len(lines))
	for i, l := range lines {
		paths[i] = l.path
	}
	return paths
}

// gapsFor finds a place for one more bridge to each loose piece, and tells to
// how many there is one. The gaps lie on the lines that the drawn ones stand
// for.
func (w *work) gapsFor(loose []planar.Polygon, lines []drawnLine) (gaps []planar.Path, held int) {
	const tries = 12
	set := newGapSet(w.gapWidth())
	set.paths = append(set.paths, w.gaps...)
	for _, p := range loose {
		for range tries {
			set.addFarthest(p)
			if found := gapsAlong(set.paths[len(set.paths)-1], lines); len(found) > 0 {
				gaps = append(gaps, found...)
				held++
				break
			}
		}
	}
	return gaps, held
}

// gapsAlong carries a gap in drawn lines over to the lines that they stand for:
// to around where each comes nearest to its middle.
func gapsAlong(gap planar.Path, lines []drawnLine) []planar.Path {
	trail := newGapTrail(gap)
	var gaps []planar.Path
	for _, l := range lines {
		if !trail.box.Meets(l.path.Bounds()) {
			continue
		}
		for _, r := range trail.runs(l.path) {
			size, length := r.to-r.from, planar.Length(l.of)
			middle := stretch(l.path, (r.from+r.to)/2, r.to)
			if len(middle) == 0 {
				continue
			}
			from := nearestAlong(l.of, middle[0]) - size/2
			found := stretch(l.of, from, from+size)
			if l.of.Closed() {
				found = stretchAround(l.of, from, math.Min(size, length), length)
			}
			if len(found) > 0 && len(newGapTrail(found).runs(l.of)) > 0 {
				gaps = append(gaps, found)
			}
		}
	}
	return gaps
}

// nearestAlong is how far along a path it comes nearest to a point.
func nearestAlong(path planar.Path, p planar.Point) float64 {
	best, least, at := 0.0, math.Inf(1), 0.0
	for i := 1; i < len(path); i++ {
		a, b := path[i-1], path[i]
		length := distance(a, b)
		dx, dy := float64(b.X-a.X), float64(b.Y-a.Y)
		along := float64(dx*float64(p.X-a.X)) + float64(dy*float64(p.Y-a.Y))
		along = math.Max(0, math.Min(length, along/math.Max(1, length)))
		if d := distance(p, between(a, b, along)); d < least {
			best, least = at+along, d
		}
		at += length
	}
	return best
}
