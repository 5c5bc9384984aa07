package trace

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Words that stand for layers where an option names some: all others of the
// board, those above, those below.
const (
	layersAll   = "all"
	layersAbove = "above"
	layersBelow = "below"
)

// mostLayerNames bounds the length of a list of layers, bytes.
const mostLayerNames = 1 << 14

// layersWanted says what a value that names layers may be.
func (o Option) layersWanted() string {
	const names = "write the names of layers, separated by commas"
	if len(o.Enum) == 0 {
		return names
	}
	return names + ", or one of " + strings.Join(o.Enum, ", ")
}

// checkLayers tells whether a value can name layers. Whether there are such
// layers shows when the map is traced.
func (o Option) checkLayers(key, value string) error {
	if strings.ContainsFunc(value, unicode.IsControl) || len(value) > mostLayerNames {
		return &ValueError{o, key, value}
	}
	for part := range strings.SplitSeq(value, ",") {
		if strings.TrimSpace(part) == "" {
			return &ValueError{o, key, value}
		}
	}
	return nil
}

// named finds the layers that an option of the layer at a place names, as
// places from the bottom to the top. Words mean visible layers of the same
// board that are burned; a layer named by its name counts always.
func (s *Scene) named(o Option, at int) ([]int, error) {
	l := &s.carto.Layers[at]
	value, set := l.Options[o.Key]
	if !set {
		value = o.Default
	}
	if value == "" {
		return nil, nil
	}
	if err := o.check(o.Key, value); err != nil {
		return nil, err
	}
	if slices.Contains(o.Enum, value) {
		return s.byWord(value, at), nil
	}
	return s.byName(o, value, at)
}

// byWord gives the places of the layers that a word means.
func (s *Scene) byWord(word string, at int) []int {
	var found []int
	for i := range s.carto.Layers {
		o := &s.carto.Layers[i]
		meant := word == layersAll && i != at || word == layersAbove && i > at || word == layersBelow && i < at
		if meant && o.Visible && o.Board == s.carto.Layers[at].Board && o.Operation != artwork.Guide {
			found = append(found, i)
		}
	}
	return found
}

// byName finds layers by their names, ignoring case. A name may hold commas:
// as much of the list as names a layer is taken for one name.
func (s *Scene) byName(o Option, value string, at int) ([]int, error) {
	parts := strings.Split(value, ",")
	var found []int
	for i := 0; i < len(parts); {
		to, place := len(parts), -1
		for ; to > i && place < 0; to-- {
			name := strings.TrimSpace(strings.Join(parts[i:to], ","))
			place = slices.IndexFunc(s.carto.Layers, func(l carto.Layer) bool { return strings.EqualFold(l.Name, name) })
		}
		switch {
		case place < 0:
			return nil, fmt.Errorf("%s names the layer %q, and the map has none of that name: %s",
				o.Key, strings.TrimSpace(parts[i]), o.layersWanted())
		case place == at:
			return nil, fmt.Errorf("%s names the layer itself: name other layers", o.Key)
		}
		found = append(found, place)
		i = to + 1
	}
	slices.Sort(found)
	return slices.Compact(found), nil
}
