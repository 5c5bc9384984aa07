package trace

import (
	"github.com/mapwright/mapwright/internal/planar"
)

// trails answers which paths burn near a segment. It keeps short pieces of
// paths in a table of square cells, so that a question costs what lies nearby.
type trails struct {
	origin planar.Point
	shift  uint // a cell is 2^shift units wide
	nx, ny int
	reach  int32   // the widest distance that is asked for
	heads  []int32 // by cell: its first entry, or -1
	next   []int32 // by entry
	trail  []int32 // by entry: index of its piece
	pieces []trail
	dead   []bool // by owner
}

// trail is a piece of a path.
type trail struct {
	a, b     planar.Point
	owner    int32
	from, to float64 // distances of a and b from the start of the path
}

// newTrails makes a table for paths inside a box.
func newTrails(box planar.Box, reach float64) *trails {
	const mostCells = 1 << 21
	t := &trails{origin: box.Min, shift: 11, reach: int32(reach) + 1} // cells of half a mm
	w, h := int(box.Max.X)-int(box.Min.X), int(box.Max.Y)-int(box.Min.Y)
	for (w>>t.shift+1)*(h>>t.shift+1) > mostCells {
		t.shift++
	}
	t.nx, t.ny = w>>t.shift+1, h>>t.shift+1
	t.heads = make([]int32, t.nx*t.ny)
	for i := range t.heads {
		t.heads[i] = -1
	}
	return t
}

// newOwner gives the number of a path that is not yet in the table.
func (t *trails) newOwner() int32 {
	t.dead = append(t.dead, false)
	return int32(len(t.dead) - 1)
}

// add puts a path in.
func (t *trails) add(owner int32, path planar.Path) {
	t.split(path, func(p trail) {
		p.owner = owner
		t.pieces = append(t.pieces, p)
		t.cells(p, t.reach, func(cell int) {
			t.next = append(t.next, t.heads[cell])
			t.trail = append(t.trail, int32(len(t.pieces)-1))
			t.heads[cell] = int32(len(t.next) - 1)
		})
	})
}

// remove takes a path out.
func (t *trails) remove(owner int32) { t.dead[owner] = true }

// near calls f for the pieces that may lie within reach of a piece, some of
// them more than once.
func (t *trails) near(p trail, f func(*trail)) {
	t.cells(p, 0, func(cell int) {
		for e := t.heads[cell]; e >= 0; e = t.next[e] {
			if q := &t.pieces[t.trail[e]]; !t.dead[q.owner] {
				f(q)
			}
		}
	})
}

// split cuts a path into pieces that span few cells.
func (t *trails) split(path planar.Path, f func(trail)) {
	size := float64(int(1) << t.shift)
	at := 0.0
	for i := 1; i < len(path); i++ {
		a, b := path[i-1], path[i]
		length := distance(a, b)
		parts := int(length/size) + 1
		last, from := a, at
		for k := 1; k <= parts; k++ {
			end, to := b, at+length
			if k < parts {
				d := length * float64(k) / float64(parts)
				end, to = between(a, b, d), at+d
			}
			f(trail{a: last, b: end, from: from, to: to})
			last, from = end, to
		}
		at += length
	}
}

// cells calls f for the cells of the box around a piece, grown by some units.
func (t *trails) cells(p trail, grow int32, f func(cell int)) {
	x0, x1 := t.column(min(p.a.X, p.b.X)-grow), t.column(max(p.a.X, p.b.X)+grow)
	y0, y1 := t.row(min(p.a.Y, p.b.Y)-grow), t.row(max(p.a.Y, p.b.Y)+grow)
	for y := y0; y <= y1; y++ {
		for x := x0; x <= x1; x++ {
			f(y*t.nx + x)
		}
	}
}

func (t *trails) column(x int32) int {
	return min(max(int(x)-int(t.origin.X), 0)>>t.shift, t.nx-1)
}

func (t *trails) row(y int32) int {
	return min(max(int(y)-int(t.origin.Y), 0)>>t.shift, t.ny-1)
}
