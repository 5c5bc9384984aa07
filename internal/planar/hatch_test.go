package planar

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestHatch(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name           string
		area           []Polygon
		angle, spacing float64
		want           []Path
	}{
		{"to and fro", []Polygon{{rect(0, 5, 100, 35)}}, 0, 10, []Path{{{100, 10}, {0, 10}}, {{0, 20}, {100, 20}}, {{100, 30}, {0, 30}}}},
		{"upright", []Polygon{{rect(5, 0, 25, 100)}}, 90, 10, []Path{{{20, 0}, {20, 100}}, {{10, 100}, {10, 0}}}},
		{
			"a hole interrupts the line",
			[]Polygon{{rect(0, 5, 100, 15), reversed(rect(40, 8, 60, 12))}},
			0, 10,
			[]Path{{{100, 10}, {60, 10}}, {{40, 10}, {0, 10}}},
		},
		{"neighbours make one line", []Polygon{{rect(0, 15, 50, 25)}, {rect(50, 15, 90, 25)}}, 0, 10, []Path{{{0, 20}, {90, 20}}}},
		{"overlaps are not left out", []Polygon{{rect(0, 15, 50, 25)}, {rect(30, 15, 90, 25)}}, 0, 10, []Path{{{0, 20}, {90, 20}}}},
		{"half a turn is the same lines backwards", []Polygon{{rect(0, 15, 50, 25)}}, 180, 10, []Path{{{50, 20}, {0, 20}}}},
		{"what lies between the lines gets none", []Polygon{{rect(0, 11, 50, 19)}}, 0, 10, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := Hatch(context.Background(), tt.area, tt.angle, tt.spacing)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
	for _, bad := range [][2]float64{{0, 0}, {0, math.Inf(1)}, {math.NaN(), 10}} {
		if _, err := Hatch(context.Background(), nil, bad[0], bad[1]); err == nil {
			t.Errorf("an angle of %g with a spacing of %g is accepted", bad[0], bad[1])
		}
	}
}

// A hatch that leaves its area burns the neighbour; one that misses lines
// leaves a stripe. Length times spacing is the area.
func TestHatchFillsTheArea(t *testing.T) {
	t.Parallel()
	for seed := range rounds(500) {
		r := rand.New(rand.NewPCG(uint64(seed), 6))
		area := mustBoolean(t, UnionOp, randomRings(r), nil, EvenOdd)
		box := Bounds(area)
		if len(area) == 0 || box.Max.Y-box.Min.Y < 2000 {
			continue
		}
		spacing := float64(box.Max.Y-box.Min.Y) / 200
		lines, err := Hatch(context.Background(), area, 360*r.Float64(), spacing)
		if err != nil {
			t.Fatal(err)
		}
		length := 0.0
		for _, l := range lines {
			length += Length(l)
			// the ends and the middle are rounded, by √½ and by √2 at most
			mid := Point{l[0].X/2 + l[1].X/2, l[0].Y/2 + l[1].Y/2}
			if Contains(area, mid) == Outside && borderDistance(area, mid) > 2.2 {
				t.Errorf("seed %d: %v lies outside", seed, mid)
			}
		}
		// A border is met within half a spacing on either side of a line.
		slack := 0.0
		for _, ring := range Rings(area) {
			slack += spacing * (Length(append(Path(ring), ring[0])) + 4*spacing)
		}
		if got, want := length*spacing, Area(area); math.Abs(got-want) > slack/4 {
			t.Errorf("seed %d: the lines fill %v of %v ± %v", seed, got, want, slack/4)
		}
	}
}
