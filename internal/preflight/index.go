package preflight

import (
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// segment is one straight part of a line.
type segment struct {
	a, b   artwork.Point
	line   int32
	from   float64 // distance of a from the start of the line, mm
	length float64
}

// index answers which segments pass near another one. It keeps them by the
// square cells that they cross. It never changes, so that any number of
// goroutines may ask it, each with a finder of its own.
type index struct {
	segments []segment
	first    []int32 // number of the first segment of each line; one more at the end
	origin   artwork.Point
	cell     float64 // mm
	columns  int
	rows     int
	start    []int32 // of each cell's segments in items
	items    []int32
}

// maxCells is how many cells an index has in x and in y at most.
const maxCells = 2048

// newIndex keeps the segments of lines. The cells have about the size that
// there are two for each segment, and are never smaller than reach.
func newIndex(lines []line, reach float64) *index {
	x := &index{}
	box := artwork.EmptyBox()
	for i, l := range lines {
		x.first = append(x.first, int32(len(x.segments)))
		at := 0.0
		box = box.Add(l.points[0])
		for k := 1; k < len(l.points); k++ {
			s := segment{a: l.points[k-1], b: l.points[k], line: int32(i), from: at}
			s.length = distance(s.a, s.b)
			at += s.length
			x.segments = append(x.segments, s)
			box = box.Add(s.b)
		}
	}
	x.first = append(x.first, int32(len(x.segments)))
	if len(x.segments) == 0 {
		return x
	}
	x.origin = box.Min
	x.cell = math.Sqrt(box.Width() * box.Height() / float64(2*len(x.segments)))
	x.cell = max(x.cell, 2*reach, box.Width()/maxCells, box.Height()/maxCells, 1e-3)
	x.columns, x.rows = int(box.Width()/x.cell)+1, int(box.Height()/x.cell)+1
	x.fill()
	return x
}

// fill puts every segment into the cells that it crosses: once to count, once
// to write.
func (x *index) fill() {
	x.start = make([]int32, x.columns*x.rows+1)
	for i := range x.segments {
		x.cells(x.segments[i].a, x.segments[i].b, 0, func(c int) { x.start[c+1]++ })
	}
	for c := 1; c < len(x.start); c++ {
		x.start[c] += x.start[c-1]
	}
	next := append([]int32(nil), x.start...)
	x.items = make([]int32, x.start[len(x.start)-1])
	for i := range x.segments {
		x.cells(x.segments[i].a, x.segments[i].b, 0, func(c int) {
			x.items[next[c]] = int32(i)
			next[c]++
		})
	}
}

// cells calls f for every cell within reach of a straight line, column by
// column.
func (x *index) cells(a, b artwork.Point, reach float64, f func(cell int)) {
	if a.X > b.X {
		a, b = b, a
	}
	// Rounding may take a border for a little beside itself.
	reach += 1e-9
	x0, x1 := x.column(a.X-reach), x.column(b.X+reach)
	for c := x0; c <= x1; c++ {
		// The part of the line that can come within reach of the column.
		left := x.origin.X + float64(c)*x.cell - reach
		right := left + x.cell + 2*reach
		lowest, highest := yBetween(a, b, left, right)
		y0, y1 := x.row(lowest-reach), x.row(highest+reach)
		for r := y0; r <= y1; r++ {
			f(r*x.columns + c)
		}
	}
}

// yBetween gives how far up and down a line from a to b, a being on the left,
// goes between two upright lines.
func yBetween(a, b artwork.Point, left, right float64) (lowest, highest float64) {
	at := func(limit float64) float64 {
		if b.X-a.X < 1e-12 {
			return a.Y
		}
		return a.Y + (limit-a.X)/(b.X-a.X)*(b.Y-a.Y)
	}
	from, to := a.Y, b.Y
	if a.X < left {
		from = at(min(left, b.X))
	}
	if b.X > right {
		to = at(max(right, a.X))
	}
	return min(from, to), max(from, to)
}

func (x *index) column(v float64) int {
	return max(0, min(x.columns-1, int(math.Floor((v-x.origin.X)/x.cell))))
}

func (x *index) row(v float64) int {
	return max(0, min(x.rows-1, int(math.Floor((v-x.origin.Y)/x.cell))))
}

// finder asks an index; it is for one goroutine.
type finder struct {
	*index
	seen  []int32 // by segment: the question in which it was met last
	asked int32
	found []int32
}

func (x *index) finder() *finder { return &finder{index: x, seen: make([]int32, len(x.segments))} }

// near gives the segments that share a cell with what lies within reach of a
// straight line, each once and in the order of their numbers only by chance.
// The answer lives until the next question.
func (f *finder) near(a, b artwork.Point, reach float64) []int32 {
	f.asked++
	f.found = f.found[:0]
	f.cells(a, b, reach, func(c int) {
		for _, s := range f.items[f.start[c]:f.start[c+1]] {
			if f.seen[s] != f.asked {
				f.seen[s] = f.asked
				f.found = append(f.found, s)
			}
		}
	})
	return f.found
}

// touched tells whether another line comes within reach of a line.
func (f *finder) touched(i int, reach float64) bool {
	for k := f.first[i]; k < f.first[i+1]; k++ {
		s := &f.segments[k]
		for _, n := range f.near(s.a, s.b, reach) {
			o := &f.segments[n]
			if o.line != s.line && !boxesApart(s.a, s.b, o.a, o.b, reach) && apart(s.a, s.b, o.a, o.b) <= reach {
				return true
			}
		}
	}
	return false
}
