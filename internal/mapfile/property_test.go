package mapfile

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/carto/cartotest"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"
)

var coordinate = rapid.Float64().Filter(func(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) })

func drawPoint(t *rapid.T) orb.Point {
	if rapid.Bool().Draw(t, "a place on Earth") {
		return orb.Point{rapid.Float64Range(-180, 180).Draw(t, "lon"), rapid.Float64Range(-90, 90).Draw(t, "lat")}
	}
	return orb.Point{coordinate.Draw(t, "x"), coordinate.Draw(t, "y")}
}

func drawPoints(t *rapid.T) []orb.Point {
	return rapid.SliceOfN(rapid.Custom(drawPoint), 0, 6).Draw(t, "points")
}

// drawGeometry gives any kind of geometry, empty ones too.
func drawGeometry(depth int) func(*rapid.T) orb.Geometry {
	ring := rapid.Custom(func(t *rapid.T) orb.Ring { return drawPoints(t) })
	polygon := rapid.Custom(func(t *rapid.T) orb.Polygon { return rapid.SliceOfN(ring, 0, 3).Draw(t, "rings") })
	return func(t *rapid.T) orb.Geometry {
		last := 6
		if depth > 2 {
			last = 5
		}
		switch rapid.IntRange(0, last).Draw(t, "kind") {
		case 0:
			return drawPoint(t)
		case 1:
			return orb.MultiPoint(drawPoints(t))
		case 2:
			return orb.LineString(drawPoints(t))
		case 3:
			return polygon.Draw(t, "polygon")
		case 4:
			line := rapid.Custom(func(t *rapid.T) orb.LineString { return drawPoints(t) })
			return orb.MultiLineString(rapid.SliceOfN(line, 0, 3).Draw(t, "lines"))
		case 5:
			return orb.MultiPolygon(rapid.SliceOfN(polygon, 0, 3).Draw(t, "polygons"))
		default:
			return orb.Collection(rapid.SliceOfN(rapid.Custom(drawGeometry(depth+1)), 0, 3).Draw(t, "members"))
		}
	}
}

var label = rapid.OneOf(rapid.SampledFrom([]string{"", "Straße", "東京 <&\"'>", "a'b\"c;--", "🗺️", "\n\t"}),
	rapid.StringN(0, 12, -1).Filter(func(s string) bool {
		for _, r := range s {
			if r == 0 || r == '\uFFFD' {
				return false
			}
		}
		return true
	}))

func drawFeature(t *rapid.T) carto.Feature {
	return carto.Feature{
		ID:         rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(1, 12)).Draw(t, "id"),
		Geometry:   rapid.Custom(drawGeometry(0)).Draw(t, "geometry"),
		Class:      label.Draw(t, "class"),
		Name:       label.Draw(t, "name"),
		Attributes: rapid.MapOfN(label, label, 0, 3).Draw(t, "attributes"),
	}
}

func drawLayer(t *rapid.T, id carto.LayerID) carto.Layer {
	operation := rapid.SampledFrom(artwork.Operations()).Draw(t, "operation")
	return carto.Layer{
		ID:        id,
		Name:      string(id) + label.Draw(t, "name"),
		Operation: operation,
		Setting:   rapid.SampledFrom(artwork.Settings(operation)).Draw(t, "setting"),
		Strategy:  label.Draw(t, "strategy"),
		Visible:   rapid.Bool().Draw(t, "visible"),
		Locked:    rapid.Bool().Draw(t, "locked"),
		Board:     1,
		Color:     "#00A0A0",
		Options:   rapid.MapOfN(label, label, 0, 3).Draw(t, "options"),
		CRS:       rapid.SampledFrom([]string{"", "EPSG:4326", "EPSG:3857", "EPSG:32632", "EPSG:32760", "EPSG:3035", carto.BoardCRS}).Draw(t, "crs"),
		Source:    label.Draw(t, "source"),
	}
}

// drawEdit gives an edit that fits the map, most of the time.
func drawEdit(t *rapid.T, m *carto.Map, n int) carto.Edit {
	id := carto.LayerID("L" + strconv.Itoa(n))
	if len(m.Layers) > 0 {
		id = rapid.SampledFrom(m.Layers).Draw(t, "layer").ID
	}
	name := "renamed " + strconv.Itoa(n)
	features := rapid.SliceOfN(rapid.Custom(drawFeature), 0, 5)
	switch rapid.IntRange(0, 9).Draw(t, "edit") {
	case 0, 1:
		return carto.AddLayer{
			Layer: drawLayer(t, carto.LayerID("L"+strconv.Itoa(n))),
			At:    rapid.IntRange(-1, 5).Draw(t, "at"), Features: features.Draw(t, "features"),
		}
	case 2:
		return carto.RemoveLayer{Layer: id}
	case 3:
		return carto.MoveLayer{Layer: id, To: rapid.IntRange(-1, 5).Draw(t, "to")}
	case 4:
		return carto.SetLayer{Layer: id, Name: &name, Options: rapid.MapOfN(label, label, 0, 3).Draw(t, "options")}
	case 5:
		return carto.SetTitle{Title: label.Draw(t, "title")}
	case 6:
		return carto.RemoveFeatures{Layer: id, IDs: rapid.SliceOfN(rapid.Int64Range(1, 12), 0, 3).Draw(t, "ids")}
	case 7:
		return carto.Batch{carto.SetTitle{Title: name}, carto.PutFeatures{Layer: id, Features: features.Draw(t, "features")}}
	default:
		return carto.PutFeatures{Layer: id, Features: features.Draw(t, "features")}
	}
}

