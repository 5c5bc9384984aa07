package trace

import (
	"context"
	"iter"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// memory is a source of features that were made by hand.
type memory map[carto.LayerID][]carto.Feature

func (m memory) Features(_ context.Context, layer carto.LayerID, _ orb.Bound) iter.Seq2[carto.Feature, error] {
	return func(yield func(carto.Feature, error) bool) {
		for _, f := range m[layer] {
			if !yield(f, nil) {
				return
			}
		}
	}
}

// table is a map of 100 × 80 mm with a margin of 5 whose features are written
// in mm on the board.
type table struct {
	t    testing.TB
	m    *carto.Map
	data memory
	back carto.Transform
}

func newTable(t testing.TB, shape carto.FrameShape) *table {
	t.Helper()
	m := &carto.Map{
		ID:     "table",
		Title:  "Table",
		View:   carto.View{Center: orb.Point{11.575, 48.137}, Scale: 10000, Projection: "local"},
		Boards: carto.Boards{Count: 1, Width: 100, Height: 80, Margin: 5, Frame: carto.Frame{Shape: shape}},
	}
	back, err := m.View.Transform(m.Boards)
	if err != nil {
		t.Fatal(err)
	}
	return &table{t: t, m: m, data: memory{}, back: back}
}

// layer adds a layer above the others.
func (b *table) layer(id string, op artwork.Operation, strategy string, options map[string]string, features ...carto.Feature) {
	b.m.Layers = append(b.m.Layers, carto.Layer{
		ID: carto.LayerID(id), Name: id, Operation: op, Setting: artwork.Settings(op)[0], Strategy: strategy,
		Visible: true, Board: 1, Options: options, CRS: "EPSG:4326", Count: len(features),
	})
	for i := range features {
		features[i].ID = int64(i + 1)
	}
	b.data[carto.LayerID(id)] = features
}

func (b *table) place(x, y float64) orb.Point { return b.back.Inverse(x, y) }

// way is a line through x, y, x, y … in mm.
func (b *table) way(class string, xy ...float64) carto.Feature {
	return carto.Feature{Class: class, Geometry: orb.LineString(b.places(xy))}
}

// patch is a polygon with rings of x, y, x, y … in mm.
func (b *table) patch(rings ...[]float64) carto.Feature {
	var p orb.Polygon
	for _, xy := range rings {
		r := orb.Ring(b.places(xy))
		p = append(p, append(r, r[0]))
	}
	return carto.Feature{Geometry: p}
}

func (b *table) spot(x, y float64) carto.Feature {
	return carto.Feature{Geometry: b.place(x, y)}
}

func (b *table) places(xy []float64) []orb.Point {
	points := make([]orb.Point, 0, len(xy)/2)
	for i := 0; i+1 < len(xy); i += 2 {
		points = append(points, b.place(xy[i], xy[i+1]))
	}
	return points
}

func (b *table) scene() *Scene {
	b.t.Helper()
	s, err := NewScene(b.m, b.data)
	if err != nil {
		b.t.Fatal(err)
	}
	return s
}

// job runs all layers together.
func (b *table) job() (*artwork.Artwork, *Report) {
	b.t.Helper()
	return jobOf(b.t, b.m, b.data)
}

// traceOf traces one layer alone.
func traceOf(ctx context.Context, s *Scene, id carto.LayerID) (*artwork.Layer, *Report, error) {
	art, report, err := Job(ctx, s, []carto.LayerID{id})
	if err != nil {
		return nil, nil, err
	}
	return &art.Layers[0], report, nil
}

// trace runs one layer alone.
func (b *table) trace(id string) (*artwork.Layer, *Report) {
	b.t.Helper()
	l, report, err := traceOf(b.t.Context(), b.scene(), carto.LayerID(id))
	if err != nil {
		b.t.Fatal(err)
	}
	return l, report
}

func rect(x0, y0, x1, y1 float64) []float64 {
	return []float64{x0, y0, x1, y0, x1, y1, x0, y1}
}
