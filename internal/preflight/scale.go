package preflight

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/mapwright/mapwright/plugins/artwork"
)

const (
	// fewLost and shareLost are how many shapes, and which part of them, may be
	// too small before it is said that the scale is.
	fewLost   = 10
	shareLost = 0.25
	// shareKept is how many of the shapes the proposed scale keeps.
	shareKept = 0.8
	// mostDetail is the largest scale that is proposed, 1:n.
	mostDetail = 100
)

// smallScale finds layers most of whose areas are too small to survive at the
// scale of the map, left out already or not, and proposes a scale at which they
// would. It counts the areas of the features themselves: real shapes, a real
// percentage.
func (c *checker) smallScale(ctx context.Context) ([]located, error) {
	var found []located
	for i := range c.art.Layers {
		l := &c.art.Layers[i]
		facts := c.factsOf(l)
		if l.Operation == artwork.Guide || len(facts.Sizes) == 0 {
			continue
		}
		need := c.needed(l.Operation, facts)
		lost := lostOf(facts.Sizes, need)
		if many(lost, facts.Sizes) && facts.United != nil {
			var err error
			if facts.Sizes, err = facts.United(ctx); err != nil {
				return nil, err
			}
			lost = lostOf(facts.Sizes, need)
		}
		if !many(lost, facts.Sizes) {
			continue
		}
		f := Finding{Layer: l.Name, Kind: SmallScale, Severity: Warning, Count: lost}
		c.tellScale(&f, l, facts, need, lost)
		for _, s := range c.shapes {
			if s.layer == i && len(s.paths) > 0 {
				f.At, f.Board = s.paths[0].Points[0], s.board
				break
			}
		}
		found = append(found, located{f, i})
	}
	return found, nil
}

// many tells whether so many of the areas are too small that it is the scale's
// fault.
func many(lost int, sizes []Size) bool {
	return lost >= fewLost && float64(lost) >= shareLost*float64(len(sizes))
}

// tellScale says how much is lost and what helps.
func (c *checker) tellScale(f *Finding, l *artwork.Layer, facts Facts, need minimum, lost int) {
	verb := map[artwork.Operation]string{artwork.Cut: "cut", artwork.Score: "score"}[l.Operation]
	if verb == "" {
		verb = "engrave"
	}
	f.Message = fmt.Sprintf("%.0f %% of %q (%d of %d) are too small to %s",
		math.Floor(100*float64(lost)/float64(len(facts.Sizes))), l.Name, lost, len(facts.Sizes), verb)
	if c.options.Scale > 0 {
		f.Message += " at " + ratio(c.options.Scale)
	}
	var advice []string
	if n := c.scaleFor(facts.Sizes, need); n > 0 {
		text := ratio(n)
		if c.options.Ground > 0 {
			text = fmt.Sprintf("%s instead of %s (%s)", ground(c.options.Ground*n/c.options.Scale), ground(c.options.Ground), text)
		}
		advice = append(advice, "show "+text)
		f.Remedies = append(f.Remedies, Remedy{Kind: Scale, Label: "Show less ground, at " + ratio(n), Scale: n})
	}
	if l.Operation == artwork.Cut {
		other := lostOf(facts.Sizes, c.needed(artwork.Engrave, facts))
		if 2*other < lost {
			advice = append(advice, fmt.Sprintf("engrave them (%.0f %% are too small for that)", math.Ceil(100*float64(other)/float64(len(facts.Sizes)))))
			f.Remedies = append(f.Remedies, engrave())
		}
	}
	f.Remedies = append(f.Remedies, option(Merge, "Merge with what is near", "merge-gap", "0.4"), hide())
	if len(advice) == 0 {
		advice = []string{"leave the layer out"}
	}
	f.Message += ": " + advice[0]
	for _, a := range advice[1:] {
		f.Message += ", or " + a
	}
	f.Message += "."
	f.Fix = "Show less ground, so that the shapes become larger, burn them in a way that needs less room, or merge what is near."
}

