package geojson

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/source"
	"github.com/paulmach/orb"
)

const countries = "testdata/ne_50m_some_countries.geojson"

// write puts a text into a file and gives its path.
func write(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "places.geojson")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func mustImport(t *testing.T, r source.Request) (source.Layer, *source.Result) {
	t.Helper()
	result, err := Importer{}.Import(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Layers) != 1 {
		t.Fatalf("there are %d layers", len(result.Layers))
	}
	return result.Layers[0], result
}

func feature(geometry string) string {
	return `{"type":"Feature","id":7,"properties":{"name":"N"},"geometry":` + geometry + `}`
}

func collection(features ...string) string {
	return `{"type":"FeatureCollection","features":[` + strings.Join(features, ",") + `]}`
}

const (
	aPoint  = `{"type":"Point","coordinates":[1,2,300]}`
	aLine   = `{"type":"LineString","coordinates":[[1,2],[3,4,9]]}`
	aSquare = `{"type":"Polygon","coordinates":[[[0,0],[0,4],[4,4],[4,0],[0,0]],[[1,1],[2,1],[2,2],[1,2],[1,1]]]}`
)

func TestCountries(t *testing.T) {
	t.Parallel()
	layer, result := mustImport(t, source.Request{Path: countries})
	if layer.Name != "ne_50m_some_countries" || layer.CRS != source.WGS84 || len(result.Report) != 0 {
		t.Errorf("the layer is %s in %s, with the report %v", layer.Name, layer.CRS, result.Report)
	}
	if !reflect.DeepEqual(layer.Defaults, source.PlainDefaults()) {
		t.Errorf("the defaults are %+v", layer.Defaults)
	}
	byName := make(map[string]source.Feature)
	for _, f := range layer.Features {
		byName[f.Name] = f
	}
	if g, ok := byName["South Africa"].Geometry.(orb.MultiPolygon); !ok || len(g[0])+len(g[len(g)-1]) < 3 {
		t.Errorf("South Africa has no hole for Lesotho: %T", byName["South Africa"].Geometry)
	}
	fiji := byName["Fiji"].Geometry.Bound()
	if fiji.Min[0] > -179 || fiji.Max[0] < 179 {
		t.Errorf("Fiji is not on both sides of the antimeridian: %v", fiji)
	}
	if len(layer.Features) != 7 || byName["Monaco"].Attributes["ISO_A3"] != "MCO" {
		t.Errorf("there are %d countries, Monaco is %v", len(layer.Features), byName["Monaco"].Attributes)
	}
}

// GDAL reads the same areas.
func TestAreasAreThoseOfGDAL(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "ogrinfo", "-ro", "-q", "-dialect", "SQLite", "-sql",
		"SELECT SUM(ST_Area(geometry)) AS total FROM countries", countries).CombinedOutput()
	if err != nil {
		t.Fatalf("ogrinfo: %v; run `make deps`\n%s", err, out)
	}
	var want float64
	if _, after, ok := strings.Cut(string(out), "total (Real) = "); !ok {
		t.Fatalf("ogrinfo says %s", out)
	} else if _, err := fmt.Sscan(after, &want); err != nil {
		t.Fatal(err)
	}
	layer, _ := mustImport(t, source.Request{Path: countries})
	got := 0.0
	for _, f := range layer.Features {
		got += areaOf(f.Geometry)
	}
	if math.Abs(got-want) > 1e-9*want {
		t.Errorf("the countries have %v square degrees, by GDAL %v", got, want)
	}
}

func areaOf(g orb.Geometry) float64 {
	total := 0.0
	rings := func(p orb.Polygon) {
		for _, r := range p {
			for i := 1; i < len(r); i++ {
				total += (r[i-1][0]*r[i][1] - r[i][0]*r[i-1][1]) / 2
			}
		}
	}
	switch g := g.(type) {
	case orb.Polygon:
		rings(g)
	case orb.MultiPolygon:
		for _, p := range g {
			rings(p)
		}
	}
	return total
}

