package source

import (
	"testing"

	"github.com/paulmach/orb"
)

// A street that only cuts the corner of the view must come along, one whose
// box alone overlaps must not.
func TestTouches(t *testing.T) {
	t.Parallel()
	box := orb.Bound{Min: orb.Point{0, 0}, Max: orb.Point{10, 10}}
	around := orb.Ring{{-5, -5}, {15, -5}, {15, 15}, {-5, 15}, {-5, -5}}
	hole := orb.Ring{{-1, -1}, {-1, 11}, {11, 11}, {11, -1}, {-1, -1}}
	far := orb.Ring{{20, 20}, {30, 20}, {30, 30}, {20, 20}}
	for name, c := range map[string]struct {
		g    orb.Geometry
		want bool
	}{
		"nothing":                              {nil, false},
		"a point inside":                       {orb.Point{5, 5}, true},
		"a point on the edge":                  {orb.Point{10, 5}, true},
		"a point outside":                      {orb.Point{10.1, 5}, false},
		"one of two points":                    {orb.MultiPoint{{20, 20}, {5, 5}}, true},
		"no point of two":                      {orb.MultiPoint{{20, 20}, {-5, 5}}, false},
		"a line through":                       {orb.LineString{{-5, 5}, {15, 5}}, true},
		"a line that cuts the corner":          {orb.LineString{{8, 12}, {12, 8}}, true},
		"a line past the corner":               {orb.LineString{{8, 13}, {13, 8}}, false},
		"a line that ends at the edge":         {orb.LineString{{20, 5}, {10, 5}}, true},
		"an upright line beside":               {orb.LineString{{11, -5}, {11, 15}}, false},
		"one line of two":                      {orb.MultiLineString{{{20, 20}, {30, 30}}, {{5, 5}, {6, 6}}}, true},
		"an area all around":                   {orb.Polygon{around}, true},
		"an area around, with the view's hole": {orb.Polygon{around, hole}, false},
		"an area inside":                       {orb.Polygon{{{1, 1}, {2, 1}, {2, 2}, {1, 1}}}, true},
		"an area far away":                     {orb.Polygon{far}, false},
		"one area of two":                      {orb.MultiPolygon{{far}, {around}}, true},
		"no area of two":                       {orb.MultiPolygon{{far}, {around, hole}}, false},
		"an area without rings":                {orb.Polygon{}, false},
		"a ring across":                        {orb.Ring{{5, -5}, {20, -5}, {5, 5}, {5, -5}}, true},
		"a collection":                         {orb.Collection{orb.Point{20, 20}, orb.LineString{{-5, 5}, {15, 5}}}, true},
		"a box":                                {orb.Bound{Min: orb.Point{9, 9}, Max: orb.Point{20, 20}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := Touches(c.g, box); got != c.want {
				t.Errorf("touches is %t, want %t", got, c.want)
			}
		})
	}
}

func TestWants(t *testing.T) {
	t.Parallel()
	street := map[string]string{"highway": "residential", "name": "A"}
	for name, c := range map[string]struct {
		where map[string]string
		want  bool
	}{
		"no condition":     {nil, true},
		"the value":        {map[string]string{"highway": "residential"}, true},
		"any value":        {map[string]string{"name": "*"}, true},
		"another value":    {map[string]string{"highway": "primary"}, false},
		"a key not there":  {map[string]string{"railway": "*"}, false},
		"one of two holds": {map[string]string{"name": "A", "highway": "primary"}, false},
	} {
		if got := (Request{Where: c.where}).Wants(street); got != c.want {
			t.Errorf("%s: %t, want %t", name, got, c.want)
		}
	}
}
