package mapfile

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// sample is a small map of a real place.
func sample() *carto.Map {
	return &carto.Map{
		ID: "3f0c", Title: "Munich <old town> & Isar",
		View:        carto.View{Center: orb.Point{11.57595, 48.13725}, Scale: 8737.25, Rotation: 12.5, Projection: "local"},
		Boards:      carto.Boards{Count: 2, Width: 200, Height: 300, Frame: carto.Frame{Shape: carto.FrameCircle}, Margin: 5},
		Attribution: []string{"© OpenStreetMap contributors"},
	}
}

func layer(id, name string) carto.Layer {
	return carto.Layer{
		ID: carto.LayerID(id), Name: name, Operation: artwork.Score, Setting: "1", Strategy: "centreline",
		Visible: true, Board: 1, CRS: "EPSG:4326",
	}
}

// newMap makes a map file and opens it.
func newMap(t testing.TB, options ...Option) *File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "map.gpkg")
	if err := Create(t.Context(), path, sample()); err != nil {
		t.Fatal(err)
	}
	return open(t, path, options...)
}

func open(t testing.TB, path string, options ...Option) *File {
	t.Helper()
	f, err := Open(t.Context(), path, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeFile(t, f) })
	return f
}

func closeFile(t testing.TB, f *File) {
	t.Helper()
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}

func update(t testing.TB, f *File, change func(carto.Tx) error) {
	t.Helper()
	if err := f.Update(t.Context(), change); err != nil {
		t.Fatal(err)
	}
}

func featuresOf(t testing.TB, f carto.Store, id carto.LayerID, box orb.Bound) []carto.Feature {
	t.Helper()
	var all []carto.Feature
	for feature, err := range f.Features(context.Background(), id, box) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, feature)
	}
	return all
}

func putAll(id carto.LayerID, features ...carto.Feature) func(carto.Tx) error {
	return func(tx carto.Tx) error {
		_, err := tx.PutFeatures(id, features)
		return err
	}
}

func TestReopeningGivesBackWhatWasThere(t *testing.T) {
	t.Parallel()
	f := newMap(t)
	roads := layer("roads", "Roads & paths")
	roads.Options = map[string]string{"width.path": "0.5", "simplify": "0.05"}
	want := []carto.Feature{
		{ID: 1, Geometry: orb.LineString{{11.1, 48.1}, {11.2, 48.3}}, Class: "path", Name: "Weg", Attributes: map[string]string{"a<b": "é"}},
		{ID: 7, Geometry: orb.Collection{orb.Point{1, 2}, orb.Polygon{{{0, 0}, {1, 0}, {0, 1}, {0, 0}}}}},
		{ID: 8, Geometry: orb.MultiPolygon{}},
	}
	update(t, f, func(tx carto.Tx) error {
		if err := tx.PutLayer(roads, 0); err != nil {
			return err
		}
		ids, err := tx.PutFeatures("roads", []carto.Feature{
			{Geometry: want[0].Geometry, Class: "path", Name: "Weg", Attributes: want[0].Attributes}, want[1], {Geometry: want[2].Geometry},
		})
		if diff := cmp.Diff([]int64{1, 7, 8}, ids); diff != "" {
			t.Error(diff)
		}
		return err
	})
	closeFile(t, f)
	f = open(t, f.Path())
	got, err := f.Map(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	m := sample()
	roads.Count = 3
	m.Layers = []carto.Layer{roads}
	if diff := cmp.Diff(m, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want, featuresOf(t, f, "roads", orb.Bound{})); diff != "" {
		t.Error(diff)
	}
	closeFile(t, f)
	entries, err := os.ReadDir(filepath.Dir(f.Path()))
	if err != nil || len(entries) != 1 {
		t.Errorf("a closed map is %d files (%v): %v", len(entries), err, entries)
	}
}

func TestASecondWriterIsToldWhoHasTheMap(t *testing.T) {
	t.Parallel()
	f := newMap(t, WithProgram("Mapwright"))
	_, err := Open(t.Context(), f.Path())
	var locked *LockedError
	if !errors.As(err, &locked) || locked.Holder.PID != os.Getpid() || locked.Holder.Program != "Mapwright" || locked.Holder.Since.IsZero() {
		t.Fatalf("%v", err)
	}
	closeFile(t, f)
	closeFile(t, open(t, f.Path()))
}

// The small pictures of the start page are readers, and so is whatever lists
// layers: a map that is opened meanwhile is not "open elsewhere".
func TestAReaderThatTidiesUpIsWaitedFor(t *testing.T) {
	t.Parallel()
	f := newMap(t)
	closeFile(t, f)
	lock, err := lockWriter(f.Path(), Holder{PID: os.Getpid(), Tidying: true})
	if err != nil {
		t.Fatal(err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if _, err := Open(stopped, f.Path()); !errors.Is(err, context.Canceled) {
		t.Errorf("nobody wants it any more, and it says %v", err)
	}
	ended := make(chan error)
	time.AfterFunc(50*time.Millisecond, func() { ended <- lock.Remove() })
	opened, err := Open(t.Context(), f.Path())
	if err := errors.Join(err, <-ended); err != nil {
		t.Fatal(err)
	}
	closeFile(t, opened)
}
