package toolpath

import (
	"context"
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// stop is a shape as a place to go to.
type stop struct {
	first, last artwork.Point
	nodes       []artwork.Point // of a closed path: where it may start
	turns       bool            // it may start elsewhere or be reversed
}

// visit is a stop on a tour.
type visit struct {
	stop     int32
	entry    int32 // of a closed path: the node
	backward bool
}

func newStop(s *artwork.Shape) stop {
	var st stop
	for _, p := range s.Paths {
		if len(p.Points) == 0 {
			continue
		}
		if st.nodes == nil {
			st.first = p.Points[0]
			st.nodes = p.Points[:1]
		}
		if st.last = p.Points[len(p.Points)-1]; p.Closed {
			st.last = p.Points[0]
		}
	}
	if st.turns = len(s.Paths) == 1 && !s.Fill && len(s.Paths[0].Points) > 0; st.turns && s.Paths[0].Closed {
		st.nodes = nodes(s.Paths[0])
	}
	return st
}

// entry is where a visit starts.
func (s *stop) entry(v visit) artwork.Point {
	switch {
	case len(s.nodes) > 1:
		return s.nodes[v.entry]
	case v.backward:
		return s.last
	}
	return s.first
}

// exit is where a visit ends.
func (s *stop) exit(v visit) artwork.Point {
	switch {
	case len(s.nodes) > 1:
		return s.nodes[v.entry]
	case v.backward:
		return s.first
	}
	return s.last
}

// travel is the way between the visits, mm.
func travel(stops []stop, visits []visit, head artwork.Point) float64 {
	sum := 0.0
	for _, v := range visits {
		s := &stops[v.stop]
		sum += apart(head, s.entry(v))
		head = s.exit(v)
	}
	return sum
}

func apart(a, b artwork.Point) float64 {
	dx, dy := b.X-a.X, b.Y-a.Y
	return math.Sqrt(float64(dx*dx) + float64(dy*dy))
}

// tour is an order of stops that gets better.
type tour struct {
	stops  []stop
	head   artwork.Point
	visits []visit
	place  []int32 // of each stop in visits
}

// newTour goes from each stop to the nearest of those that are left.
func newTour(stops []stop, head artwork.Point) *tour {
	t := &tour{stops: stops, head: head, place: make([]int32, len(stops))}
	grid := newPlaceGrid(stops)
	at := head
	for range stops {
		v := grid.take(at)
		t.visits = append(t.visits, v)
		at = stops[v.stop].exit(v)
	}
	t.number(0, len(stops)-1)
	return t
}

func (t *tour) number(from, to int) {
	for i := from; i <= to; i++ {
		t.place[t.visits[i].stop] = int32(i)
	}
}

func (t *tour) in(i int) artwork.Point {
	v := t.visits[i]
	return t.stops[v.stop].entry(v)
}

// out is where the way to place i+1 starts.
func (t *tour) out(i int) artwork.Point {
	if i < 0 {
		return t.head
	}
	v := t.visits[i]
	return t.stops[v.stop].exit(v)
}

// gap is the way to place i; there is none to the place after the last.
func (t *tour) gap(i int) float64 {
	if i >= len(t.visits) {
		return 0
	}
	return apart(t.out(i-1), t.in(i))
}

// longestTurn bounds what turning a stretch around costs.
const longestTurn = 1000

// least is what a change has to save, mm: rounding must not go on for ever.
const least = 1e-6

// improve changes the tour while that makes it shorter.
func (t *tour) improve(ctx context.Context) error {
	const rounds = 12
	if len(t.stops) < 3 {
		return ctx.Err()
	}
	grid := newPlaceGrid(t.stops)
	near := make([][]int32, len(t.stops))
	err := parallel(ctx, len(t.stops), func() func(i int) {
		return func(i int) { near[i] = grid.around(int32(i)) }
	})
	if err != nil {
		return err
	}
	awake := make([]bool, len(t.stops))
	for i := range awake {
		awake[i] = true
	}
	for range rounds {
		changed := false
		for s := range t.stops {
			if !awake[s] {
				continue
			}
			if s%256 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			awake[s] = false
			for t.turn(s, near[s], awake) || t.move(s, near[s], awake) {
				changed = true
			}
		}
		t.enter()
		if !changed {
			break
		}
	}
	return ctx.Err()
}

// turn looks for a stretch to turn around that begins or ends at a stop, so
// that the stop comes beside one that is near (2-opt).
func (t *tour) turn(s int, near []int32, awake []bool) bool {
	for _, o := range near {
		i, j := int(t.place[s]), int(t.place[o])
		if i > j {
			i, j = j, i
		}
		// Either the ends of i and j meet, or their starts do.
		for _, c := range [2][2]int{{i + 1, j}, {i, j - 1}} {
			from, to := c[0], c[1]
			if from > to || to-from >= longestTurn {
				continue
			}
			saved := t.gap(from) + t.gap(to+1) - apart(t.out(from-1), t.out(to))
			if to+1 < len(t.visits) {
				saved -= apart(t.in(from), t.in(to+1))
			}
			if saved > least && t.canTurn(from, to) {
				t.turnAround(from, to)
				t.wake(awake, from-1, from, to, to+1)
				return true
			}
		}
	}
	return false
}

// canTurn tells whether the stops of a stretch can be run backwards: a shape
// that must stay as it is can only where it starts and ends at one place.
func (t *tour) canTurn(from, to int) bool {
	for i := from; i <= to; i++ {
		if s := &t.stops[t.visits[i].stop]; !s.turns && s.first != s.last {
			return false
		}
	}
	return true
}

func (t *tour) turnAround(from, to int) {
	reverse(t.visits[from : to+1])
	for i := from; i <= to; i++ {
		t.visits[i].backward = !t.visits[i].backward
	}
	t.number(from, to)
}

func (t *tour) wake(awake []bool, places ...int) {
	for _, i := range places {
		if i >= 0 && i < len(t.visits) {
			awake[t.visits[i].stop] = true
		}
	}
}

// move looks for a better place for a stop, alone or with the one or two after
// it, beside a stop that is near (Or-opt).
func (t *tour) move(s int, near []int32, awake []bool) bool {
	for size := 1; size <= 3; size++ {
		from := int(t.place[s])
		to := from + size - 1
		if to >= len(t.visits) {
			break
		}
		removed := t.gap(from) + t.gap(to+1)
		if to+1 < len(t.visits) {
			removed -= apart(t.out(from-1), t.in(to+1))
		}
		if removed <= least {
			continue
		}
		for _, o := range near {
			for _, at := range [2]int{int(t.place[o]), int(t.place[o]) + 1} {
				// The stretch goes before place at.
				if at >= from && at <= to+1 || max(at, to)-min(at, from) >= longestTurn {
					continue
				}
				for _, backward := range [2]bool{false, true} {
					if backward && !t.canTurn(from, to) {
						continue
					}
					if removed-t.added(from, to, at, backward) > least {
						t.carry(from, to, at, backward)
						t.wake(awake, from-1, from, to, to+1, at-1, at, at+size)
						return true
					}
				}
			}
		}
	}
	return false
}

// added is what a stretch adds to the way where it is put before place at.
func (t *tour) added(from, to, at int, backward bool) float64 {
	first, last := t.in(from), t.out(to)
	if backward {
		first, last = last, first
	}
	sum := apart(t.out(at-1), first) - t.gap(at)
	if at < len(t.visits) {
		sum += apart(last, t.in(at))
	}
	return sum
}

// carry puts a stretch before place at.
func (t *tour) carry(from, to, at int, backward bool) {
	if backward {
		t.turnAround(from, to)
	}
	if at > to {
		rotate(t.visits[from:at], to+1-from)
		t.number(from, at-1)
		return
	}
	rotate(t.visits[at:to+1], from-at)
	t.number(at, to)
}

// enter lets every closed path start where it lies best between the stops
// before and after it.
func (t *tour) enter() {
	for i := range t.visits {
		v := &t.visits[i]
		s := &t.stops[v.stop]
		if len(s.nodes) < 2 {
			continue
		}
		from := t.out(i - 1)
		best, at := math.Inf(1), int32(0)
		for k, q := range s.nodes {
			d := apart(from, q)
			if i+1 < len(t.visits) {
				d += apart(q, t.in(i+1))
			}
			if d < best {
				best, at = d, int32(k)
			}
		}
		v.entry = at
	}
}