// compare tells how two stores differ, in everything and in every box.
func compare(t *rapid.T, want, got carto.Store) {
	t.Helper()
	if f, ok := got.(*File); ok {
		checkIndex(t, f)
	}
	wm, err := want.Map(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	gm, err := got.Map(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wm, gm, cmpopts.EquateEmpty()); diff != "" {
		t.Fatal(diff)
	}
	p, q := drawPoint(t), drawPoint(t)
	for _, l := range wm.Layers {
		for _, box := range []orb.Bound{{}, orb.MultiPoint{p, q}.Bound(), {Min: p, Max: p}} {
			w, g := gather(t, want, l.ID, box), gather(t, got, l.ID, box)
			if diff := cmp.Diff(w, g, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("layer %s, box %v: %s", l.ID, box, diff)
			}
		}
	}
}

func gather(t *rapid.T, s carto.Store, id carto.LayerID, box orb.Bound) []carto.Feature {
	t.Helper()
	var all []carto.Feature
	for f, err := range s.Features(t.Context(), id, box) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f)
	}
	return all
}

// tester is a *testing.T or a *rapid.T.
type tester interface {
	Helper()
	Context() context.Context
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// checkIndex says whether the R-tree holds exactly the features that have an
// extent, each in a box around it.
func checkIndex(t tester, f *File) {
	t.Helper()
	m, err := f.Map(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range m.Layers {
		table, err := findTable(t.Context(), f.reads, l.ID)
		if err != nil {
			t.Fatal(err)
		}
		var wrong, features int
		if err := f.reads.QueryRow(`SELECT count(*) FROM "` + table.name + `" a
			FULL JOIN "rtree_` + table.name + `_geom" r ON r.id = a.fid
			WHERE ifnull(ST_IsEmpty(a.geom), 1) IS (r.id NOTNULL)
			OR r.minx > ST_MinX(a.geom) OR r.maxx < ST_MaxX(a.geom) OR r.miny > ST_MinY(a.geom) OR r.maxy < ST_MaxY(a.geom)`).Scan(&wrong); err != nil {
			t.Fatal(err)
		}
		if err := f.reads.QueryRow(`SELECT count(*) FROM "` + table.name + `"`).Scan(&features); err != nil {
			t.Fatal(err)
		}
		if wrong != 0 || features != l.Count {
			t.Fatalf("layer %q: %d wrong entries in the R-tree; %d features, counted %d", l.Name, wrong, features, l.Count)
		}
	}
}

// A map file and a map in memory go through the same edits and undos, and the
// file is closed and opened again in between.
func TestAMapFileHoldsWhatTheMapHolds(t *testing.T) {
	t.Parallel()
	folder := memoryFolder(t)
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		path := filepath.Join(folder, strconv.Itoa(n)+".gpkg")
		if err := Create(t.Context(), path, sample()); err != nil {
			t.Fatal(err)
		}
		var options []Option
		if rapid.Bool().Draw(t, "rollback journal") {
			options = append(options, WithoutWAL())
		}
		memory := cartotest.NewStore(sample())
		want, err := carto.Open(t.Context(), memory)
		if err != nil {
			t.Fatal(err)
		}
		file, got := reopen(t, nil, path, options)
		defer func() {
			if err := file.Close(); err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
		}()
		t.Repeat(map[string]func(*rapid.T){
			"": func(t *rapid.T) { compare(t, memory, file) },
			"edit": func(t *rapid.T) {
				n++
				e := drawEdit(t, want.Map(), n)
				sameError(t, want.Do(t.Context(), e), got.Do(t.Context(), e))
			},
			"undo": func(t *rapid.T) { sameError(t, want.Undo(t.Context()), got.Undo(t.Context())) },
			"redo": func(t *rapid.T) { sameError(t, want.Redo(t.Context()), got.Redo(t.Context())) },
			"reopen": func(t *rapid.T) {
				file, got = reopen(t, file, path, options)
				if want, err = carto.Open(t.Context(), memory); err != nil {
					t.Fatal(err)
				}
			},
		})
	})
}

func reopen(t *rapid.T, old *File, path string, options []Option) (*File, *carto.Document) {
	if old != nil {
		if err := old.Close(); err != nil {
			t.Fatal(err)
		}
	}
	f, err := Open(t.Context(), path, options...)
	if err != nil {
		t.Fatal(err)
	}
	d, err := carto.Open(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	return f, d
}

func sameError(t *rapid.T, want, got error) {
	t.Helper()
	if (want == nil) != (got == nil) || want != nil && want.Error() != got.Error() {
		t.Fatalf("in memory: %v; in the file: %v", want, got)
	}
}

// memoryFolder is a temporary folder in memory where there is such a place: this
// test commits thousands of times, and is not about the disk.
func memoryFolder(t *testing.T) string {
	t.Helper()
	if _, err := os.Stat("/dev/shm"); err != nil {
		return t.TempDir()
	}
	folder, err := os.MkdirTemp("/dev/shm", "mapwright-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	return folder
}