// Files come in many shapes; each of these holds the features that it names.
func TestShapesOfFiles(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text  string
		kinds string
	}{
		"a collection":                  {collection(feature(aPoint), feature(aLine), feature(aSquare)), "Point LineString Polygon"},
		"a feature alone":               {feature(aSquare), "Polygon"},
		"a geometry alone":              {aLine, "LineString"},
		"a geometry, type last":         {`{"coordinates":[1,2],"type":"Point"}`, "Point"},
		"a collection of geometries":    {`{"type":"GeometryCollection","geometries":[` + aPoint + `,` + aLine + `]}`, "Point LineString"},
		"collections in a feature":      {feature(`{"type":"GeometryCollection","geometries":[` + aPoint + `,{"type":"GeometryCollection","geometries":[` + aSquare + `]}]}`), "Point Polygon"},
		"multi kinds":                   {collection(feature(`{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}`), feature(`{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}`), feature(`{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}`)), "MultiPoint MultiLineString MultiPolygon"},
		"features before the type":      {`{"features":[` + feature(aPoint) + `],"type":"FeatureCollection"}`, "Point"},
		"a byte order mark":             {"\ufeff" + feature(aPoint), "Point"},
		"a text sequence":               {"\x1e" + feature(aPoint) + "\n\x1e" + feature(aLine) + "\n", "Point LineString"},
		"a feature a line":              {feature(aPoint) + "\n" + feature(aLine), "Point LineString"},
		"exponents":                     {`{"type":"Point","coordinates":[1e-14,5.5E+1]}`, "Point"},
		"exponents with fractions":      {`{"type":"Feature","properties":{"g":-1e-14.0},"geometry":` + aPoint + `}`, "Point"},
		"NaN in the properties":         {`{"type":"Feature","properties":{"a":NaN,"b":-Infinity,"c":"NaN"},"geometry":` + aPoint + `}`, "Point"},
		"a null geometry between":       {collection(feature(aPoint), feature("null"), feature(aLine)), "Point LineString"},
		"an empty geometry":             {collection(feature(`{"type":"MultiPolygon","coordinates":[]}`), feature(aLine)), "LineString"},
		"a crs member of null":          {`{"type":"FeatureCollection","crs":null,"features":[` + feature(aPoint) + `]}`, "Point"},
		"a place east of 180":           {`{"type":"Point","coordinates":[181.5,-17]}`, "Point"},
		"members that nobody knows":     {`{"x":{"features":[1]},"type":"Feature","geometry":` + aPoint + `,"properties":null}`, "Point"},
		"a collection with a bad piece": {collection(`17`, feature(aPoint)), "Point"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			layer, _ := mustImport(t, source.Request{Path: write(t, c.text)})
			var kinds []string
			for _, f := range layer.Features {
				kinds = append(kinds, f.Geometry.GeoJSONType())
			}
			if got := strings.Join(kinds, " "); got != c.kinds {
				t.Errorf("there are %s, want %s", got, c.kinds)
			}
			if !(Importer{}).Detect([]byte(c.text), "x") {
				t.Error("it is not recognised")
			}
		})
	}
}

// Heights are left out, rings turned the standard way, properties kept as text.
func TestWhatAFeatureKeeps(t *testing.T) {
	t.Parallel()
	text := `{"type":"Feature","id":"way/5","properties":{"name":"Größe","n":1.50,"big":12345678901234567890,
		"yes":true,"none":null,"list":[1, "a"],"deep":{"a": {"b":2}}},"geometry":` + aSquare + `}`
	layer, _ := mustImport(t, source.Request{Path: write(t, text), Layer: "mine"})
	want := source.Feature{
		ID: "way/5", Name: "Größe",
		Geometry: orb.Polygon{
			{{0, 0}, {4, 0}, {4, 4}, {0, 4}, {0, 0}},
			{{1, 1}, {1, 2}, {2, 2}, {2, 1}, {1, 1}},
		},
		Attributes: map[string]string{
			"name": "Größe", "n": "1.50", "big": "12345678901234567890", "yes": "true", "list": `[1,"a"]`, "deep": `{"a":{"b":2}}`,
		},
	}
	if layer.Name != "mine" || !reflect.DeepEqual(layer.Features[0], want) {
		t.Errorf("the feature is %+v, want %+v", layer.Features[0], want)
	}
}

