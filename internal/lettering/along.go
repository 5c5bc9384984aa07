package lettering

import (
	"cmp"
	"math"
	"slices"

	"github.com/mapwright/mapwright/internal/planar"
)

// Course says how a text follows a line.
type Course struct {
	// Beside moves the middle of the capitals away from the line, mm: up as the
	// text reads, or down when negative. 0 writes on the line.
	Beside float64
	// Repeat is about how far repeated names stand apart, mm; 0 for one name.
	Repeat float64
	// Inside tells whether a place may be written on; nil for everywhere. What
	// lies between places inside must be inside too.
	Inside func(Vec) bool
}

// The limits of what still reads as one word.
const (
	mostTurn  = 25 * math.Pi / 180 // between neighbouring letters
	mostSweep = 70 * math.Pi / 180 // between any two
	mostTries = 80                 // places kept for one name
)

// Along finds places for a text along a line: a list for each time that the
// name is wanted, each with the best place first, from the middle of the line
// outwards. A place is one where every letter stands on the line, inside, turned little from its
// neighbours, and free of them; the text reads from left to right, and upwards
// where the line is upright. A line shorter than the text has none.
func Along(t Text, path planar.Path, course Course) [][]*Placed {
	if len(path) < 2 || planar.Length(path)*planar.Unit < t.Width || t.Ink().Empty() {
		return nil
	}
	way := smooth(path, t.Size)
	back := way.reversed()
	whole := way.length()
	if whole < t.Width {
		return nil
	}
	times := 1
	if course.Repeat > 0 {
		times = max(1, int(math.Round(whole/course.Repeat)))
	}
	lists := make([][]*Placed, times)
	// Places start in the middle, so that a straight street has its name there
	// exactly.
	step := t.Size / 2
	reach := (whole - t.Width) / 2
	n := int(math.Floor(reach / step))
	for k := -n; k <= n; k++ {
		start := reach + float64(float64(k)*step)
		middle := start + t.Width/2
		section := min(times-1, int(middle/whole*float64(times)))
		wanted := whole * (float64(section) + 0.5) / float64(times)
		c, s := way, start
		if !reads(sub(way.at(start+t.Width), way.at(start))) {
			c, s = back, whole-start-t.Width
		}
		p := follow(t, c, s, course)
		if p == nil {
			continue
		}
		p.Cost += math.Abs(middle-wanted) * float64(times) / whole
		lists[section] = append(lists[section], p)
	}
	for i, list := range lists {
		slices.SortStableFunc(list, func(a, b *Placed) int { return cmp.Compare(a.Cost, b.Cost) })
		lists[i] = list[:min(len(list), mostTries)]
	}
	return slices.DeleteFunc(lists, func(l []*Placed) bool { return len(l) == 0 })
}

// reads tells whether a text in a direction reads from left to right, or
// upwards.
func reads(dir Vec) bool {
	const upright = 0.02 // a street that leans a degree is upright
	if math.Abs(dir.X) <= float64(upright*math.Abs(dir.Y)) {
		return dir.Y > 0
	}
	return dir.X > 0
}

// follow writes a text along a curve from a distance on; nil where that does
// not read well.
func follow(t Text, c curve, start float64, course Course) *Placed {
	p := &Placed{Texts: []Text{t}}
	down := t.Size/2 - course.Beside
	sweep, low, high, total := 0.0, 0.0, 0.0, 0.0
	var before Vec
	var ink []int // letters that show, in p.letters
	for i := range t.Letters {
		l := &t.Letters[i]
		a, b := c.at(start+l.At), c.at(start+l.At+l.Advance)
		dir := unit(sub(b, a))
		if l.Advance <= 0 && i > 0 {
			dir = before
		}
		if i > 0 {
			turn := angle(before, dir)
			if math.Abs(turn) > mostTurn {
				return nil
			}
			sweep += turn
			low, high = min(low, sweep), max(high, sweep)
			total += math.Abs(turn)
		}
		before = dir
		half := l.Advance / 2
		at := Vec{
			(a.X+b.X)/2 - float64(half*dir.X) + float64(down*dir.Y),
			(a.Y+b.Y)/2 - float64(half*dir.Y) - float64(down*dir.X),
		}
		p.letters = append(p.letters, stand{l, frame{at, dir}})
		if !l.Ink.Empty() {
			ink = append(ink, i)
		}
	}
	if high-low > mostSweep {
		return nil
	}
	for _, i := range ink {
		q := p.letters[i].frame.quad(p.letters[i].letter.Ink)
		if course.Inside != nil && !allInside(q, course.Inside) {
			return nil
		}
		p.Quads = append(p.Quads, q)
	}
	if !apart(p, ink) {
		return nil
	}
	p.Cost = total / (math.Pi / 2)
	return p
}

func allInside(q Quad, inside func(Vec) bool) bool {
	for _, v := range q {
		if !inside(v) {
			return false
		}
	}
	return true
}

// apart tells whether letters that were turned still stand free of each other,
// as they do on a straight line. ink lists those that show, quads their places.
func apart(p *Placed, ink []int) bool {
	const near = 2 // letters on, a narrow one in between
	for k, i := range ink {
		for m := k + 1; m < len(ink) && m <= k+near; m++ {
			if !p.Quads[k].meets(p.Quads[m]) {
				continue
			}
			a, b := p.letters[i], p.letters[ink[m]]
			if !touch(a.placed(), b.placed()) {
				continue
			}
			straightA := stand{a.letter, frame{Vec{a.letter.At, 0}, Vec{1, 0}}}
			straightB := stand{b.letter, frame{Vec{b.letter.At, 0}, Vec{1, 0}}}
			if !touch(straightA.placed(), straightB.placed()) {
				return false
			}
		}
	}
	return true
}

// placed gives the paths of a letter where it stands, contours closed.
func (s stand) placed() [][]Vec {
	var out [][]Vec
	for _, c := range s.letter.Contours {
		path := make([]Vec, 0, len(c)+1)
		for _, v := range c {
			path = append(path, s.frame.place(v))
		}
		out = append(out, append(path, path[0]))
	}
	for _, c := range s.letter.Strokes {
		path := make([]Vec, 0, len(c))
		for _, v := range c {
			path = append(path, s.frame.place(v))
		}
		out = append(out, path)
	}
	return out
}

// touch tells whether any two segments of two sets of paths cross.
func touch(a, b [][]Vec) bool {
	for _, p := range a {
		for i := 1; i < len(p); i++ {
			box := Rect{p[i], p[i]}.grow(p[i-1], false)
			for _, q := range b {
				for k := 1; k < len(q); k++ {
					other := Rect{q[k], q[k]}.grow(q[k-1], false)
					if other.Min.X <= box.Max.X && other.Max.X >= box.Min.X &&
						other.Min.Y <= box.Max.Y && other.Max.Y >= box.Min.Y &&
						crosses(p[i-1], p[i], q[k-1], q[k]) {
						return true
					}
				}
			}
		}
	}
	return false
}

// crosses tells whether two segments have a point in common.
func crosses(a, b, c, d Vec) bool {
	ab, cd := sub(b, a), sub(d, c)
	return cross(ab, sub(c, a))*cross(ab, sub(d, a)) <= 0 && cross(cd, sub(a, c))*cross(cd, sub(b, c)) <= 0
}
