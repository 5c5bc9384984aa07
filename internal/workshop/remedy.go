package workshop

import (
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/preflight"
	"github.com/mapwright/mapwright/internal/trace"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Remedy is one way to mend what the check found. Label is for a button.
type Remedy = preflight.Remedy

// remediesOfNote gives what helps where the tracing left something out or did
// it in another way.
func remediesOfNote(kind trace.NoteKind) []Remedy {
	switch kind {
	case trace.KindEmptied:
		return []Remedy{{Kind: preflight.Hide, Label: "Hide the layer", Hide: true}}
	case trace.KindNotFilled:
		return []Remedy{{Kind: preflight.Engrave, Label: "Engrave it", Operation: string(artwork.Engrave)}}
	default:
		return nil
	}
}

// remediesFor leaves out what the layer can't have or what changes nothing, and
// of each kind all but the first that is left. A layer "Frame and text" has no
// shapes of a place: its text can be enlarged, and it can be hidden.
func remediesFor(m *carto.Map, layer string, all []Remedy) []Remedy {
	var out []Remedy
	for _, r := range all {
		if slices.ContainsFunc(out, func(o Remedy) bool { return o.Kind == r.Kind }) {
			continue
		}
		l, err := m.FindLayer(layer)
		if err == nil && l.Strategy == trace.FurnitureStrategy && r.Kind != preflight.Enlarge && r.Kind != preflight.Hide {
			continue
		}
		after := m.Clone()
		if changed, err := applyRemedy(after, layer, r); err == nil && len(changed) > 0 {
			out = append(out, r)
		}
	}
	return out
}

// applyRemedy makes the changes of a remedy in a copy of a map and gives what
// is other than before: keys of the layer, "scale", "width" and "height".
// Numbers of a layer are raised and never lowered.
func applyRemedy(m *carto.Map, name string, r Remedy) (map[string]string, error) {
	changed := map[string]string{}
	if r.Scale > 0 && r.Scale != m.View.Scale {
		m.View.Scale = r.Scale
		changed["scale"] = shortNumber(r.Scale)
	}
	if r.Fit > 0 && r.Fit < 1 {
		b := &m.Boards
		b.Width, b.Height = tenths(b.Width*r.Fit), tenths(b.Height*r.Fit)
		m.View.Scale /= r.Fit
		changed["width"], changed["height"], changed["scale"] = shortNumber(b.Width), shortNumber(b.Height), shortNumber(m.View.Scale)
	}
	keys := keysOf(r)
	if len(keys) == 0 {
		return changed, nil
	}
	layer, err := m.FindLayer(name)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(m.Layers, func(l carto.Layer) bool { return l.ID == layer.ID })
	l := &m.Layers[i]
	for _, key := range slices.Sorted(maps.Keys(r.Options)) {
		v, err := strconv.ParseFloat(r.Options[key], 64)
		if err == nil && v <= number(StrategyOf(l.Strategy), *l, key) {
			delete(keys, key)
		}
	}
	if err := setKeys(l, keys); err != nil {
		return nil, err
	}
	before, after := propertiesOf(layer), propertiesOf(*l)
	for key, value := range after {
		if before[key] != value && keys[key] != "" {
			changed[key] = value
		}
	}
	return changed, nil
}

// keysOf gives the keys of a layer that a remedy sets.
func keysOf(r Remedy) map[string]string {
	keys := map[string]string{}
	maps.Copy(keys, r.Options)
	for key, value := range map[string]string{"operation": r.Operation, "setting": r.Setting, "strategy": r.Strategy} {
		if value != "" {
			keys[key] = value
		}
	}
	if r.Hide {
		keys["visible"] = "no"
	}
	return keys
}

// propertiesOf gives what a remedy may change of a layer by its keys.
func propertiesOf(l carto.Layer) map[string]string {
	p := map[string]string{"operation": string(l.Operation), "setting": l.Setting, "strategy": l.Strategy, "visible": "no"}
	if l.Visible {
		p["visible"] = "yes"
	}
	maps.Copy(p, l.Options)
	return p
}

// tenths rounds a length down to tenths of a millimetre.
func tenths(mm float64) float64 { return math.Floor(mm*10) / 10 }

func shortNumber(v float64) string { return strconv.FormatFloat(math.Round(v*1000)/1000, 'f', -1, 64) }
