package synth

import (
	"slices"
	"testing"

	"github.com/mapwright/mapwright/internal/planar"
)

// A benchmark compares only what is the same in every run.
func TestStreetsAreTheSameEveryTime(t *testing.T) {
	t.Parallel()
	a, b := Streets(500, 7), Streets(500, 7)
	if len(a) != 500 {
		t.Fatalf("%d streets, want 500", len(a))
	}
	if !slices.EqualFunc(a, b, slices.Equal) {
		t.Error("the same seed gives other streets")
	}
	for _, p := range a {
		if len(p) < 2 || planar.Length(p) == 0 {
			t.Errorf("%v is no street", p)
		}
	}
}
