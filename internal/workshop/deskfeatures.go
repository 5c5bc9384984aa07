package workshop

import (
	"context"
	"fmt"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// Feature reads one feature of a layer.
func (d *Desk) Feature(ctx context.Context, layer carto.LayerID, id int64) (carto.Feature, error) {
	for f, err := range d.doc.Features(ctx, layer, carto.Everywhere()) {
		if err != nil {
			return carto.Feature{}, err
		}
		if f.ID == id {
			return f, nil
		}
	}
	l, err := d.layer(layer)
	if err != nil {
		return carto.Feature{}, err
	}
	return carto.Feature{}, &carto.NoFeatureError{Layer: l.Name, ID: id}
}

// Placer puts the coordinates of a layer on the board and back.
type Placer struct{ layer carto.LayerTransform }

// Placer gives the way between a layer's coordinates and the board of the map
// as it is now.
func (d *Desk) Placer(id carto.LayerID) (Placer, error) {
	layer, err := d.layer(id)
	if err != nil {
		return Placer{}, err
	}
	return placer(d.doc.Map(), layer)
}

// placer gives the way between a layer's coordinates and the board of a map.
func placer(m *carto.Map, layer carto.Layer) (Placer, error) {
	view, err := m.View.Transform(m.Boards)
	if err != nil {
		return Placer{}, err
	}
	p, err := view.LayerTransform(layer.CRS)
	if err != nil {
		return Placer{}, fmt.Errorf("layer %q: %w", layer.Name, err)
	}
	return Placer{p}, nil
}

// Board takes a place of the layer to mm on the board.
func (p Placer) Board(q orb.Point) artwork.Point {
	x, y := p.layer.Forward(q)
	return artwork.Point{X: x, Y: y}
}

// Data takes mm on the board to a place of the layer.
func (p Placer) Data(q artwork.Point) orb.Point { return p.layer.Inverse(q.X, q.Y) }
