package trace

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"

	"github.com/mapwright/mapwright/internal/lettering"
	"github.com/mapwright/mapwright/internal/planar"
)

// labels are the names of a layer, with the places that each could have.
type labels struct {
	wishes []lettering.Wish
}

// gatherLabels sets the layer's names and finds places for them.
func (w *work) gatherLabels(ctx context.Context) error {
	shapes, err := w.namedShapes(ctx)
	if err != nil {
		return err
	}
	texts := make([]string, len(shapes))
	for i, n := range shapes {
		texts[i] = n.text
	}
	s, err := w.newScribe(ctx, texts)
	if err != nil {
		return err
	}
	w.labels = &labels{}
	if size, least := w.settings.numbers["size"], w.settings.numbers["min-size"]; size < least && len(shapes) > 0 {
		w.add(KindSmallText, len(shapes), w.scene.centre(), "Letters %g mm high are smaller than %g mm: they may not be readable when burned.", size, least)
	}
	for _, n := range shapes {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := w.wish(ctx, s, n); err != nil {
			return err
		}
	}
	s.report(w)
	return nil
}

// wish adds the wishes of one name.
func (w *work) wish(ctx context.Context, s *scribe, n named) error {
	before := len(w.labels.wishes)
	inFrame := false
	for _, add := range []func(context.Context, *scribe, named) (bool, error){w.wishAlong, w.wishWithin, w.wishAround} {
		seen, err := add(ctx, s, n)
		if err != nil {
			return err
		}
		inFrame = inFrame || seen
	}
	// A name without a place still counts among those that found no room.
	if inFrame && len(w.labels.wishes) == before && !slices.Contains(s.missing, n.text) {
		w.labels.wishes = append(w.labels.wishes, lettering.Wish{Key: n.text})
	}
	return nil
}

// again lowers the rank of a name's further places below all first ones.
const again = 100

// nameGap is how far places of one name stand from each other, mm.
func (w *work) nameGap() float64 {
	if r := w.settings.numbers["repeat"]; r > 0 {
		return 0.6 * r
	}
	return math.Inf(1)
}

// wishAlong adds places along the lines of a name: those that meet are one.
func (w *work) wishAlong(ctx context.Context, s *scribe, n named) (bool, error) {
	if len(n.lines) == 0 {
		return false, nil
	}
	chains := throughJunctions(w.simplified(planar.MergePaths(n.lines)))
	chains, err := w.scene.frame.cropPaths(ctx, chains)
	if err != nil || len(chains) == 0 {
		return false, err
	}
	slices.SortStableFunc(chains, func(a, b planar.Path) int { return cmp.Compare(planar.Length(b), planar.Length(a)) })
	rank := classRank(n.class)
	for _, c := range chains {
		lists, err := w.placesAlong(s, n.text, c)
		if err != nil {
			return true, err
		}
		for _, places := range lists {
			w.labels.wishes = append(w.labels.wishes, lettering.Wish{
				Rank: rank + share(planar.Length(c)/unitsPerMM, 200), Key: n.text, Places: places, Apart: w.nameGap(),
			})
			rank = classRank(n.class) - again
		}
	}
	return true, nil
}

// placesAlong finds the places of a name along a line: smaller where it does
// not fit otherwise. The best list comes first.
func (w *work) placesAlong(s *scribe, text string, c planar.Path) ([][]*lettering.Placed, error) {
	sizes := []float64{s.size}
	if least := w.settings.numbers["min-size"]; least < s.size {
		sizes = append(sizes, (s.size+least)/2, least)
	}
	for _, size := range sizes {
		set, ok, err := s.set(text, size)
		if err != nil || !ok {
			return nil, err
		}
		if lists := lettering.Along(set, c, w.course(size)); len(lists) > 0 {
			slices.SortStableFunc(lists, func(a, b []*lettering.Placed) int { return cmp.Compare(a[0].Cost, b[0].Cost) })
			return lists, nil
		}
	}
	return nil, nil
}

// share grows from 0 towards 1; it is a half at the usual size.
func share(size, usual float64) float64 { return size / (size + usual) }

// course is how names follow lines.
func (w *work) course(size float64) lettering.Course {
	beside := w.settings.numbers["distance"] + size/2
	c := lettering.Course{Repeat: w.settings.numbers["repeat"], Inside: w.inFrame}
	switch w.settings.choices["position"] {
	case positionAbove:
		c.Beside = beside
	case positionBelow:
		c.Beside = -beside
	}
	return c
}

// inFrame tells whether a place lies inside the frame; the frame is convex.
func (w *work) inFrame(v lettering.Vec) bool { return w.scene.frame.holds(planar.FromMM(v.X, v.Y)) }

// allInFrame tells whether a label lies inside the frame.
func (w *work) allInFrame(p *lettering.Placed) bool {
	for _, q := range p.Quads {
		for _, v := range q {
			if !w.inFrame(v) {
				return false
			}
		}
	}
	return true
}

