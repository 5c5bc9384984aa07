package preflight

import (
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
)

func ring(x0, y0, x1, y1 float64) artwork.Path {
	return artwork.Path{Points: []artwork.Point{{X: x0, Y: y0}, {X: x1, Y: y0}, {X: x1, Y: y1}, {X: x0, Y: y1}}, Closed: true}
}

func open(xy ...float64) artwork.Path {
	var p artwork.Path
	for i := 0; i+1 < len(xy); i += 2 {
		p.Points = append(p.Points, artwork.Point{X: xy[i], Y: xy[i+1]})
	}
	return p
}

func scores(name string, paths ...artwork.Path) artwork.Layer {
	return lines(name, artwork.Score, paths...)
}

func lines(name string, op artwork.Operation, paths ...artwork.Path) artwork.Layer {
	l := artwork.Layer{ID: name, Name: name, Operation: op}
	for _, p := range paths {
		l.Shapes = append(l.Shapes, artwork.Shape{Board: 1, Operation: op, Paths: []artwork.Path{p}})
	}
	return l
}

func fills(name string, paths ...artwork.Path) artwork.Layer {
	return artwork.Layer{ID: name, Name: name, Operation: artwork.Engrave, Shapes: []artwork.Shape{
		{Board: 1, Operation: artwork.Engrave, Fill: true, Paths: paths},
	}}
}

func board(layers ...artwork.Layer) *artwork.Artwork {
	return &artwork.Artwork{
		Boards: []artwork.Board{{Number: 1, Width: 100, Height: 80, Frame: ring(5, 5, 95, 75)}},
		Layers: layers,
	}
}

