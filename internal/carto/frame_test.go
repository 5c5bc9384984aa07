package carto

import (
	"math"
	"testing"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/paulmach/orb"
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

// TestFramesAreConvexAndOnTheBoard: cropping, text and the fit of a box rely on
// it.
func TestFramesAreConvexAndOnTheBoard(t *testing.T) {
	t.Parallel()
	for _, shape := range FrameShapes() {
		for _, size := range [][2]float64{{12, 12}, {12, 300}, {300, 200}, {200, 2000}} {
			b := board(size[0], size[1])
			b.Frame.Shape = shape
			if err := b.Validate(); err != nil {
				t.Fatal(err)
			}
			ring := b.FramePolygon()
			if planar.RingArea(ring) <= 0 {
				t.Errorf("%s %v runs clockwise", shape, size)
			}
			for i, p := range ring {
				q, r := ring[(i+1)%len(ring)], ring[(i+2)%len(ring)]
				if p == q || int64(q.X-p.X)*int64(r.Y-q.Y)-int64(q.Y-p.Y)*int64(r.X-q.X) < 0 {
					t.Errorf("%s %v turns right at corner %d", shape, size, i)
					break
				}
				if x, y := p.MM(); x < b.Margin || y < b.Margin || x > b.Width-b.Margin || y > b.Height-b.Margin {
					t.Errorf("%s %v: corner %d at %g, %g is in the margin", shape, size, i, x, y)
				}
			}
		}
	}
}

// TestFitPutsABoxInsideEveryFrame asks the kernel whether it is there.
func TestFitPutsABoxInsideEveryFrame(t *testing.T) {
	t.Parallel()
	box := orb.Bound{Min: orb.Point{11.56, 48.13}, Max: orb.Point{11.59, 48.145}}
	for _, shape := range FrameShapes() {
		for _, rotation := range []float64{0, 25} {
			b := board(300, 200)
			b.Frame.Shape = shape
			v, err := Fit(box, b, rotation, "")
			if err != nil {
				t.Fatal(err)
			}
			place, err := v.Transform(b)
			if err != nil {
				t.Fatal(err)
			}
			frame := planar.NewIndex([]planar.Polygon{{b.FramePolygon()}})
			nearest := math.Inf(1)
			for _, corner := range box.ToRing() {
				x, y := place.Forward(corner)
				// A thousandth of the way to the middle, for the rounding of the frame.
				p := planar.FromMM(x+(150-x)/1000, y+(100-y)/1000)
				out := planar.FromMM(x-(150-x)/100, y-(100-y)/100)
				if frame.Locate(p) == planar.Outside {
					t.Errorf("%s turned by %g: a corner of the box lies outside, at %g, %g", shape, rotation, x, y)
				}
				if frame.Locate(out) == planar.Outside {
					nearest = 0
				}
			}
			if nearest > 0 {
				t.Errorf("%s turned by %g: the box could be larger", shape, rotation)
			}
		}
	}
}
