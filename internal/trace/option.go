package trace

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// ErrUnknownStrategy says that no strategy has the id.
var ErrUnknownStrategy = errors.New("unknown tracing strategy")

// ErrUnknownOption says that a strategy has no option of the key.
var ErrUnknownOption = errors.New("unknown option")

// Option is a number or a choice that a maker may set on a layer.
type Option struct {
	// Key is the layer's key. One that ends in ".CLASS" stands for as many keys
	// as there are classes of features: "width.CLASS" for "width.river".
	Key     string
	Unit    string  // "mm", "mm²", "°"; empty for a choice
	Default string  // empty: see Help
	Min     float64 // of a number, in Unit
	Max     float64
	Enum    []string // the choices; nil for a number
	Help    string   // a sentence
}

// ValueError says that an option can't have a value.
type ValueError struct {
	Option Option
	Key    string // as written
	Value  string
}

// Error names the option, the value and what it may be.
func (e *ValueError) Error() string {
	if e.Option.Enum != nil {
		return fmt.Sprintf("%s can't be %q: take one of %s", e.Key, e.Value, strings.Join(e.Option.Enum, ", "))
	}
	return fmt.Sprintf("%s can't be %q: take a number from %g to %g (%s)",
		e.Key, e.Value, e.Option.Min, e.Option.Max, e.Option.Unit)
}

const classSuffix = ".CLASS"

// CommonOptions lists the options that every strategy has.
func CommonOptions() []Option {
	return []Option{
		{
			Key: "simplify", Unit: "mm", Default: "0.05", Max: 10,
			Help: "How far a simplified line may lie from the true one.",
		},
		{
			Key: "min-area", Unit: "mm²", Default: "0", Max: 1e6,
			Help: "Areas smaller than this are left out.",
		},
		{
			Key: "min-width", Unit: "mm", Default: "0.1", Max: 100,
			Help: "Parts of areas thinner than this are left out. 0 keeps all.",
		},
		{
			Key: "min-length", Unit: "mm", Default: "0", Max: 1e4,
			Help: "Lines shorter than this are left out; lines that meet end to end count as one.",
		},
		{
			Key: "width", Unit: "mm", Default: "1", Min: 0.05, Max: maxWidth,
			Help: "The width at which a line is drawn by outline and filled.",
		},
		{
			Key: "width" + classSuffix, Unit: "mm", Min: 0.05, Max: maxWidth,
			Help: "The width of lines of one class, such as width.river; without it they have width.",
		},
		{
			Key: "diameter", Unit: "mm", Default: "1", Min: 0.1, Max: maxWidth,
			Help: "The diameter of the circle that is drawn for a point.",
		},
		{
			Key: "join", Default: "round", Enum: []string{"round", "mitre", "square"},
			Help: "How an outline turns around a corner.",
		},
		{
			Key: "curve-error", Unit: "mm", Default: "0.02", Min: 0.001, Max: 1,
			Help: "How far round corners and circles, drawn as short lines, may lie from the true curve.",
		},
		{
			Key: "corner-radius", Unit: "mm", Default: "0", Max: 50,
			Help: "Corners of areas are rounded to this radius.",
		},
		{
			Key: "kerf", Unit: "mm", Default: "0", Max: 5,
			Help: "The beam's width. Cut outlines move aside by half of it: outwards with the setting outer, so that the piece has its true size, inwards with inner, so that the opening has.",
		},
	}
}

// CheckOption tells whether a layer of a strategy may have an option of a key
// with a value. The error is ErrUnknownStrategy, ErrUnknownOption or a
// *ValueError.
func CheckOption(strategy, key, value string) error {
	s, ok := strategyOf(strategy)
	if !ok {
		return unknownStrategy(strategy)
	}
	o, ok := findOption(slices.Concat(CommonOptions(), s.Options), key)
	if !ok {
		return fmt.Errorf("%w %q: %s has %s", ErrUnknownOption, key, strategy,
			strings.Join(optionKeys(slices.Concat(CommonOptions(), s.Options)), ", "))
	}
	return o.check(key, value)
}

func unknownStrategy(id string) error {
	var ids []string
	for _, s := range Strategies() {
		ids = append(ids, s.ID)
	}
	return fmt.Errorf("%w %q: take one of %s", ErrUnknownStrategy, id, strings.Join(ids, ", "))
}

// check tells whether the option may have the value.
func (o Option) check(key, value string) error {
	if o.Enum != nil {
		if slices.Contains(o.Enum, value) {
			return nil
		}
		return &ValueError{o, key, value}
	}
	v, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(v) || v < o.Min || v > o.Max {
		return &ValueError{o, key, value}
	}
	return nil
}

// matches tells whether the option is the one of a key.
func (o Option) matches(key string) bool {
	family, isFamily := strings.CutSuffix(o.Key, classSuffix)
	if !isFamily {
		return o.Key == key
	}
	class, ok := strings.CutPrefix(key, family+".")
	return ok && class != ""
}

func findOption(options []Option, key string) (Option, bool) {
	i := slices.IndexFunc(options, func(o Option) bool { return o.matches(key) })
	if i < 0 {
		return Option{}, false
	}
	return options[i], true
}

func optionKeys(options []Option) []string {
	keys := make([]string, 0, len(options))
	for _, o := range options {
		keys = append(keys, o.Key)
	}
	return keys
}
