package trace

import (
	"context"
	"math"
	"slices"
	"strconv"

	"github.com/mapwright/mapwright/internal/lettering"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// symbol draws a symbol for each place: for churches, harbours, peaks and
// whatever else is to be found at a glance, and for keepsakes that mark where it
// was. A symbol across the edge of the frame is left out: half a heart is none.
func symbol() Strategy {
	return Strategy{
		ID:    "symbol",
		Title: "Symbols",
		Description: "Draws a symbol for each point, along lines at a distance, and inside areas. For places that are to be " +
			"found at a glance: churches, harbours, peaks, a heart where it was.",
		Draws:    Points | Lines | Areas,
		AnySize:  true,
		OfPoints: "a symbol each",
		OfLines:  "symbols along each, at a distance",
		OfAreas:  "a symbol in the widest part of each",
		Options: []Option{
			{Key: "symbol", Default: "circle", Enum: symbolNames(), Help: "Which symbol. A class that is called like a symbol has that one."},
			{Key: "symbol" + classSuffix, Enum: symbolNames(), Help: "The symbol of one class, such as symbol.place_of_worship."},
			{Key: "size", Unit: "mm", Default: "5", Min: 0.3, Max: maxWidth, Help: "The side of the square that a symbol is drawn in."},
			{Key: "rotate", Unit: "°", Default: "0", Min: -360, Max: 360, Help: "How far symbols are turned, counterclockwise. The attribute rotation of a point turns it further."},
			{Key: "distance", Unit: "mm", Default: "10", Min: 0.5, Max: 1e4, Help: "How far apart symbols stand along a line."},
			{Key: "overlap", Default: overlapUnite, Enum: []string{overlapUnite, overlapFirst}, Help: "What becomes of symbols that overlap: unite makes one shape of them, first leaves the later ones out."},
		},
		draw: drawSymbols,
	}
}

// The choices of the option "overlap".
const (
	overlapUnite = "unite"
	overlapFirst = "first"
)

// footed are the symbols that stand on their place by their foot, and where in
// their box that is; the others have their middle there.
var footed = map[string][2]float64{"pin": {12, 23}, "flag": {6.25, 23}}

// mark is a place for a symbol.
type mark struct {
	at planar.Point
	of *identity
}

func drawSymbols(ctx context.Context, w *work) error {
	marks, err := w.marks(ctx)
	if err != nil {
		return err
	}
	all, err := glyphs()
	if err != nil {
		return err
	}
	var shapes []planar.Polygon
	var boxes []planar.Box
	var across, covered []planar.Point
	for _, m := range marks {
		polys, err := w.symbolAt(ctx, all, m)
		if err != nil {
			return err
		}
		box := planar.Bounds(polys)
		switch {
		case !w.insideFrame(polys):
			if w.scene.frame.holds(m.at) {
				across = append(across, m.at)
			}
		case w.settings.choices["overlap"] == overlapFirst && slices.ContainsFunc(boxes, box.Meets):
			covered = append(covered, m.at)
		default:
			shapes, boxes = append(shapes, polys...), append(boxes, box)
		}
	}
	if n := len(across); n > 0 {
		w.add(KindAtFrame, n, across[0], "%s across the edge of the frame left out.", plural(n, "symbol"))
	}
	if n := len(covered); n > 0 {
		w.add(KindNoRoom, n, covered[0], "%s left out, because others stand in the place.", plural(n, "symbol"))
	}
	united, err := planar.Union(ctx, planar.Rings(shapes), planar.Positive)
	if err != nil {
		return err
	}
	w.cover = append(w.cover, united...)
	if w.fills() {
		w.area = append(w.area, united...)
		return nil
	}
	return w.followSide(ctx, united, w.settingSide(), true)
}

// marks finds the places for symbols, those of points first.
func (w *work) marks(ctx context.Context) ([]mark, error) {
	f := w.features
	marks := make([]mark, 0, len(f.points))
	for i, p := range f.points {
		marks = append(marks, mark{p, f.pointOf[i]})
	}
	for _, l := range f.lines {
		for _, p := range along(l.path, w.settings.units("distance")) {
			marks = append(marks, mark{p, l.of})
		}
	}
	for i := range f.areas {
		inside, err := w.scene.frame.cropAreas(ctx, f.areas[i:i+1])
		if err != nil {
			return nil, err
		}
		if len(inside) == 0 {
			continue
		}
		at, _ := lettering.Roomiest(inside[largestOf(inside)], 1, 1)
		marks = append(marks, mark{planar.FromMM(at.X, at.Y), f.areaOf[i]})
	}
	return marks, ctx.Err()
}

// along gives places along a line at a distance, grid units, with the same left
// over at both ends. A closed line has them all the way around.
func along(path planar.Path, apart float64) []planar.Point {
	length := planar.Length(path)
	count := math.Floor(length/apart) + 1
	start := (length - (count-1)*apart) / 2
	if path.Closed() {
		count = math.Max(1, math.Round(length/apart))
		start, apart = 0, length/count
	}
	const most = 1e6
	var places []planar.Point
	gone, next := 0.0, start
	for i := 1; i < len(path) && float64(len(places)) < min(count, most); i++ {
		a, b := path[i-1], path[i]
		step := distance(a, b)
		for next <= gone+step && float64(len(places)) < count {
			t := 0.0
			if step > 0 {
				t = (next - gone) / step
			}
			places = append(places, planar.Point{
				X: a.X + int32(math.Round(t*float64(b.X-a.X))),
				Y: a.Y + int32(math.Round(t*float64(b.Y-a.Y))),
			})
			next += apart
		}
		gone += step
	}
	return places
}

// symbolAt draws the symbol of a place.
func (w *work) symbolAt(ctx context.Context, all map[string]glyph, m mark) ([]planar.Polygon, error) {
	name := w.settings.choices["symbol"]
	if _, ok := all[m.of.class]; ok {
		name = m.of.class
	}
	if own := w.settings.choices["symbol."+m.of.class]; own != "" {
		name = own
	}
	if own := m.of.attributes["symbol"]; own != "" {
		if _, ok := all[own]; ok {
			name = own
		}
	}
	origin, ok := footed[name]
	if !ok {
		origin = [2]float64{symbolBox / 2, symbolBox / 2}
	}
	degrees := w.settings.numbers["rotate"]
	if v, err := strconv.ParseFloat(m.of.attributes["rotation"], 64); err == nil && math.Abs(v) <= 360 {
		degrees += v
	}
	rings := all[name].rings(origin, w.settings.units("size")/symbolBox, degrees, w.settings.fineness())
	for _, r := range rings {
		for i := range r {
			r[i].X, r[i].Y = r[i].X+m.at.X, r[i].Y+m.at.Y
		}
	}
	return planar.Union(ctx, rings, planar.EvenOdd)
}

// insideFrame tells whether polygons lie wholly inside the frame.
func (w *work) insideFrame(polys []planar.Polygon) bool {
	half := 0.0 // cut outside of the symbol
	if w.layer.Operation == artwork.Cut {
		half = w.settings.units("kerf") / 2
	}
	for _, p := range polys {
		if !w.scene.frame.holdsAll(p[0]) {
			return false
		}
	}
	if half == 0 {
		return len(polys) > 0
	}
	b := planar.Bounds(polys)
	h := int32(math.Ceil(half))
	return w.scene.frame.holdsAll(planar.RectRing(
		planar.Point{X: b.Min.X - h, Y: b.Min.Y - h}, planar.Point{X: b.Max.X + h, Y: b.Max.Y + h}))
}
