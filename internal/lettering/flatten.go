package lettering

import (
	"math"

	"github.com/go-text/typesetting/font/opentype"
)

// maxPieces bounds one curve of a broken font; a letter of a metre at a
// micrometre needs a tenth of it.
const maxPieces = 1 << 12

// flatten turns the segments of a glyph into closed contours of straight lines
// within tolerance, all in units of the font.
//
// A curve B cut into n equal steps of its parameter lies within max|B″|/8n² of
// its chords. For a quadratic that is |d|/4n² with d its second difference, for
// a cubic at most 6|d|/8n² with d the larger of its two.
func flatten(segments []opentype.Segment, tolerance float64) [][]Vec {
	var out [][]Vec
	var c []Vec
	end := func() {
		if len(c) > 2 {
			out = append(out, c)
		}
		c = nil
	}
	for _, s := range segments {
		args := s.ArgsSlice()
		p := make([]Vec, len(args))
		for i, a := range args {
			p[i] = Vec{float64(a.X), float64(a.Y)}
			if !finite(p[i].X) || !finite(p[i].Y) {
				return nil
			}
		}
		switch {
		case s.Op == opentype.SegmentOpMoveTo:
			end()
			c = []Vec{p[0]}
		case len(c) == 0:
			continue // a curve without a start
		case s.Op == opentype.SegmentOpLineTo:
			c = append(c, p[0])
		case s.Op == opentype.SegmentOpQuadTo:
			c = quadratic(c, p, tolerance)
		case s.Op == opentype.SegmentOpCubeTo:
			c = cubic(c, p, tolerance)
		}
	}
	end()
	return out
}

func quadratic(c, p []Vec, tolerance float64) []Vec {
	a := c[len(c)-1]
	n := pieces(second(a, p[0], p[1])/4, tolerance)
	for i := 1; i < n; i++ {
		t := float64(i) / float64(n)
		u := 1 - t
		c = append(c, weighted([]Vec{a, p[0], p[1]}, []float64{u * u, 2 * u * t, t * t}))
	}
	return append(c, p[1])
}

func cubic(c, p []Vec, tolerance float64) []Vec {
	a := c[len(c)-1]
	n := pieces(0.75*max(second(a, p[0], p[1]), second(p[0], p[1], p[2])), tolerance)
	for i := 1; i < n; i++ {
		t := float64(i) / float64(n)
		u := 1 - t
		c = append(c, weighted([]Vec{a, p[0], p[1], p[2]}, []float64{u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t}))
	}
	return append(c, p[2])
}

// pieces is how many pieces a curve needs whose error in one piece is known.
func pieces(whole, tolerance float64) int {
	return int(math.Ceil(min(math.Sqrt(whole/tolerance), maxPieces)))
}

// second is the length of the second difference of three points.
func second(a, b, c Vec) float64 { return length(Vec{a.X - 2*b.X + c.X, a.Y - 2*b.Y + c.Y}) }

// weighted is a sum of points. The conversions keep processors from joining
// steps, which would round differently.
func weighted(p []Vec, w []float64) Vec {
	var v Vec
	for i := range p {
		v.X += float64(w[i] * p[i].X)
		v.Y += float64(w[i] * p[i].Y)
	}
	return v
}

func length(v Vec) float64 { return math.Sqrt(float64(v.X*v.X) + float64(v.Y*v.Y)) }
