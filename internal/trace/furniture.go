package trace

import (
	"context"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/lettering"
	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// FurnitureStrategy is the id of the strategy that draws the layer "Frame and
// text". The layer's features are points in mm on the board; see
// FurnitureClasses.
const FurnitureStrategy = "furniture"

// The classes of the features of the layer "Frame and text".
const (
	ClassBorder      = "border"      // the edge of the piece: the frame
	ClassHole        = "hole"        // to hang the piece up, or to screw it on
	ClassTitle       = "title"       // text: the feature's name
	ClassText        = "text"        // text: the feature's name
	ClassCredit      = "credit"      // text: the feature's name
	ClassScale       = "scale"       // text: the feature's name, or 1:n
	ClassCoordinates = "coordinates" // text: the feature's name, or those of the map's middle
	ClassScaleBar    = "scale-bar"   // a bar of a round length on the ground
	ClassNorthArrow  = "north-arrow" // an arrow that points north where it stands
)

// PartVisible is the attribute that switches a part off, with the value
// PartHidden.
const (
	PartVisible = "visible"
	PartHidden  = "no"
)

// FurnitureClasses lists the classes of the features of the layer "Frame and
// text". A feature of another class is a text where it has a name, and else a
// hole of the option diameter.
//
// Attributes of a feature say what differs from the layer: size (mm: the height
// of the capitals, the length of the bar, the height of the arrow, the diameter
// of the hole), operation, setting, anchor (which place of the part lies on the
// point: center, or top, bottom, left, right and their corners such as
// top-left), visible (no: the part is switched off) and, of a border, inset (mm
// inside the frame).
func FurnitureClasses() []string {
	return []string{
		ClassBorder, ClassTitle, ClassScaleBar, ClassNorthArrow, ClassHole,
		ClassCredit, ClassScale, ClassCoordinates, ClassText,
	}
}

// furniture draws what belongs to the piece and not to the map: its border, its
// title, scale bar and north arrow, holes to hang it up by, and the credit line.
// One layer burns all of it: borders and holes are cut, the rest burns by the
// layer's operation, and each part can have one of its own.
func furniture() Strategy {
	return Strategy{
		ID:    FurnitureStrategy,
		Title: "Frame and text",
		Description: "Draws border, title, scale bar, north arrow, holes and credit line, each at its point. For the one layer " +
			"of a map that belongs to the piece and not to the place.",
		Draws:    Points,
		OfPoints: "the part that its class names",
		Options: []Option{
			{Key: "title-size", Unit: "mm", Capitals: true, Default: "8", Min: 0.5, Max: 500, Help: "The height of the title's capitals."},
			{Key: "text-size", Unit: "mm", Capitals: true, Default: "3", Min: 0.5, Max: 500, Help: "The height of the capitals of other text."},
			{Key: "credit-size", Unit: "mm", Capitals: true, Default: "1.8", Min: 0.5, Max: 500, Help: "The height of the credit line's capitals."},
			{Key: "label-size", Unit: "mm", Capitals: true, Default: "2", Min: 0.5, Max: 500, Help: "The height of the figures at the scale bar."},
			{Key: "scale-bar-length", Unit: "mm", Default: "50", Min: 5, Max: 5000, Help: "How long the scale bar is at most: it is as long as the largest round distance that fits."},
			{Key: "north-arrow-size", Unit: "mm", Default: "12", Min: 2, Max: 500, Help: "The height of the north arrow with its letter."},
			{Key: "hole-diameter", Unit: "mm", Default: "4", Min: 0.5, Max: 500, Help: "The diameter of holes."},
			{Key: "rule", Unit: "mm", Default: "0.3", Min: 0.05, Max: 20, Help: "The width of engraved lines: of the border, the scale bar and the arrow."},
			{Key: "units", Default: unitsMetric, Enum: []string{unitsMetric, unitsImperial}, Help: "What the scale bar counts in: kilometres and metres, or miles and feet."},
			{Key: "font", Default: lettering.SansSemiBold, Enum: lettering.Names(), Font: true, Help: fontHelp},
			{Key: "style", Default: styleAuto, Enum: []string{styleAuto, styleOutlined, styleSingleLine}, Help: "outlined letters are areas, single-line ones are followed once by the beam; auto takes outlined for engraving and single-line otherwise."},
			{Key: "backing", Default: backingBox, Enum: []string{backingBox, backingLetters}, Help: "What the layers below leave free: a box behind each part, so that it stands out, or no more than its letters with their halo."},
			{Key: "halo", Unit: "mm", Default: "0.4", Max: 20, Help: "How much the layers below leave free around text, scale bar and arrow."},
		},
		clears: true,
		kerfIn: []artwork.Operation{artwork.Engrave, artwork.Relief, artwork.Score}, // the border and holes are cut
		draw:   drawFurniture,
	}
}

// The choices of the option "units".
const (
	unitsMetric   = "metric"
	unitsImperial = "imperial"
)

// The choices of the option "backing".
const (
	backingBox     = "box"
	backingLetters = "letters"
)

// drawFurniture draws the layer's points by their classes.
func drawFurniture(ctx context.Context, w *work) error {
	f := &furnisher{w: w}
	for i, at := range w.features.points {
		of := w.features.pointOf[i]
		if of.attributes[PartVisible] == PartHidden {
			continue
		}
		p := newPart(w, at, of)
		f.parts = append(f.parts, p)
		w.texts = append(w.texts, p.text)
	}
	if err := f.findPiece(ctx); err != nil {
		return err
	}
	for _, p := range f.parts {
		if err := f.draw(ctx, p); err != nil {
			return err
		}
	}
	return f.settle(ctx)
}

// furnisher draws the furniture of one layer.
type furnisher struct {
	w     *work
	parts []part
	// piece is what the border leaves: nothing is drawn beside it. inside is
	// piece less a web, where text may stand.
	piece  []planar.Polygon
	inside *planar.Index
}

// webMM is how far text stays away from the border at least.
const webMM = 0.5

// draw draws one part into the work of its operation and setting.
func (f *furnisher) draw(ctx context.Context, p part) error {
	to := f.workOf(p)
	switch p.class {
	case ClassBorder:
		return f.drawBorder(ctx, to, p)
	case ClassHole:
		return f.drawHole(ctx, to, p)
	}
	d, err := f.placed(ctx, to, p)
	if err != nil || d.empty() {
		return err
	}
	box := d.ink()
	f.seen(p, planar.RectRing(box.Min, box.Max))
	to.area, to.lines = append(to.area, d.area...), append(to.lines, d.lines...)
	if to.layer.Operation == artwork.Guide {
		return nil
	}
	if f.w.settings.choices["backing"] == backingBox {
		return f.clearBox(ctx, box, p.size)
	}
	return f.clear(ctx, d, f.gapIn(p))
}

// clearBox keeps a box with round corners around a part free of what lies below
// it: wider around large parts, at least by the halo.
func (f *furnisher) clearBox(ctx context.Context, ink planar.Box, size float64) error {
	margin := max(f.w.settings.units("halo"), min(size, maxBacked)/4*unitsPerMM)
	free, err := planar.Offset(ctx, []planar.Polygon{{planar.RectRing(ink.Min, ink.Max)}}, margin,
		planar.Style{Tolerance: f.w.settings.units("curve-error")})
	f.w.clears = append(f.w.clears, free...)
	return err
}

// maxBacked is the size of a part, mm, from which on its backing grows no more.
const maxBacked = 12

// seen keeps around what a part is seen, for the pointer.
func (f *furnisher) seen(p part, ring planar.Ring) {
	if f.w.outlines == nil {
		f.w.outlines = map[int64]planar.Ring{}
	}
	f.w.outlines[p.id] = ring
}

// PartOutlines tells where on the board the parts of a layer "Frame and text"
// are seen, by the ids of their features: the border itself, and around other
// parts a box or a circle. Parts that were left out are not in it. It fails as
// Job does.
func PartOutlines(ctx context.Context, s *Scene, id carto.LayerID) (map[int64]artwork.Path, error) {
	w, err := s.drawn(ctx, id)
	if err != nil {
		return nil, err
	}
	outlines := make(map[int64]artwork.Path, len(w.outlines))
	for id, ring := range w.outlines {
		path := artwork.Path{Points: make([]artwork.Point, len(ring)), Closed: true}
		for i, q := range ring {
			path.Points[i].X, path.Points[i].Y = q.MM()
		}
		outlines[id] = path
	}
	return outlines, nil
}

// clear keeps the place of a drawing free of what lies below it, with gaps in
// it up to a width, mm.
func (f *furnisher) clear(ctx context.Context, d drawing, gap float64) error {
	free, err := f.w.readable(ctx, d.area, d.lines, gap*unitsPerMM)
	f.w.clears = append(f.w.clears, free...)
	return err
}

// gapIn is how wide the gaps are in a part that are no place for anything else,
// mm.
func (f *furnisher) gapIn(p part) float64 {
	switch p.class {
	case ClassScaleBar:
		return 2 * f.w.settings.numbers["label-size"]
	case ClassNorthArrow:
		return p.size / 3
	}
	return p.size
}

// workOf gives the work that draws a part: the layer's own, or the one of the
// part's operation and setting.
func (f *furnisher) workOf(p part) *work {
	for _, w := range f.w.all() {
		if w.layer.Operation == p.operation && w.layer.Setting == p.setting {
			return w
		}
	}
	layer := *f.w.layer
	layer.Operation, layer.Setting = p.operation, p.setting
	w := &work{
		scene: f.w.scene, layer: &layer, settings: f.w.settings, features: &features{},
		notebook: notebook{layer: &layer}, texts: f.w.texts,
	}
	f.w.others = append(f.w.others, w)
	return w
}
