package workshop

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/paulmach/orb"
)

// formats builds our format plugins, as a person finds them installed.
func formats(t *testing.T, ids ...string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, id := range ids {
		folder := filepath.Join(dir, id, "1.0.0")
		if err := os.MkdirAll(folder, 0o755); err != nil {
			t.Fatal(err)
		}
		program := filepath.Join(folder, "plugin")
		if said, err := exec.CommandContext(t.Context(), "go", "build", "-o", program, "../../plugins/"+id).CombinedOutput(); err != nil {
			t.Fatalf("building %s: %v\n%s", id, err, said)
		}
		manifest, err := exec.CommandContext(t.Context(), program, "manifest").Output()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, "manifest.json"), manifest, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// sourceOf is the village as a file to import.
func sourceOf(t *testing.T) string {
	t.Helper()
	source := filepath.Join(t.TempDir(), "village.geojson")
	if err := os.WriteFile(source, []byte(village), 0o600); err != nil {
		t.Fatal(err)
	}
	return source
}

// munichWhole is a map of all that the sample holds.
func munichWhole(b *testing.B) (w *Workshop, gpkg string) {
	b.Helper()
	w, err := Open(Config{DataDir: b.TempDir(), PluginDirs: []string{os.Getenv("MAPWRIGHT_PLUGINS")}})
	if err != nil {
		b.Fatal(err)
	}
	gpkg = filepath.Join(b.TempDir(), "munich.gpkg")
	box := orb.Bound{Min: orb.Point{11.5628, 48.1309}, Max: orb.Point{11.5891, 48.1446}}
	if _, err := w.New(b.Context(), NewMap{Path: gpkg, Box: &box, Width: 300, Height: 260, Margin: DefaultMargin}); err != nil {
		b.Fatal(err)
	}
	if _, err := w.Import(b.Context(), Import{Map: gpkg, Source: "../../assets/sample/munich-centre-2020.osm.pbf"}); err != nil {
		b.Fatal(err)
	}
	return w, gpkg
}
