package scene

import (
	"context"
	"math"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// cell is a square of a level's grid, for shapes that look alike.
type cell struct {
	group int32
	x, y  int32
}

// patch is what a cell holds of rings that are too small.
type patch struct {
	cell
	path   int32 // the first of them, which it stands for
	rings  int
	area   float64 // mm²
	weight float64 // of the middle
	middle artwork.Point
}

// tone chooses what stands for the paths that are too small for a level.
//
// Lines are drawn at least a pixel wide, so one dot in each cell looks like
// all of them. Areas are added up, and a square of their area in the cell takes
// the place of all. It lies in the shape of the first one, so that a small hole
// in something large stays a hole. A cell is at most a pixel wide.
func (d *Drawing) tone(ctx context.Context, l *level) error {
	t := toner{size: 4 * l.err, dots: map[cell]struct{}{}, patches: map[cell]int{}}
	for i := range d.shapes {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		s := &d.shapes[i]
		if s.Fill {
			d.toneAreas(l, &t, int32(i))
			continue
		}
		for j := s.first; j < s.last; j++ {
			p := &d.paths[j]
			if !p.tiny(l) {
				continue
			}
			l.refs[j] = dropped
			c := middle(p.box)
			k := t.cell(s.group, c)
			if _, ok := t.dots[k]; !ok {
				t.dots[k] = struct{}{}
				l.refs[j] = l.stand(c)
			}
		}
	}
	for _, p := range t.all {
		if p.area > 0 {
			l.refs[p.path] = l.stand(p.square(t.size)...)
		}
	}
	return nil
}

// toneAreas adds the small rings of a shape to the patches.
func (d *Drawing) toneAreas(l *level, t *toner, i int32) {
	s := &d.shapes[i]
	group := s.group
	for j := s.first; j < s.last; j++ {
		if !d.paths[j].tiny(l) {
			group = -1 - i // what is small may be a hole of this shape alone
			break
		}
	}
	shell := artwork.EmptyBox() // the last small ring that is not inside another
	for j := s.first; j < s.last; j++ {
		p := &d.paths[j]
		if !p.tiny(l) {
			continue
		}
		l.refs[j] = dropped
		area := math.Abs(s.Paths[p.index].Area())
		if contains(shell, p.box) {
			t.patch(group, middle(shell), j).area -= area
			continue
		}
		shell = p.box
		t.patch(group, middle(shell), j).add(area, middle(shell))
	}
}

// toner gathers what is too small for a level.
type toner struct {
	size    float64 // of a cell, mm
	dots    map[cell]struct{}
	patches map[cell]int // of all
	all     []patch      // in the order of their first paths
}

func (t *toner) cell(group int32, p artwork.Point) cell {
	return cell{group, int32(math.Floor(p.X / t.size)), int32(math.Floor(p.Y / t.size))}
}

// patch is the patch of the cell at a place, begun with a path if there is none.
func (t *toner) patch(group int32, at artwork.Point, path int32) *patch {
	k := t.cell(group, at)
	i, ok := t.patches[k]
	if !ok {
		i = len(t.all)
		t.patches[k] = i
		t.all = append(t.all, patch{cell: k, path: path})
	}
	return &t.all[i]
}

func (p *patch) add(area float64, at artwork.Point) {
	p.rings++
	p.area += area
	p.weight += area
	if p.weight > 0 {
		p.middle.X += (at.X - p.middle.X) * area / p.weight
		p.middle.Y += (at.Y - p.middle.Y) * area / p.weight
	}
}

// square is of the patch's area. That of a single ring lies where the ring
// does; one of several lies in its cell, as near to their middle as that
// allows, for squares of one shape must not overlap: that would empty them.
func (p *patch) square(size float64) []artwork.Point {
	h := min(math.Sqrt(p.area), size) / 2
	x, y := p.middle.X, p.middle.Y
	if p.rings > 1 {
		x = min(max(x, float64(p.x)*size+h), float64(p.x+1)*size-h)
		y = min(max(y, float64(p.y)*size+h), float64(p.y+1)*size-h)
	}
	return []artwork.Point{{X: x - h, Y: y - h}, {X: x + h, Y: y - h}, {X: x + h, Y: y + h}, {X: x - h, Y: y + h}}
}

// stand keeps points that stand for paths.
func (l *level) stand(points ...artwork.Point) ref {
	first := uint32(len(l.tones))
	l.tones = append(l.tones, points...)
	return ref{first, -int32(len(points))}
}

func middle(b artwork.Box) artwork.Point {
	return artwork.Point{X: (b.Min.X + b.Max.X) / 2, Y: (b.Min.Y + b.Max.Y) / 2}
}

// contains tells whether b lies inside a.
func contains(a, b artwork.Box) bool {
	return a.Min.X <= b.Min.X && a.Min.Y <= b.Min.Y && b.Max.X <= a.Max.X && b.Max.Y <= a.Max.Y
}
