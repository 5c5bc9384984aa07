package inspector

import (
	"testing"

	"github.com/mapwright/mapwright/internal/workshop"
)

// Two strategies that look alike could not be told apart by their cards.
func TestEachStrategyHasAPictureOfItsOwn(t *testing.T) {
	t.Parallel()
	drawn := map[string]string{}
	for _, s := range workshop.Strategies() {
		picture := sketch(s.ID)
		if other, ok := drawn[picture]; ok {
			t.Errorf("%s and %s have the same picture", s.ID, other)
		}
		drawn[picture] = s.ID
	}
}
