package preflight

import (
	"context"
	"fmt"
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// linesTwice finds stretches that burn twice: where a line runs within the
// tolerance of another one, or of itself, in either direction, for longer than
// a crossing takes (ten tolerances).
//
// It walks along every line in small steps and asks at each how near the others
// are; the parts that no other line comes near, nearly all, it passes at once.
// A stretch that two lines share is told of the one that burns later.
func (c *checker) linesTwice(ctx context.Context) ([]located, error) {
	var spots []spot
	for _, board := range c.boards {
		lines := c.lines(board)
		near := newIndex(lines, c.options.Tolerance)
		found := make([][]spot, (len(lines)+chunk-1)/chunk)
		err := each(ctx, len(found), func(i int) error {
			w := walker{c: c, lines: lines, near: near.finder()}
			for k := i * chunk; k < min(len(lines), (i+1)*chunk); k++ {
				if err := ctx.Err(); err != nil {
					return err
				}
				found[i] = append(found[i], w.walk(k)...)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			spots = append(spots, f...)
		}
	}
	return c.report(telling{
		kind: DoubleBurn,
		message: func(g group) string {
			return fmt.Sprintf("%s would burn twice, %.1f mm in all; the longest, %.2f mm, also burns in %s.",
				counted(g.count, "stretch of line", "stretches of line"), g.sum, g.worst.size, g.worst.note)
		},
		fix:      "Export these layers in one job, which burns shared lines once, or take one of the lines away.",
		remedies: c.burnOnce,
	}, spots), nil
}

// chunk is how many lines one goroutine takes at a time.
const chunk = 512

// burnOnce gives what helps where a layer burns something twice.
func (c *checker) burnOnce(group) []Remedy {
	return []Remedy{option(Merge, "Merge what touches", "merge-gap", "0.1"), hide()}
}

// walker follows lines.
type walker struct {
	c     *checker
	lines []line
	near  *finder
	close []int32 // segments near the one that is followed
}

// walk follows one line and gives the stretches that burn twice.
func (w *walker) walk(i int) []spot {
	l := w.lines[i]
	longest := 10 * w.c.options.Tolerance
	var spots []spot
	start, other, later := -1.0, -1, false
	end := func(at float64) {
		if start >= 0 && at-start > longest && later {
			note := fmt.Sprintf("%q", w.c.art.Layers[w.lines[other].layer].Name)
			if other == i {
				note = "the same line"
			}
			spots = append(spots, spot{layer: l.layer, board: l.board, at: along(l.points, start), size: at - start, note: note})
		}
		start, other, later = -1, -1, false
	}
	last := 0.0
	look := func(p artwork.Point, at float64) {
		j := w.lowest(p, i, at)
		if j < 0 {
			end(last)
		} else {
			if start < 0 {
				start = at
			}
			if j <= i {
				later, other = true, j
			}
		}
		last = at
	}
	for k := w.near.first[i]; k < w.near.first[i+1]; k++ {
		s := &w.near.segments[k]
		if s.length == 0 {
			continue
		}
		if w.gather(s); len(w.close) == 0 {
			end(last)
			last = s.from + s.length
			continue
		}
		if k == w.near.first[i] {
			look(s.a, 0)
		}
		n := int(math.Ceil(s.length / (w.c.options.Tolerance / 2)))
		for m := 1; m <= n; m++ {
			part := float64(m) / float64(n)
			look(between(s.a, s.b, part), s.from+float64(part*s.length))
		}
	}
	end(last)
	return spots
}

// gather finds the segments that come within the tolerance of one, but for the
// neighbours that it hangs on.
func (w *walker) gather(s *segment) {
	reach := w.c.options.Tolerance
	w.close = w.close[:0]
	for _, n := range w.near.near(s.a, s.b, reach) {
		o := &w.near.segments[n]
		if boxesApart(s.a, s.b, o.a, o.b, reach) {
			continue
		}
		a := s.a
		if o.line == s.line {
			// Only what lies far enough behind along the line counts.
			from := o.from + o.length + 4*reach - s.from
			if from > s.length+1e-9 {
				continue
			}
			a = between(s.a, s.b, max(0, from-1e-9)/s.length)
		}
		if apart(a, s.b, o.a, o.b) <= reach+1e-9 {
			w.close = append(w.close, n)
		}
	}
}

// lowest gives the number of a line that passes within the tolerance of a
// point, the lowest of them, or -1. The point lies on line i, whose own parts
// count when they are far from it along the line.
func (w *walker) lowest(p artwork.Point, i int, at float64) int {
	found := -1
	for _, n := range w.close {
		s := &w.near.segments[n]
		if found >= 0 && int(s.line) >= found || int(s.line) == i && w.neighbouring(s, at, w.lines[i]) {
			continue
		}
		if fromSegment(p, s.a, s.b) <= w.c.options.Tolerance {
			found = int(s.line)
		}
	}
	return found
}

// neighbouring tells whether the part of a segment that could be met again from
// a place on the same line is too near along the line, or comes later: of two
// parts that burn the same, the later one is told of.
func (w *walker) neighbouring(s *segment, at float64, l line) bool {
	apart := 4 * w.c.options.Tolerance
	return s.from+s.length > at-apart || l.closed && s.from+l.length-at < apart
}
