package mapfile

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/projection"
	"github.com/paulmach/orb"
)

func TestFilesThatAreNoMapsSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	write := func(name string, data []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := newMap(t)
	update(t, good, func(tx carto.Tx) error { return tx.PutLayer(layer("a", "A"), 0) })
	many := make([]carto.Feature, 500)
	for i := range many {
		many[i] = carto.Feature{Geometry: orb.LineString{{1, 2}, {float64(i), 4}}}
	}
	update(t, good, putAll("a", many...))
	var root int
	if err := good.writes.QueryRow(`SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = 'a'`).Scan(&root); err != nil {
		t.Fatal(err)
	}
	closeFile(t, good)
	sound, err := os.ReadFile(good.Path())
	if err != nil {
		t.Fatal(err)
	}
	holes := append([]byte(nil), sound...)
	for i := 4096; i < len(holes); i += 3 {
		holes[i] ^= 0x5a
	}
	torn := append([]byte(nil), sound...)
	for i := range 4 { // two pointers to cells, of an interior page
		torn[(root-1)*4096+12+i] = 0xff
	}
	plain := filepath.Join(folder, "plain.gpkg")
	gdal(t, "ogr2ogr", "-f", "GPKG", plain, good.Path(), "a")
	for name, c := range map[string]struct {
		path string
		want Problem
	}{
		"missing":            {filepath.Join(folder, "none.gpkg"), Missing},
		"a folder":           {folder, IsFolder},
		"random bytes":       {write("random.gpkg", []byte(strings.Repeat("\x07\xf3ab!", 5000))), NotAMap},
		"empty":              {write("empty.gpkg", nil), NotAMap},
		"a picture":          {write("picture.gpkg", []byte("\x89PNG\r\n\x1a\n")), NotAMap},
		"a plain GeoPackage": {plain, NotOurs},
		"cut short":          {write("cut.gpkg", sound[:len(sound)-9000]), Damaged},
		"one page is torn":   {write("torn.gpkg", torn), Damaged},
		"overwritten":        {write("holes.gpkg", holes), Damaged},
	} {
		for how, open := range map[string]func(context.Context, string, ...Option) (*File, error){"Open": Open, "OpenReader": OpenReader} {
			_, err := open(t.Context(), c.path)
			var e *Error
			if !errors.As(err, &e) || e.Problem != c.want {
				t.Errorf("%s: %s: %v; want that it %s", name, how, err, c.want)
				continue
			}
			if !strings.Contains(err.Error(), c.path) {
				t.Errorf("%s: %s: the error does not name the file: %v", name, how, err)
			}
			if strings.ContainsAny(err.Error(), "\n*") {
				t.Errorf("%s: %s: the error is not one plain line: %q", name, how, err)
			}
		}
		if _, err := os.Stat(c.path + lockSuffix); err == nil {
			t.Errorf("%s: a lock file is left", name)
		}
	}
}

// The advice is one that can be followed: GeoPackages are not imported.
func TestAForeignGeoPackageComesInAsGeoJSON(t *testing.T) {
	t.Parallel()
	if advice := NotOurs.Error(); !strings.Contains(advice, "ogr2ogr -f GeoJSON OUT.geojson FILE.gpkg LAYER") {
		t.Error(advice)
	}
	foreign, out := filepath.Join(t.TempDir(), "foreign.gpkg"), filepath.Join(t.TempDir(), "out.geojson")
	ours := newMap(t)
	update(t, ours, func(tx carto.Tx) error { return tx.PutLayer(layer("a", "a"), 0) })
	update(t, ours, putAll("a", shapes()...))
	closeFile(t, ours)
	gdal(t, "ogr2ogr", "-f", "GPKG", foreign, ours.Path(), "a")
	if _, err := Open(t.Context(), foreign); !errors.Is(err, NotOurs) {
		t.Fatal(err)
	}
	gdal(t, "ogr2ogr", "-f", "GeoJSON", out, foreign, "a")
	if text, err := os.ReadFile(out); err != nil || !strings.Contains(string(text), "FeatureCollection") {
		t.Errorf("%.80s %v", text, err)
	}
}

