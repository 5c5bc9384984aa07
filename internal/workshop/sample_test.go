package workshop

import (
	"errors"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/paulmach/orb"
)

// TestTheSampleMapIsWhole: the first map that a person sees must have a town
// on it, and making it twice must not take away what they drew.
func TestTheSampleMapIsWhole(t *testing.T) {
	t.Parallel()
	w, err := Open(Config{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "Maps", "Munich.gpkg")
	made, err := w.SampleMap(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	d, err := w.OpenMap(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	m := d.Map()
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	shapes := 0
	for _, l := range m.Layers {
		shapes += l.Count
	}
	if made.Title != SampleTitle || m.Title != SampleTitle || len(m.Layers) < 5 || shapes < 3000 || len(m.Attribution) != 1 {
		t.Errorf("the sample map is %q, %d layers, %d shapes, credits %q", m.Title, len(m.Layers), shapes, m.Attribution)
	}
	if _, err := w.SampleMap(t.Context(), path); !errors.Is(err, ErrMapExists) {
		t.Errorf("a second sample map in its place: %v", err)
	}

	first, err := w.Thumbnail(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	before := decode(t, first)
	if before.Width != thumbnailWidth {
		t.Errorf("the small picture is %d pixels wide", before.Width)
	}
	// A picture of before stays as long as the map does, and no longer.
	if err := os.WriteFile(first, []byte("kept"), 0o600); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(first, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Thumbnail(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(first); err != nil || string(text) != "kept" {
		t.Errorf("the picture was made again for an unchanged map: %v", err)
	}
	later := info.ModTime().Add(time.Second)
	if err := os.Chtimes(path, later, later); err != nil {
		t.Fatal(err)
	}
	again, err := w.Thumbnail(t.Context(), path)
	if err != nil || again != first {
		t.Fatalf("%s, %v", again, err)
	}
	decode(t, again)
}

type size struct{ Width, Height int }

func decode(t *testing.T, path string) size {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	c, err := png.DecodeConfig(f)
	if err != nil {
		t.Fatal(err)
	}
	return size{c.Width, c.Height}
}

// TestAGivenViewIsKept: a maker who asks for 1:25,000 must get it.
func TestAGivenViewIsKept(t *testing.T) {
	t.Parallel()
	w, err := Open(Config{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	view := carto.View{Center: orb.Point{11.57, 48.14}, Scale: 25000, Rotation: 12, Projection: "local"}
	n := NewMap{Path: filepath.Join(t.TempDir(), "new", "x.gpkg"), Parents: true, View: &view, Width: 300, Height: 200, Margin: 5}
	made, err := w.New(t.Context(), n)
	if err != nil || made.Scale != 25000 {
		t.Fatalf("scale %v, %v", made.Scale, err)
	}
	d, err := w.OpenMap(t.Context(), n.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}()
	if got := d.Map().View; got != view {
		t.Errorf("the map shows %+v", got)
	}
	view.Scale = 0
	n.Path = filepath.Join(t.TempDir(), "y.gpkg")
	if _, err := w.New(t.Context(), n); Explain(err).Code != CodeUsage {
		t.Errorf("a scale of 1:0 gave %v", err)
	}
}

// TestAFileIsToldForWhatItIs: who drops a file that can't be read must learn
// what it is and what to do.
func TestAFileIsToldForWhatItIs(t *testing.T) {
	t.Parallel()
	w, err := Open(Config{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	osm, err := w.LookAtSource(t.Context(), "../../assets/sample/munich-centre-2020.osm.pbf")
	if err != nil || osm.Kind != "OpenStreetMap" || len(osm.Presets) != 1 || osm.Bytes != 842012 {
		t.Errorf("%+v, %v", osm, err)
	}
	points := write("x.geojson", `{"type":"Point","coordinates":[11,48]}`)
	if g, err := w.LookAtSource(t.Context(), points); err != nil || g.Kind != "GeoJSON" || g.Presets != nil {
		t.Errorf("%+v, %v", g, err)
	}
	for name, want := range map[string]string{
		"a.SHP": "is a shapefile, which Mapwright can't read yet: save it as GeoJSON",
		"b.gpx": "is a GPX track",
		"c.hgt": "heights can't be carved yet",
		"d.xyz": "is of no kind that Mapwright knows. Mapwright reads OpenStreetMap",
	} {
		if _, err := w.LookAtSource(t.Context(), write(name, "<gpx or anything>")); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", name, err, want)
		}
	}
	if _, err := w.LookAtSource(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "is a folder") {
		t.Errorf("a folder: %v", err)
	}
	if _, err := w.LookAtSource(t.Context(), filepath.Join(dir, "gone.osm")); err == nil || strings.Count(err.Error(), "gone.osm") != 1 {
		t.Errorf("a missing file: %v", err)
	}
}
