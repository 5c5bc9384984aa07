package workshop

import (
	"context"
	"errors"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/credits"
	"github.com/mapwright/mapwright/internal/export"
	"github.com/mapwright/mapwright/internal/pluginhost"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

const village = `{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"Lane"},"geometry":{"type":"LineString","coordinates":[[7.0002,50.0002],[7.0038,50.0018]]}},
{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[7.002,50.0012],[7.003,50.0012],[7.003,50.0018],[7.002,50.0018],[7.002,50.0012]]]}}
]}`

// shop is a workshop with a map of a village in one layer.
func shop(t *testing.T) (w *Workshop, gpkg string) {
	t.Helper()
	dir := t.TempDir()
	w, err := Open(Config{DataDir: filepath.Join(dir, "data")})
	if err != nil {
		t.Fatal(err)
	}
	gpkg = filepath.Join(dir, "village.gpkg")
	box := orb.Bound{Min: orb.Point{7, 50}, Max: orb.Point{7.004, 50.002}}
	if _, err := w.New(t.Context(), NewMap{Path: gpkg, Box: &box, Width: 100, Height: 80, Margin: DefaultMargin}); err != nil {
		t.Fatal(err)
	}
	source := filepath.Join(dir, "village.geojson")
	if err := os.WriteFile(source, []byte(village), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Import(t.Context(), Import{Map: gpkg, Source: source, Layer: "village"}); err != nil {
		t.Fatal(err)
	}
	return w, gpkg
}

func layerNames(t *testing.T, w *Workshop, gpkg string) []string {
	t.Helper()
	layers, err := w.Layers(t.Context(), gpkg)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for i, l := range layers {
		if l.Order != i+1 {
			t.Errorf("layer %s has order %d at place %d from the top", l.Name, l.Order, i+1)
		}
		names = append(names, l.Name)
	}
	return names
}

func TestANewMapIsCalledAfterItsFile(t *testing.T) {
	t.Parallel()
	_, gpkg := shop(t)
	m := mapOf(t, gpkg)
	if m.Title != "village" || m.Boards.Margin != DefaultMargin || m.Boards.Frame.Shape != carto.FrameRect {
		t.Errorf("title %q, boards %+v", m.Title, m.Boards)
	}
}

func mapOf(t *testing.T, gpkg string) *carto.Map {
	t.Helper()
	w, err := Open(Config{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	m, store, err := w.read(t.Context(), gpkg)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestALayerImportedWithoutAPresetIsAThinLine(t *testing.T) {
	t.Parallel()
	w, gpkg := shop(t)
	layers, err := w.Layers(t.Context(), gpkg)
	if err != nil {
		t.Fatal(err)
	}
	l := layers[0]
	if l.Name != "village" || l.Operation != artwork.Score || l.Setting != "1" || l.Strategy != "centreline" ||
		!l.Visible || l.Board != 1 || l.Options["simplify"] != "0.05" || l.Features != 2 {
		t.Errorf("%+v", l)
	}
}

func TestANameThatIsTakenGetsANumber(t *testing.T) {
	t.Parallel()
	w, gpkg := shop(t)
	source := filepath.Join(filepath.Dir(gpkg), "village.geojson")
	for range 2 {
		if _, err := w.Import(t.Context(), Import{Map: gpkg, Source: source, Layer: "Village"}); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := layerNames(t, w, gpkg), []string{"Village 3", "Village 2", "village"}; !slices.Equal(got, want) {
		t.Errorf("layers %v, want %v", got, want)
	}
}

func TestLayersMoveAreAddedAndRemoved(t *testing.T) {
	t.Parallel()
	w, gpkg := shop(t)
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	do(w.AddLayer(t.Context(), gpkg, "top", map[string]string{"operation": "cut"}))
	do(w.AddLayer(t.Context(), gpkg, "very top", nil))
	do(w.MoveLayer(t.Context(), gpkg, "VILLAGE", 1))
	if got, want := layerNames(t, w, gpkg), []string{"village", "very top", "top"}; !slices.Equal(got, want) {
		t.Errorf("layers %v, want %v", got, want)
	}
	do(w.RemoveLayer(t.Context(), gpkg, "very top"))
	if got, want := layerNames(t, w, gpkg), []string{"village", "top"}; !slices.Equal(got, want) {
		t.Errorf("layers %v, want %v", got, want)
	}
	for name, err := range map[string]error{
		"a place that is none":  w.MoveLayer(t.Context(), gpkg, "top", 3),
		"a layer that is none":  w.RemoveLayer(t.Context(), gpkg, "bottom"),
		"a name that is taken":  w.AddLayer(t.Context(), gpkg, "TOP", nil),
		"an unknown key":        w.SetLayer(t.Context(), gpkg, "top", map[string]string{"glitter": "1"}),
		"a setting of another":  w.SetLayer(t.Context(), gpkg, "top", map[string]string{"setting": "dark"}),
		"a board that is none":  w.SetLayer(t.Context(), gpkg, "top", map[string]string{"board": "0"}),
		"neither yes nor no":    w.SetLayer(t.Context(), gpkg, "top", map[string]string{"visible": "perhaps"}),
		"an unknown strategy":   w.SetLayer(t.Context(), gpkg, "top", map[string]string{"strategy": "magic"}),
		"an operation of none":  w.SetLayer(t.Context(), gpkg, "top", map[string]string{"operation": "melt"}),
		"a value out of bounds": w.SetLayer(t.Context(), gpkg, "top", map[string]string{"simplify": "-1"}),
	} {
		if Explain(err).Code != CodeUsage {
			t.Errorf("%s is %s: %v", name, Explain(err).Code, err)
		}
	}
}

func TestKeysAreTakenAllOrNone(t *testing.T) {
	t.Parallel()
	w, gpkg := shop(t)
	err := w.SetLayer(t.Context(), gpkg, "village", map[string]string{"name": "hamlet", "visible": "no", "glitter": "1"})
	if err == nil || !slices.Equal(layerNames(t, w, gpkg), []string{"village"}) {
		t.Errorf("err %v, layers %v", err, layerNames(t, w, gpkg))
	}
}

func TestOptionsOfAnotherStrategyAreDropped(t *testing.T) {
	t.Parallel()
	w, gpkg := shop(t)
	for _, keys := range []map[string]string{
		{"strategy": "hatch", "angle": "30", "simplify": "0.2"},
		{"strategy": "dashes", "dash": "2"},
		{"simplify": ""},
	} {
		if err := w.SetLayer(t.Context(), gpkg, "village", keys); err != nil {
			t.Fatal(err)
		}
	}
	layers, err := w.Layers(t.Context(), gpkg)
	if err != nil {
		t.Fatal(err)
	}
	if want := map[string]string{"dash": "2"}; !maps.Equal(layers[0].Options, want) {
		t.Errorf("options %v, want %v", layers[0].Options, want)
	}
}

func TestAPictureShowsWhatBurns(t *testing.T) {
	t.Parallel()
	w, gpkg := shop(t)
	file := filepath.Join(t.TempDir(), "village.png")
	if err := w.Render(t.Context(), Render{Map: gpkg, File: file, Mode: RenderLaser, Width: 500}); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(f)
	if err := errors.Join(err, f.Close()); err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 500 || b.Dy() != 400 {
		t.Errorf("size %v, want 500 x 400", b)
	}
	paper, ink := img.At(0, 0), 0
	for y := range 400 {
		for x := range 500 {
			if img.At(x, y) != paper {
				ink++
			}
		}
	}
	if ink < 300 || ink > 20000 {
		t.Errorf("%d pixels of ink", ink)
	}
	if err := w.Render(t.Context(), Render{Map: gpkg, File: file, Mode: "xray"}); Explain(err).Code != CodeUsage {
		t.Errorf("mode xray: %v", err)
	}
}

func TestErrorsHaveTheCodeThatScriptsGoBy(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		err  error
		want Code
	}{
		{errors.New("anything"), CodeFailed},
		{usage("what"), CodeUsage},
		{&carto.NoLayerError{Name: "x"}, CodeUsage},
		{pluginhost.UnknownFormatError{ID: "x"}, CodeUsage},
		{&export.OptionError{Format: "svg"}, CodeUsage},
		{&export.PluginError{Format: "svg", Err: context.DeadlineExceeded}, CodePlugin},
		{&export.DestinationError{Folder: "/x", Err: os.ErrPermission}, CodeFailed},
		{&credits.NotEnoughError{Needed: 2}, CodeCredits},
		{&credits.LeaseNeededError{Reason: credits.NoLease}, CodeSignIn},
		{context.Canceled, CodeCancelled},
	} {
		if got := Explain(c.err).Code; got != c.want {
			t.Errorf("%T is %s, want %s", c.err, got, c.want)
		}
	}
}