func TestCreateLeavesWhatIsThere(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "map.gpkg")
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Create(t.Context(), path, sample()); !errors.Is(err, Exists) {
		t.Errorf("%v", err)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "mine" {
		t.Errorf("%q %v", data, err)
	}
	if err := Create(t.Context(), folder, sample()); !errors.Is(err, IsFolder) {
		t.Errorf("%v", err)
	}
	if err := Create(t.Context(), filepath.Join(folder, "no", "map.gpkg"), sample()); !errors.Is(err, CannotBeMade) {
		t.Errorf("%v", err)
	}
	bad := sample()
	bad.Layers = []carto.Layer{layer("a", "A")}
	bad.Layers[0].CRS = "EPSG:1"
	var unknown *projection.UnknownError
	if err := Create(t.Context(), filepath.Join(folder, "bad.gpkg"), bad); !errors.As(err, &unknown) {
		t.Errorf("%v", err)
	}
	if left := neighbours(t, path); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestANewerMapIsReadAndLeftAlone(t *testing.T) {
	t.Parallel()
	f := newMap(t)
	if _, err := f.writes.Exec(`UPDATE mapwright_map SET value = '2' WHERE key = 'format'`); err != nil {
		t.Fatal(err)
	}
	closeFile(t, f)
	f = open(t, f.Path())
	if !strings.Contains(f.Notice(), "newer version") {
		t.Errorf("notice %q", f.Notice())
	}
	if _, err := f.Map(t.Context()); err != nil {
		t.Error(err)
	}
	if err := f.Update(t.Context(), func(tx carto.Tx) error { return tx.PutMap(sample()) }); !errors.Is(err, Newer) {
		t.Errorf("%v", err)
	}
}

// limited gives f a disk that is full after so many more pages of 4096 bytes.
func limited(t *testing.T, f *File, pages int) {
	t.Helper()
	var now int
	if err := f.writes.QueryRow("PRAGMA page_count").Scan(&now); err != nil {
		t.Fatal(err)
	}
	if _, err := f.writes.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", now+pages)); err != nil {
		t.Fatal(err)
	}
}

