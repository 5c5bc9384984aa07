package carto

import (
	"math"
	"testing"

	"github.com/mapwright/mapwright/internal/planar"
)

func TestACircleFrameIsRoundToFiveMicrometres(t *testing.T) {
	t.Parallel()
	for _, size := range []float64{12, 100, 300, 2000} {
		b := board(size+40, size)
		b.Frame.Shape = FrameCircle
		r := size/2 - b.Margin
		path := b.FrameOutline()
		if !path.Closed || len(path.Points) < 8 {
			t.Fatalf("%d points, closed %v", len(path.Points), path.Closed)
		}
		for i, p := range path.Points {
			q := path.Points[(i+1)%len(path.Points)]
			if p == q {
				t.Fatalf("board %g: corner %d twice", size, i)
			}
			corner := math.Hypot(p.X-b.Width/2, p.Y-b.Height/2)
			middle := math.Hypot((p.X+q.X)/2-b.Width/2, (p.Y+q.Y)/2-b.Height/2)
			if corner > r+planar.Unit || middle < r-circleError-planar.Unit {
				t.Fatalf("board %g: corner at %g, middle of an edge at %g, radius %g", size, corner, middle, r)
			}
		}
	}
}

func TestARectangleFrameIsTheBoardLessTheMargin(t *testing.T) {
	t.Parallel()
	got := board(300, 200).FrameOutline()
	want := [][2]float64{{5, 5}, {295, 5}, {295, 195}, {5, 195}}
	if len(got.Points) != len(want) || !got.Closed {
		t.Fatalf("%v", got)
	}
	for i, p := range got.Points {
		if p.X != want[i][0] || p.Y != want[i][1] {
			t.Errorf("corner %d at %v, want %v", i, p, want[i])
		}
	}
	if a := planar.RingArea(board(300, 200).FramePolygon()); a <= 0 {
		t.Errorf("the frame runs clockwise: area %g", a)
	}
}
