package preflight

import (
	"context"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// middle is that of the frame of board.
var middle = artwork.Point{X: 50, Y: 40}

// squares gives the sizes of squares with these sides, mm.
func squares(sides ...float64) []Size {
	var sizes []Size
	for _, s := range sides {
		sizes = append(sizes, Size{Area: s * s, Border: 4 * s, At: middle})
	}
	return sizes
}

func repeat(n int, side float64) []float64 {
	sides := make([]float64, n)
	for i := range sides {
		sides[i] = side
	}
	return sides
}

// TestSmallScaleTellsTheTruth: a maker who believes the figures shows the
// ground that they name, and most shapes must survive there.
func TestSmallScaleTellsTheTruth(t *testing.T) {
	t.Parallel()
	houses := squares(append(repeat(92, 1.2), repeat(8, 3)...)...)
	facts := func(f Facts) Options {
		return Options{Scale: 10000, Ground: 2900, Layers: map[string]Facts{"houses": f}}
	}
	cut := lines("houses", artwork.Cut, ring(10, 10, 13, 13))
	for name, c := range map[string]struct {
		art     *artwork.Artwork
		options Options
		want    string // "" is nothing
		scale   float64
		kinds   string
	}{
		"houses that are too small to cut": {
			art: board(cut), options: facts(Facts{Sizes: houses}), scale: 6000, kinds: "scale engrave merge hide",
			want: `92 % of "houses" (92 of 100) are too small to cut at 1:10,000: show 1.7 km instead of 2.9 km (1:6,000), or engrave them (0 % are too small for that).`,
		},
		"a few small ones": {
			art: board(cut), options: facts(Facts{Sizes: squares(append(repeat(9, 1.2), repeat(91, 3)...)...)}),
		},
		"engraved houses": {
			art: board(fills("houses", ring(10, 10, 13, 13))), options: facts(Facts{Sizes: houses, MinArea: 0.8}),
		},
		"engraved houses under the layer's own minimum": {
			art: board(fills("houses", ring(10, 10, 13, 13))), options: facts(Facts{Sizes: houses, MinArea: 2}), scale: 8000, kinds: "scale merge hide",
			want: "too small to engrave at 1:10,000",
		},
		"houses that burn as blocks": {
			art: board(fills("houses", ring(10, 10, 13, 13))),
			options: facts(Facts{Sizes: houses, MinArea: 2, United: func(context.Context) ([]Size, error) {
				return squares(repeat(12, 5)...), nil
			}}),
		},
		"strips long enough to have an area": {
			art: board(cut), options: facts(Facts{Sizes: append([]Size{}, repeatSize(20, Size{Area: 12, Border: 80.6, At: middle})...)}), scale: 2500, kinds: "scale engrave merge hide",
			want: "too small to cut",
		},
		"smaller houses in the middle": {
			art: board(cut), scale: 6500, kinds: "scale engrave merge hide",
			options: facts(Facts{Sizes: append(squares(repeat(9, 1.3)...), repeatSize(60, Size{Area: 3.24, Border: 7.2, At: artwork.Point{X: 94, Y: 40}})...)}),
			want:    "show 1.9 km instead of 2.9 km (1:6,500)",
		},
		"nothing that any scale would save": {
			art: board(cut), options: facts(Facts{Sizes: squares(repeat(20, 0.001)...)}), kinds: "merge hide",
			want: "leave the layer out",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := Check(t.Context(), c.art, c.options)
			if err != nil {
				t.Fatal(err)
			}
			var said, kinds []string
			scale := 0.0
			for _, f := range found {
				if f.Kind != SmallScale {
					continue
				}
				said = append(said, f.Message)
				for _, r := range f.Remedies {
					kinds = append(kinds, string(r.Kind))
					scale = max(scale, r.Scale)
				}
			}
			if all := strings.Join(said, "\n"); !strings.Contains(all, c.want) || c.want == "" && all != "" {
				t.Errorf("said %q, want %q", all, c.want)
			}
			if got := strings.Join(kinds, " "); got != c.kinds || scale != c.scale {
				t.Errorf("offers %q and 1:%g, want %q and 1:%g", got, scale, c.kinds, c.scale)
			}
			if scale > 0 {
				l := &c.art.Layers[0]
				facts := c.options.Layers[l.ID]
				check := &checker{art: c.art, options: c.options.complete()}
				var grown []Size
				for _, s := range facts.Sizes {
					k := c.options.Scale / scale
					if (s.At.X-middle.X)*k > 45 {
						continue
					}
					grown = append(grown, Size{Area: s.Area * k * k, Border: s.Border * k})
				}
				if lost := lostOf(grown, check.needed(l.Operation, facts)); float64(lost) > 0.2*float64(len(grown)) {
					t.Errorf("at 1:%g, %d of %d are still too small", scale, lost, len(grown))
				}
			}
		})
	}
}

func repeatSize(n int, s Size) []Size {
	sizes := make([]Size, n)
	for i := range sizes {
		sizes[i] = s
	}
	return sizes
}
