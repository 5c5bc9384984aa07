package artwork

import (
	"fmt"
	"iter"
	"math"
)

// Segment is one stretch of a path: a line, a cubic Bézier or a circular arc.
type Segment struct {
	Verb Verb
	// Points holds the start and then the points that the verb consumes; those
	// that it does not consume are zero.
	Points [4]Point
}

// Start is where the segment begins.
func (s Segment) Start() Point { return s.Points[0] }

// End is where the segment ends.
func (s Segment) End() Point { return s.Points[s.Verb.Points()] }

// Segments goes through the stretches of p in order. The straight line that
// closes a closed path is not among them. It stops at the first verb that is
// unknown or lacks points: see Validate.
func (p Path) Segments() iter.Seq[Segment] {
	return func(yield func(Segment) bool) {
		if p.Verbs == nil {
			for i := 1; i < len(p.Points); i++ {
				if !yield(Segment{Verb: LineTo, Points: [4]Point{p.Points[i-1], p.Points[i]}}) {
					return
				}
			}
			return
		}
		at := 0
		for _, v := range p.Verbs {
			n := v.Points()
			if n == 0 || at+n >= len(p.Points) {
				return
			}
			s := Segment{Verb: v}
			copy(s.Points[:], p.Points[at:at+n+1])
			if !yield(s) {
				return
			}
			at += n
		}
	}
}

// Straight tells whether p consists of straight lines alone.
func (p Path) Straight() bool {
	for _, v := range p.Verbs {
		if v != LineTo {
			return false
		}
	}
	return true
}

// Valid tells whether Validate finds nothing wrong.
func (p Path) Valid() bool { return p.Validate() == nil }

// Validate says what is wrong with p: no points, verbs that do not consume the
// points exactly, an unknown verb, or a coordinate that is no finite number.
func (p Path) Validate() error {
	if len(p.Points) == 0 {
		return fmt.Errorf("the path has no points")
	}
	for i, q := range p.Points {
		if math.IsNaN(q.X-q.X) || math.IsNaN(q.Y-q.Y) { // Inf-Inf is NaN too
			return fmt.Errorf("point %d of the path is not finite: (%g, %g)", i, q.X, q.Y)
		}
	}
	if p.Verbs == nil {
		return nil
	}
	need := 1
	for i, v := range p.Verbs {
		if v.Points() == 0 {
			return fmt.Errorf("verb %d of the path is unknown: %d", i, v)
		}
		need += v.Points()
	}
	if need != len(p.Points) {
		return fmt.Errorf("the path's %d verbs need %d points, but it has %d", len(p.Verbs), need, len(p.Points))
	}
	return nil
}
