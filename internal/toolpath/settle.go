package toolpath

import (
	"context"
	"slices"
)

// settle draws curves again, more closely, that leave the frame or cross what
// they did not cross as lines. It ends, because a stretch that was drawn again
// a few times keeps its lines.
func (n *net) settle(ctx context.Context, fitted [][]piece, o Options) error {
	todo := make([]bool, len(n.chains))
	for i := range todo {
		todo[i] = true
	}
	for {
		d := newDraft(n, fitted)
		wrong, err := d.faults(ctx, todo, o)
		if err != nil || len(wrong) == 0 {
			return err
		}
		clear(todo)
		for _, p := range wrong {
			n.chains[p.chain].tighten(fitted[p.chain][p.index])
			todo[p.chain] = true
		}
		var again []int
		for i, t := range todo {
			if t {
				again = append(again, i)
			}
		}
		err = parallel(ctx, len(again), func() func(i int) {
			var f fitter
			return func(i int) { fitted[again[i]] = f.fit(&n.chains[again[i]]) }
		})
		if err != nil {
			return err
		}
	}
}

// tighten lowers the error of the points that a piece stands for.
func (c *chain) tighten(p piece) {
	if c.tight == nil {
		c.tight = make([]uint8, len(c.points))
	}
	from, to := c.find(p.start()), c.find(p.end())
	if from < 0 || to < 0 || c.loop && from == to {
		from, to = 0, len(c.points)-1 // a circle
	}
	for i := from; ; i = (i + 1) % len(c.points) {
		c.tight[i] = min(c.tight[i]+1, asLines)
		if i == to {
			return
		}
	}
}

// find gives the index of a point of the chain, -1 if it has none there. Where
// the chain is there twice it gives the first.
func (c *chain) find(p vec) int {
	for i, q := range c.points {
		if p == q {
			return i
		}
	}
	return -1
}

// faults gives the curves of the chains to do, and those that these meet, that
// can't stay.
func (d *draft) faults(ctx context.Context, todo []bool, o Options) ([]*part, error) {
	found := make([][]*part, len(d.parts))
	// Once some are drawn again, what became lines may run beside a curve that was
	// good beside what it was before.
	again := slices.Contains(todo, false)
	var beside *besides
	if o.Apart > 0 {
		beside = newBesides(d, o)
	}
	err := parallel(ctx, len(d.parts), func() func(i int) {
		return func(i int) {
			p := &d.parts[i]
			if !todo[p.chain] {
				return
			}
			if p.drawn && o.Inside != nil && !p.inside(o.Inside) {
				found[i] = append(found[i], p)
			}
			if beside != nil && (p.drawn || again) && d.net.chains[p.chain].line {
				for _, q := range beside.neighbours(p) {
					if q.drawn {
						found[i] = append(found[i], q)
					}
				}
			}
			d.cells.near(p, func(j int32) {
				q := &d.parts[j]
				if !p.drawn && !q.drawn || int(j) == i || todo[q.chain] && int(j) < i {
					return
				}
				if d.conflict(p, q) {
					for _, r := range []*part{p, q} {
						if r.drawn {
							found[i] = append(found[i], r)
						}
					}
				}
			})
		}
	})
	var all []*part
	for _, f := range found {
		all = append(all, f...)
	}
	return all, err
}
