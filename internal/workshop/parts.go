package workshop

import (
	"context"
	"maps"
	"slices"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/trace"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/paulmach/orb"
)

// Part is one part of the layer "Frame and text".
type Part struct {
	ID    int64
	Class string
	Text  string // of its own; "" where it says Usual, or nothing
	Usual string // what it says without a text of its own
	// At is the part's point, mm on the board, and Offset how far that lies
	// inside the piece: from the sides that its anchor names, and from the middle
	// to the right and up where it names none.
	At, Offset artwork.Point
	// Edge is how far the point lies from the nearest edge of the piece, mm.
	Edge float64
	// Keys are what the part says for itself and not as the layer does: anchor,
	// size, operation, setting, inset, visible.
	Keys map[string]string
}

// Shown tells whether the part is not switched off.
func (p Part) Shown() bool { return p.Keys[trace.PartVisible] != trace.PartHidden }

// Anchor is which place of the part lies on its point.
func (p Part) Anchor() string {
	if a := p.Keys["anchor"]; a != "" {
		return a
	}
	return "center"
}

// The classes of parts.
const (
	PartBorder      = trace.ClassBorder
	PartTitle       = trace.ClassTitle
	PartScaleBar    = trace.ClassScaleBar
	PartNorthArrow  = trace.ClassNorthArrow
	PartHole        = trace.ClassHole
	PartCredit      = trace.ClassCredit
	PartScale       = trace.ClassScale
	PartCoordinates = trace.ClassCoordinates
	PartText        = trace.ClassText
)

// PartClasses lists the classes of parts in the order in which they are shown.
func PartClasses() []string { return trace.FurnitureClasses() }

// PartAnchors lists the places of a part that may lie on its point.
func PartAnchors() []string { return trace.FurnitureAnchors() }

// PartHasText tells whether parts of a class show a text.
func PartHasText(class string) bool { return hasText(class) }

// PartSize is the option of the layer that a part of a class has its size from.
// Borders have none.
func PartSize(class string) (Option, bool) {
	return trace.FurnitureSize(class), class != trace.ClassBorder
}

// PartOperation is what becomes of a part without an operation of its own, in a
// layer of an operation.
func PartOperation(class string, layers artwork.Operation) artwork.Operation {
	return trace.FurnitureOperation(class, layers)
}

// IsFurniture tells whether a layer is one of parts: "Frame and text".
func IsFurniture(l carto.Layer) bool { return l.Strategy == trace.FurnitureStrategy }

// Parts reads the parts of a layer, class by class in the order of PartClasses.
func (d *Desk) Parts(ctx context.Context, layer carto.LayerID) ([]Part, error) {
	m := d.doc.Map()
	return readParts(ctx, m, d.doc, layer)
}

func readParts(ctx context.Context, m *carto.Map, doc trace.FeatureSource, layer carto.LayerID) ([]Part, error) {
	parts, err := featuresByClass(ctx, doc, layer)
	if err != nil {
		return nil, err
	}
	place := piecePlaces(m.Boards, parts)
	var out []Part
	for _, class := range trace.FurnitureClasses() {
		for _, f := range parts[class] {
			out = append(out, partOf(m, place, f))
		}
	}
	return out, nil
}

func partOf(m *carto.Map, place places, f carto.Feature) Part {
	p := Part{ID: f.ID, Class: f.Class, Text: f.Name, Usual: usualText(m, f.Class), Keys: maps.Clone(f.Attributes)}
	if p.Text == p.Usual {
		p.Text = ""
	}
	if at, ok := f.Geometry.(orb.Point); ok {
		p.At = artwork.Point{X: at[0], Y: at[1]}
		p.Offset, p.Edge = place.offset(p.Anchor(), at), place.edge(at)
	}
	return p
}

// usualText is what a part says without a text of its own.
func usualText(m *carto.Map, class string) string {
	switch class {
	case trace.ClassTitle, trace.ClassCredit:
		return defaultText(m, class)
	}
	return trace.FurnitureText(class, m.View)
}

// AddFurniture adds the layer "Frame and text" on top, with the parts that a map
// begins with, and gives its id.
func (d *Desk) AddFurniture(ctx context.Context) (carto.LayerID, error) {
	m := d.doc.Map()
	add := newFurniture(m, m.Title, m.Attribution)
	return add.Layer.ID, d.doc.Do(ctx, add)
}

// AddPart puts up another part of a class at its usual place and gives its id.
// Of a hole it is one more, or with all one in each corner; the ids are then
// several.
func (d *Desk) AddPart(ctx context.Context, layer carto.LayerID, class string, all bool) ([]int64, error) {
	m := d.doc.Map()
	parts, err := featuresByClass(ctx, d.doc, layer)
	if err != nil {
		return nil, err
	}
	last := int64(0)
	for _, list := range parts {
		for _, f := range list {
			last = max(last, f.ID)
		}
	}
	place := piecePlaces(m.Boards, parts)
	added := place.part(class, defaultText(m, class))
	if class == trace.ClassHole && !all {
		added = []carto.Feature{place.oneHole()}
	}
	if err := d.Do(ctx, carto.PutFeatures{Layer: layer, Features: added}); err != nil {
		return nil, err
	}
	var ids []int64
	for f, err := range d.doc.Features(ctx, layer, carto.Everywhere()) {
		if err != nil {
			return nil, err
		}
		if f.ID > last { // ids only grow
			ids = append(ids, f.ID)
		}
	}
	return ids, nil
}

// SetParts changes keys of parts, as one step of undo: text, visible, anchor,
// size, operation, setting, inset, at, place, offset and edge, as in the keys
// PART.WHAT of the layer. Either all are taken or none.
func (d *Desk) SetParts(ctx context.Context, layer carto.LayerID, ids []int64, keys map[string]string) error {
	changed, err := d.changedParts(ctx, layer, ids, keys)
	if err != nil {
		return err
	}
	return d.Do(ctx, carto.PutFeatures{Layer: layer, Features: changed})
}

// TraceParts draws the visible layers as they would be with keys of parts
// changed, and changes nothing: for looking at a part while it is being changed.
func (d *Desk) TraceParts(ctx context.Context, layer carto.LayerID, ids []int64, keys map[string]string) (*Drawn, error) {
	changed, err := d.changedParts(ctx, layer, ids, keys)
	if err != nil {
		return nil, err
	}
	return d.traceWith(ctx, d.doc.Map(), &tried{FeatureSource: d.doc, layer: layer, changed: changed})
}

func (d *Desk) changedParts(ctx context.Context, id carto.LayerID, ids []int64, keys map[string]string) ([]carto.Feature, error) {
	l, err := d.layer(id)
	if err != nil {
		return nil, err
	}
	parts, err := featuresByClass(ctx, d.doc, id)
	if err != nil {
		return nil, err
	}
	m := d.doc.Map()
	place := piecePlaces(m.Boards, parts)
	var changed []carto.Feature
	for _, class := range slices.Sorted(maps.Keys(parts)) {
		for _, f := range parts[class] {
			if !slices.Contains(ids, f.ID) {
				continue
			}
			f = f.Clone()
			if err := setPart(m, l, place, &f, keys); err != nil {
				return nil, &Error{Code: CodeUsage, Layer: l.Name, Err: err}
			}
			changed = append(changed, f)
		}
	}
	if len(changed) == 0 {
		return nil, usage("there is no such part")
	}
	return changed, nil
}
