package lettering

import (
	"container/heap"
	"math"
	"strings"

	"github.com/mapwright/mapwright/internal/planar"
)

// Roomiest finds where in an area a rectangle of a width and height (mm) has
// the most room: its middle, and how many times larger it could be there. The
// scale is 0 where the area has no inside.
//
// That is the pole of inaccessibility in the maximum norm, with X scaled so
// that the rectangle is a square. Found by quartering the squares that can
// still hold a better place, as in V. Agafonkin's polylabel (2016); the pole
// itself: D. Garcia-Castellanos, U. Lombardo, "Poles of inaccessibility",
// Scottish Geographical Journal 123 (2007) 227–233.
func Roomiest(area planar.Polygon, width, height float64) (at Vec, scale float64) {
	if len(area) == 0 || !(width > 0) || !(height > 0) {
		return Vec{}, 0
	}
	squeeze := height / width
	s := &search{}
	for _, r := range area {
		points := mm(planar.Path(r))
		for i := range points {
			points[i].X *= squeeze
		}
		s.rings = append(s.rings, points)
	}
	best := s.run(height / 100)
	if best.room <= 0 {
		return Vec{}, 0
	}
	return Vec{best.at.X / squeeze, best.at.Y}, best.room / (height / 2)
}

// search is the hunt for the roomiest place among rings.
type search struct{ rings [][]Vec }

// square is a part of the plane: how much room its middle has, negative outside
// of the area, and the most that any of its places can have.
type square struct {
	at   Vec
	half float64
	room float64
	most float64
}

type squares []square

func (s squares) Len() int { return len(s) }

func (s squares) Less(i, j int) bool {
	a, b := s[i], s[j]
	if a.most != b.most {
		return a.most > b.most
	}
	if a.at.X != b.at.X {
		return a.at.X < b.at.X
	}
	return a.at.Y < b.at.Y
}

func (s squares) Swap(i, j int) { s[i], s[j] = s[j], s[i] }

func (s *squares) Push(x any) { *s = append(*s, x.(square)) }

func (s *squares) Pop() any {
	old := *s
	last := old[len(old)-1]
	*s = old[:len(old)-1]
	return last
}

func (s *search) square(at Vec, half float64) square {
	room := s.room(at)
	return square{at, half, room, room + half}
}

// run quarters squares until none can hold a place better by the precision.
func (s *search) run(precision float64) square {
	var box Rect
	for i, v := range s.rings[0] {
		box = box.grow(v, i == 0)
	}
	side := min(box.Max.X-box.Min.X, box.Max.Y-box.Min.Y)
	if side <= 0 {
		return square{}
	}
	// Long thin areas would start with a great many squares.
	const mostAcross = 64
	side = max(side, max(box.Max.X-box.Min.X, box.Max.Y-box.Min.Y)/mostAcross)
	var open squares
	for x := box.Min.X; x < box.Max.X; x += side {
		for y := box.Min.Y; y < box.Max.Y; y += side {
			open = append(open, s.square(Vec{x + side/2, y + side/2}, side/2))
		}
	}
	heap.Init(&open)
	middle := Vec{(box.Min.X + box.Max.X) / 2, (box.Min.Y + box.Max.Y) / 2}
	best := s.square(middle, 0)
	const mostSquares = 20000
	for n := 0; len(open) > 0 && n < mostSquares; n++ {
		q := heap.Pop(&open).(square)
		if q.room > best.room {
			best = q
		}
		if q.most-best.room <= precision {
			break
		}
		h := q.half / 2
		for _, d := range []Vec{{-h, -h}, {h, -h}, {-h, h}, {h, h}} {
			heap.Push(&open, s.square(Vec{q.at.X + d.X, q.at.Y + d.Y}, h))
		}
	}
	return best
}

// room is the distance to the nearest border in the maximum norm, negative
// outside of the area.
func (s *search) room(p Vec) float64 {
	inside, least := false, math.Inf(1)
	for _, r := range s.rings {
		for i, b := range r {
			a := r[(i+len(r)-1)%len(r)]
			if (a.Y > p.Y) != (b.Y > p.Y) && p.X < a.X+float64((b.X-a.X)*((p.Y-a.Y)/(b.Y-a.Y))) {
				inside = !inside
			}
			least = min(least, fromSegment(sub(a, p), sub(b, a)))
		}
	}
	if !inside {
		return -least
	}
	return least
}

// fromSegment is the distance of the segment a + t·u from the origin in the
// maximum norm. It is convex and straight between where X or Y is 0 and where
// both are as large.
func fromSegment(a, u Vec) float64 {
	best := max(math.Abs(a.X), math.Abs(a.Y))
	try := func(over, under float64) {
		t := 1.0
		if under != 0 {
			t = min(max(over/under, 0), 1)
		}
		x, y := a.X+float64(t*u.X), a.Y+float64(t*u.Y)
		best = min(best, max(math.Abs(x), math.Abs(y)))
	}
	try(1, 1)
	try(-a.X, u.X)
	try(-a.Y, u.Y)
	try(a.Y-a.X, u.X-u.Y)
	try(-a.Y-a.X, u.X+u.Y)
	return best
}

// Block gives the width and height that lines of text take up when they stand
// one below the other, with room of a third of the capitals around them, mm.
func Block(texts []Text) (width, height float64) {
	if len(texts) == 0 {
		return 0, 0
	}
	b := padded(blockOf(texts), texts[0].Size/3)
	return b.Max.X - b.Min.X, b.Max.Y - b.Min.Y
}

// Stand gives lines of text one below the other around a place.
func Stand(texts []Text, at Vec) *Placed { return level(texts, at) }

// Halves breaks a name into two lines as equal in length as may be: at a space
// or after a hyphen, and where it has neither, between letters of Chinese or
// Japanese; false where it has no such place.
func Halves(text string) ([]string, bool) {
	text = tidy(text)
	best, found := 0, false
	for i, r := range text {
		if r != ' ' && r != '-' && r != '–' || i == 0 {
			continue
		}
		if off := func(at int) int { return max(len(text)-2*at, 2*at-len(text)) }; !found || off(i) < off(best) {
			best, found = i, true
		}
	}
	if !found {
		return halvesOfIdeographs(text)
	}
	cut := best
	if text[cut] != ' ' {
		cut += len(string([]rune(text[cut:])[:1]))
	}
	first, second := strings.TrimSpace(text[:cut]), strings.TrimSpace(text[cut:])
	return []string{first, second}, first != "" && second != ""
}
