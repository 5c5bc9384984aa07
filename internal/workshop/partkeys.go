package workshop

import (
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

// partText is the key of what a part says.
const partText = "text"

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
	case trace.ClassTitle:
		return m.Title
	case trace.ClassText:
		return "Your text"
	case trace.ClassCredit:
		return strings.Join(m.Attribution, "\n")
	}
	return ""
}

// setPart says things of a part, in an order in which one does not undo the
// other.
func setPart(m *carto.Map, layer carto.Layer, place places, f *carto.Feature, keys map[string]string) error {
	rest := maps.Clone(keys)
	if f.Attributes == nil {
		f.Attributes = map[string]string{}
	}
	if text, ok := rest[partText]; ok {
		if err := setText(m, f, text); err != nil {
			return err
		}
		delete(rest, partText)
	}
	for _, what := range []string{"place", "offset", "at", "edge"} {
		value, ok := rest[what]
		if !ok {
			continue
		}
		if err := movePart(place, f, what, value); err != nil {
			return err
		}
		delete(rest, what)
	}
	for _, what := range slices.Sorted(maps.Keys(rest)) {
		if err := setAttribute(f, what, rest[what]); err != nil {
			return err
		}
	}
	return checkBurn(f.Class, layer.Operation, f.Attributes)
}

// setText writes what a part says; nothing is what it says by itself.
func setText(m *carto.Map, f *carto.Feature, text string) error {
	if !hasText(f.Class) {
		return fmt.Errorf("%s can't be %q: it has no text; say %s or %s", f.Class, text, partOn, partOff)
	}
	text = strings.TrimSpace(strings.ReplaceAll(text, `\n`, "\n"))
	if text == "" {
		if text = defaultText(m, f.Class); f.Class == trace.ClassText {
			return fmt.Errorf("a text says something: take it away with %s=%s", f.Class, partOff)
		}
	}
	f.Name = text
	return nil
}

// movePart puts a part elsewhere.
func movePart(place places, f *carto.Feature, what, value string) error {
	at, ok := f.Geometry.(orb.Point)
	if !ok {
		return fmt.Errorf("the %s is no point, so that it has no place", f.Class)
	}
	if f.Class == trace.ClassBorder && what != "at" {
		return fmt.Errorf("the border lies at the frame: it has an inset, and no %s", what)
	}
	anchor := f.Attributes["anchor"]
	if anchor == "" {
		anchor = "center"
	}
	switch what {
	case "place":
		if err := trace.CheckFurniture(f.Class, "anchor", value); err != nil {
			return err
		}
		f.Geometry = place.at(value, f.Class)
		f.Attributes["anchor"] = value
	case "offset":
		dx, dy, err := pair(f.Class, what, value, place.offset(anchor, at))
		if err != nil {
			return err
		}
		f.Geometry = place.inside(anchor, dx, dy)
	case "at":
		x, y, err := pair(f.Class, what, value, artwork.Point{X: at[0], Y: at[1]})
		if err != nil {
			return err
		}
		f.Geometry = orb.Point{x, y}
	case "edge":
		d, err := strconv.ParseFloat(value, 64)
		if f.Class != trace.ClassHole || err != nil || !(d >= 0 && d <= carto.MaxBoardSize) {
			return fmt.Errorf("%s.edge can't be %q: it is how far holes lie from the edge, in mm", f.Class, value)
		}
		f.Geometry = place.fromEdge(at, d)
	}
	return nil
}

// pair reads X,Y in mm. One that is left out stays as it is.
func pair(class, what, value string, now artwork.Point) (x, y float64, err error) {
	a, b, ok := strings.Cut(value, ",")
	x, okX := orStays(a, now.X)
	y, okY := orStays(b, now.Y)
	if !ok || !okX || !okY || !(max(x, -x, y, -y) <= carto.MaxBoardSize) {
		return 0, 0, fmt.Errorf("%s.%s can't be %q: give X,Y in mm, such as 150,20", class, what, value)
	}
	return x, y, nil
}

// orStays reads a number; where there is none, it is what it was.
func orStays(text string, was float64) (v float64, ok bool) {
	if text = strings.TrimSpace(text); text == "" {
		return was, true
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil
}

// setAttribute says one thing of a part; an empty value takes it back to what
// the layer says.
func setAttribute(f *carto.Feature, what, value string) error {
	if !slices.ContainsFunc(partKeys, func(k Key) bool { return k.Key == what }) {
		var known []string
		for _, k := range partKeys {
			known = append(known, k.Key)
		}
		return fmt.Errorf("there is no key %s.%s: there are %s", f.Class, what, strings.Join(known, ", "))
	}
	if value == "" || what == trace.PartVisible && value == "yes" {
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
