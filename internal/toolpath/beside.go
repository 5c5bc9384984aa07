package toolpath

import (
	"math"

	"github.com/mapwright/mapwright/internal/planar"
)

// besides tells of lines that run beside each other longer as curves than they
// did before: it looks at how much of a curve, and of the lines that it stands
// for, lies near other lines.
type besides struct {
	draft, before *draft
	apart         float64 // grid units
}

// newBesides looks at the lines of a draft, not at borders of areas.
func newBesides(d *draft, apart float64) *besides {
	lines := make([][]piece, len(d.net.chains))
	for i := range d.net.chains {
		if c := &d.net.chains[i]; !c.fill {
			lines[i] = c.lines()
		}
	}
	return &besides{d, newDraft(d.net, lines), apart}
}

// neighbours gives the curves that a part of a line runs beside for longer than
// before, and the part itself; none where all is well.
func (b *besides) neighbours(p *part) []*part {
	const (
		less  = 0.95              // as curves they may come a little nearer
		slack = 0.02 * unitsPerMM // what the steps leave open
	)
	c := &b.draft.net.chains[p.chain]
	flat := b.draft.flat(p)
	var curves []*part
	other := func(q *part) bool {
		return q != p && !b.draft.net.chains[q.chain].fill
	}
	now := lengthNear(flat, b.draft, b.apart*less, other, func(q *part) {
		if q.drawn {
			curves = append(curves, q)
		}
	})
	if now <= slack {
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
	was := lengthNear(span, b.before, b.apart, func(q *part) bool {
		if q.chain != p.chain {
			return true
		}
		i := int(q.index)
		if from < to {
			return i < from || i >= to
		}
		return i >= to && i < from
	}, nil)
	if now <= was+slack {
		return nil
	}
	return append(curves, p)
}

// lengthNear is how much of a line lies within reach of the parts of a draft
// that count. It tells found of each of those.
func lengthNear(line []planar.Point, d *draft, reach float64, counts func(*part) bool, found func(*part)) float64 {
	const step = 32
	margin := int32(math.Ceil(reach))
	sum := 0.0
	seen := map[*part]bool{}
	for i := 1; i < len(line); i++ {
		a, b := vecOf(line[i-1]), vecOf(line[i])
		box := planar.Path(line[i-1 : i+1]).Bounds()
		box.Min.X, box.Min.Y = box.Min.X-margin, box.Min.Y-margin
		box.Max.X, box.Max.Y = box.Max.X+margin, box.Max.Y+margin
		var beside []*part
		d.cells.within(box, func(j int32) {
			if q := &d.parts[j]; overlap(q.box, box) && counts(q) {
				beside = append(beside, q)
			}
		})
		if len(beside) == 0 {
			continue
		}
		n := int(a.distance(b)/step) + 1
		for k := range n {
			m := a.plus(b.minus(a).times((float64(k) + 0.5) / float64(n)))
			near := false
			for _, q := range beside {
				if d.reaches(q, m, reach) {
					near = true
					if found != nil && !seen[q] {
						seen[q] = true
						found(q)
					}
				}
			}
			if near {
				sum += a.distance(b) / float64(n)
			}
		}
	}
	return sum
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