// wishAround adds the places beside a point.
func (w *work) wishAround(_ context.Context, s *scribe, n named) (bool, error) {
	for _, at := range n.at {
		set, ok, err := s.set(n.text, s.size)
		if err != nil || !ok {
			return true, err
		}
		x, y := at.MM()
		places := lettering.Around(set, lettering.Vec{X: x, Y: y}, w.settings.numbers["distance"], w.sides())
		places = slices.DeleteFunc(places, func(p *lettering.Placed) bool { return !w.allInFrame(p) })
		if len(places) > 0 {
			w.labels.wishes = append(w.labels.wishes, lettering.Wish{Rank: classRank(n.class), Key: n.text, Places: places})
		}
	}
	return len(n.at) > 0, nil
}

// sides are the sides of a point that the layer wants its names on.
func (w *work) sides() []lettering.Vec {
	switch w.settings.choices["position"] {
	case positionCentre:
		return []lettering.Vec{{}}
	case positionAbove:
		return []lettering.Vec{{X: 0, Y: 1}, {X: 1, Y: 1}, {X: -1, Y: 1}}
	case positionBelow:
		return []lettering.Vec{{X: 0, Y: -1}, {X: 1, Y: -1}, {X: -1, Y: -1}}
	case positionLeft:
		return []lettering.Vec{{X: -1, Y: 0}, {X: -1, Y: 1}, {X: -1, Y: -1}}
	case positionRight:
		return []lettering.Vec{{X: 1, Y: 0}, {X: 1, Y: 1}, {X: 1, Y: -1}}
	}
	return nil
}

// wishWithin adds the places inside the areas of a name, united: in one line, in
// two, and smaller where neither fits.
func (w *work) wishWithin(ctx context.Context, s *scribe, n named) (bool, error) {
	if len(n.areas) == 0 {
		return false, nil
	}
	areas, err := planar.Union(ctx, planar.Rings(n.areas), planar.Positive)
	if err != nil {
		return false, err
	}
	if areas, err = w.scene.frame.cropAreas(ctx, areas); err != nil || len(areas) == 0 {
		return false, err
	}
	// Places are sought on a plainer shape; a corner less costs no letter.
	if areas, err = planar.SimplifyPolygons(ctx, areas, 0.1*unitsPerMM); err != nil {
		return false, err
	}
	variants := [][]string{{n.text}}
	if halves, ok := lettering.Halves(n.text); ok {
		variants = append(variants, halves)
	}
	slices.SortStableFunc(areas, func(a, b planar.Polygon) int { return cmp.Compare(areaSize(b), areaSize(a)) })
	rank := classRank(n.class)
	for _, area := range areas {
		if err := ctx.Err(); err != nil {
			return false, err
		}
		places, err := w.placesWithin(s, area, variants)
		if err != nil {
			return false, err
		}
		if len(places) == 0 {
			continue
		}
		extent := areaSize(area) / unitsPerMM / unitsPerMM
		w.labels.wishes = append(w.labels.wishes, lettering.Wish{
			Rank: rank + share(extent, 1000), Key: n.text, Places: places, Apart: w.nameGap(),
		})
		rank = classRank(n.class) - again
	}
	return true, nil
}

func areaSize(p planar.Polygon) float64 { return planar.Area([]planar.Polygon{p}) }

// placesWithin finds the place of each variant of a name that fits into an
// area, whole ones before smaller ones.
func (w *work) placesWithin(s *scribe, area planar.Polygon, variants [][]string) ([]*lettering.Placed, error) {
	var whole, smaller []*lettering.Placed
	least := min(1, w.settings.numbers["min-size"]/s.size)
	for _, lines := range variants {
		texts, ok, err := s.lines(lines, s.size)
		if err != nil || !ok {
			return nil, err
		}
		width, height := lettering.Block(texts)
		at, scale := lettering.Roomiest(area, width, height)
		switch {
		case scale >= 1:
			whole = append(whole, lettering.Stand(texts, at))
			continue
		case scale < least:
			continue
		}
		if texts, ok, err = s.lines(lines, s.size*scale); err != nil || !ok {
			return nil, err
		}
		smaller = append(smaller, lettering.Stand(texts, at))
	}
	slices.SortStableFunc(smaller, func(a, b *lettering.Placed) int { return cmp.Compare(b.Size(), a.Size()) })
	places := slices.Concat(whole, smaller)
	return slices.DeleteFunc(places, func(p *lettering.Placed) bool { return !w.allInFrame(p) }), nil
}

// lines sets a name, or the lines that it was broken into, at a size. What is to
// be told of a name is kept where it is set whole.
func (s *scribe) lines(lines []string, size float64) ([]lettering.Text, bool, error) {
	if len(lines) == 1 {
		t, ok, err := s.set(lines[0], size)
		return []lettering.Text{t}, ok, err
	}
	texts := make([]lettering.Text, 0, len(lines))
	for _, line := range lines {
		t, _, err := s.try(line, size)
		var missing *lettering.MissingError
		if errors.As(err, &missing) {
			return nil, false, nil
		}
		if err != nil {
			return nil, false, err
		}
		texts = append(texts, t)
	}
	return texts, true, nil
}
