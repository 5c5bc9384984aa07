package trace

import (
	"cmp"
	"math"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
)

// run is a stretch of a path that burns already, as distances from its start.
// What is cut away lies between cutFrom and cutTo, where the path meets the
// one that burns, if that is near the run's ends.
type run struct {
	from, to       float64
	cutFrom, cutTo float64
}

// span is an interval of distances along a path.
type span struct{ from, to float64 }

// runs finds the stretches of a path that are long enough to be double burns.
// With own, the path's own earlier parts count too.
func (s *sweeper) runs(path planar.Path, owner int32, own bool) []run {
	near, touching := s.spans(path, owner, own)
	length := planar.Length(path)
	near, touching = joined(near, length), joined(touching, length)
	var out []run
	for i, n := range near {
		size := n.to - n.from
		if path.Closed() && len(near) > 1 {
			// A run over the start of a closed path is one.
			first, last := near[0], near[len(near)-1]
			if first.from <= 0 && last.to >= length && (i == 0 || i == len(near)-1) {
				size = first.to + length - last.from
			}
		}
		whole := n.from <= 0 && n.to >= length
		if size > overlapMM*unitsPerMM || whole {
			out = append(out, shrink(n, touching, length))
		}
	}
	return out
}

// spans collects where a path lies near kept ones, and where it touches them.
func (s *sweeper) spans(path planar.Path, owner int32, own bool) (near, touching []span) {
	length, closed := planar.Length(path), path.Closed()
	s.trails.split(path, func(p trail) {
		size := p.to - p.from
		s.trails.near(p, func(q *trail) {
			least, most := math.Inf(-1), math.Inf(1)
			if q.owner == owner {
				if !own {
					return
				}
				least = q.to + turnMM*unitsPerMM
				if closed {
					most = length + q.from - turnMM*unitsPerMM
				}
				if least >= p.to || most <= p.from {
					return
				}
			}
			collect := func(to []span, r float64) []span {
				lo, hi, ok := nearPart(p.a, p.b, q.a, q.b, r)
				from, until := math.Max(p.from+lo*size, least), math.Min(p.from+hi*size, most)
				if !ok || from > until {
					return to
				}
				return append(to, span{from, until})
			}
			before := len(near)
			if near = collect(near, nearMM*unitsPerMM); len(near) > before {
				touching = collect(touching, touchMM*unitsPerMM)
			}
		})
	})
	return near, touching
}

// joined sorts intervals along a path and joins those that meet. What comes
// near an end of the path reaches it.
func joined(spans []span, length float64) []span {
	const slack = 1 // grid unit: pieces were rounded where they were split
	for i, s := range spans {
		if s.from < slack {
			spans[i].from = 0
		}
		if s.to > length-slack {
			spans[i].to = length
		}
	}
	slices.SortFunc(spans, func(a, b span) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.from <= out[n-1].to+slack {
			out[n-1].to = math.Max(out[n-1].to, s.to)
		} else {
			out = append(out, s)
		}
	}
	return out
}

// shrink moves the ends of a run to where the path meets the other one, if
// that is near. An end of the path itself stays.
func shrink(n span, touching []span, length float64) run {
	const farthest = 3 * nearMM * unitsPerMM
	r := run{from: n.from, to: n.to, cutFrom: n.from, cutTo: n.to}
	i, _ := slices.BinarySearchFunc(touching, n.from, func(t span, at float64) int { return cmp.Compare(t.to, at) })
	for ; i < len(touching) && touching[i].from < n.to; i++ {
		t := touching[i]
		if r.cutFrom == n.from && t.from > n.from && t.from-n.from <= farthest && n.from > 0 {
			r.cutFrom = t.from
		}
		if n.to-t.to <= farthest && t.to < n.to && n.to < length {
			r.cutTo = t.to
		}
	}
	if r.cutFrom > r.cutTo {
		r.cutFrom, r.cutTo = n.from, n.to
	}
	return r
}

// remains gives what is left of a path without runs. Crumbs go too.
func remains(path planar.Path, runs []run) []planar.Path {
	length := planar.Length(path)
	var left []span
	at := 0.0
	for _, r := range runs {
		left = append(left, span{at, r.cutFrom})
		at = r.cutTo
	}
	left = append(left, span{at, length})
	wrap := path.Closed() && runs[0].from > 0 && runs[len(runs)-1].to < length
	var out []planar.Path
	for i, s := range left {
		piece := stretch(path, s.from, s.to)
		switch {
		case wrap && i == 0:
			continue
		case wrap && i == len(left)-1:
			head := stretch(path, left[0].from, left[0].to)
			piece = append(piece, head[min(1, len(head)):]...)
		}
		if planar.Length(piece) >= leftoverMM*unitsPerMM {
			out = append(out, piece)
		}
	}
	return out
}