// minimum is what an area needs to survive.
type minimum struct{ area, width float64 }

// needed gives what areas of an operation need, the layer's own minimums
// included: what is under them does not show.
func (c *checker) needed(o artwork.Operation, facts Facts) minimum {
	m := minimum{c.options.MinArea, c.options.MinWidth}
	if o == artwork.Cut {
		m = minimum{c.options.MinPiece, c.options.Web}
	}
	return minimum{math.Max(m.area, facts.MinArea), math.Max(m.width, facts.MinWidth)}
}

// lostOf counts the areas that are too small.
func lostOf(sizes []Size, m minimum) int {
	n := 0
	for _, s := range sizes {
		if s.grow(m) > 1 {
			n++
		}
	}
	return n
}

// width is the short side of the rectangle with the same area and border, mm;
// of what is rounder than any rectangle, the side of a square.
func (s Size) width() float64 {
	half := s.Border / 4
	root := float64(half*half) - s.Area
	if root <= 0 {
		return math.Sqrt(s.Area)
	}
	return half - math.Sqrt(root)
}

// grow is how many times as long and as wide an area must be to survive.
func (s Size) grow(m minimum) float64 {
	if s.Area <= 0 || s.width() <= 0 {
		return math.Inf(1)
	}
	return math.Max(math.Sqrt(math.Max(m.area, 0)/s.Area), math.Max(m.width, 0)/s.width())
}

// scaleFor gives n of the 1:n at which shareKept of the areas survive, rounded
// to what a person would say; 0 when there is none, or none that makes sense.
// The areas that stay in sight, around the middle, may be smaller than all of
// them: then it goes on, down to half of that, until it would not be said again.
func (c *checker) scaleFor(sizes []Size, m minimum) float64 {
	factors := make([]float64, len(sizes))
	for i, s := range sizes {
		factors[i] = s.grow(m)
	}
	slices.Sort(factors)
	all := roundDown(c.options.Scale / factors[min(len(factors)-1, int(math.Ceil(shareKept*float64(len(factors))))-1)])
	if c.options.Scale <= 0 || all < mostDetail || all >= c.options.Scale {
		return 0
	}
	for n := all; n >= all/2 && n >= mostDetail; n = roundDown(n - 1) {
		if shown, lost := c.inSight(sizes, m, c.options.Scale/n); shown > 0 && float64(lost) < shareLost*float64(shown) {
			return n
		}
	}
	return all
}

// inSight counts the areas that are still in the frame when everything is k
// times as large, and those of them that are too small even then.
func (c *checker) inSight(sizes []Size, m minimum, k float64) (shown, lost int) {
	if len(c.art.Boards) == 0 {
		return 0, 0
	}
	box := c.art.Boards[0].Frame.Bounds()
	for _, s := range sizes {
		if math.Abs(2*s.At.X-box.Min.X-box.Max.X)*k <= box.Width() && math.Abs(2*s.At.Y-box.Min.Y-box.Max.Y)*k <= box.Height() {
			shown++
			if s.grow(m) > k {
				lost++
			}
		}
	}
	return shown, lost
}

// roundDown gives the largest number with two digits, the second of them 0 or
// 5, that is not larger: 4,000, 5,500.
func roundDown(v float64) float64 {
	step := 5.0
	for v >= step*20 {
		step *= 10
	}
	return math.Floor(v/step) * step
}

// ratio writes a scale: 1:10,000.
func ratio(n float64) string {
	digits := strconv.FormatFloat(math.Round(n), 'f', 0, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return "1:" + digits
}

// ground writes a width on the ground in metres as a person would: with two
// digits.
func ground(metres float64) string {
	digits := math.Pow(10, math.Floor(math.Log10(metres))-1)
	metres = math.Round(metres/digits) * digits
	if metres >= 1000 {
		return fmt.Sprintf("%g km", math.Round(metres/10)/100)
	}
	return fmt.Sprintf("%.3g m", metres)
}
