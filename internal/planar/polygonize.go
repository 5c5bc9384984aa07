package planar

import "sync"

// polygonizeStrips nodes segments in strips of so many and returns the polygons
// of the area inside.
func polygonizeStrips(pc *pace, segs pages, area rule, per int) ([]Polygon, error) {
	d, err := newDivided(pc, segs, per)
	if err != nil {
		return nil, err
	}
	a := &assembly{
		divided: d, rule: area,
		swept:   make([]*borders, len(d.strips)),
		awaited: sync.Cond{L: new(sync.Mutex)},
		noded:   make([]bool, len(d.strips)),
		sewing:  sewing{divided: d, open: make([]int, len(d.strips))},
	}
	// Two things are done with every strip, whoever does which with which of them.
	err = inParallel(len(d.strips), func(int) error {
		if err := a.work(pc); err != nil {
			return err
		}
		return a.work(pc)
	})
	if err != nil {
		return nil, err
	}
	return a.outline.polygons(pc)
}

// assembly makes borders of an input in strips. A strip is swept as soon as it
// and those that its edges lead on to are noded: while a core still has its
// points at hand, and its room can be used for another one.
type assembly struct {
	*divided
	rule

	joint   sync.Mutex // guards these
	swept   []*borders // of the strips that are; nil for others
	outline outline    // of the first ones of them

	awaited sync.Cond // some strip may be ready, or work has failed; it guards what follows
	next    int       // the strip to be noded next
	noded   []bool
	sewing  sewing
	ready   []int // strips to be swept
	failed  bool
}

// work nodes a strip or sweeps one.
func (a *assembly) work(pc *pace) (err error) {
	defer func() {
		if err != nil {
			a.awaited.L.Lock()
			a.failed = true
			a.awaited.L.Unlock()
			a.awaited.Broadcast()
		}
	}()
	sweep, k := a.take()
	switch {
	case k < 0: // somebody else has failed
		return nil
	case sweep:
		b, err := a.strips[k].borders(newPace(pc.ctx), a.rule)
		a.strips[k].giveBack()
		if err == nil {
			a.join(k, &b)
		}
		return err
	}
	a.strips[k].borrow()
	err = a.node(pc, k, func(n *noder, t *strip) error { return n.connect(t) })
	if err == nil {
		a.sew(k)
	}
	return err
}

// take waits for a strip to be swept or noded.
func (a *assembly) take() (sweep bool, k int) {
	a.awaited.L.Lock()
	defer a.awaited.L.Unlock()
	for len(a.ready) == 0 && a.next == len(a.strips) && !a.failed {
		a.awaited.Wait()
	}
	switch {
	case a.failed:
		return false, -1
	case len(a.ready) > 0:
		k, a.ready = a.ready[0], a.ready[1:]
		return true, k
	}
	a.next++
	return false, a.next - 1
}

// sew leads edges on to a noded strip as soon as all before it are noded, and
// to those behind it.
func (a *assembly) sew(k int) {
	a.awaited.L.Lock()
	defer a.awaited.L.Unlock()
	a.noded[k] = true
	before := len(a.ready)
	for a.sewing.next < len(a.strips) && a.noded[a.sewing.next] {
		for first, end := a.sewing.sew(); first < end; first++ {
			a.ready = append(a.ready, first)
		}
	}
	if len(a.ready) > before {
		a.awaited.Broadcast()
	}
}

// join adds borders to the outline as soon as those of all strips before are
// there, and those behind them.
func (a *assembly) join(k int, b *borders) {
	a.joint.Lock()
	defer a.joint.Unlock()
	a.swept[k] = b
	for at := len(a.outline.strips); at < len(a.swept) && a.swept[at] != nil; at++ {
		a.outline.add(a.swept[at])
	}
}
