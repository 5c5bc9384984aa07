package workshop

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/trace"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

const munichData = "../../assets/sample/munich-centre-2020.osm.pbf"

// titled makes a map of Munich with a title, and lays it on the desk.
func titled(t *testing.T, width, height float64, frame carto.FrameShape) (*Workshop, *Desk) {
	t.Helper()
	dir := t.TempDir()
	w, err := Open(Config{DataDir: filepath.Join(dir, "data")})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "munich.gpkg")
	if _, err := w.New(t.Context(), NewMap{
		Path: path, Box: &sampleBox, Width: width, Height: height, Margin: DefaultMargin, Title: "Munich old town", Frame: frame,
	}); err != nil {
		t.Fatal(err)
	}
	return w, openDesk(t, w, path)
}

func openDesk(t *testing.T, w *Workshop, path string) *Desk {
	t.Helper()
	d, err := w.OpenMap(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

// partsOf reads the furniture of a map by its classes.
func partsOf(t *testing.T, d *Desk) (carto.Layer, map[string][]carto.Feature) {
	t.Helper()
	layer, _, ok := findFurniture(d.Map())
	if !ok {
		return layer, nil
	}
	parts, err := featuresByClass(t.Context(), d.doc, layer.ID)
	if err != nil {
		t.Fatal(err)
	}
	return layer, parts
}

func TestAMapWithATitleBeginsWithFrameAndText(t *testing.T) {
	t.Parallel()
	_, d := titled(t, 300, 200, carto.FrameRect)
	layer, parts := partsOf(t, d)
	if layer.Name != FurnitureName || layer.CRS != carto.BoardCRS || len(parts) != 4 || parts[trace.ClassTitle][0].Name != "Munich old town" {
		t.Fatalf("%+v %v", layer, parts)
	}
	if _, err := d.Import(t.Context(), Import{Source: munichData}); err != nil {
		t.Fatal(err)
	}
	layers := d.Map().Layers
	if top := layers[len(layers)-1]; top.ID != layer.ID || len(layers) != 8 {
		t.Errorf("%d layers, and %q is the top: the frame belongs above the map", len(layers), top.Name)
	}
	if _, parts = partsOf(t, d); len(parts[trace.ClassCredit]) != 1 || parts[trace.ClassCredit][0].Name != "© OpenStreetMap contributors" {
		t.Errorf("the credit line is %v", parts[trace.ClassCredit])
	}
	if err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, parts = partsOf(t, d); len(parts[trace.ClassCredit]) != 0 {
		t.Error("the credit line stays when the import is undone")
	}
}

func TestTheCreditLineOfOpenStreetMapComesWithItsData(t *testing.T) {
	t.Parallel()
	w, gpkg := shop(t) // without a title: no furniture yet
	d := openDesk(t, w, gpkg)
	m := d.Map()
	m.View.Center = sampleBox.Center()
	if err := d.Do(t.Context(), carto.SetView{View: m.View}); err != nil {
		t.Fatal(err)
	}
	out, err := d.Import(t.Context(), Import{Source: munichData})
	if err != nil {
		t.Fatal(err)
	}
	layer, parts := partsOf(t, d)
	if len(parts[trace.ClassCredit]) != 1 || len(parts[trace.ClassTitle]) != 0 || !strings.Contains(strings.Join(out.Notes, "\n"), layer.Name) {
		t.Errorf("parts %v, notes %q", parts, out.Notes)
	}
	if out.Layers[len(out.Layers)-1].Order != 2 {
		t.Errorf("the topmost layer of the data has order %d", out.Layers[len(out.Layers)-1].Order)
	}
	// Who takes the line away is not asked again.
	if err := d.SetLayer(t.Context(), layer.ID, map[string]string{"credit": "off"}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Import(t.Context(), Import{Source: munichData}); err != nil {
		t.Fatal(err)
	}
	if _, parts = partsOf(t, d); len(parts[trace.ClassCredit]) != 0 {
		t.Error("the credit line came back")
	}
}

func TestALayerThatIsNamedComesAlone(t *testing.T) {
	t.Parallel()
	w, gpkg := shop(t)
	d := openDesk(t, w, gpkg)
	m := d.Map()
	m.View.Center = sampleBox.Center()
	if err := d.Do(t.Context(), carto.SetView{View: m.View}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Import(t.Context(), Import{Source: munichData, Layer: "everything"}); err != nil {
		t.Fatal(err)
	}
	if names := layerNames(t, w, gpkg); !slices.Equal(names, []string{"everything", "village"}) {
		t.Errorf("%q", names)
	}
}

// TestFurnitureFits: what a new map begins with must lie on its piece as it is,
// whatever the size, without a part that is moved or left out.
func TestFurnitureFits(t *testing.T) {
	t.Parallel()
	for _, shape := range carto.FrameShapes() {
		for _, size := range [][2]float64{{60, 60}, {100, 80}, {200, 300}, {600, 400}} {
			_, d := titled(t, size[0], size[1], shape)
			layer, _ := partsOf(t, d)
			if err := d.Do(t.Context(), carto.SetAttribution{Lines: []string{"© OpenStreetMap contributors"}}); err != nil {
				t.Fatal(err)
			}
			if err := d.SetLayer(t.Context(), layer.ID, map[string]string{"hole": "on", "credit": "on"}); err != nil {
				t.Fatal(err)
			}
			drawn, err := d.Trace(t.Context(), d.Map())
			if err != nil {
				t.Fatal(err)
			}
			for _, n := range drawn.report.Notes {
				t.Errorf("%s %v: %s", shape, size, n.Message)
			}
			checked, err := d.Check(t.Context(), drawn)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range checked.Findings {
				if f.Severity == severityError {
					t.Errorf("%s %v: %s", shape, size, f.Message)
				}
			}
		}
	}
}

func TestPartsAreChangedByKeys(t *testing.T) {
	t.Parallel()
	_, d := titled(t, 300, 200, carto.FrameRect)
	layer, _ := partsOf(t, d)
	set := func(keys map[string]string) error { return d.SetLayer(t.Context(), layer.ID, keys) }
	if err := set(map[string]string{
		"title": `Munich\n1158`, "title.at": "150,20", "title.size": "12", "title.operation": "score", "title.setting": "1",
		"hole": "on", "north-arrow": "off", "scale": "on", "halo": "0.6", "setting": "light",
	}); err != nil {
		t.Fatal(err)
	}
	layer, parts := partsOf(t, d)
	title := parts[trace.ClassTitle][0]
	if title.Name != "Munich\n1158" || title.Geometry != orb.Geometry(orb.Point{150, 20}) || title.Attributes["size"] != "12" {
		t.Errorf("the title is %+v", title)
	}
	if len(parts[trace.ClassHole]) != 4 || len(parts[trace.ClassNorthArrow]) != 0 || len(parts[trace.ClassScale]) != 1 {
		t.Errorf("%v", parts)
	}
	if layer.Options["halo"] != "0.6" || layer.Setting != "light" {
		t.Errorf("%+v", layer)
	}
	for _, bad := range []map[string]string{
		{"title.at": "here"},
		{"title.size": "-1"},
		{"title.anchor": "north"},
		{"title.operation": "melt"},
		{"title.setting": "outer"},
		{"title.weight": "bold"},
		{"border": "thick"},
		{"hole.at": "10,10"},
		{"title": "off", "title.size": "3"},
		{"halo": "-1", "title": "x"},
	} {
		before := d.Map()
		var failed *Error
		if err := set(bad); !errors.As(err, &failed) || failed.Code != CodeUsage {
			t.Errorf("%v: %v", bad, err)
		}
		if _, after := partsOf(t, d); len(after) != len(parts) || after[trace.ClassTitle][0].Name != title.Name || d.Map().Layers[0].Options["halo"] != before.Layers[0].Options["halo"] {
			t.Errorf("%v changed something", bad)
		}
	}
	if err := d.Undo(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, parts := partsOf(t, d); parts[trace.ClassTitle][0].Name != "Munich old town" || len(parts[trace.ClassHole]) != 0 {
		t.Errorf("one step of undo does not take it all back: %v", parts)
	}
}

// TestPartsAreHandledOnTheCanvas: a maker points at the title, moves it, and
// turns the map, and the title stays where it was put.
func TestPartsAreHandledOnTheCanvas(t *testing.T) {
	t.Parallel()
	_, d := titled(t, 300, 200, carto.FrameRect)
	layer, parts := partsOf(t, d)
	title := parts[trace.ClassTitle][0]
	at := title.Geometry.(orb.Point)
	// Beside the point, on the letters.
	id, feature, found, err := d.Hit(t.Context(), 1, artwork.Point{X: at[0] - 20, Y: at[1] - 4}, 1)
	if err != nil || !found || id != layer.ID || feature != title.ID {
		t.Fatalf("pointing at the title finds %q %d %v: %v", id, feature, found, err)
	}
	if err := d.Move(t.Context(), layer.ID, []int64{title.ID}, artwork.Point{X: 12.5, Y: -30}); err != nil {
		t.Fatal(err)
	}
	v := d.Map().View
	v.Rotation, v.Scale = 45, 2*v.Scale
	if err := d.Do(t.Context(), carto.SetView{View: v}); err != nil {
		t.Fatal(err)
	}
	s, err := d.Shape(t.Context(), layer.ID, title.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := s.Parts[0].Points[0], (artwork.Point{X: at[0] + 12.5, Y: at[1] - 30}); got != want {
		t.Errorf("the title lies at %v, want %v", got, want)
	}
}
