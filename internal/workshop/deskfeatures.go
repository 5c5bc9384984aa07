package workshop

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// Classes lists the classes of a layer's features, the largest first; features
// without a class are left out.
func (d *Desk) Classes(ctx context.Context, id carto.LayerID) ([]Class, error) {
	count := map[string]Class{}
	for f, err := range d.doc.Features(ctx, id, carto.Everywhere()) {
		if err != nil {
			return nil, err
		}
		if f.Class == "" {
			continue
		}
		c := count[f.Class]
		c.Name = f.Class
		c.Features++
		switch f.Geometry.(type) {
		case orb.LineString, orb.MultiLineString:
			c.Lines++
		}
		count[f.Class] = c
	}
	classes := make([]Class, 0, len(count))
	for _, c := range count {
		classes = append(classes, c)
	}
	slices.SortFunc(classes, func(a, b Class) int {
		if a.Features != b.Features {
			return b.Features - a.Features
		}
		return strings.Compare(a.Name, b.Name)
	})
	return classes, nil
}

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
	m := d.doc.Map()
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
