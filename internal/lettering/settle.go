package lettering

import (
	"cmp"
	"context"
	"slices"
)

// Wish is a name that wants one place of several.
type Wish struct {
	// Rank decides who gives way: the higher one stays.
	Rank float64
	// Key orders wishes of one rank, so that their order in the map does not
	// count; wishes of one key keep their order.
	Key string
	// Places are in the order of their cost, the best first.
	Places []*Placed
	// Apart keeps wishes of one Key at least so far apart, mm, from middle to
	// middle; 0 for any distance.
	Apart float64
}

// Settle gives each wish one of its places, so that no two labels come nearer
// than gap mm to each other, and none meets what is taken already (nil for
// nothing). It answers with the place of each wish, nil where there was no room.
//
// Wishes choose by rank. One that finds no place asks whether a single one in
// its way can move to another place that is free: one step of a chain of
// ejections.
//
// It stops with the error of the context.
func Settle(ctx context.Context, wishes []Wish, taken *Taken, gap float64) ([]*Placed, error) {
	s := &settling{
		wishes: wishes, taken: taken, gap: gap, chosen: make([]*Placed, len(wishes)),
		cells: newCells(cellSize), byKey: map[string][]int{},
	}
	order := make([]int, len(wishes))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(wishes[b].Rank, wishes[a].Rank), cmp.Compare(wishes[a].Key, wishes[b].Key))
	})
	for _, i := range order {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s.choose(i)
	}
	for _, i := range order {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if s.chosen[i] == nil {
			s.eject(i)
		}
	}
	return s.chosen, nil
}

const cellSize = 4.0 // mm

type settling struct {
	wishes []Wish
	taken  *Taken
	gap    float64
	chosen []*Placed
	cells  *cells
	byKey  map[string][]int // wishes of a key that have a place
}

// choose gives a wish its best free place.
func (s *settling) choose(i int) bool {
	for _, p := range s.wishes[i].Places {
		if s.taken.meets(s.wide(p)) {
			continue
		}
		if blocking := s.blocking(i, p); len(blocking) == 0 {
			s.put(i, p)
			return true
		}
	}
	return false
}

// blocking lists who is in the way of a place, each once; more than two are
// not counted on.
func (s *settling) blocking(i int, p *Placed) []int {
	const enough = 2
	var who []int
	for _, k := range s.byKey[s.wishes[i].Key] {
		if k != i && s.chosen[k] != nil && length(sub(s.chosen[k].Middle(), p.Middle())) < s.wishes[i].Apart {
			who = append(who, k)
		}
	}
	s.cells.hits(s.wide(p), func(owner int) bool {
		if owner != i && !slices.Contains(who, owner) {
			who = append(who, owner)
		}
		return len(who) < enough
	})
	return who
}

// wide gives the quads of a place with the gap around them.
func (s *settling) wide(p *Placed) []Quad {
	out := make([]Quad, len(p.Quads))
	for i, q := range p.Quads {
		out[i] = q.grown(s.gap)
	}
	return out
}

func (s *settling) put(i int, p *Placed) {
	s.chosen[i] = p
	s.cells.add(i, p.Quads)
	s.byKey[s.wishes[i].Key] = append(s.byKey[s.wishes[i].Key], i)
}

func (s *settling) take(i int) *Placed {
	p := s.chosen[i]
	s.chosen[i] = nil
	s.cells.remove(i)
	key := s.wishes[i].Key
	s.byKey[key] = slices.DeleteFunc(s.byKey[key], func(k int) bool { return k == i })
	return p
}

// eject gives a wish a place that one other leaves for another place of its
// own. Where that one finds none, all stays as it was.
func (s *settling) eject(i int) {
	for _, p := range s.wishes[i].Places {
		if s.taken.meets(s.wide(p)) {
			continue
		}
		who := s.blocking(i, p)
		if len(who) != 1 {
			continue
		}
		other := who[0]
		was := s.take(other)
		s.put(i, p)
		if s.choose(other) {
			return
		}
		s.take(i)
		s.put(other, was)
	}
}

// grown gives a quad with room around it.
func (q Quad) grown(by float64) Quad {
	if by == 0 {
		return q
	}
	along := unit(sub(q[1], q[0]))
	up := Vec{-along.Y, along.X}
	out := q
	for i, s := range []Vec{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}} {
		out[i] = Vec{
			q[i].X + (float64(by*s.X*along.X) + float64(by*s.Y*up.X)),
			q[i].Y + (float64(by*s.X*along.Y) + float64(by*s.Y*up.Y)),
		}
	}
	return out
}
