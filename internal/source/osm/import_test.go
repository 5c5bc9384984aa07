package osm

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/source"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

func TestMunichHasTheSevenLayers(t *testing.T) {
	t.Parallel()
	result := mustImport(t, source.Request{Path: sample("munich-centre-2020")})
	want := []struct {
		name      string
		features  int
		visible   bool
		operation artwork.Operation
		strategy  string
	}{
		{"water", 19, true, artwork.Engrave, "filled"},
		{"green", 106, false, artwork.Score, "hatch"},
		{"buildings", 2425, true, artwork.Engrave, "filled"},
		{"paths", 1888, false, artwork.Score, "dashes"},
		{"roads-minor", 574, true, artwork.Engrave, "filled"},
		{"roads-major", 183, true, artwork.Engrave, "filled"},
		{"rail", 43, true, artwork.Score, "centreline"},
	}
	if len(result.Layers) != len(want) {
		t.Fatalf("there are %d layers, want %d", len(result.Layers), len(want))
	}
	for i, w := range want {
		l := result.Layers[i]
		d := l.Defaults
		if l.Name != w.name || len(l.Features) != w.features || d.Visible != w.visible || d.Operation != w.operation || d.Strategy != w.strategy {
			t.Errorf("layer %d is %s with %d features, visible %t, %s, %s; want %+v",
				i, l.Name, len(l.Features), d.Visible, d.Operation, d.Strategy, w)
		}
		if !slices.Contains(artwork.Settings(d.Operation), d.Setting) {
			t.Errorf("%s has no setting %q", d.Operation, d.Setting)
		}
		if l.CRS != source.WGS84 {
			t.Errorf("%s is in %s", l.Name, l.CRS)
		}
	}
	if result.Attribution != Attribution {
		t.Errorf("the credit line is %q", result.Attribution)
	}
	if box := result.Bounds; box.Min != (orb.Point{11.5656571, 48.1314385}) || box.Max != (orb.Point{11.5861277, 48.143394}) {
		t.Errorf("the box is %v, not the header's", box)
	}
}

// Every class that the roads and waters come with has its width.
func TestEveryLineOfTheCityHasAWidth(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"munich-centre-2020", "liechtenstein-2021", "monaco-2021"} {
		for _, l := range mustImport(t, source.Request{Path: sample(name)}).Layers {
			if l.Defaults.Strategy != "filled" {
				continue
			}
			for _, f := range l.Features {
				if _, ok := l.Defaults.Options["width."+f.Class]; f.Geometry.Dimensions() == 1 && !ok {
					t.Errorf("%s in %s has the class %q without a width", f.ID, l.Name, f.Class)
				}
			}
		}
	}
}

func TestPresetLeavesOut(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		layer string
		tags  tags
		shape shape
		class string // empty: left out
	}{
		"a river":                       {"water", tags{{"waterway", "river"}}, line, "river"},
		"a stream in a culvert":         {"water", tags{{"waterway", "stream"}, {"tunnel", "culvert"}}, line, ""},
		"a river said not to be tunnel": {"water", tags{{"waterway", "river"}, {"tunnel", "no"}}, line, "river"},
		"a lake":                        {"water", tags{{"natural", "water"}}, area, "water"},
		"a drain":                       {"water", tags{{"waterway", "drain"}}, line, ""},
		"a coastline as a line":         {"water", tags{{"natural", "coastline"}}, line, ""},
		"a house":                       {"buildings", tags{{"building", "house"}}, area, "building"},
		"what is no house":              {"buildings", tags{{"building", "no"}}, area, ""},
		"a house that is a line":        {"buildings", tags{{"building", "yes"}}, line, ""},
		"a motorway's link":             {"roads-major", tags{{"highway", "motorway_link"}}, line, "motorway"},
		"a service road":                {"roads-minor", tags{{"highway", "service"}}, line, ""},
		"a square":                      {"roads-minor", tags{{"highway", "pedestrian"}, {"area", "yes"}}, area, ""},
		"a tram":                        {"rail", tags{{"railway", "tram"}}, line, "tram"},
		"an underground line":           {"rail", tags{{"railway", "subway"}, {"tunnel", "yes"}}, line, ""},
		"a siding":                      {"rail", tags{{"railway", "rail"}, {"service", "siding"}}, line, ""},
		"a yard's track":                {"rail", tags{{"railway", "rail"}, {"service", "yard"}}, line, ""},
		"a wood":                        {"green", tags{{"natural", "wood"}}, area, "wood"},
		"steps":                         {"paths", tags{{"highway", "steps"}}, line, "steps"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, l := range city {
				if class, ok := l.pick(c.tags, c.shape); l.name == c.layer && (class != c.class || ok != (c.class != "")) {
					t.Errorf("the class in %s is %q, %t, want %q", l.name, class, ok, c.class)
				}
			}
		})
	}
}

