package planar

// outline is the borders of all strips, and how they go on from one to another.
type outline struct {
	strips  []*borders
	arrived []site // the borders that lead into the next strip
	turns   []site // where borders go on in another strip: the next of the first is -2, then -3
}

// site is where a border is: in which strip, and its index there. That of no
// border is in the strip -1.
type site struct{ strip, at int32 }

// add takes the borders of the next strip.
func (o *outline) add(b *borders) {
	b.arrived = o.arrived
	strip := int32(len(o.strips))
	o.strips = append(o.strips, b)
	for _, l := range b.late {
		o.link(o.site(strip, l.from), o.site(strip, l.to), l.forks)
	}
	o.arrived = make([]site, len(b.leave))
	for k, mark := range b.leave {
		o.arrived[k] = o.site(strip, mark)
	}
	b.late, b.leave = nil, nil
}

// site is that of a border which a strip knows by a mark.
func (o *outline) site(strip, mark int32) site {
	switch {
	case mark >= 0:
		return site{strip, mark}
	case mark == -1:
		return site{-1, -1}
	}
	return o.strips[strip].arrived[-2-mark]
}

func (o *outline) edge(s site) *border { return &o.strips[s.strip].edges[s.at] }

// link lets a border go on with another one.
func (o *outline) link(from, to site, forks bool) {
	o.edge(to).forks = forks
	if from.strip == to.strip {
		o.edge(from).next = to.at
		return
	}
	o.edge(from).next = int32(-2 - len(o.turns))
	o.turns = append(o.turns, to)
}

// next is where the border at a site goes on.
func (o *outline) next(s site) site {
	next := o.edge(s).next
	if next < 0 {
		return o.turns[-2-next]
	}
	return site{s.strip, next}
}
