package preflight

import (
	"context"
	"fmt"
	"math"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// thinWebs finds material that is kept between two cuts, or two parts of one,
// that run side by side nearer than a web may be thin, for longer than half of
// that. Where cuts meet at a corner, the narrow part in the corner is none.
func (c *checker) thinWebs(ctx context.Context, s *sheet) ([]located, error) {
	if c.options.Web <= 0 {
		return nil, nil
	}
	var kept []planar.Polygon
	for i, p := range s.pieces {
		if s.kept[i] {
			kept = append(kept, p.shape)
		}
	}
	inside := planar.NewIndex(kept)
	near := newIndex(s.lines, c.options.Web)
	found := make([][]spot, (len(s.lines)+chunk-1)/chunk)
	err := each(ctx, len(found), func(i int) error {
		w := webWalker{c: c, sheet: s, near: near.finder(), kept: inside}
		for k := i * chunk; k < min(len(s.lines), (i+1)*chunk); k++ {
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
	var spots []spot
	for _, f := range found {
		spots = append(spots, f...)
	}
	return c.report(telling{
		kind: ThinWeb,
		message: func(g group) string {
			return fmt.Sprintf("%s between cuts thinner than %.3g mm may break or burn away; the thinnest has %.2f mm.",
				counted(g.count, "web", "webs"), c.options.Web, c.options.Web-g.worst.size)
		},
		fix: "Merge what is so near, engrave the layer instead of cutting it, or show less ground at a larger scale.",
		remedies: func(g group) []Remedy {
			// What is just as far apart as the limit is rounded; take a little more.
			keys := []string{"merge-gap", mm(1.05 * c.options.Web)}
			if g.worst.note != inner {
				keys = append(keys, "min-width", mm(1.05*c.options.Web)) // else pieces hang together by a thread
			}
			return []Remedy{option(Merge, "Merge what is near", keys...), engrave(), hide()}
		},
	}, spots), nil
}

// webWalker follows cuts and looks aside.
type webWalker struct {
	c     *checker
	sheet *sheet
	near  *finder
	kept  *planar.Index
	close []int32
}

// beside is the nearest cut beside a place.
type beside struct {
	at   artwork.Point
	away float64 // mm
}

// walk follows one cut and gives the webs between it and earlier ones.
func (w *webWalker) walk(i int) []spot {
	web := w.c.options.Web
	l := w.sheet.lines[i]
	var spots []spot
	if l.small {
		return nil // too small to be kept at all, and told of
	}
	start, last := -1.0, 0.0
	var worst, from artwork.Point // the narrowest place, and where on this line
	least := web
	end := func() {
		if start >= 0 && last-start >= web/2 && w.isKept(from, worst, least) {
			spots = append(spots, spot{layer: l.layer, board: l.board, at: between(from, worst, 0.5), size: web - least, note: l.setting})
		}
		start, least = -1, web
	}
	for k := w.near.first[i]; k < w.near.first[i+1]; k++ {
		s := &w.near.segments[k]
		if s.length == 0 {
			continue
		}
		if w.gather(k); len(w.close) == 0 {
			end()
			last = s.from + s.length
			continue
		}
		n := int(math.Ceil(s.length / (web / 8)))
		for m := range n {
			part := (float64(m) + 0.5) / float64(n)
			p, at := between(s.a, s.b, part), s.from+float64(part*s.length)
			b, ok := w.look(s, p, at, l)
			if !ok {
				end()
			} else {
				if start < 0 {
					start = at
				}
				if b.away < least {
					worst, from, least = b.at, p, b.away
				}
			}
			last = at
		}
	}
	end()
	return spots
}

// gather finds the segments that come as near to one as a thin web.
func (w *webWalker) gather(k int32) {
	s := &w.near.segments[k]
	web := w.c.options.Web
	w.close = w.close[:0]
	for _, n := range w.near.near(s.a, s.b, web) {
		o := &w.near.segments[n]
		if n < k && !w.sheet.lines[o.line].small && !boxesApart(s.a, s.b, o.a, o.b, web) && apart(s.a, s.b, o.a, o.b) < web {
			w.close = append(w.close, n)
		}
	}
}

// look finds the nearest earlier cut that lies beside a place, across the
// direction in which the line runs there.
func (w *webWalker) look(s *segment, p artwork.Point, at float64, l line) (beside, bool) {
	best := beside{away: w.c.options.Web}
	ok := false
	for _, n := range w.close {
		o := &w.near.segments[n]
		q := nearest(p, o.a, o.b)
		d := distance(p, q)
		if d <= w.c.options.Tolerance || d >= best.away {
			continue
		}
		along := float64((q.X-p.X)*(s.b.X-s.a.X)) + float64((q.Y-p.Y)*(s.b.Y-s.a.Y))
		if math.Abs(along) > 0.5*d*s.length {
			continue
		}
		if o.line == s.line {
			way := at - o.from - distance(o.a, q)
			if l.closed {
				way = min(way, l.length-way)
			}
			if way < max(2*w.c.options.Web, 4*d) {
				continue
			}
		}
		best, ok = beside{q, d}, true
	}
	return best, ok
}

// isKept tells whether what lies between two places is kept. What is narrower
// than the beam is burned away, and is taken for kept.
func (w *webWalker) isKept(a, b artwork.Point, away float64) bool {
	mid := between(a, b, 0.5)
	return away <= w.c.options.Kerf*1.1 || w.kept.Locate(planar.FromMM(mid.X, mid.Y)) != planar.Outside
}
