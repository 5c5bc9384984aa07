package trace

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/planar"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// named is what one name is written on: lines and areas of the layer that have
// the name, or one point.
type named struct {
	text  string
	class string
	at    []planar.Point
	lines []planar.Path
	areas []planar.Polygon
}

// namedShapes groups the layer's shapes by what is to be written on them, in
// the order in which the texts occur first. Each point stands for itself.
func (w *work) namedShapes(ctx context.Context) ([]named, error) {
	text, err := w.textOf(ctx)
	if err != nil {
		return nil, err
	}
	var out []named
	at := map[string]int{}
	group := func(of *identity) *named {
		t := text(of)
		if t == "" {
			return nil
		}
		i, ok := at[t]
		if !ok {
			i = len(out)
			at[t] = i
			out = append(out, named{text: t, class: of.class})
		}
		if classRank(of.class) > classRank(out[i].class) {
			out[i].class = of.class
		}
		return &out[i]
	}
	for _, l := range w.features.lines {
		if n := group(l.of); n != nil {
			n.lines = append(n.lines, l.path)
		}
	}
	for i, p := range w.features.areas {
		if n := group(w.features.areaOf[i]); n != nil {
			n.areas = append(n.areas, p)
		}
	}
	for i, p := range w.features.points {
		of := w.features.pointOf[i]
		if t := text(of); t != "" && w.scene.frame.holds(p) {
			out = append(out, named{text: t, class: of.class, at: []planar.Point{p}})
		}
	}
	return out, nil
}

// textOf gives what is written on a feature: its name, or an attribute, in the
// wanted case.
func (w *work) textOf(ctx context.Context) (func(*identity) string, error) {
	change := strings.TrimSpace
	if w.settings.choices["case"] == caseUpper {
		upper := cases.Upper(language.Und)
		change = func(s string) string { return upper.String(strings.TrimSpace(s)) }
	}
	key := w.settings.choices["text"]
	if key == nameKey {
		return func(of *identity) string { return change(of.name) }, nil
	}
	values := map[int64]string{}
	for f, err := range w.scene.source.Features(ctx, w.layer.ID, carto.Everywhere()) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("reading what is written on shapes: %w", err)
		}
		if v := f.Attributes[key]; v != "" {
			values[f.ID] = v
		}
	}
	return func(of *identity) string { return change(values[of.id]) }, nil
}

// classRanks orders classes of OpenStreetMap by how much a map needs their
// names, the most needed first; classes of one line are as good as each other.
var classRanks = []string{
	"country state city",
	"motorway trunk town river lake",
	"primary village island",
	"secondary canal suburb",
	"tertiary water hamlet",
	"",
	"unclassified residential living_street pedestrian stream",
	"track path footway cycleway steps service building",
}

// classRank is higher for classes whose names a map needs more. A class that is
// not known stands in the middle.
func classRank(class string) float64 {
	unknown := slices.Index(classRanks, "")
	i := slices.IndexFunc(classRanks, func(line string) bool { return class != "" && slices.Contains(strings.Fields(line), class) })
	if i < 0 {
		i = unknown
	}
	return float64(len(classRanks) - i)
}
