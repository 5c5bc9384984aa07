package planar

import "math"

// connect makes the edges of a noded strip, not yet merged.
func (n *noder) connect(t *strip) error {
	g := &t.graph
	g.points = t.points
	off := zeroed(g.off, len(t.points)+2)
	g.count(off, &n.chains, n.segs)
	t.spans = t.spans[:0]
	for i := range n.segs {
		s := &n.segs[i]
		if s.a.X >= t.left && s.b.X < t.right {
			continue
		}
		chain := n.chains.chain(i)
		if len(chain) == 0 {
			continue
		}
		last := chain[len(chain)-1]
		t.spans = append(t.spans, span{int32(i), chain[0], last, -1})
		if s.b.X >= t.right {
			off[last+2]++
		}
	}
	g.open(off)
	if err := g.fill(n.pc, off, &n.chains, n.segs); err != nil {
		return err
	}
	for i := range t.spans {
		sp := &t.spans[i]
		if s := &n.segs[sp.seg]; s.b.X >= t.right {
			at := &off[sp.last+1]
			g.edges[*at] = edge{step: s.step}
			sp.edge = *at
			*at++
		}
	}
	g.off = off[:len(off)-1]
	return nil
}

// sewing joins noded strips from left to right.
type sewing struct {
	*divided
	next  int       // the strip to be sewn next
	ahead []reached // segments that reach further than the last one, by index
	open  []int     // how many of those were last seen in each strip
	done  int       // strips to which nothing more will be sewn
}

// reached is where a segment was last seen.
type reached struct{ seg, strip, span int32 }

// sew leads the edges that reach on to the next strip, and returns the strips to
// which nothing more will be sewn: from the first one to the last.
func (m *sewing) sew() (first, end int) {
	t, k := &m.strips[m.next], int32(m.next)
	before := m.ahead
	m.ahead = make([]reached, 0, len(before)+len(t.spans))
	for i := range t.spans {
		to := &t.spans[i]
		origin := t.segs[to.seg]
		for len(before) > 0 && before[0].seg < origin {
			m.ahead, before = append(m.ahead, before[0]), before[1:]
		}
		s := m.segs.at(origin)
		if s.a.X < t.left {
			m.bridge(before[0], m.next, to.first, s.step)
			m.open[before[0].strip]--
			before = before[1:]
		}
		if s.b.X >= t.right {
			m.ahead = append(m.ahead, reached{origin, k, int32(i)})
			m.open[k]++
		}
	}
	m.ahead = append(m.ahead, before...)
	m.next++
	first = m.done
	for m.done < m.next && m.open[m.done] == 0 {
		m.done++
	}
	return first, m.done
}

// bridge leads a span on to a vertex of strip k.
func (d *divided) bridge(at reached, k int, to int32, step winding) {
	from, target := &d.strips[at.strip], d.strips[k].points[to]
	sp := &from.spans[at.span]
	g := &from.graph
	g.edges[sp.edge].to = int32(len(g.points))
	g.points = append(g.points, target)
	b := bridge{from.points[sp.last], target, math.MaxInt32, step}
	for between := int(at.strip) + 1; between < k; between++ {
		d.strips[between].into = append(d.strips[between].into, b)
	}
	b.to = to
	d.strips[k].into = append(d.strips[k].into, b)
}

// chains collects the chains of noded strips for one arrangement.
type chains []arrangement

// keep copies what the noder knows of a strip.
func (c chains) keep(n *noder, t *strip, k int) error {
	c[k] = arrangement{t.points, append([]int32(nil), n.chains.ids...), append([]int32(nil), n.chains.off...)}
	return nil
}

// join puts the chains of n segments together.
func (c chains) join(d *divided, n int) (*arrangement, error) {
	total, ids := 0, 0
	for k := range c {
		total += len(c[k].points)
		ids += len(c[k].ids)
	}
	if total > math.MaxInt32 || ids > math.MaxInt32 {
		return nil, ErrTooLarge
	}
	if len(c) == 1 {
		return &c[0], nil
	}
	a := &arrangement{points: make([]Point, 0, total), ids: make([]int32, ids), off: make([]int32, n+1)}
	for k := range c {
		for i, o := range d.strips[k].segs {
			a.off[o+1] += int32(len(c[k].chain(i)))
		}
	}
	next := offsets(a.off)
	for k := range c {
		first := int32(len(a.points))
		a.points = append(a.points, c[k].points...)
		for i, o := range d.strips[k].segs {
			for _, id := range c[k].chain(i) {
				a.ids[next[o]] = first + id
				next[o]++
			}
		}
	}
	return a, nil
}
