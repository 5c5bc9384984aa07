package trace

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/planar"
)

const (
	unitsPerMM = 1 / planar.Unit
	// maxWidth is the widest stroke and the largest circle, mm. It bounds how
	// far outside of the frame a line can still show.
	maxWidth = 50.0
)

// settings are the options of one layer, checked and with their defaults.
type settings struct {
	strategy Strategy
	numbers  map[string]float64
	choices  map[string]string
}

// settingsOf reads the options of a layer. Options that no strategy knows are
// noted, those of other strategies wait for the maker to change back.
func settingsOf(layer *carto.Layer, notes *notebook) (*settings, error) {
	strategy, ok := StrategyOf(layer.Strategy)
	if !ok {
		return nil, fmt.Errorf("layer %q: %w", layer.Name, unknownStrategy(layer.Strategy))
	}
	s := &settings{strategy: strategy, numbers: map[string]float64{}, choices: map[string]string{}}
	own := slices.Concat(CommonOptions(), strategy.Options)
	for _, o := range own {
		if o.Default != "" {
			if err := s.set(o, o.Key, o.Default); err != nil {
				return nil, err
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(layer.Options)) {
		o, ok := findOption(own, key)
		if !ok {
			if !knownSomewhere(key) {
				notes.add(KindUnknownOption, 1, planar.Point{}, "The option %q does nothing: no strategy has it.", key)
			}
			continue
		}
		if err := s.set(o, key, layer.Options[key]); err != nil {
			return nil, fmt.Errorf("layer %q: %w", layer.Name, err)
		}
	}
	return s, nil
}

func knownSomewhere(key string) bool {
	for _, s := range Strategies() {
		if _, ok := findOption(s.Options, key); ok {
			return true
		}
	}
	return false
}

func (s *settings) set(o Option, key, value string) error {
	if err := o.check(key, value); err != nil {
		return err
	}
	if o.Enum != nil || o.Layers || o.Text {
		s.choices[key] = value
		return nil
	}
	v, err := strconv.ParseFloat(value, 64)
	if err != nil {
		return &ValueError{o, key, value}
	}
	s.numbers[key] = v
	return nil
}

// units gives an option in mm as grid units.
func (s *settings) units(key string) float64 { return s.numbers[key] * unitsPerMM }

// squareUnits gives an option in mm² as square grid units.
func (s *settings) squareUnits(key string) float64 { return s.numbers[key] * unitsPerMM * unitsPerMM }

// width is how wide lines of a class are drawn, grid units.
func (s *settings) width(class string) float64 {
	if w, ok := s.numbers["width."+class]; ok && class != "" {
		return w * unitsPerMM
	}
	return s.units("width")
}

// style is how strokes and offsets are drawn.
func (s *settings) style() planar.Style {
	join := planar.RoundJoin
	switch s.choices["join"] {
	case "mitre":
		join = planar.MitreJoin
	case "square":
		join = planar.SquareJoin
	}
	return planar.Style{Join: join, Tolerance: s.fineness()}
}

// fineness is how far the short lines that stand for round corners and circles
// lie from them, grid units: what is left of the error is for the curves that
// are drawn in their place.
func (s *settings) fineness() float64 { return 0.4 * s.units("curve-error") }