// What touches the view is kept whole; what does not is left out.
func TestViewKeepsWholeWhatTouchesIt(t *testing.T) {
	t.Parallel()
	path := sample("munich-centre-2020")
	view := orb.Bound{Min: orb.Point{11.5700, 48.1350}, Max: orb.Point{11.5740, 48.1380}}
	all := make(map[string]orb.Geometry)
	touching := 0
	for _, l := range mustImport(t, source.Request{Path: path}).Layers {
		for _, f := range l.Features {
			all[l.Name+f.ID] = f.Geometry
			if source.Touches(f.Geometry, view) {
				touching++
			}
		}
	}
	got := 0
	for _, l := range mustImport(t, source.Request{Path: path, View: view}).Layers {
		for _, f := range l.Features {
			got++
			if !orb.Equal(f.Geometry, all[l.Name+f.ID]) {
				t.Errorf("%s is not whole", f.ID)
			}
		}
	}
	if got != touching || got == 0 || got == len(all) {
		t.Errorf("%d features are in the view, want %d of %d", got, touching, len(all))
	}
}

// A lake whose shore is all around the view is in the view.
func TestViewInsideOfAnArea(t *testing.T) {
	t.Parallel()
	inside := orb.Bound{Min: orb.Point{7.02, 1.02}, Max: orb.Point{7.021, 1.021}}
	result := mustImport(t, source.Request{Path: "testdata/cases/700/data.osm", Layer: "x", View: inside})
	if n := len(result.Layers[0].Features); n != 1 {
		t.Errorf("there are %d areas around the view, want 1", n)
	}
}

func TestOneLayerOfEverything(t *testing.T) {
	t.Parallel()
	path := "testdata/bautzen-no-metadata.osm"
	result := mustImport(t, source.Request{Path: path, Layer: "all of it"})
	if len(result.Layers) != 1 || result.Layers[0].Name != "all of it" || result.Layers[0].Defaults.Strategy != "centreline" {
		t.Fatalf("the layers are %+v", result.Layers)
	}
	kinds := make(map[string]int)
	for _, f := range result.Layers[0].Features {
		kinds[f.Geometry.GeoJSONType()]++
		if len(f.Attributes) == 0 {
			t.Errorf("%s has no attributes", f.ID)
		}
	}
	houses := mustImport(t, source.Request{Path: path, Layer: "houses", Where: map[string]string{"building": "*"}})
	residential := mustImport(t, source.Request{Path: path, Layer: "x", Where: map[string]string{"highway": "residential"}})
	for _, f := range residential.Layers[0].Features {
		if f.Attributes["highway"] != "residential" {
			t.Errorf("%s is %v", f.ID, f.Attributes)
		}
	}
	if kinds["Polygon"] == 0 || kinds["LineString"] == 0 || kinds["Point"] == 0 || len(houses.Layers[0].Features) != 17 {
		t.Errorf("there are %v, and %d houses", kinds, len(houses.Layers[0].Features))
	}
}

func TestEncodingsAreFoundByContent(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"bautzen-no-metadata.osm": "way", "berlin-siegessaeule-2017.osm.gz": "way", "west-oakland-2016.osm.bz2": "way",
		"locarno-lakeside-2026.osm.pbf": "way",
	} {
		t.Run(file, func(t *testing.T) {
			t.Parallel()
			content, err := os.ReadFile(filepath.Join("testdata", file))
			if err != nil {
				t.Fatal(err)
			}
			nameless := filepath.Join(t.TempDir(), "download")
			if err := os.WriteFile(nameless, content, 0o600); err != nil {
				t.Fatal(err)
			}
			if !(Importer{}).Detect(content[:source.HeadSize], "download") {
				t.Fatal("it is not recognised")
			}
			result := mustImport(t, source.Request{Path: nameless})
			roads := layerOf(t, result, "roads-minor").Features
			if len(roads) == 0 || !strings.HasPrefix(roads[0].ID, want) {
				t.Errorf("there are %d minor roads", len(roads))
			}
			if box, err := (Importer{}).Extent(t.Context(), nameless); err != nil || box != result.Bounds {
				t.Errorf("the extent is %v, %v, want %v", box, err, result.Bounds)
			}
		})
	}
}

