package toolpath

import (
	"math"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
)

// besides tells of lines that run beside each other longer as curves than they
// did before: it looks at how much of a curve, and of the lines that it stands
// for, lies near other lines.
type besides struct {
	draft, before *draft
	apart         float64 // grid units
	crossing      float64 // grid units
}

// newBesides looks at the lines of a draft, not at what is a border of areas only.
func newBesides(d *draft, o Options) *besides {
	lines := make([][]piece, len(d.net.chains))
	for i := range d.net.chains {
		if c := &d.net.chains[i]; c.line {
			lines[i] = c.lines()
		}
	}
	return &besides{d, newDraft(d.net, lines), o.Apart * unitsPerMM, o.Crossing * unitsPerMM}
}

// neighbours gives the curves that a part of a line runs beside for longer than
// before, and the part itself; none where all is well.
func (b *besides) neighbours(p *part) []*part {
	const less = 0.95 // as curves they may come a little nearer
	c := &b.draft.net.chains[p.chain]
	flat := b.draft.flat(p)
	// What the steps leave open: little of a short curve, for a run may go on
	// over many of them.
	slack := min(0.02*unitsPerMM, 0.05*planar.Length(flat))
	var curves []*part
	other := func(q *part) bool {
		return q != p && b.draft.net.chains[q.chain].line
	}
	now := runsNear(flat, b.draft, b.apart*less, other, func(q *part) {
		if q.drawn {
			curves = append(curves, q)
		}
	})
	now = slices.DeleteFunc(now, func(r nearRun) bool { return r.length <= slack })
	if len(now) == 0 {
		return nil
	}
	from, to := c.find(vecOf(flat[0])), c.find(vecOf(flat[len(flat)-1]))
	if from < 0 || to < 0 {
		from, to = 0, 0
	}
	span := planar.Path{}
	for i := from; ; i = (i + 1) % len(c.points) {
		span = append(span, b.draft.net.at(b.draft.net.ids[p.chain][i]))
		if i == to && len(span) > 1 {
			break
		}
	}
	was := runsNear(span, b.before, b.apart, func(q *part) bool {
		if q.chain != p.chain {
			return true
		}
		i := int(q.index)
		if from < to {
			return i < from || i >= to
		}
		return i >= to && i < from
	}, nil)
	for _, r := range now {
		// Each run for itself: what another one lost elsewhere is no room for it.
		room, longest := slack, b.crossing
		around := grown(r.box, 2*b.apart)
		for _, w := range was {
			if overlap(w.box, around) {
				room += w.length
				longest = max(longest, w.length)
			}
		}
		// Nor may runs that were crossings one by one become one.
		if r.length > min(room, longest+slack) {
			return append(curves, p)
		}
	}
	return nil
}

// nearRun is a stretch of a line that lies near others.
type nearRun struct {
	box    planar.Box
	length float64
}

// runsNear gives the stretches of a line that lie within reach of the parts of a
// draft that count. It tells found of each of those.
func runsNear(line []planar.Point, d *draft, reach float64, counts func(*part) bool, found func(*part)) []nearRun {
	const step = 32
	var runs []nearRun
	on := false // the last of them goes on
	seen := map[*part]bool{}
	for i := 1; i < len(line); i++ {
		a, b := vecOf(line[i-1]), vecOf(line[i])
		box := grown(planar.Path(line[i-1:i+1]).Bounds(), reach)
		var beside []*part
		d.cells.within(box, func(j int32) {
			if q := &d.parts[j]; overlap(q.box, box) && counts(q) {
				beside = append(beside, q)
			}
		})
		if len(beside) == 0 {
			on = false
			continue
		}
		n := int(a.distance(b)/step) + 1
		for k := range n {
			m := a.plus(b.minus(a).times((float64(k) + 0.5) / float64(n)))
			was := on
			on = false
			for _, q := range beside {
				if d.reaches(q, m, reach) {
					on = true
					if found != nil && !seen[q] {
						seen[q] = true
						found(q)
					}
				}
			}
			if !on {
				continue
			}
			at := planar.Point{X: int32(m.x), Y: int32(m.y)}
			if !was {
				runs = append(runs, nearRun{box: planar.Box{Min: at, Max: at}})
			}
			r := &runs[len(runs)-1]
			r.length += a.distance(b) / float64(n)
			r.box = r.box.Union(planar.Box{Min: at, Max: at})
		}
	}
	return runs
}

// grown is a box with so much more on each side.
func grown(b planar.Box, by float64) planar.Box {
	d := int32(math.Ceil(by))
	return planar.Box{
		Min: planar.Point{X: b.Min.X - d, Y: b.Min.Y - d},
		Max: planar.Point{X: b.Max.X + d, Y: b.Max.Y + d},
	}
}

// reaches tells whether a place lies within reach of a part.
func (d *draft) reaches(p *part, m vec, reach float64) bool {
	flat := d.flat(p)
	for i := 1; i < len(flat); i++ {
		if fromSegment(m, vecOf(flat[i-1]), vecOf(flat[i])) <= reach {
			return true
		}
	}
	return false
}
