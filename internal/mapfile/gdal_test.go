package mapfile

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
)

// gdal runs one of GDAL's programs and gives what it says. Warnings fail the
// test: GDAL warns of what is not as the standard says.
func gdal(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(name, args...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil || stderr.Len() > 0 {
		t.Fatalf("%s %v: %v (where GDAL is missing, run `make deps`)\n%s", name, args, err, stderr.String())
	}
	return string(out)
}

// town fills a map with a layer of each CRS, in two transactions: one in bulk,
// one through the triggers.
func town(t *testing.T) *File {
	t.Helper()
	f := newMap(t)
	for i, crs := range []string{"EPSG:4326", "EPSG:3857", "EPSG:32632", "EPSG:32733", "EPSG:3035", "", carto.BoardCRS} {
		l := layer("id "+crs, "Layer “"+crs+"” & more")
		l.CRS = crs
		update(t, f, func(tx carto.Tx) error {
			if err := tx.PutLayer(l, i); err != nil {
				return err
			}
			_, err := tx.PutFeatures(l.ID, shapes())
			return err
		})
		update(t, f, putAll(l.ID, shapes()...))
	}
	return f
}

// shapes has every kind of geometry.
func shapes() []carto.Feature {
	square := orb.Polygon{{{0, 0}, {9, 0}, {9, 9}, {0, 9}, {0, 0}}, {{1, 1}, {1, 2}, {2, 2}, {1, 1}}}
	var features []carto.Feature
	for _, g := range []orb.Geometry{
		orb.Point{11.575, 48.137},
		orb.LineString{{1, 2}, {3, 4}},
		square,
		orb.MultiPoint{{1, 2}, {3, 4}},
		orb.MultiLineString{{{1, 2}, {3, 4}}, {{5, 6}, {7, 8}}},
		orb.MultiPolygon{square},
		orb.Collection{orb.Point{5, 5}, square},
		orb.LineString{},
	} {
		features = append(features, carto.Feature{Geometry: g, Name: g.GeoJSONType(), Class: "c", Attributes: map[string]string{"höhe": "7"}})
	}
	return features
}

func TestGDALReadsEveryLayer(t *testing.T) {
	t.Parallel()
	f := town(t)
	closeFile(t, f)
	tables := tableNames(t, f.Path())
	for i, code := range []string{"4326", "3857", "32632", "32733", "3035", "", ""} {
		about := gdal(t, "ogrinfo", "-so", f.Path(), tables[i])
		for _, want := range []string{
			fmt.Sprintf("Feature Count: %d\n", 2*len(shapes())),
			"Extent: (0.000000, 0.000000) - (11.575000, 48.137000)\n",
			"FID Column = fid\n", "Geometry Column = geom\n", "attributes: String (0.0)\n",
		} {
			if !strings.Contains(about, want) {
				t.Errorf("%s: GDAL does not say %q:\n%s", tables[i], want, about)
			}
		}
		if want := `ID["EPSG",` + code + `]]` + "\n"; code != "" && !strings.Contains(about, want) {
			t.Errorf("%s: GDAL does not say %q:\n%s", tables[i], want, about)
		}
	}
	collection, err := geojson.UnmarshalFeatureCollection([]byte(gdal(t, "ogr2ogr", "-f", "GeoJSON", "/vsistdout/",
		f.Path(), tables[0], "-lco", "COORDINATE_PRECISION=15", "-where", "fid <= 7")))
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range shapes()[:7] {
		if diff := cmp.Diff(s.Geometry, collection.Features[i].Geometry); diff != "" {
			t.Error(diff)
		}
	}
	if left := neighbours(t, f.Path()); len(left) != 1 {
		t.Errorf("GDAL left %v", left)
	}
}

// tableNames lists the feature tables in the order of the layers.
func tableNames(t *testing.T, path string) []string {
	t.Helper()
	f, err := OpenReader(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer closeFile(t, f)
	m, err := f.Map(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, l := range m.Layers {
		table, err := findTable(t.Context(), f.snapshot, l.ID)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, table.name)
	}
	return names
}

// neighbours lists the files in the folder of a map.
func neighbours(t testing.TB, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestAChangeByGDALIsNoticedAndIndexed(t *testing.T) {
	t.Parallel()
	f := town(t)
	id := carto.LayerID("id EPSG:4326")
	tableOf, err := findTable(t.Context(), f.reads, id)
	if err != nil {
		t.Fatal(err)
	}
	far := orb.Bound{Min: orb.Point{99, 9}, Max: orb.Point{101, 11}}
	sql := strings.NewReplacer("%s", tableOf.name,
		"POINT(100 10)", "X'47500001E6100000010100000000000000000059400000000000002440'")
	for _, c := range []struct {
		name, sql string
		count     int
		inFar     int
	}{
		{"a shape moves", `UPDATE "%s" SET geom = POINT(100 10) WHERE fid = 1`, 16, 1},
		{"a name changes", `UPDATE "%s" SET name = 'Hafen' WHERE fid = 2`, 16, 1},
		{"a shape is added", `INSERT INTO "%s" (geom, name) VALUES (POINT(100 10), 'new')`, 17, 2},
		{"a shape loses its geometry", `UPDATE "%s" SET geom = NULL WHERE fid = 1`, 17, 1},
		{"attributes of another kind", `UPDATE "%s" SET attributes = '{"levels": 3, "who": "me"}' WHERE fid = 17`, 17, 1},
		{"a shape gets another number", `UPDATE "%s" SET fid = 40 WHERE fid = 17`, 17, 1},
		{"a shape goes", `DELETE FROM "%s" WHERE fid = 3`, 16, 1},
		{"the last goes", `DELETE FROM "%s" WHERE fid = 40`, 15, 0},
	} {
		before, err := f.Revision(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		other, err := f.Revision(t.Context(), "id EPSG:3857")
		if err != nil {
			t.Fatal(err)
		}
		gdal(t, "ogrinfo", "-q", f.Path(), "-sql", sql.Replace(c.sql))
		after, err := f.Revision(t.Context(), id)
		if err != nil || after == before {
			t.Errorf("%s: revision %s before and %s after: %v", c.name, before, after, err)
		}
		if now, err := f.Revision(t.Context(), "id EPSG:3857"); err != nil || now != other {
			t.Errorf("%s: the revision of another layer changed: %v", c.name, err)
		}
		checkIndex(t, f)
		if all := featuresOf(t, f, id, orb.Bound{}); len(all) != c.count {
			t.Errorf("%s: %d features, want %d", c.name, len(all), c.count)
		}
		if there := featuresOf(t, f, id, far); len(there) != c.inFar {
			t.Errorf("%s: %d features in the box, want %d", c.name, len(there), c.inFar)
		}
	}
	update(t, f, putAll(id, carto.Feature{Geometry: orb.Point{1, 1}, Name: "after"}))
	all := featuresOf(t, f, id, orb.Bound{})
	if last := all[len(all)-1]; last.ID <= 17 {
		t.Errorf("the number %d was given before", last.ID)
	}
}

func TestALayerThatGDALRemovesIsGone(t *testing.T) {
	t.Parallel()
	f := town(t)
	id := carto.LayerID("id EPSG:4326")
	tableOf, err := findTable(t.Context(), f.reads, id)
	if err != nil {
		t.Fatal(err)
	}
	closeFile(t, f)
	gdal(t, "ogrinfo", "-q", f.Path(), "-sql", "DROP TABLE "+tableOf.name)
	f = open(t, f.Path())
	m, err := f.Map(t.Context())
	if err != nil || len(m.Layers) != 6 {
		t.Fatalf("%d layers: %v", len(m.Layers), err)
	}
	update(t, f, func(tx carto.Tx) error { return tx.PutLayer(layer(string(id), "back"), 0) })
	update(t, f, putAll(id, shapes()...))
	checkIndex(t, f)
}
