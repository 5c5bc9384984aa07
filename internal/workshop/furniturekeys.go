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
	"github.com/paulmach/orb"
)

// Keys of the layer "Frame and text" that are about one of its parts: PART with
// a text, on or off, and PART.WHAT.
const (
	partOn  = "on"
	partOff = "off"
)

// partKeys are what can be said of a part, behind its name and a dot.
var partKeys = []Key{
	{"at", "Where its point lies: X,Y in mm from the lower left corner of the board."},
	{"anchor", "Which place of the part lies on its point: center, top, bottom, left, right, or a corner such as top-left."},
	{"size", "mm: the height of capitals, the length of the scale bar, the height of the arrow, the diameter of holes."},
	{"operation", "What the machine does with the part, where it is not what the layer is."},
	{"setting", "Which of the operation's settings."},
	{"inset", "Of the border: mm inside the frame."},
}

// furnitureKeys tells people what can be said of the parts.
func furnitureKeys() KeyGroup {
	g := KeyGroup{Title: "Of the parts of " + trace.FurnitureStrategy + ", PART being " + strings.Join(trace.FurnitureClasses(), ", ") + ":"}
	g.Keys = append(g.Keys, Key{"PART", "Its text, or on to put it up, off to take it away."})
	for _, k := range partKeys {
		g.Keys = append(g.Keys, Key{"PART." + k.Key, k.Help})
	}
	return g
}

// partKey takes a key apart; ok is false for one that is about no part.
func partKey(key string) (class, what string, ok bool) {
	class, what, _ = strings.Cut(key, ".")
	return class, what, slices.Contains(trace.FurnitureClasses(), class)
}

// layerEdits is the edit that changes keys of a layer, those of the parts of a
// layer "Frame and text" among them.
func layerEdits(ctx context.Context, doc *carto.Document, layer carto.Layer, keys map[string]string) (carto.Edit, error) {
	own, ofParts := map[string]string{}, map[string]map[string]string{}
	furniture := layer.Strategy == trace.FurnitureStrategy
	for key, value := range keys {
		class, what, ok := partKey(key)
		if !furniture || !ok {
			own[key] = value
			continue
		}
		if ofParts[class] == nil {
			ofParts[class] = map[string]string{}
		}
		ofParts[class][what] = value
	}
	edit, err := layerEdit(layer, own)
	if err != nil || len(ofParts) == 0 {
		return edit, err
	}
	parts, err := featuresByClass(ctx, doc, layer.ID)
	if err != nil {
		return nil, err
	}
	edits := carto.Batch{edit}
	if o := own["operation"]; o != "" {
		layer.Operation = artwork.Operation(o)
	}
	for _, class := range slices.Sorted(maps.Keys(ofParts)) {
		e, err := partEdit(doc.Map(), layer, class, parts[class], ofParts[class])
		if err != nil {
			return nil, &Error{Code: CodeUsage, Layer: layer.Name, Err: err}
		}
		edits = append(edits, e...)
	}
	return edits, nil
}

func featuresByClass(ctx context.Context, doc *carto.Document, id carto.LayerID) (map[string][]carto.Feature, error) {
	parts := map[string][]carto.Feature{}
	for f, err := range doc.Features(ctx, id, carto.Everywhere()) {
		if err != nil {
			return nil, err
		}
		parts[f.Class] = append(parts[f.Class], f)
	}
	return parts, nil
}

// partEdit puts up, changes or takes away the parts of one class.
func partEdit(m *carto.Map, layer carto.Layer, class string, parts []carto.Feature, keys map[string]string) (carto.Batch, error) {
	text, said := keys[""]
	if said && strings.EqualFold(text, partOff) {
		if len(keys) > 1 {
			return nil, fmt.Errorf("%s=%s takes it away: leave the other keys of %s out", class, partOff, class)
		}
		var ids []int64
		for _, f := range parts {
			ids = append(ids, f.ID)
		}
		if len(ids) == 0 {
			return nil, nil
		}
		return carto.Batch{carto.RemoveFeatures{Layer: layer.ID, IDs: ids}}, nil
	}
	if len(parts) == 0 {
		parts = placesOn(m.Boards).part(class, defaultText(m, class))
	}
	changed := make([]carto.Feature, len(parts))
	for i, f := range parts {
		changed[i] = f.Clone()
		if said && !strings.EqualFold(text, partOn) {
			if !hasText(class) {
				return nil, fmt.Errorf("%s can't be %q: it has no text; say %s or %s", class, text, partOn, partOff)
			}
			changed[i].Name = strings.ReplaceAll(text, `\n`, "\n")
		}
		for _, what := range slices.Sorted(maps.Keys(keys)) {
			if what == "" {
				continue
			}
			if err := setPart(&changed[i], what, keys[what]); err != nil {
				return nil, err
			}
		}
		if err := checkBurn(class, layer.Operation, changed[i].Attributes); err != nil {
			return nil, err
		}
	}
	if _, moved := keys["at"]; moved && len(parts) > 1 {
		return nil, fmt.Errorf("there are %d of %s: move them one by one, in the window", len(parts), class)
	}
	return carto.Batch{carto.PutFeatures{Layer: layer.ID, Features: changed}}, nil
}

// hasText tells whether a part of a class shows its name.
func hasText(class string) bool {
	switch class {
	case trace.ClassBorder, trace.ClassHole, trace.ClassScaleBar, trace.ClassNorthArrow:
		return false
	}
	return true
}

// defaultText is what a text says when it is put up without saying what.
func defaultText(m *carto.Map, class string) string {
	switch class {
	case trace.ClassTitle, trace.ClassText:
		return m.Title
	case trace.ClassCredit:
		return strings.Join(m.Attribution, "\n")
	}
	return ""
}

// setPart says one thing of a part; an empty value takes it back to what the
// layer says.
func setPart(f *carto.Feature, what, value string) error {
	if !slices.ContainsFunc(partKeys, func(k Key) bool { return k.Key == what }) {
		return fmt.Errorf("there is no key %s.%s: there are at, anchor, size, operation, setting and inset", f.Class, what)
	}
	if what == "at" {
		x, y, ok := strings.Cut(value, ",")
		px, errX := strconv.ParseFloat(strings.TrimSpace(x), 64)
		py, errY := strconv.ParseFloat(strings.TrimSpace(y), 64)
		if !ok || errX != nil || errY != nil || !(max(px, -px, py, -py) <= carto.MaxBoardSize) {
			return fmt.Errorf("%s.at can't be %q: give X,Y in mm, such as 150,20", f.Class, value)
		}
		f.Geometry = orb.Point{px, py}
		return nil
	}
	if f.Attributes == nil {
		f.Attributes = map[string]string{}
	}
	if value == "" {
		delete(f.Attributes, what)
		return nil
	}
	if err := trace.CheckFurniture(f.Class, what, value); err != nil {
		return err
	}
	f.Attributes[what] = value
	return nil
}

// checkBurn tells whether the setting of a part goes with its operation, which
// is the layer's where the part has none of its own.
func checkBurn(class string, layers artwork.Operation, attributes map[string]string) error {
	o, setting := artwork.Operation(attributes["operation"]), attributes["setting"]
	if o == "" {
		o = trace.FurnitureOperation(class, layers)
	}
	if setting == "" || slices.Contains(artwork.Settings(o), setting) {
		return nil
	}
	return fmt.Errorf("%s.setting can't be %q: %s has %s", class, setting, o, strings.Join(artwork.Settings(o), ", "))
}
