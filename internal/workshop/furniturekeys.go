package workshop

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/trace"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Keys of the layer "Frame and text" that are about its parts: PART with a
// text, on or off, and PART.WHAT; for one of several PART.N and PART.N.WHAT.
const (
	partOn  = "on"
	partOff = "off"
)

// partKeys are what can be said of a part, behind its name and a dot.
var partKeys = []Key{
	{trace.PartVisible, "yes, or no to switch it off: it stays as it is, and does not burn."},
	{"place", "Where on the piece: center, top, bottom, left, right, or a corner such as top-left; at the usual distance from the edge."},
	{"offset", "How far inside the piece it lies from there: X,Y in mm from the sides that place names, and from the middle to the right and up; one that is left out stays."},
	{"at", "Where its point lies: X,Y in mm from the lower left corner of the board."},
	{"anchor", "Which place of the part lies on its point: center, top, bottom, left, right, or a corner such as top-left."},
	{"size", "mm: the height of capitals, the length of the scale bar, the height of the arrow, the diameter of holes."},
	{"edge", "Of holes: how far their middles lie from the edges beside them, mm."},
	{"operation", "What the machine does with the part, where it is not what the layer is."},
	{"setting", "Which of the operation's settings."},
	{"inset", "Of the border: mm inside the frame."},
}

// furnitureKeys tells people what can be said of the parts.
func furnitureKeys() KeyGroup {
	g := KeyGroup{Title: "Of the parts of " + trace.FurnitureStrategy + ", PART being " + strings.Join(trace.FurnitureClasses(), ", ") +
		",\nor one of several, counted from 1, such as hole.2; the number after the last adds one:"}
	g.Keys = append(g.Keys, Key{"PART", "Its text, or on to put it up, off to take it away. An empty text is the part's own."})
	for _, k := range partKeys {
		g.Keys = append(g.Keys, Key{"PART." + k.Key, k.Help})
	}
	return g
}

// partRef names all parts of a class, or with a number one of them.
type partRef struct {
	class  string
	number int // from 1; 0: all
}

// String is the reference as it is written in keys.
func (r partRef) String() string {
	if r.number == 0 {
		return r.class
	}
	return r.class + "." + strconv.Itoa(r.number)
}

// partKey takes a key apart; ok is false for one that is about no part.
func partKey(key string) (of partRef, what string, ok bool) {
	class, what, _ := strings.Cut(key, ".")
	of = partRef{class: class}
	first, rest, _ := strings.Cut(what, ".")
	if n, err := strconv.Atoi(first); err == nil && n > 0 {
		of.number, what = n, rest
	}
	return of, what, slices.Contains(trace.FurnitureClasses(), class)
}

// layerEdits is the edit that changes keys of a layer, those of the parts of a
// layer "Frame and text" among them.
func layerEdits(ctx context.Context, doc *carto.Document, layer carto.Layer, keys map[string]string) (carto.Edit, error) {
	own, ofParts := splitKeys(layer, keys)
	edit, err := layerEdit(layer, own)
	if err != nil || len(ofParts) == 0 {
		return edit, err
	}
	parts, err := featuresByClass(ctx, doc, layer.ID)
	if err != nil {
		return nil, err
	}
	if o := own["operation"]; o != "" {
		layer.Operation = artwork.Operation(o)
	}
	m := doc.Map()
	e := partsEdit{m: m, layer: layer, place: piecePlaces(m.Boards, parts), parts: parts}
	if err := e.take(ofParts); err != nil {
		return nil, &Error{Code: CodeUsage, Layer: layer.Name, Err: err}
	}
	return append(carto.Batch{edit}, e.edits()...), nil
}

// splitKeys tells the keys of a layer from those of its parts.
func splitKeys(layer carto.Layer, keys map[string]string) (own map[string]string, ofParts map[partRef]map[string]string) {
	own, ofParts = map[string]string{}, map[partRef]map[string]string{}
	furniture := layer.Strategy == trace.FurnitureStrategy || keys["strategy"] == trace.FurnitureStrategy
	for key, value := range keys {
		of, what, ok := partKey(key)
		if !furniture || !ok {
			own[key] = value
			continue
		}
		if ofParts[of] == nil {
			ofParts[of] = map[string]string{}
		}
		ofParts[of][what] = value
	}
	return own, ofParts
}

