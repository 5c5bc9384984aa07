package export

import (
	"context"
	"iter"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/credits"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/sdk"
	"github.com/paulmach/orb"
)

// work is everything that one charge pays for.
type work struct {
	m        carto.Map
	l        carto.Layer
	features []carto.Feature
	manifest sdk.Manifest
	options  sdk.Options
}

func (w *work) Features(context.Context, carto.LayerID, orb.Bound) iter.Seq2[carto.Feature, error] {
	return func(yield func(carto.Feature, error) bool) {
		for _, f := range w.features {
			if !yield(f, nil) {
				return
			}
		}
	}
}

func (w *work) recipe(t *testing.T) credits.Recipe {
	t.Helper()
	d, err := layerDigest(t.Context(), &w.m, w.l, w)
	if err != nil {
		t.Fatal(err)
	}
	return recipe(d, w.manifest, w.options)
}

func usual() *work {
	return &work{
		m: carto.Map{
			ID: "m", Title: "Town", View: carto.View{Center: orb.Point{11, 48}, Scale: 10000, Projection: "local"},
			Boards: carto.Boards{Count: 1, Width: 300, Height: 200, Frame: carto.Frame{Shape: carto.FrameRect}, Margin: 5},
		},
		l: carto.Layer{
			ID: "l", Name: "lanes", Operation: artwork.Score, Setting: "1", Strategy: "centreline", Visible: true, Board: 1,
			Color: "#0000FF", CRS: "EPSG:4326", Options: map[string]string{"simplify": "0.05", "width": "1"},
		},
		features: []carto.Feature{
			{ID: 1, Geometry: orb.LineString{{11, 48}, {11.1, 48.1}}, Class: "lane", Name: "High Street", Attributes: map[string]string{"a": "1", "b": "2"}},
			{ID: 2, Geometry: orb.Point{11, 48}},
		},
		manifest: sdk.Manifest{
			ID: "svg", Version: "1.0.0",
			Options: []sdk.Option{{Key: "precision", Type: sdk.Integer, Default: int64(3)}, {Key: "units", Type: sdk.Text, Default: "mm"}},
		},
		options: sdk.Options{"precision": int64(3), "units": "mm"},
	}
}

// TestWhatIsPaidForStaysFree names every change that must not cost again.
func TestWhatIsPaidForStaysFree(t *testing.T) {
	t.Parallel()
	want := usual().recipe(t)
	for name, change := range map[string]func(*work){
		"the title":              func(w *work) { w.m.Title = "City" },
		"the layer's name":       func(w *work) { w.l.Name = "streets" },
		"hidden":                 func(w *work) { w.l.Visible = false },
		"locked":                 func(w *work) { w.l.Locked = true },
		"the colour":             func(w *work) { w.l.Color = "#123456" },
		"the source":             func(w *work) { w.l.Source = "other.osm" },
		"the plugin's version":   func(w *work) { w.manifest.Version = "2.0.0" },
		"the plugin's publisher": func(w *work) { w.manifest.Publisher = "somebody" },
		"another layer":          func(w *work) { w.m.Layers = append(w.m.Layers, carto.Layer{ID: "x"}) },
		"the credit line":        func(w *work) { w.m.Attribution = []string{"© somebody"} },
		"a new option at its default": func(w *work) {
			w.manifest.Options = append(w.manifest.Options, sdk.Option{Key: "new", Default: "x"})
			w.options["new"] = "x"
		},
		"-0 instead of 0": func(w *work) { w.m.View.Rotation = -w.m.View.Rotation },
	} {
		w := usual()
		change(w)
		if w.recipe(t) != want {
			t.Errorf("%s changed: it costs again", name)
		}
	}
}

// TestEveryChangeOfTheWorkIsANewExport names every change that must cost.
func TestEveryChangeOfTheWorkIsANewExport(t *testing.T) {
	t.Parallel()
	seen := map[credits.Recipe]string{usual().recipe(t): "nothing"}
	for name, change := range map[string]func(*work){
		"another map":          func(w *work) { w.m.ID = "n" },
		"another layer":        func(w *work) { w.l.ID = "k" },
		"scale":                func(w *work) { w.m.View.Scale = 9999 },
		"rotation":             func(w *work) { w.m.View.Rotation = 1 },
		"projection":           func(w *work) { w.m.View.Projection = "web-mercator" },
		"place":                func(w *work) { w.m.View.Center[0] += 1e-9 },
		"board width":          func(w *work) { w.m.Boards.Width = 301 },
		"margin":               func(w *work) { w.m.Boards.Margin = 6 },
		"frame":                func(w *work) { w.m.Boards.Frame.Shape = carto.FrameCircle },
		"board of the layer":   func(w *work) { w.l.Board = 2 },
		"operation":            func(w *work) { w.l.Operation = artwork.Cut },
		"setting":              func(w *work) { w.l.Setting = "2" },
		"strategy":             func(w *work) { w.l.Strategy = "outline" },
		"an option":            func(w *work) { w.l.Options["simplify"] = "0.06" },
		"an option more":       func(w *work) { w.l.Options["join"] = "mitre" },
		"a vertex":             func(w *work) { w.features[0].Geometry = orb.LineString{{11, 48}, {11.1, 48.2}} },
		"a shape more":         func(w *work) { w.features = append(w.features, carto.Feature{Geometry: orb.Point{1, 2}}) },
		"a shape less":         func(w *work) { w.features = w.features[:1] },
		"a class":              func(w *work) { w.features[0].Class = "road" },
		"an attribute":         func(w *work) { w.features[0].Attributes["b"] = "3" },
		"a name":               func(w *work) { w.features[0].Name = "Low Street" },
		"text between fields":  func(w *work) { w.features[0].Class, w.features[0].Name = "laneHigh", " Street" },
		"another format":       func(w *work) { w.manifest.ID = "dxf" },
		"an option of format":  func(w *work) { w.options["precision"] = int64(2) },
		"another option of it": func(w *work) { w.options["units"] = "px96" },
	} {
		w := usual()
		change(w)
		r := w.recipe(t)
		if before, twice := seen[r]; twice {
			t.Errorf("%s costs nothing beside %s", name, before)
		}
		seen[r] = name
	}
}
