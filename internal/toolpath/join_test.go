package toolpath

import (
	"reflect"
	"slices"
	"testing"

	"github.com/mapwright/mapwright/internal/planar"
)

func TestEndsThatNearlyMeetAreJoined(t *testing.T) {
	t.Parallel()
	const gap = 0.05 * unitsPerMM
	for name, c := range map[string]struct{ given, want []planar.Path }{
		"three pieces in any direction": {
			[]planar.Path{polyline(10, 10, 20, 10), polyline(30, 10, 20.03125, 10), polyline(30.03125, 10, 30.03125, 20)},
			[]planar.Path{polyline(10, 10, 20, 10, 20.03125, 10, 30, 10, 30.03125, 10, 30.03125, 20)},
		},
		"the first piece is the last": {
			[]planar.Path{polyline(20.03125, 10, 30, 10), polyline(10, 10, 20, 10)},
			[]planar.Path{polyline(10, 10, 20, 10, 20.03125, 10, 30, 10)},
		},
		"a ring in two halves": {
			[]planar.Path{polyline(10, 10, 20, 10, 20, 20), polyline(20, 20.03125, 10, 20, 10, 10.03125)},
			[]planar.Path{polyline(10, 10, 20, 10, 20, 20, 20, 20.03125, 10, 20, 10, 10.03125, 10, 10)},
		},
		"a ring not quite closed": {
			[]planar.Path{polyline(10, 10, 20, 10, 20, 20, 10, 10.03125)},
			[]planar.Path{polyline(10, 10, 20, 10, 20, 20, 10, 10.03125, 10, 10)},
		},
		"the nearest end": {
			[]planar.Path{polyline(10, 10, 20, 10), polyline(20.046875, 10, 30, 10), polyline(20.015625, 10.015625, 20, 20)},
			[]planar.Path{polyline(10, 10, 20, 10, 20.015625, 10.015625, 20, 20), polyline(20.046875, 10, 30, 10)},
		},
		"not a junction": {
			[]planar.Path{polyline(10, 10, 20, 10), polyline(20, 10, 30, 10), polyline(20.03125, 10, 20, 20)},
			[]planar.Path{polyline(10, 10, 20, 10), polyline(20, 10, 30, 10), polyline(20.03125, 10, 20, 20)},
		},
		"not a tenth of a mm": {
			[]planar.Path{polyline(10, 10, 20, 10), polyline(20.125, 10, 30, 10)},
			[]planar.Path{polyline(10, 10, 20, 10), polyline(20.125, 10, 30, 10)},
		},
		"not a dot": {
			[]planar.Path{polyline(10, 10, 10.03125, 10)},
			[]planar.Path{polyline(10, 10, 10.03125, 10)},
		},
	} {
		if got := Join(c.given, gap); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		turned := slices.Clone(c.given)
		for i, p := range turned {
			turned[i] = slices.Clone(p)
			slices.Reverse(turned[i])
		}
		slices.Reverse(turned)
		if got := Join(turned, gap); len(got) != len(c.want) {
			t.Errorf("%s, in another order: %d paths, want %d", name, len(got), len(c.want))
		}
	}
}