func featuresByClass(ctx context.Context, doc trace.FeatureSource, id carto.LayerID) (map[string][]carto.Feature, error) {
	parts := map[string][]carto.Feature{}
	for f, err := range doc.Features(ctx, id, carto.Everywhere()) {
		if err != nil {
			return nil, err
		}
		parts[f.Class] = append(parts[f.Class], f)
	}
	return parts, nil
}

// partsEdit puts up, changes and takes away parts of a layer.
type partsEdit struct {
	m       *carto.Map
	layer   carto.Layer
	place   places
	parts   map[string][]carto.Feature
	changed []string // classes
	removed []int64
}

// take applies keys, those of all parts of a class before those of one. What is
// taken away goes last and from the end, so that numbers count as they did
// before.
func (e *partsEdit) take(keys map[partRef]map[string]string) error {
	away := func(of partRef) bool { return strings.EqualFold(keys[of][""], partOff) }
	refs := slices.SortedFunc(maps.Keys(keys), func(a, b partRef) int {
		switch {
		case away(a) != away(b) && away(b):
			return -1
		case away(a) != away(b):
			return 1
		case a.class != b.class:
			return strings.Compare(a.class, b.class)
		case away(a):
			return b.number - a.number
		}
		return a.number - b.number
	})
	for _, of := range refs {
		if err := e.one(of, keys[of]); err != nil {
			return err
		}
	}
	return nil
}

// edits are what changes the map.
func (e *partsEdit) edits() carto.Batch {
	var out carto.Batch
	slices.Sort(e.changed)
	for _, class := range slices.Compact(e.changed) {
		if parts := e.parts[class]; len(parts) > 0 {
			out = append(out, carto.PutFeatures{Layer: e.layer.ID, Features: parts})
		}
	}
	if len(e.removed) > 0 {
		out = append(out, carto.RemoveFeatures{Layer: e.layer.ID, IDs: e.removed})
	}
	return out
}

// one puts up, changes or takes away what a reference names.
func (e *partsEdit) one(of partRef, keys map[string]string) error {
	text, said := keys[""]
	if said && strings.EqualFold(text, partOff) {
		if len(keys) > 1 {
			return fmt.Errorf("%s=%s takes it away: leave the other keys of %s out", of, partOff, of)
		}
		return e.takeAway(of)
	}
	from, to, err := e.found(of)
	if err != nil {
		return err
	}
	if _, moved := keys["at"]; moved && to-from > 1 {
		return fmt.Errorf("there are %d of %s: say which, such as %s.2.at", to-from, of.class, of.class)
	}
	keys = maps.Clone(keys)
	delete(keys, "")
	if said {
		keys[partText] = text
		if strings.EqualFold(text, partOn) {
			delete(keys, partText)
			if keys[trace.PartVisible] == "" {
				keys[trace.PartVisible] = ""
			}
		}
	}
	for i := range e.parts[of.class][from:to] {
		f := e.parts[of.class][from+i].Clone()
		if err := setPart(e.m, e.layer, e.place, &f, keys); err != nil {
			return err
		}
		e.parts[of.class][from+i] = f
	}
	e.changed = append(e.changed, of.class)
	return nil
}

// found gives where in its class a reference points, and puts up what is not
// there yet.
func (e *partsEdit) found(of partRef) (from, to int, err error) {
	n := len(e.parts[of.class])
	switch {
	case of.number > n+1:
		return 0, 0, fmt.Errorf("there are %d of %s: %s is none of them", n, of.class, of)
	case of.number == n+1 && of.class == trace.ClassHole:
		e.parts[of.class] = append(e.parts[of.class], e.place.oneHole())
	case of.number == n+1 || n == 0:
		e.parts[of.class] = append(e.parts[of.class], e.place.part(of.class, defaultText(e.m, of.class))...)
	}
	if of.number > 0 {
		return of.number - 1, of.number, nil
	}
	return 0, len(e.parts[of.class]), nil
}

func (e *partsEdit) takeAway(of partRef) error {
	parts := e.parts[of.class]
	if of.number > len(parts) {
		return fmt.Errorf("there are %d of %s: %s is none of them", len(parts), of.class, of)
	}
	from, to := 0, len(parts)
	if of.number > 0 {
		from, to = of.number-1, of.number
	}
	for _, f := range parts[from:to] {
		if f.ID > 0 {
			e.removed = append(e.removed, f.ID)
		}
	}
	e.parts[of.class] = slices.Delete(slices.Clone(parts), from, to)
	return nil
}
