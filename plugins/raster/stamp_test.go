package raster

import (
	"bytes"
	"math"
	"math/rand/v2"
	"testing"
)

// TestStampsCoverWhatTheirEdgesEnclose puts discs of all sizes on the picture
// and across its borders.
func TestStampsCoverWhatTheirEdgesEnclose(t *testing.T) {
	t.Parallel()
	const width, height, top = 40, 30, 3
	rng := rand.New(rand.NewPCG(7, 8))
	fast, plain := newMask(width, height, top), newMask(width, height, top)
	stamped := 0
	for i := range 20_000 {
		at := vec{rng.Int32N(width*subPixels+1000) - 500, top*subPixels + rng.Int32N(height*subPixels+1000) - 500}
		d := newDisc(1 + rng.Int32N(1<<(1+rng.IntN(12))))
		b := (box{at.x, at.y, at.x, at.y}).grow(d.radius)
		if !fast.reaches(b) {
			continue
		}
		fast.disc(d, at)
		if left := (place(at.x) - d.radius) >> 8; d.radius <= maxStamped && left >= 0 && left <= width-stampColumns {
			stamped++
			at = vec{place(at.x), place(at.y)}
		}
		plain.outline(d.outline, at, b.grow(stampStep))
		if !bytes.Equal(fast.covered, plain.covered) {
			t.Fatalf("disc %d, at %v, covers other samples than its edges enclose", i, at)
		}
		clear(fast.covered)
		clear(plain.covered)
	}
	if stamped < 5_000 {
		t.Errorf("only %d discs were stamped", stamped)
	}
}

// place is the nearest place for the middle of a stamped disc.
func place(v int32) int32 { return (v + stampOff) &^ (stampStep - 1) }

// TestStrokesCoverWhatIsNearTheirPath holds the samples of lines, thin and
// wide, with stretches that are dragged beside ones that are not, to the
// distance from their path.
func TestStrokesCoverWhatIsNearTheirPath(t *testing.T) {
	t.Parallel()
	const width, height, top = 60, 50, 7
	// A notch, a disc beside its place, and an outline inside its circle.
	const missing = notch + stampOff*math.Sqrt2 + subPixels/64 + 3
	const beyond = stampOff*math.Sqrt2 + 3
	rng := rand.New(rand.NewPCG(9, 10))
	m := newMask(width, height, top)
	for i := range 600 {
		p := newPen(m, 1+rng.Int32N(maxStamped*(1+rng.Int32N(3))))
		points := []vec{{rng.Int32N(width * subPixels), (top + rng.Int32N(height)) * subPixels}}
		heading := 0.0
		if i%2 == 0 { // too long to be dragged, where most of what comes after is in the picture
			points[0].x = rng.Int32N(10 * subPixels)
			points = append(points, vec{points[0].x + maxDragged + 1, points[0].y})
		}
		for range rng.IntN(12) {
			heading += math.Pow(rng.Float64(), 4) * 2 * math.Pi // straight on, often
			sin, cos := math.Sincos(heading)
			last, reach := points[len(points)-1], math.Exp2(4+10*rng.Float64())
			points = append(points, vec{last.x + int32(reach*cos), last.y + int32(reach*sin)})
		}
		closed := rng.IntN(2) == 0
		p.stroke(points, closed)
		if closed {
			points = append(points, points[0])
		}
		for y := range height * samples {
			for x := range width {
				at := vec{int32(x)*subPixels + offsets[y%samples], top*subPixels + int32(y)*lineStep + lineStep/2}
				is := m.covered[2*(y/samples*width+x)+y%samples/8]>>(y%8)&1 == 1
				d := awayFrom(points, at) - float64(p.radius)
				if d > beyond && is || d < -missing && !is {
					t.Fatalf("path %d, %v, closed: %v, radius %d: the sample at %v, %.1f beyond the border, is covered: %v", i, points, closed, p.radius, at, d, is)
				}
			}
		}
		clear(m.covered)
	}
}

// awayFrom is how far a place is from a path.
func awayFrom(path []vec, at vec) float64 {
	least := math.Inf(1)
	for i, a := range path {
		b := path[min(i+1, len(path)-1)]
		ux, uy, vx, vy := float64(b.x-a.x), float64(b.y-a.y), float64(at.x-a.x), float64(at.y-a.y)
		along := 0.0
		if ux != 0 || uy != 0 {
			along = min(max((ux*vx+uy*vy)/(ux*ux+uy*uy), 0), 1)
		}
		least = min(least, math.Hypot(vx-along*ux, vy-along*uy))
	}
	return least
}
