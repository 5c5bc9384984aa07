package trace

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ErrUnknownStrategy says that no strategy has the id.
var ErrUnknownStrategy = errors.New("unknown tracing strategy")

// ErrUnknownOption says that a strategy has no option of the key.
var ErrUnknownOption = errors.New("unknown option")

// Option is a number, a choice, words or names of layers that a maker may set on
// a layer.
type Option struct {
	// Key is the layer's key. One that ends in ".CLASS" stands for as many keys
	// as there are classes of features: "width.CLASS" for "width.river".
	Key     string
	Unit    string  // "mm", "mm²", "°"; empty for a choice
	Default string  // empty: see Help
	Min     float64 // of a number, in Unit
	Max     float64
	// Enum holds the choices; nil for a number. With Layers they are words that
	// stand for several layers.
	Enum []string
	// Layers says that the value names other layers of the map, separated by
	// commas, or is one of the words of Enum.
	Layers bool
	Text   bool // the value is words of the maker's own
	Font   bool // beside the words of Enum, a family of fonts or a file
	Whole  bool // a number without a fraction
	// Capitals says that it is how high capitals are.
	Capitals bool
	Help     string // sentences
}

// ValueError says that an option can't have a value.
type ValueError struct {
	Option Option
	Key    string // as written
	Value  string
}

// Error names the option, the value and what it may be.
func (e *ValueError) Error() string {
	if e.Option.Layers {
		return fmt.Sprintf("%s can't be %q: %s", e.Key, e.Value, e.Option.layersWanted())
	}
	if e.Option.Font {
		return fmt.Sprintf("%s can't be %q: take one of %s, or the name of a font or its file", e.Key, e.Value, strings.Join(e.Option.Enum, ", "))
	}
	if e.Option.Text {
		return fmt.Sprintf("%s can't be %q: write 1 to %d letters on one line", e.Key, e.Value, mostTextRunes)
	}
	if e.Option.Enum != nil {
		return fmt.Sprintf("%s can't be %q: take one of %s", e.Key, e.Value, strings.Join(e.Option.Enum, ", "))
	}
	kind := "number"
	if e.Option.Whole {
		kind = "whole number"
	}
	return fmt.Sprintf("%s can't be %q: take a %s from %g to %g (%s)",
		e.Key, e.Value, kind, e.Option.Min, e.Option.Max, e.Option.Unit)
}

const classSuffix = ".CLASS"

// CheckOption tells whether a layer of a strategy may have an option of a key
// with a value. The error is ErrUnknownStrategy, ErrUnknownOption or a
// *ValueError.
func CheckOption(strategy, key, value string) error {
	s, ok := StrategyOf(strategy)
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
	if o.Layers {
		return o.checkLayers(key, value)
	}
	if o.Text {
		return o.checkText(key, value, mostTextRunes)
	}
	if o.Font {
		return o.checkText(key, value, mostFontRunes)
	}
	if o.Enum != nil {
		if slices.Contains(o.Enum, value) {
			return nil
		}
		return &ValueError{o, key, value}
	}
	v, err := strconv.ParseFloat(value, 64)
	if err != nil || math.IsNaN(v) || v < o.Min || v > o.Max || o.Whole && v != math.Trunc(v) {
		return &ValueError{o, key, value}
	}
	return nil
}

// The longest that an option of words can be, and the name of a font, which may
// be a file's.
const (
	mostTextRunes = 200
	mostFontRunes = 1000
)

// checkText tells whether a value can be words, at most so many letters of them.
func (o Option) checkText(key, value string, most int) error {
	n := utf8.RuneCountInString(value)
	if strings.TrimSpace(value) == "" || n > most || !utf8.ValidString(value) || strings.ContainsFunc(value, unicode.IsControl) {
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
