package osm

import (
	"bufio"
	"bytes"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/source"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/geojson"
	"github.com/paulmach/orb/planar"
)

func sample(name string) string {
	return filepath.Join("..", "..", "..", "assets", "sample", name+".osm.pbf")
}

func mustImport(t *testing.T, r source.Request) *source.Result {
	t.Helper()
	result, err := Importer{}.Import(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func layerOf(t *testing.T, r *source.Result, name string) source.Layer {
	t.Helper()
	for _, l := range r.Layers {
		if l.Name == name {
			return l
		}
	}
	t.Fatalf("there is no layer %s", name)
	return source.Layer{}
}

// size is what two ways of assembling an area have to agree on.
type size struct {
	area            float64 // square degrees
	polygons, rings int
}

func sizeOf(g orb.Geometry) size {
	s := size{area: math.Abs(planar.Area(g))}
	switch g := g.(type) {
	case orb.Polygon:
		s.polygons, s.rings = 1, len(g)
	case orb.MultiPolygon:
		for _, p := range g {
			s.polygons++
			s.rings += len(p)
		}
	}
	return s
}

// byOsmium gives the areas of a file that have one of the keys, as osmium
// export assembles them, by id.
func byOsmium(t *testing.T, path string, keys ...string) map[string]*geojson.Feature {
	t.Helper()
	config, err := json.Marshal(map[string]any{
		"attributes": map[string]bool{"type": true, "id": true}, "area_tags": keys, "linear_tags": true,
	})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "config.json")
	if err := os.WriteFile(file, config, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "osmium", "export", "-c", file, "-f", "geojsonseq",
		"--geometry-types=polygon", path).Output()
	if err != nil {
		t.Fatalf("osmium export: %v; run `make deps`", err)
	}
	areas := make(map[string]*geojson.Feature)
	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 64<<20)
	for lines.Scan() {
		f, err := geojson.UnmarshalFeature(bytes.TrimPrefix(lines.Bytes(), []byte{0x1e}))
		if err != nil {
			t.Fatal(err)
		}
		areas[f.Properties["@type"].(string)+"/"+idText(int64(f.Properties["@id"].(float64)))] = f
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return areas
}

// A house, a lake or a courtyard that is missing or filled would be one that
// osmium has otherwise.
func TestAreasAreThoseOfOsmium(t *testing.T) {
	t.Parallel()
	for name, buildings := range map[string]int{
		"munich-centre-2020": 2425, "monaco-2021": 1207, "helsinki-centre-2019": 446, "liechtenstein-2021": 15834,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			want := byOsmium(t, sample(name), "building", "natural", "landuse", "leisure", "waterway")
			result := mustImport(t, source.Request{Path: sample(name), Preset: "city"})
			seen := 0
			for _, l := range result.Layers {
				for _, f := range l.Features {
					if f.Geometry.Dimensions() != 2 || f.Class == seaClass {
						continue
					}
					w, ok := want[f.ID]
					if !ok {
						t.Errorf("osmium does not build %s", f.ID)
						continue
					}
					if l.Name == "buildings" {
						seen++
						delete(want, f.ID)
					}
					got, wanted := sizeOf(f.Geometry), sizeOf(w.Geometry)
					if math.Abs(got.area-wanted.area) > 1e-14 || got.polygons != wanted.polygons || got.rings != wanted.rings {
						t.Errorf("%s is %+v, and by osmium %+v", f.ID, got, wanted)
					}
				}
			}
			if seen != buildings {
				t.Errorf("there are %d buildings, want %d", seen, buildings)
			}
			for id, f := range want {
				if b := f.Properties.MustString("building", "no"); b != "no" {
					t.Errorf("%s, building=%s, is missing", id, b)
				}
			}
		})
	}
}

// GDAL builds the same number of houses in Munich.
func TestMunichHasTheHousesOfGDAL(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "ogrinfo", "-ro", "-q", "-geom=NO", "-where", "building IS NOT NULL",
		sample("munich-centre-2020"), "multipolygons").CombinedOutput()
	if err != nil {
		t.Fatalf("ogrinfo: %v; run `make deps`\n%s", err, out)
	}
	if n := strings.Count(string(out), "OGRFeature(multipolygons)"); n != 2425 {
		t.Errorf("GDAL builds %d houses, want 2425", n)
	}
}

// validity reads GeoJSON and names what shapely (GEOS) finds not valid.
const validity = `
import json, sys
from shapely.geometry import shape
from shapely.validation import explain_validity
for f in json.load(sys.stdin)["features"]:
    g = shape(f["geometry"])
    if not g.is_valid:
        print(f["id"], explain_validity(g))
`

// Every area, the sea too, is one that other programs take.
func TestAreasAreValid(t *testing.T) {
	t.Parallel()
	for _, path := range []string{
		sample("munich-centre-2020"), sample("monaco-2021"), sample("helsinki-centre-2019"), sample("liechtenstein-2021"),
		"testdata/west-oakland-2016.osm.bz2",
	} {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			wantValid(t, mustImport(t, source.Request{Path: path}))
		})
	}
}

// wantValid asks shapely about every area of an import.
func wantValid(t *testing.T, r *source.Result) {
	t.Helper()
	areas := geojson.NewFeatureCollection()
	for _, l := range r.Layers {
		for _, f := range l.Features {
			if f.Geometry.Dimensions() == 2 {
				g := geojson.NewFeature(f.Geometry)
				g.ID = f.ID
				areas.Append(g)
			}
		}
	}
	content, err := json.Marshal(areas)
	if err != nil {
		t.Fatal(err)
	}
	judge := exec.CommandContext(t.Context(), "/usr/bin/python3", "-c", validity)
	judge.Stdin = bytes.NewReader(content)
	out, err := judge.CombinedOutput()
	if err != nil {
		t.Fatalf("shapely: %v; run `make deps`\n%s", err, out)
	}
	if len(out) > 0 || len(areas.Features) == 0 {
		t.Errorf("of %d areas these are not valid:\n%s", len(areas.Features), out)
	}
}
