package toolpath

import (
	"reflect"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// TestInnerCutsComeBeforeOuterOnes lays out a board whose frame is cut by the
// lowest layer: were it cut first, the sheet would fall before the rest is done.
func TestInnerCutsComeBeforeOuterOnes(t *testing.T) {
	t.Parallel()
	usual := map[artwork.Operation]string{artwork.Cut: "outer", artwork.Score: "1", artwork.Engrave: "dark"}
	square := func(op artwork.Operation, x, y, size float64) artwork.Shape {
		return artwork.Shape{Board: 1, Operation: op, Setting: usual[op], Paths: []artwork.Path{{Closed: true, Points: []artwork.Point{
			{X: x, Y: y}, {X: x + size, Y: y}, {X: x + size, Y: y + size}, {X: x, Y: y + size},
		}}}}
	}
	opening, light := square(artwork.Cut, 44, 22, 2), square(artwork.Engrave, 75, 55, 1)
	light.Setting, opening.Setting = "light", "inner"
	area := square(artwork.Engrave, 70, 70, 5)
	area.Fill = true
	rest := artwork.Shape{Board: 1, Operation: artwork.Cut, Setting: "outer", Paths: []artwork.Path{{Points: []artwork.Point{{X: 31, Y: 31}, {X: 32, Y: 33}, {X: 33, Y: 31}}}}}
	elsewhere := square(artwork.Cut, 0, 0, 10)
	elsewhere.Board = 2
	art := &artwork.Artwork{Layers: []artwork.Layer{
		{Name: "frame", Shapes: []artwork.Shape{square(artwork.Cut, 5, 5, 90)}},
		{Name: "houses", Shapes: []artwork.Shape{square(artwork.Cut, 20, 20, 20), square(artwork.Cut, 30, 30, 5), rest, elsewhere, opening}},
		{Name: "rail", Shapes: []artwork.Shape{square(artwork.Score, 50, 50, 10), square(artwork.Guide, 60, 60, 10)}},
		{Name: "water", Shapes: []artwork.Shape{square(artwork.Engrave, 70, 50, 10), area, light}},
	}}
	got, err := Sequence(t.Context(), art, 1)
	want := []Step{{3, 2}, {3, 1}, {3, 0}, {2, 0}, {1, 2}, {1, 1}, {1, 4}, {1, 0}, {0, 0}}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the machine runs %v (%v), want %v", got, err, want)
	}
}
