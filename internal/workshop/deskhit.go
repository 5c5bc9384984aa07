package workshop

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/scene"
	"github.com/mapwright/mapwright/internal/trace"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// placed is a layer's index and what it was made of; another of these, and it
// is made anew.
type placed struct {
	revision, crs string
	drawn         string // by which options, where the pointer goes by what is drawn
	view          carto.View
	boards        carto.Boards
	index         *scene.Index
}

// index finds the features of a layer by their place on the board.
func (d *Desk) index(ctx context.Context, l carto.Layer) (*scene.Index, error) {
	m := d.doc.Map()
	revision, err := d.doc.Revision(ctx, l.ID)
	if err != nil {
		return nil, err
	}
	want := placed{revision: revision, crs: l.CRS, view: m.View, boards: m.Boards}
	if l.Strategy == trace.FurnitureStrategy {
		want.drawn = fmt.Sprint(l.Operation, l.Setting, l.Options) // maps print in the order of their keys
	}
	d.mu.Lock()
	have := d.placed[l.ID]
	d.mu.Unlock()
	want.index = have.index
	if have.index != nil && have == want {
		return have.index, nil
	}
	if want.index, err = d.newIndex(ctx, m, l); err != nil {
		return nil, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.placed == nil {
		d.placed = map[carto.LayerID]placed{}
	}
	d.placed[l.ID] = want
	return want.index, nil
}

func (d *Desk) newIndex(ctx context.Context, m *carto.Map, l carto.Layer) (*scene.Index, error) {
	p, err := d.Placer(l.ID)
	if err != nil {
		return nil, err
	}
	features := d.doc.Features(ctx, l.ID, carto.Everywhere())
	if l.Strategy != trace.FurnitureStrategy {
		return scene.NewIndex(ctx, features, p.Board)
	}
	outlines, err := d.outlines(ctx, m, l.ID)
	if err != nil {
		return nil, err
	}
	return scene.NewIndex(ctx, asDrawn(features, outlines, p), func(q orb.Point) artwork.Point { return artwork.Point{X: q[0], Y: q[1]} })
}

// asDrawn gives the parts of a layer "Frame and text" with the geometry, mm on
// the board, that they are seen by: a point says little of where a title is.
func asDrawn(features iter.Seq2[carto.Feature, error], outlines map[int64]artwork.Path, p Placer) iter.Seq2[carto.Feature, error] {
	return func(yield func(carto.Feature, error) bool) {
		for f, err := range features {
			if err == nil && f.Attributes[trace.PartVisible] == trace.PartHidden {
				continue // nobody can point at what is switched off
			}
			if err == nil {
				f.Geometry = asSeen(f, outlines[f.ID], p)
			}
			if !yield(f, err) {
				return
			}
		}
	}
}

func asSeen(f carto.Feature, outline artwork.Path, p Placer) orb.Geometry {
	if len(outline.Points) == 0 {
		return eachPart(f.Geometry, func(points []orb.Point, _ bool) []orb.Point {
			out := make([]orb.Point, len(points))
			for i, q := range points {
				at := p.Board(q)
				out[i] = orb.Point{at.X, at.Y}
			}
			return out
		})
	}
	ring := make(orb.Ring, 0, len(outline.Points)+1)
	for _, q := range outline.Points {
		ring = append(ring, orb.Point{q.X, q.Y})
	}
	ring = append(ring, ring[0])
	if f.Class == trace.ClassBorder {
		return orb.LineString(ring) // its inside belongs to the map
	}
	return orb.Polygon{ring}
}

// Hit finds the feature that a pointer at a place means: of the topmost layer
// that has one within radius, all in mm on a board. Hidden and locked layers
// are looked through.
func (d *Desk) Hit(ctx context.Context, board int, at artwork.Point, radius float64) (layer carto.LayerID, feature int64, found bool, err error) {
	for _, l := range slices.Backward(d.doc.Map().Layers) {
		if !l.Visible || l.Locked || l.Board != board {
			continue
		}
		x, err := d.index(ctx, l)
		if err != nil {
			return "", 0, false, err
		}
		if hits := x.At(at, radius); len(hits) > 0 {
			return l.ID, hits[0].Feature, true, nil
		}
	}
	return "", 0, false, nil
}

// Within lists the features of a layer that lie wholly in a box, mm.
func (d *Desk) Within(ctx context.Context, layer carto.LayerID, box artwork.Box) ([]int64, error) {
	l, err := d.layer(layer)
	if err != nil {
		return nil, err
	}
	x, err := d.index(ctx, l)
	if err != nil {
		return nil, err
	}
	return x.Within(box), nil
}
