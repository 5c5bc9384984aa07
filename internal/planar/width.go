package planar

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// slack is what the rounding of two offsets may take away, in grid units.
const slack = 4

// Narrow is a part of an area that is thinner than a width.
type Narrow struct {
	Part Polygon
	// Width is the least distance of its sides in grid units. A part with one
	// side only, such as a tip or a strip for itself, has the mean width that
	// its area and the length of its border give.
	Width float64
	// At is the middle of the narrowest place, or of a part with one side only
	// a point in the middle of its height.
	At Point
}

// Thin finds the parts of polygons that are thinner than width grid units,
// sorted by place: whole polygons, arms, tips, and necks between wider parts.
// Corners are no thin parts unless they are sharper than 29° (where a mitre of
// limit 4 ends); of those it is the tip. Parts thinner by less than 4 units (or
// the width's 2000th), and hairs of less than 8 units that hang on something,
// may be left out. The polygons must be valid; it fails as [Offset] does.
//
// It is what an opening of mathematical morphology takes off (J. Serra, "Image
// Analysis and Mathematical Morphology", 1982, chapter II): what is left after
// shrinking by half the width grows back, round, and what does not come back is
// thin. A piece of that which hangs on what came back in one place is the tip
// of a corner, as far as mitres reach.
func Thin(ctx context.Context, polys []Polygon, width float64) ([]Narrow, error) {
	if err := checkWidth(width); err != nil {
		return nil, err
	}
	if width == 0 || len(polys) == 0 {
		return nil, nil
	}
	w := newWidths(polys, width)
	err := w.measure(ctx)
	return w.thin, err
}