func TestFindings(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		geometry string
		kind     source.FindingKind
		kept     int
	}{
		"an open ring":          {`{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,4]]]}`, source.ClosedRing, 2},
		"a ring of two corners": {`{"type":"Polygon","coordinates":[[[0,0],[4,0],[0,0]]]}`, source.BadGeometry, 1},
		"no geometry":           {`null`, source.BadGeometry, 1},
		"a line of one place":   {`{"type":"LineString","coordinates":[[0,0]]}`, source.BadGeometry, 1},
		"a place of one number": {`{"type":"Point","coordinates":[0]}`, source.BadGeometry, 1},
		"a place beyond a pole": {`{"type":"Point","coordinates":[0,91]}`, source.BadGeometry, 1},
		"a place that is NaN":   {`{"type":"Point","coordinates":[NaN,1]}`, source.BadGeometry, 1},
		"a place that is null":  {`{"type":"Point","coordinates":[null,1]}`, source.BadGeometry, 1},
		"a place of words":      {`{"type":"Point","coordinates":["1","2"]}`, source.BadGeometry, 1},
		"a number too large":    {`{"type":"Point","coordinates":[1e999,2]}`, source.BadGeometry, 1},
		"an unknown type":       {`{"type":"Circle","coordinates":[1,2]}`, source.BadGeometry, 1},
		"no coordinates":        {`{"type":"Point"}`, source.BadGeometry, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			layer, result := mustImport(t, source.Request{Path: write(t, collection(feature(aPoint), feature(c.geometry)))})
			if len(layer.Features) != c.kept || len(result.Report) != 1 || result.Report[0].Kind != c.kind || result.Report[0].Object != "7" {
				t.Errorf("there are %d features and the report %v", len(layer.Features), result.Report)
			}
		})
	}
}

