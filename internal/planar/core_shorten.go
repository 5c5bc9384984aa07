package planar

import "slices"

// patch is a rectangle of the lattice.
type patch struct{ row0, row1, col0, col1 int }

// near is the patch that noding may move a point to.
func (k *core) near(p Point) patch {
	return patch{k.row(p.Y - drift), k.row(p.Y + drift), k.col(p.X - drift), k.col(p.X + drift)}
}

// with is the patch around both.
func (c patch) with(d patch) patch {
	return patch{min(c.row0, d.row0), max(c.row1, d.row1), min(c.col0, d.col0), max(c.col1, d.col1)}
}

// grows tells whether a patch of the core may become a larger one.
func (k *core) grows(c, d patch) bool {
	if c == d {
		return true
	}
	for r := d.row0; r <= d.row1; r++ {
		if r < c.row0 || r > c.row1 {
			if !k.covers(r, d.col0, d.col1) {
				return false
			}
		} else if !k.covers(r, d.col0, c.col0-1) || !k.covers(r, c.col1+1, d.col1) {
			return false
		}
	}
	return true
}

// holdsAll tells whether a patch is in the core.
func (k *core) holdsAll(c patch) bool {
	if c.row0 == c.row1 && c.col0 == c.col1 {
		return k.at(c.row0, c.col0)
	}
	for r := c.row0; r <= c.row1; r++ {
		if !k.covers(r, c.col0, c.col1) {
			return false
		}
	}
	return true
}

// shorten adds the segments of a ring, with one in place of all that stay in a
// patch of the core.
func (k *core) shorten(segs []segment, r Ring, step winding) []segment {
	if k == nil {
		return appendRing(segs, r, step)
	}
	start := slices.IndexFunc(r, func(p Point) bool { return !k.holdsAll(k.near(p)) })
	if start < 0 { // it lies in the core
		if k.stays(r) {
			return segs
		}
		return appendRing(segs, r, step)
	}
	from, held := r[start], false // whether all around it is in the core
	here := k.near(from)
	var to Point // the end of a short cut from there, if there is one, and where that lies
	var within patch
	cut := false
	for i := range r {
		if i += start + 1; i >= len(r) {
			i -= len(r)
		}
		p := r[i]
		if !k.at(k.row(p.Y), k.col(p.X)) { // as most that are kept
			if cut {
				segs = appendSegment(segs, from, to, step)
				from, cut = to, false
			}
			segs = appendSegment(segs, from, p, step)
			from, held = p, false
			continue
		}
		next := k.near(p)
		if cut {
			if wider := within.with(next); k.grows(within, wider) {
				to, within = p, wider
				continue
			}
			segs = appendSegment(segs, from, to, step)
			from, here, held, cut = to, k.near(to), true, false
		}
		if held {
			if wider := here.with(next); k.grows(here, wider) {
				to, within, cut = p, wider, true
				continue
			}
		}
		segs = appendSegment(segs, from, p, step)
		from, here, held = p, next, k.holdsAll(next)
	}
	return segs
}

// stays tells whether a ring lies in one patch of the core.
func (k *core) stays(r Ring) bool {
	if len(r) == 0 {
		return true
	}
	all := k.near(r[0])
	for _, p := range r {
		all = all.with(k.near(p))
	}
	return k.holdsAll(all)
}
