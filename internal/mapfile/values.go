package mapfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/paulmach/orb"
)

// viewValue and boardsValue are how view and boards stand in mapwright_map.
type viewValue struct {
	Center     [2]float64 `json:"center"`
	Scale      float64    `json:"scale"`
	Rotation   float64    `json:"rotation"`
	Projection string     `json:"projection"`
}

type boardsValue struct {
	Count  int              `json:"count"`
	Width  float64          `json:"width"`
	Height float64          `json:"height"`
	Frame  carto.FrameShape `json:"frame"`
	Margin float64          `json:"margin"`
}

// mapValues are the rows of mapwright_map for a map.
func mapValues(m *carto.Map) (map[string]string, error) {
	v, b := m.View, m.Boards
	values := map[string]string{}
	for key, value := range map[string]any{
		"format":      formatVersion,
		"id":          m.ID,
		"title":       m.Title,
		"view":        viewValue{v.Center, v.Scale, v.Rotation, v.Projection},
		"boards":      boardsValue{b.Count, b.Width, b.Height, b.Frame.Shape, b.Margin},
		"attribution": m.Attribution,
	} {
		text, err := toJSON(value)
		if err != nil {
			return nil, fmt.Errorf("keep the map's %s: %w", key, err)
		}
		values[key] = text
	}
	return values, nil
}

// mapOf reads the rows of mapwright_map.
func mapOf(values map[string]string) (*carto.Map, error) {
	var (
		m carto.Map
		v viewValue
		b boardsValue
	)
	for _, part := range []struct {
		key  string
		into any
	}{{"id", &m.ID}, {"title", &m.Title}, {"view", &v}, {"boards", &b}, {"attribution", &m.Attribution}} {
		if err := json.Unmarshal([]byte(values[part.key]), part.into); err != nil {
			return nil, fmt.Errorf("the map's %s: %w", part.key, err)
		}
	}
	m.View = carto.View{Center: v.Center, Scale: v.Scale, Rotation: v.Rotation, Projection: v.Projection}
	m.Boards = carto.Boards{Count: b.Count, Width: b.Width, Height: b.Height, Frame: carto.Frame{Shape: b.Frame}, Margin: b.Margin}
	return &m, nil
}

// toJSON leaves <, > and & as they are: people read this in QGIS.
func toJSON(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", err
	}
	return strings.TrimSuffix(b.String(), "\n"), nil
}

// attributesValue is NULL for no attributes, else a JSON object.
func attributesValue(attributes map[string]string) (any, error) {
	if len(attributes) == 0 {
		return nil, nil
	}
	return toJSON(attributes)
}

// attributesOf reads what attributesValue wrote, and makes the best of what
// another program may have: other JSON values become their text, and text that
// is no JSON object is kept under "attributes".
func attributesOf(text []byte) map[string]string {
	if len(text) == 0 {
		return nil
	}
	var plain map[string]string
	if json.Unmarshal(text, &plain) == nil {
		if len(plain) == 0 {
			return nil
		}
		return plain
	}
	var mixed map[string]json.RawMessage
	if json.Unmarshal(text, &mixed) != nil || len(mixed) == 0 {
		return map[string]string{"attributes": string(text)}
	}
	values := make(map[string]string, len(mixed))
	for k, raw := range mixed {
		var s string
		if json.Unmarshal(raw, &s) != nil {
			s = string(raw)
		}
		values[k] = s
	}
	return values
}

// optionsOf reads a layer's options.
func optionsOf(text string) (map[string]string, error) {
	var options map[string]string
	if err := json.Unmarshal([]byte(text), &options); err != nil {
		return nil, err
	}
	if len(options) == 0 {
		return nil, nil
	}
	return options, nil
}

// featureColumns is what readFeature takes, in its order.
const featureColumns = `fid, geom, class, name, attributes`

// scanner is a row.
type scanner interface{ Scan(dest ...any) error }

// readFeature reads a row of featureColumns; layer is for the error.
func readFeature(row scanner, layer carto.LayerID) (carto.Feature, error) {
	var (
		f                       carto.Feature
		geom, class, name, text []byte
	)
	if err := row.Scan(&f.ID, &geom, &class, &name, &text); err != nil {
		return f, err
	}
	var err error
	if f.Geometry, err = decodeGeometry(geom); err != nil {
		return f, fmt.Errorf("shape %d of the layer %s: %w", f.ID, layer, err)
	}
	f.Class, f.Name, f.Attributes = string(class), string(name), attributesOf(text)
	return f, nil
}

// touches tells whether two boxes share a point.
func touches(a, b orb.Bound) bool {
	return a.Min[0] <= b.Max[0] && a.Max[0] >= b.Min[0] && a.Min[1] <= b.Max[1] && a.Max[1] >= b.Min[1]
}
