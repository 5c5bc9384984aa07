package workshop

import (
	"context"
	"slices"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/scene"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// placed is a layer's index and what it was made of; another of these, and it
// is made anew.
type placed struct {
	revision, crs string
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
	d.mu.Lock()
	have := d.placed[l.ID]
	d.mu.Unlock()
	want.index = have.index
	if have.index != nil && have == want {
		return have.index, nil
	}
	p, err := d.Placer(l.ID)
	if err != nil {
		return nil, err
	}
	if want.index, err = scene.NewIndex(ctx, d.doc.Features(ctx, l.ID, carto.Everywhere()), p.Board); err != nil {
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