// Coordinates in metres are taken where the file says which, before or after
// its features, and refused where it does not.
func TestMetres(t *testing.T) {
	t.Parallel()
	const metres = `{"type":"Point","coordinates":[1113194.9079327357,6446275.841017161]}` // 10, 50
	named := func(name string) string { return `"crs":{"type":"name","properties":{"name":"` + name + `"}}` }
	for _, name := range []string{"EPSG:3857", "urn:ogc:def:crs:EPSG::3857", "urn:ogc:def:crs:EPSG:9.1:3857"} {
		for _, text := range []string{
			`{"type":"FeatureCollection",` + named(name) + `,"features":[` + feature(metres) + `]}`,
			`{"type":"FeatureCollection","features":[` + feature(metres) + `],` + named(name) + `}`,
		} {
			view := orb.Bound{Min: orb.Point{9.9, 49.9}, Max: orb.Point{10.1, 50.1}}
			layer, result := mustImport(t, source.Request{Path: write(t, text), View: view})
			if layer.CRS != "EPSG:3857" || layer.Features[0].Geometry.(orb.Point)[0] < 1e6 {
				t.Errorf("%s: the layer is in %s with %v", text, layer.CRS, layer.Features)
			}
			if at := result.Bounds.Center(); math.Abs(at[0]-10) > 1e-9 || math.Abs(at[1]-50) > 1e-9 {
				t.Errorf("the place is at %v, want 10, 50", at)
			}
		}
	}
	for name, text := range map[string]string{
		"are not degrees":   collection(feature(metres), feature(metres)),
		"EPSG:2056":         `{"type":"FeatureCollection",` + named("EPSG:2056") + `,"features":[` + feature(metres) + `]}`,
		"Atlantis / Zone 3": `{"type":"FeatureCollection",` + named("Atlantis / Zone 3") + `,"features":[]}`,
	} {
		_, err := Importer{}.Import(t.Context(), source.Request{Path: write(t, text)})
		if !errors.Is(err, source.ErrUnsupportedContent) || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "ogr2ogr") {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
}

func TestViewAndWhere(t *testing.T) {
	t.Parallel()
	alps := orb.Bound{Min: orb.Point{9.5, 47.1}, Max: orb.Point{9.6, 47.2}}
	layer, result := mustImport(t, source.Request{Path: countries, View: alps})
	if len(layer.Features) != 1 || layer.Features[0].Name != "Liechtenstein" || result.Bounds.Min[0] > -179 {
		t.Errorf("in the view are %d countries; the file's box is %v", len(layer.Features), result.Bounds)
	}
	layer, _ = mustImport(t, source.Request{Path: countries, Where: map[string]string{"CONTINENT": "Africa"}})
	if len(layer.Features) != 2 {
		t.Errorf("%d countries are in Africa, want 2", len(layer.Features))
	}
}

func TestBadFilesSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text string
		want error
		says string
	}{
		"cut in half":      {collection(feature(aPoint), feature(aSquare))[:150], source.ErrTruncated, "at byte 1"},
		"not JSON":         {`{"type":"FeatureCollection","features":[}`, source.ErrDamaged, "at byte "},
		"a list":           {`[1,2]`, source.ErrDamaged, "not GeoJSON"},
		"no list":          {`{"type":"FeatureCollection","features":7}`, source.ErrDamaged, "not GeoJSON"},
		"other JSON":       {`{"name":"x","version":3}`, source.ErrDamaged, "no features"},
		"an empty file":    {``, source.ErrTruncated, "ends before"},
		"an empty list":    {collection(), source.ErrNothingInView, "nothing"},
		"nothing but null": {collection(feature("null")), source.ErrUnsupportedContent, "nothing that can be drawn: 7: it has no geometry"},
		"a coordinate of 1e400": {
			collection(feature(`{"type":"Point","coordinates":[1e400,2]}`)), source.ErrUnsupportedContent,
			"a coordinate is not a number that can be used: 1e400",
		},
		"an infinite coordinate": {
			collection(feature(`{"type":"LineString","coordinates":[[0,0],[-Infinity,2]]}`)), source.ErrUnsupportedContent,
			"a coordinate is not a number",
		},
		"a coordinate of words": {
			collection(feature(`{"type":"LineString","coordinates":[[0,0],["1","2"]]}`)), source.ErrUnsupportedContent,
			"a coordinate is not a number",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := Importer{}.Import(t.Context(), source.Request{Path: write(t, c.text)})
			if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), "places.geojson") {
				t.Errorf("the error is %v", err)
			}
		})
	}
	if _, err := (Importer{}).Import(t.Context(), source.Request{Path: countries, Preset: "city"}); !errors.Is(err, source.ErrUnknownPreset) {
		t.Errorf("a preset gives %v", err)
	}
	if _, err := (Importer{}).Extent(t.Context(), write(t, collection())); !errors.Is(err, source.ErrNothingInView) {
		t.Errorf("the extent of nothing is %v", err)
	}
}

func TestCancelStops(t *testing.T) {
	t.Parallel()
	many := make([]string, 2000)
	for i := range many {
		many[i] = feature(aPoint)
	}
	ctx, cancel := context.WithCancel(t.Context())
	r := source.Request{Path: write(t, collection(many...)), Progress: func(int64, int64) { cancel() }}
	if _, err := (Importer{}).Import(ctx, r); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled import ends with %v", err)
	}
}

func FuzzImport(f *testing.F) {
	content, err := os.ReadFile(countries)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(content[:4000]))
	for _, text := range []string{
		collection(feature(aPoint), feature(aLine), feature(aSquare)), aSquare, "\ufeff" + feature(aPoint),
		`{"type":"GeometryCollection","geometries":[` + aPoint + `]}`, `{"a":-1e-14.0,"b":NaN,"c":-Infinity}`,
		`{"crs":{"properties":{"name":"EPSG:3857"}},"features":[` + feature(aPoint) + `]}`,
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c := &collector{crs: degrees, assumed: true}
		if err := c.read(context.Background(), strings.NewReader(text), int64(len(text))); err != nil {
			return
		}
		for _, f := range c.features {
			if b := f.Geometry.Bound(); !(b.Min[0] >= -540 && b.Max[0] <= 540 && b.Min[1] >= -91 && b.Max[1] <= 91) {
				t.Fatalf("%s is at %v", f.ID, b)
			}
		}
	})
}
