package trace

import (
	"path/filepath"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/source"
	"github.com/mapwright/mapwright/internal/source/osm"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// city is a map of a sample with all layers of the preset, hidden ones too.
func city(t testing.TB, name string, box orb.Bound, width, height float64, shape carto.FrameShape, rotation float64) (*carto.Map, memory) {
	t.Helper()
	result, err := osm.Importer{}.Import(t.Context(), source.Request{
		Path:   filepath.Join("..", "..", "assets", "sample", name+".osm.pbf"),
		Preset: "city",
		View:   box,
	})
	if err != nil {
		t.Fatal(err)
	}
	m := &carto.Map{
		ID:          name,
		Title:       name,
		Boards:      carto.Boards{Count: 1, Width: width, Height: height, Margin: 5, Frame: carto.Frame{Shape: shape}},
		Attribution: []string{result.Attribution},
	}
	if m.View, err = carto.Fit(box, m.Boards, rotation, ""); err != nil {
		t.Fatal(err)
	}
	data := memory{}
	for _, l := range result.Layers {
		id := carto.LayerID(l.Name)
		for i, f := range l.Features {
			data[id] = append(data[id], carto.Feature{ID: int64(i + 1), Geometry: f.Geometry, Class: f.Class, Name: f.Name})
		}
		m.Layers = append(m.Layers, carto.Layer{
			ID: id, Name: l.Name, Operation: l.Defaults.Operation, Setting: l.Defaults.Setting,
			Strategy: l.Defaults.Strategy, Visible: l.Defaults.Visible, Board: 1, Color: l.Defaults.Color,
			Options: l.Defaults.Options, CRS: l.CRS, Count: len(l.Features),
		})
	}
	return m, data
}

var (
	munich   = orb.Bound{Min: orb.Point{11.5648, 48.1309}, Max: orb.Point{11.5871, 48.1436}}
	monaco   = orb.Bound{Min: orb.Point{7.409, 43.7247}, Max: orb.Point{7.4399, 43.7519}}
	helsinki = orb.Bound{Min: orb.Point{24.9352, 60.1642}, Max: orb.Point{24.9534, 60.1791}}
)

// middleOf is the middle half of a box each way.
func middleOf(b orb.Bound) orb.Bound {
	c := b.Center()
	w, h := (b.Max[0]-b.Min[0])/4, (b.Max[1]-b.Min[1])/4
	return orb.Bound{Min: orb.Point{c[0] - w, c[1] - h}, Max: orb.Point{c[0] + w, c[1] + h}}
}

// jobOf traces all layers of a map together.
func jobOf(t testing.TB, m *carto.Map, data memory) (*artwork.Artwork, *Report) {
	t.Helper()
	s, err := NewScene(m, data)
	if err != nil {
		t.Fatal(err)
	}
	ids := make([]carto.LayerID, 0, len(m.Layers))
	for _, l := range m.Layers {
		ids = append(ids, l.ID)
	}
	art, report, err := Job(t.Context(), s, ids)
	if err != nil {
		t.Fatal(err)
	}
	return art, report
}

// All rules of a job hold over whole cities, with names on top in areas and in
// single lines.
func TestCitiesBurnNothingTwiceAndNothingOutside(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		sample        string
		box           orb.Bound
		width, height float64
		shape         carto.FrameShape
		rotation      float64
		names         artwork.Operation
	}{
		"Munich at 200 mm":           {"munich-centre-2020", munich, 200, 150, carto.FrameRect, 0, artwork.Engrave},
		"Munich turned, in a circle": {"munich-centre-2020", munich, 200, 200, carto.FrameCircle, 30, artwork.Score},
		"Monaco at 100 mm":           {"monaco-2021", monaco, 100, 100, carto.FrameRect, 0, ""},
		"Helsinki in a circle":       {"helsinki-centre-2019", helsinki, 150, 150, carto.FrameCircle, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, data := city(t, c.sample, c.box, c.width, c.height, c.shape, c.rotation)
			if c.names != "" {
				for i := range m.Layers {
					if m.Layers[i].Strategy == "filled" {
						m.Layers[i].Options["knock-out"] = "above"
					}
				}
				namesOf(m, data, c.names, map[string]string{"size": "2", "avoid": "rail"})
			}
			art, _ := jobOf(t, m, data)
			if names := art.Layers[len(art.Layers)-1]; c.names != "" && len(names.Shapes) < 100 {
				t.Errorf("only %d shapes of names", len(names.Shapes))
			}
			innocent(t, art)
		})
	}
}

// BenchmarkMunich traces seven layers at 300 × 200 mm.
func BenchmarkMunich(b *testing.B) {
	m, data := city(b, "munich-centre-2020", munich, 300, 200, carto.FrameRect, 0)
	for b.Loop() {
		jobOf(b, m, data)
	}
}