func TestAFullDiskLosesNothing(t *testing.T) {
	t.Parallel()
	for _, options := range [][]Option{nil, {WithoutWAL()}} {
		f := newMap(t, options...)
		update(t, f, func(tx carto.Tx) error { return tx.PutLayer(layer("a", "A"), 0) })
		update(t, f, putAll("a", shapes()...))
		limited(t, f, 3)
		d, err := carto.Open(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		many := make([]carto.Feature, 2000)
		for i := range many {
			many[i] = shapes()[2]
		}
		for range 2 {
			if err := d.Do(t.Context(), carto.PutFeatures{Layer: "a", Features: many}); !errors.Is(err, DiskFull) {
				t.Fatalf("%v", err)
			}
		}
		if n := len(featuresOf(t, f, "a", orb.Bound{})); n != len(shapes()) || d.Map().Layers[0].Count != n {
			t.Errorf("%d features, counted %d", n, d.Map().Layers[0].Count)
		}
		checkIndex(t, f)
		limited(t, f, 10000)
		if err := d.Do(t.Context(), carto.PutFeatures{Layer: "a", Features: many}); err != nil {
			t.Fatal(err)
		}
		checkIndex(t, f)
		closeFile(t, f)
	}
}

func TestAnUpdateThatFailsOrPanicsChangesNothing(t *testing.T) {
	t.Parallel()
	f := newMap(t)
	update(t, f, func(tx carto.Tx) error { return tx.PutLayer(layer("a", "A"), 0) })
	before, err := f.Revision(t.Context(), "a")
	if err != nil {
		t.Fatal(err)
	}
	mine := errors.New("changed my mind")
	if err := f.Update(t.Context(), func(tx carto.Tx) error {
		return errors.Join(putAll("a", shapes()...)(tx), mine)
	}); !errors.Is(err, mine) {
		t.Fatal(err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		err = f.Update(t.Context(), func(tx carto.Tx) error {
			if err := putAll("a", shapes()...)(tx); err != nil {
				return err
			}
			panic("bug")
		})
	}()
	ctx, cancel := context.WithCancel(t.Context())
	if err := f.Update(ctx, func(tx carto.Tx) error {
		defer cancel()
		return putAll("a", shapes()...)(tx)
	}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if n := len(featuresOf(t, f, "a", orb.Bound{})); n != 0 {
		t.Errorf("%d features", n)
	}
	if after, err := f.Revision(t.Context(), "a"); err != nil || after != before {
		t.Errorf("revision %s, then %s: %v", before, after, err)
	}
	update(t, f, putAll("a", shapes()...))
}

func TestReadersSeeTheMapAsItWas(t *testing.T) {
	t.Parallel()
	for name, options := range map[string][]Option{"write-ahead log": nil, "rollback journal": {WithoutWAL()}} {
		f := newMap(t, options...)
		update(t, f, func(tx carto.Tx) error { return tx.PutLayer(layer("a", "A"), 0) })
		update(t, f, putAll("a", shapes()...))
		r, err := OpenReader(t.Context(), f.Path())
		if err != nil {
			t.Fatal(name, err)
		}
		want := featuresOf(t, r, "a", orb.Bound{})
		started := time.Now()
		for _, err := range r.Features(t.Context(), "a", orb.Bound{}) { // a writer in the middle of a read
			if err != nil {
				t.Fatal(name, err)
			}
			update(t, f, putAll("a", shapes()[0]))
		}
		for _, err := range f.Features(t.Context(), "a", orb.Bound{}) { // and in its own
			if err != nil {
				t.Fatal(name, err)
			}
			update(t, f, putAll("a", carto.Feature{ID: 3, Geometry: orb.Point{7, 7}}))
		}
		if waited := time.Since(started); waited > 4*time.Second {
			t.Errorf("%s: the writer waited for a reader: %v", name, waited)
		}
		if diff := cmp.Diff(want, featuresOf(t, r, "a", orb.Bound{})); diff != "" {
			t.Error(name, diff)
		}
		if err := r.Update(t.Context(), putAll("a", shapes()...)); !errors.Is(err, ReadOnly) {
			t.Errorf("%s: %v", name, err)
		}
		closeFile(t, f) // before the reader
		if diff := cmp.Diff(want, featuresOf(t, r, "a", orb.Bound{})); diff != "" {
			t.Error(name, diff)
		}
		closeFile(t, r)
		if left := neighbours(t, f.Path()); len(left) != 1 {
			t.Errorf("%s: left behind: %v", name, left)
		}
		r, err = OpenReader(t.Context(), f.Path())
		if err != nil {
			t.Fatal(name, err)
		}
		if n := len(featuresOf(t, r, "a", orb.Bound{})); n != 2*len(shapes()) {
			t.Errorf("%s: %d features", name, n)
		}
		closeFile(t, r)
		if _, err := r.Map(t.Context()); !errors.Is(err, Closed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A map that is edited after its file was moved away would be lost when it is
// closed, without a word.
func TestNothingIsSavedIntoAFileThatIsGone(t *testing.T) {
	t.Parallel()
	f := newMap(t)
	put := func(id, name string) error {
		return f.Update(t.Context(), func(tx carto.Tx) error { return tx.PutLayer(layer(id, name), 0) })
	}
	aside := f.Path() + ".aside"
	for _, other := range []bool{false, true} {
		if err := os.Rename(f.Path(), aside); err != nil {
			t.Fatal(err)
		}
		if other {
			if err := os.WriteFile(f.Path(), []byte("another file"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if err := put("a", "A"); !errors.Is(err, Gone) {
			t.Errorf("with another file in its place %v: %v", other, err)
		}
		if err := os.Rename(aside, f.Path()); err != nil {
			t.Fatal(err)
		}
	}
	if err := put("a", "A"); err != nil {
		t.Errorf("after the file was put back: %v", err)
	}
}

func TestTheLogIsFoldedInWhenIdle(t *testing.T) {
	t.Parallel()
	f := newMap(t, func(s *settings) { s.idle = time.Millisecond })
	if !f.wal {
		t.Skip("no write-ahead log here")
	}
	update(t, f, func(tx carto.Tx) error { return tx.PutLayer(layer("a", "A"), 0) })
	before, err := os.Stat(f.Path())
	if err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		after, err := os.Stat(f.Path())
		if err != nil {
			t.Fatal(err)
		}
		if after.Size() > before.Size() || after.ModTime().After(before.ModTime()) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the file was not brought up to date")
		}
	}
}

func TestTableNamesAreSafeAndReadable(t *testing.T) {
	t.Parallel()
	none := func(string) (bool, error) { return false, nil }
	for name, want := range map[string]string{
		"Roads, major": "roads_major", "Straße": "stra_e", "東京": "layer", "gpkg_contents": "layer_gpkg_contents",
		"RTree x": "layer_rtree_x", "3D": "layer_3d", `a"; DROP TABLE b;--`: "a_drop_table_b", "": "layer",
		strings.Repeat("long", 50): strings.Repeat("long", 10),
	} {
		got, err := tableName(name, none)
		if err != nil || got != want || !safeName(got) {
			t.Errorf("%q: %q, want %q (%v)", name, got, want, err)
		}
	}
	f := newMap(t)
	update(t, f, func(tx carto.Tx) error {
		return errors.Join(tx.PutLayer(layer("a", "Roads"), 0), tx.PutLayer(layer("b", "Roads!"), 0))
	})
	second, err := findTable(t.Context(), f.reads, "b")
	if err != nil || second.name != "roads_2" {
		t.Errorf("%q %v", second.name, err)
	}
}

func TestFunctionsOfTheRTreeGiveNullForWhatIsNoGeometry(t *testing.T) {
	t.Parallel()
	f := newMap(t)
	for _, function := range []string{"ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY", "ST_IsEmpty"} {
		for _, value := range []string{"NULL", "X''", "X'00'", "X'4750'", "'text'", "7", "1.5", "X'47500001e61000000108'", "randomblob(40)"} {
			var isNull bool
			if err := f.writes.QueryRow("SELECT " + function + "(" + value + ") IS NULL").Scan(&isNull); err != nil || !isNull {
				t.Errorf("%s(%s) is not NULL (%v)", function, value, err)
			}
		}
	}
	blob, err := encodeGeometry(orb.LineString{{1, 2}, {-3, 4.5}}, 4326)
	if err != nil {
		t.Fatal(err)
	}
	var got [5]float64
	if err := f.writes.QueryRow("SELECT ST_MinX(?1), ST_MaxX(?1), ST_MinY(?1), ST_MaxY(?1), ST_IsEmpty(?1)", blob).
		Scan(&got[0], &got[1], &got[2], &got[3], &got[4]); err != nil || got != [5]float64{-3, 1, 2, 4.5, 0} {
		t.Errorf("%v %v", got, err)
	}
}