func TestCheckFinds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		art     *artwork.Artwork
		options Options
		want    []string // kind severity layer, in order
		says    string
	}{
		"nothing where all is well": {
			art: board(fills("water", ring(10, 10, 30, 30), ring(15, 15, 20, 20)), scores("rail", open(10, 40, 50, 40))),
		},
		"an engraved area that the laser program would drop": {
			art:  board(fills("water", artwork.Path{Points: ring(10, 10, 30, 30).Points})),
			want: []string{"open-ring error water"},
			says: "1 outline is not closed: the widest gap is 20.000 mm.",
		},
		"a piece that would not come free": {
			art:  board(lines("house", artwork.Cut, open(10, 10, 20, 10, 20, 20, 10, 20, 10, 10.02))),
			want: []string{"open-ring error house"},
		},
		"not a piece whose ends are meant to be apart": {
			art: board(lines("house", artwork.Cut, open(10, 10, 20, 10, 20, 20, 10, 20, 10, 11))),
		},
		"a line beside the material": {
			art:  board(scores("rail", open(2, 40, 50, 40))),
			want: []string{"outside-frame error rail"},
			says: "by up to 3.000 mm",
		},
		"a shape on a board that there is not": {
			art: board(artwork.Layer{Name: "rail", Shapes: []artwork.Shape{
				{Board: 7, Operation: artwork.Score, Paths: []artwork.Path{open(10, 10, 20, 20)}},
			}}),
			want: []string{"outside-frame error rail"},
			says: "board 7",
		},
		"a layer named by hand without anything in it": {
			art:     board(scores("rail")),
			options: Options{Named: []string{"rail"}},
			want:    []string{"empty-layer error rail"},
		},
		"an empty layer among all": {
			art:  board(scores("rail")),
			want: []string{"empty-layer warning rail"},
		},
		"a named layer that others burn already": {
			art:     board(scores("rail")),
			options: Options{Named: []string{"rail"}, Covered: []string{"rail"}},
			want:    []string{"empty-layer warning rail"},
			says:    "already burn all of it",
		},
		"the same line in two layers": {
			art:  board(scores("rail", open(10, 40, 50, 40)), scores("border", open(10, 40, 50, 40))),
			want: []string{"double-burn warning border"},
			says: `40.00 mm, also burns in "rail"`,
		},
		"a reversed copy": {
			art:  board(scores("rail", open(10, 40, 50, 40), open(50, 40, 10, 40))),
			want: []string{"double-burn warning rail"},
		},
		"a part of a line, a little beside": {
			art:  board(scores("rail", open(10, 40, 50, 40), open(30, 40.02, 31, 40.02, 31, 50))),
			want: []string{"double-burn warning rail"},
		},
		"a line that comes back": {
			art:  board(scores("rail", open(10, 40, 50, 40, 30, 40.01))),
			want: []string{"double-burn warning rail"},
			says: "the same line",
		},
		"a border that two pieces share": {
			art:  board(lines("house", artwork.Cut, ring(10, 10, 20, 20), ring(20, 10, 30, 20))),
			want: []string{"double-burn warning house"},
			says: "10.0 mm in all",
		},
		"no crossing": {
			art: board(scores("rail", open(10, 40, 50, 40), open(30, 30, 30, 50), open(10, 30, 50, 50))),
		},
		"no guide": {
			art: board(scores("rail", open(10, 40, 50, 40)), lines("guide", artwork.Guide, open(0, 40, 50, 40))),
		},
		"an area that two layers engrave": {
			art:  board(fills("water", ring(10, 10, 30, 30)), fills("road", ring(25, 5, 35, 50))),
			want: []string{"double-burn warning road"},
			says: "100.00 mm²",
		},
		"no areas that touch": {
			art: board(fills("water", ring(10, 10, 30, 30)), fills("road", ring(30, 5, 35, 50))),
		},
		"an area thinner than the beam": {
			art:  board(fills("road", ring(10, 10, 30, 10.05))),
			want: []string{"too-small warning road"},
			says: "1 part of an area thinner than 0.1 mm",
		},
		"a speck": {
			art:  board(fills("house", ring(10, 10, 10.15, 10.15))),
			want: []string{"too-small warning house"},
		},
		"a piece too small to pick up": {
			art:  board(lines("house", artwork.Cut, ring(10, 10, 11, 11))),
			want: []string{"too-small warning house"},
			says: "the smallest has 1.00 mm²",
		},
		"a piece that is hardly one": {
			art:  board(lines("house", artwork.Cut, ring(10, 10, 10.05, 10.05))),
			want: []string{"too-small warning house"},
			says: "the smallest has less than 0.01 mm²",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			findings, err := Check(t.Context(), c.art, c.options)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			all := ""
			for _, f := range findings {
				got = append(got, strings.Join([]string{string(f.Kind), string(f.Severity), f.Layer}, " "))
				all += f.Message + "\n"
				if f.Kind != EmptyLayer && (f.Count == 0 || len(f.Places) != f.Count || f.Board == 0) {
					t.Errorf("the finding has no places: %+v", f)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("found %q, want %q\n%s", got, c.want, all)
			}
			if !strings.Contains(all, c.says) {
				t.Errorf("the messages do not say %q:\n%s", c.says, all)
			}
		})
	}
}

func TestOutsideARoundAndAHollowFrame(t *testing.T) {
	t.Parallel()
	round := newOutline(artwork.Path{
		Points: []artwork.Point{{X: 90, Y: 40}, {X: 10, Y: 40}, {X: 90, Y: 40}},
		Verbs:  []artwork.Verb{artwork.ArcTo},
	}.Flatten(flatError).Points)
	hollow := newOutline(open(0, 0, 50, 0, 50, 50, 40, 50, 40, 10, 10, 10, 10, 50, 0, 50).Points)
	for name, c := range map[string]struct {
		frame *outline
		path  artwork.Path
		want  float64
	}{
		"in the circle":     {round, open(20, 40, 50, 79), 0},
		"out of the circle": {round, open(50, 40, 85, 75), 0},
		"in the horn":       {hollow, open(5, 5, 5, 49), 0},
		"over the gap":      {hollow, open(5, 40, 45, 40), 15},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, far := c.frame.farthestOutside(c.path)
			if name == "out of the circle" {
				c.want = 9.4974746 // √(35²+35²) - 40
			}
			if far < c.want-0.01 || far > c.want+0.01 {
				t.Errorf("%.4f mm outside, want %.4f", far, c.want)
			}
		})
	}
}
