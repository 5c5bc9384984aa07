package osm

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/source"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/encoding/wkt"
)

// other are cases of osm-testdata that are decided otherwise than their
// "default" says, each with the reason.
var other = map[string]string{
	"742": "fix: the spike is two equal segments, which cancel",
	"748": "location: places count, not node numbers",
	"782": "location: places count, not node numbers",
	"794": "location: of three equal ways two cancel, and one is left",
	"790": "location: a way counts once, however often it is a member",
}

// own are areas that the cases don't name: ways with area tags of their own,
// whose relation is not valid.
var own = []string{"way/768800", "way/768801"}

// expected is the content of a test.json.
type expected struct {
	Description string
	Areas       map[string][]struct {
		FromID   int64  `json:"from_id"`
		FromType string `json:"from_type"`
		WKT      string `json:"wkt"`
	}
}

func TestOsmTestdata(t *testing.T) {
	t.Parallel()
	cases, err := filepath.Glob("testdata/cases/*/test.json")
	if err != nil || len(cases) < 60 {
		t.Fatalf("testdata/cases is not complete: %d cases, %v", len(cases), err)
	}
	for _, path := range cases {
		folder := filepath.Dir(path)
		id := filepath.Base(folder)
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			var want expected
			if err := json.Unmarshal(content, &want); err != nil {
				t.Fatal(err)
			}
			variant := "default"
			if reason, ok := other[id]; ok {
				variant, _, _ = strings.Cut(reason, ":")
			}
			got := areasOf(t, filepath.Join(folder, "data.osm"))
			for _, a := range want.Areas[variant] {
				object := a.FromType + "/" + idText(a.FromID)
				if a.WKT == "INVALID" {
					if got[object] != "" {
						t.Errorf("%s: %s is not valid, but there is %s", want.Description, object, got[object])
					}
				} else if w := normalWKT(t, a.WKT); got[object] != w {
					t.Errorf("%s: %s is\n%s, want\n%s", want.Description, object, got[object], w)
				}
				delete(got, object)
			}
			for object, g := range got {
				if slices.Contains(own, object) {
					continue
				}
				t.Errorf("%s: an area too many: %s %s", want.Description, object, g)
			}
		})
	}
}

func idText(id int64) string {
	b, err := json.Marshal(id)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// areasOf imports all that has tags and gives the areas as normal WKT.
func areasOf(t *testing.T, path string) map[string]string {
	t.Helper()
	d, err := read(t.Context(), path, nil)
	if err != nil {
		t.Fatal(err)
	}
	b := newBuilder(d, source.Request{}, everything("all"))
	if err := b.build(t.Context()); err != nil {
		t.Fatal(err)
	}
	areas := make(map[string]string)
	for _, f := range b.layers[0].Features {
		switch g := f.Geometry.(type) {
		case orb.Polygon:
			areas[f.ID] = normal(orb.MultiPolygon{g})
		case orb.MultiPolygon:
			areas[f.ID] = normal(g)
		}
	}
	return areas
}

func normalWKT(t *testing.T, s string) string {
	t.Helper()
	g, err := wkt.UnmarshalMultiPolygon(s)
	if err != nil {
		t.Fatal(err)
	}
	return normal(g)
}

// withoutStraight leaves out corners that are on the line through their
// neighbours: where rings touched, some are left that make no difference.
func withoutStraight(r orb.Ring) orb.Ring {
	var kept orb.Ring
	for i, p := range r {
		a, b := r[(i+len(r)-1)%len(r)], r[(i+1)%len(r)]
		if bend := (p[0]-a[0])*(b[1]-p[1]) - (p[1]-a[1])*(b[0]-p[0]); math.Abs(bend) > 1e-12 {
			kept = append(kept, p)
		}
	}
	return kept
}

// normal writes a multipolygon so that equal areas are equal texts: rings begin
// with their smallest corner, shells counterclockwise, all sorted.
func normal(m orb.MultiPolygon) string {
	var polygons []string
	for _, p := range m {
		var holes []string
		for i, r := range p {
			r = slices.Clone(r[:len(r)-1])
			if (append(slices.Clone(r), r[0]).Orientation() == orb.CCW) != (i == 0) {
				slices.Reverse(r)
			}
			r = withoutStraight(r)
			first := 0
			for j := range r {
				if slices.Compare(r[j][:], r[first][:]) < 0 {
					first = j
				}
			}
			r = append(slices.Clone(r[first:]), r[:first]...)
			holes = append(holes, wkt.MarshalString(orb.LineString(r)))
		}
		slices.Sort(holes[1:])
		polygons = append(polygons, strings.Join(holes, " less "))
	}
	slices.Sort(polygons)
	return strings.Join(polygons, " and ")
}
