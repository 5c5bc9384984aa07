package osm

import (
	"slices"

	"github.com/mapwright/mapwright/internal/source"
)

// shape is what an object is drawn as.
type shape byte

const (
	point shape = 1 << iota
	line
	area
)

// rule picks objects by their tags.
type rule struct {
	key    string
	values []string // nil: any but "no"
	shapes shape    // which are wanted, one or several
	class  string   // of what is picked; empty: the value of the key
	unless []tag    // none of these may be there; the value "*" is any but "no"
}

// pick gives the class of an object, if the rule wants it.
func (r *rule) pick(t tags, s shape) (class string, ok bool) {
	value := t.get(r.key)
	if r.shapes&s == 0 || value == "" || value == "no" || r.values != nil && !slices.Contains(r.values, value) {
		return "", false
	}
	for _, not := range r.unless {
		if t.has(not) {
			return "", false
		}
	}
	if r.class != "" {
		return r.class, true
	}
	return value, true
}

// has tells whether a tag is there; the value "*" is any but "no".
func (t tags) has(want tag) bool {
	value := t.get(want.key)
	if want.value == "*" {
		return value != "" && value != "no"
	}
	return value == want.value
}

// presetLayer is a layer of a preset: rules of which the first that fits picks.
type presetLayer struct {
	name     string
	rules    []rule
	sea      bool // takes the sea, of class "sea"
	defaults source.LayerDefaults
}

// pick gives the class of an object, if the layer wants it. A layer without
// rules wants all.
func (l *presetLayer) pick(t tags, s shape) (class string, ok bool) {
	if l.rules == nil {
		return "", true
	}
	for i := range l.rules {
		if class, ok := l.rules[i].pick(t, s); ok {
			return class, true
		}
	}
	return "", false
}

// everything is the layer that takes whatever has tags.
func everything(name string) []presetLayer {
	return []presetLayer{{name: name, defaults: source.PlainDefaults()}}
}

// areaKeys are the keys whose closed ways are areas, with the values that are
// lines all the same.
// After https://wiki.openstreetmap.org/wiki/Overpass_turbo/Polygon_Features
var areaKeys = map[string][]string{
	"aeroway":          {"taxiway", "runway"},
	"amenity":          nil,
	"area:highway":     nil,
	"boundary":         nil,
	"building":         nil,
	"building:part":    nil,
	"craft":            nil,
	"golf":             {"hole", "path", "cartpath"},
	"historic":         nil,
	"indoor":           {"wall"},
	"landcover":        nil,
	"landuse":          nil,
	"leisure":          {"track", "slipway"},
	"man_made":         {"cutline", "embankment", "pipeline", "breakwater", "groyne"},
	"military":         nil,
	"natural":          {"coastline", "cliff", "ridge", "arete", "tree_row", "valley", "earth_bank"},
	"office":           nil,
	"place":            nil,
	"power":            {"line", "minor_line", "cable"},
	"public_transport": {"stop_position", "stop_area"},
	"ruins":            nil,
	"shop":             nil,
	"tourism":          nil,
}

// areaValues are values whose closed ways are areas, of keys that mostly stand
// for lines.
var areaValues = map[string][]string{
	"highway":  {"services", "rest_area", "escape", "elevator"},
	"railway":  {"station", "turntable", "roundhouse", "platform"},
	"waterway": {"riverbank", "dock", "boatyard", "dam"},
}

// isArea tells whether a closed way with these tags is an area. Closed roads,
// walls and the like are lines.
func isArea(t tags) bool {
	switch t.get("area") {
	case "yes":
		return true
	case "no":
		return false
	}
	return hasAreaTag(t)
}

func hasAreaTag(t tags) bool {
	for _, kv := range t {
		if lines, ok := areaKeys[kv.key]; ok && kv.value != "no" && !slices.Contains(lines, kv.value) {
			return true
		}
		if slices.Contains(areaValues[kv.key], kv.value) {
			return true
		}
	}
	return false
}