// What an extract has cut is reported by name, and not made up.
func TestIncompleteIsReported(t *testing.T) {
	t.Parallel()
	result := mustImport(t, source.Request{Path: "testdata/locarno-lakeside-2026.osm.pbf"})
	const lake = "relation/11758"
	if !slices.ContainsFunc(result.Report, func(f source.Finding) bool {
		return f.Kind == source.Incomplete && f.Object == lake && strings.Contains(f.Message, "182 of its 183 ways")
	}) {
		t.Errorf("the lake is not reported: %v", result.Report)
	}
	for _, f := range layerOf(t, result, "water").Features {
		if f.ID == lake {
			t.Errorf("the lake is made up: %v", f.Geometry.Bound())
		}
	}
}

// A street that an extract has cut is drawn as far as it is known, with gaps
// where nodes are missing, and never bridges them.
func TestCutLinesHaveGaps(t *testing.T) {
	t.Parallel()
	const text = `<osm version="0.6">
		<node id="1" lat="0" lon="1"/><node id="2" lat="0" lon="2"/><node id="4" lat="0" lon="4"/><node id="5" lat="0" lon="5"/>
		<way id="9"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="5"/><tag k="highway" v="residential"/></way>
	</osm>`
	path := filepath.Join(t.TempDir(), "street.osm")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	result := mustImport(t, source.Request{Path: path})
	want := orb.MultiLineString{{{1, 0}, {2, 0}}, {{4, 0}, {5, 0}}}
	if got := layerOf(t, result, "roads-minor").Features[0].Geometry; !orb.Equal(got, want) {
		t.Errorf("the street is %v, want %v", got, want)
	}
	if len(result.Report) != 1 || result.Report[0].Kind != source.Incomplete || result.Report[0].Object != "way/9" {
		t.Errorf("the report is %v", result.Report)
	}
}

func TestSameFileSameResult(t *testing.T) {
	t.Parallel()
	first := mustImport(t, source.Request{Path: sample("monaco-2021")})
	second := mustImport(t, source.Request{Path: sample("monaco-2021")})
	if !reflect.DeepEqual(first, second) {
		t.Error("two imports of one file differ")
	}
}

func TestProgressReachesTheEnd(t *testing.T) {
	t.Parallel()
	var last, total int64
	mustImport(t, source.Request{Path: sample("monaco-2021"), Progress: func(d, of int64) {
		if d < last {
			t.Errorf("progress goes back from %d to %d", last, d)
		}
		last, total = d, of
	}})
	if last != total || total != 445315 {
		t.Errorf("progress ends at %d of %d", last, total)
	}
}

func TestCancelStops(t *testing.T) {
	t.Parallel()
	for _, path := range []string{sample("munich-centre-2020"), "testdata/bautzen-no-metadata.osm"} {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := (Importer{}).Import(ctx, source.Request{Path: path}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: a cancelled import ends with %v", path, err)
		}
	}
}

func TestRequestsThatCannotBeMet(t *testing.T) {
	t.Parallel()
	path := sample("monaco-2021")
	elsewhere := orb.Bound{Min: orb.Point{10, 10}, Max: orb.Point{10.1, 10.1}}
	for name, c := range map[string]struct {
		request source.Request
		want    error
		says    string
	}{
		"an unknown preset": {source.Request{Path: path, Preset: "village"}, source.ErrUnknownPreset, "city"},
		"an unknown layer":  {source.Request{Path: path, Preset: "city", Layer: "roads"}, source.ErrUnknownPreset, "roads-minor"},
		"another place":     {source.Request{Path: path, View: elsewhere}, source.ErrNothingInView, "7.4092,43.7234"},
		"no such tag":       {source.Request{Path: path, Where: map[string]string{"a": "b"}}, source.ErrNothingInView, "wanted"},
		"no such file":      {source.Request{Path: "testdata/none"}, os.ErrNotExist, "none"},
		"another format":    {source.Request{Path: "testdata/README.md"}, source.ErrUnknownFormat, "README.md"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := (Importer{}).Import(t.Context(), c.request); !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("the error is %v", err)
			}
		})
	}
}