// Opening gives the parts of polygons that are at least width grid units thick:
// all but those that [Thin] finds. What stays keeps its borders exactly.
// Polygons that fall apart at a neck are several, and those that are thinner
// everywhere are gone.
func Opening(ctx context.Context, polys []Polygon, width float64) ([]Polygon, error) {
	thin, err := Thin(ctx, polys, width)
	if err != nil || width == 0 {
		return polys, err
	}
	thick := slices.Clone(polys)
	if len(thin) > 0 {
		if thick, err = Boolean(ctx, Difference, Rings(polys), partRings(thin), Positive); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(thick, hair), nil
}

func partRings(thin []Narrow) []Ring {
	var rings []Ring
	for _, n := range thin {
		rings = append(rings, n.Part...)
	}
	return rings
}

// widths looks for what is thin in polygons.
type widths struct {
	polys  []Polygon
	width  float64
	lost   []Polygon // what does not come back round
	mitred []Polygon // what comes back with corners
	border *proximity
	whole  map[Point]Ring // the polygons' shells, by where they start
	thin   []Narrow
	arms   []Polygon // the lost pieces that thin parts lie in
}

func newWidths(polys []Polygon, width float64) *widths {
	w := &widths{polys: polys, width: width, whole: map[Point]Ring{}}
	for _, p := range polys {
		shell := fromLeftmost(p[0])
		w.whole[shell[0]] = shell
	}
	return w
}

// erode shrinks the polygons by half the width and lets them grow back.
func (w *widths) erode(ctx context.Context) error {
	back := max(slack, w.width/2000) // a large disc needs no finer arcs
	round := Style{Tolerance: back / 4}
	core, err := Offset(ctx, w.polys, -w.width/2, round)
	if err != nil {
		return err
	}
	grown, err := Offset(ctx, core, w.width/2+back, round)
	if err != nil {
		return err
	}
	if w.lost, err = Boolean(ctx, Difference, Rings(w.polys), Rings(grown), Positive); err != nil {
		return err
	}
	w.mitred, err = Offset(ctx, core, w.width/2+back, Style{Join: MitreJoin})
	return err
}

// measure finds the thin parts.
func (w *widths) measure(ctx context.Context) error {
	if err := w.erode(ctx); err != nil {
		return err
	}
	var edges []owned
	for _, r := range Rings(w.polys) {
		edges, _ = appendOwned(edges, r, 0)
	}
	var err error
	if w.border, err = newProximity(edges); err != nil {
		return err
	}
	pc := newPace(ctx)
	var tips []Polygon
	for _, p := range w.lost {
		sides, fronts, err := w.sides(pc, p)
		switch {
		case err != nil:
			return err
		case fronts == 1:
			tips = append(tips, p)
		case !w.noise(p):
			w.arms = append(w.arms, p)
			if err := w.add(p, sides); err != nil {
				return err
			}
		}
	}
	if err := w.cutTips(ctx, pc, tips); err != nil {
		return err
	}
	slices.SortFunc(w.thin, func(n, m Narrow) int { return compareRings(n.Part[0], m.Part[0]) })
	return nil
}

// cutTips keeps of tips what mitres do not reach.
func (w *widths) cutTips(ctx context.Context, pc *pace, tips []Polygon) error {
	left, err := Boolean(ctx, Difference, Rings(tips), Rings(w.mitred), Positive)
	if err != nil {
		return err
	}
	used := make([]bool, len(tips))
	for _, p := range left {
		if w.noise(p) {
			continue
		}
		sides, _, err := w.sides(pc, p)
		if err != nil {
			return err
		}
		if err := w.add(p, sides); err != nil {
			return err
		}
		at := middle(p)
		for i, tip := range tips {
			if !used[i] && touches(tip, tip[0].Bounds(), at) {
				used[i] = true
				w.arms = append(w.arms, tip)
				break
			}
		}
	}
	return nil
}

func (w *widths) add(p Polygon, sides []owned) error {
	n, err := narrow(p, sides)
	w.thin = append(w.thin, n)
	return err
}

// noise tells whether a part of a polygon is as thin as what rounding leaves.
func (w *widths) noise(p Polygon) bool {
	return hair(p) && !slices.Equal(w.whole[p[0][0]], p[0])
}

// hair tells whether a polygon is thinner than twice the slack in the mean.
func hair(p Polygon) bool {
	length := 0.0
	for _, r := range p {
		length += Length(append(Path(r), r[0]))
	}
	return Area([]Polygon{p}) < float64(slack*length)
}

// sides gives the stretches of a piece's border that it has of the polygons,
// each with an owner of its own, and counts the fronts between them, where it
// hangs on something else.
func (w *widths) sides(pc *pace, p Polygon) (edges []owned, fronts int, err error) {
	side := int32(0)
	for _, r := range p {
		cut := make([]bool, len(r))
		for i, a := range r {
			if err := pc.walk(64); err != nil {
				return nil, 0, err
			}
			b := r[(i+1)%len(r)]
			cut[i] = !w.onBorder(halfway(a, b))
		}
		start := max(slices.Index(cut, true), 0) // a side never begins in its middle
		for k := range r {
			i := (start + k) % len(r)
			if !cut[i] {
				edges = append(edges, owned{a: r[i], b: r[(i+1)%len(r)], owner: side})
			} else if !cut[(i+len(r)-1)%len(r)] || len(r) == 1 {
				side++
				fronts++
			}
		}
		side++
	}
	return edges, fronts, nil
}

// onBorder tells whether a point lies on the polygons' border, but for rounding.
func (w *widths) onBorder(p Point) bool {
	const rounding = 4 // square of two grid units
	f, ok := w.border.nearest(p, func(int32) bool { return true })
	return ok && f.d2 <= rounding
}

// narrow measures a thin part by its sides.
func narrow(p Polygon, sides []owned) (Narrow, error) {
	n := Narrow{Part: p, At: middle(p)}
	if len(sides) == 0 {
		return n, nil
	}
	if sides[0].owner == sides[len(sides)-1].owner {
		length := 0.0
		for _, e := range sides {
			length += distance(e.a, e.b)
		}
		n.Width = 2 * Area([]Polygon{p}) / length
		return n, nil
	}
	across, err := widthsAcross(sides)
	if err != nil {
		return n, err
	}
	least := slices.MinFunc(across, func(u, v chord) int { return cmp.Compare(u.width, v.width) }).width
	center, near := n.At, math.Inf(1)
	for _, c := range across {
		const same = 1.02
		if d := distance(c.at, center); c.width <= least*same && d < near && Contains([]Polygon{p}, c.at) != Outside {
			n.At, near = c.at, d
		}
	}
	n.Width = least
	return n, nil
}

// chord is the middle of a way from one side to another, and its length.
type chord struct {
	at    Point
	width float64
}

// widthsAcross measures from corners of several sides and from the middles of
// their edges.
func widthsAcross(sides []owned) ([]chord, error) {
	near, err := newProximity(sides)
	if err != nil {
		return nil, err
	}
	var out []chord
	for _, e := range sides {
		for _, q := range []Point{e.a, halfway(e.a, e.b), e.b} {
			f, _ := near.nearest(q, func(owner int32) bool { return owner != e.owner })
			out = append(out, chord{halfway(q, f.at), math.Sqrt(float64(f.d2))})
		}
	}
	return out, nil
}

func halfway(a, b Point) Point { return Point{a.X + (b.X-a.X)/2, a.Y + (b.Y-a.Y)/2} }

// middle is the middle of the longest line across a polygon at half its height.
func middle(p Polygon) Point {
	box := p[0].Bounds()
	y := float64(box.Min.Y) + float64((float64(box.Max.Y)-float64(box.Min.Y))/2)
	if box.Max.Y-box.Min.Y > 1 {
		y = float64(int64(y)) + 0.5 // no corner lies there
	}
	var xs []float64
	for _, r := range p {
		for i, a := range r {
			b := r[(i+1)%len(r)]
			ay, by := float64(a.Y), float64(b.Y)
			if ay <= y != (by <= y) {
				t := (y - ay) / (by - ay)
				xs = append(xs, float64(a.X)+float64(t*float64(b.X-a.X)))
			}
		}
	}
	slices.Sort(xs)
	best, at := -1.0, float64(p[0][0].X)
	for i := 0; i+1 < len(xs); i += 2 {
		if d := xs[i+1] - xs[i]; d > best {
			best, at = d, xs[i]+float64(d/2)
		}
	}
	return Point{snap(at), snap(y)}
}
