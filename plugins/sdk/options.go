package sdk

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

const maxText = 4 << 10 // bytes of a text option

// ResolveOptions reads options as people write them on a command line, by the
// manifest's schema, and fills in defaults. What is wrong comes back by field,
// in the manifest's order, and then the result is nil.
func ResolveOptions(m Manifest, given map[string]string) (Options, []FieldError) {
	values := make(Options, len(given))
	var wrong []FieldError
	for key, text := range given {
		o, ok := m.option(key)
		if !ok {
			values[key] = text // CompleteOptions says that there is none
			continue
		}
		value, err := o.parse(text)
		if err != nil {
			wrong = append(wrong, FieldError{Field: key, Message: err.Error()})
			value = o.Default
		}
		if value != nil {
			values[key] = value
		}
	}
	options, more := CompleteOptions(m, values)
	for _, f := range more {
		if !slices.ContainsFunc(wrong, func(w FieldError) bool { return w.Field == f.Field }) {
			wrong = append(wrong, f)
		}
	}
	if len(wrong) > 0 {
		return nil, m.sorted(wrong)
	}
	return options, nil
}

// CompleteOptions checks options against the manifest's schema and fills in
// defaults; given is not changed. What is wrong comes back by field, in the
// manifest's order, and then the result is nil.
func CompleteOptions(m Manifest, given Options) (Options, []FieldError) {
	options := make(Options, len(m.Options))
	var wrong []FieldError
	for key := range given {
		if _, ok := m.option(key); !ok {
			wrong = append(wrong, FieldError{Field: key, Message: m.unknownOption(key)})
		}
	}
	for _, o := range m.Options {
		value, ok := given[o.Key]
		if !ok {
			value = o.Default
		}
		checked, err := o.check(value)
		if err != nil {
			wrong = append(wrong, FieldError{Field: o.Key, Message: err.Error()})
			continue
		}
		options[o.Key] = checked
	}
	if len(wrong) > 0 {
		return nil, m.sorted(wrong)
	}
	return options, nil
}

func (m Manifest) option(key string) (Option, bool) {
	i := slices.IndexFunc(m.Options, func(o Option) bool { return o.Key == key })
	if i < 0 {
		return Option{}, false
	}
	return m.Options[i], true
}

func (m Manifest) unknownOption(key string) string {
	if len(m.Options) == 0 {
		return fmt.Sprintf("%s has no option %q, nor any other", m.ID, key)
	}
	keys := make([]string, len(m.Options))
	for i, o := range m.Options {
		keys[i] = o.Key
	}
	return fmt.Sprintf("%s has no option %q; it has %s", m.ID, key, strings.Join(keys, ", "))
}

// sorted puts errors into the order of the options, unknown ones by name at the end.
func (m Manifest) sorted(wrong []FieldError) []FieldError {
	place := func(f FieldError) int {
		if i := slices.IndexFunc(m.Options, func(o Option) bool { return o.Key == f.Field }); i >= 0 {
			return i
		}
		return len(m.Options)
	}
	slices.SortStableFunc(wrong, func(a, b FieldError) int {
		if pa, pb := place(a), place(b); pa != pb {
			return pa - pb
		}
		return strings.Compare(a.Field, b.Field)
	})
	return wrong
}

// parse reads a value as people write it.
func (o Option) parse(text string) (any, error) {
	trimmed := strings.TrimSpace(text)
	switch o.Type {
	case Text:
		return text, nil
	case Boolean:
		switch strings.ToLower(trimmed) {
		case "true", "yes", "on", "1":
			return true, nil
		case "false", "no", "off", "0":
			return false, nil
		}
		return nil, fmt.Errorf("%q is not yes or no", text)
	case Integer:
		if v, err := strconv.ParseInt(trimmed, 10, 64); err == nil {
			return v, nil
		}
		return nil, fmt.Errorf("%q is not a whole number", text)
	case Number:
		if v, err := strconv.ParseFloat(trimmed, 64); err == nil {
			return v, nil
		}
		return nil, fmt.Errorf("%q is not a number", text)
	default:
		return nil, fmt.Errorf("its type %q is unknown", o.Type)
	}
}

// check gives a value in its Go type, or an error that says what it must be.
func (o Option) check(value any) (any, error) {
	if value == nil {
		return nil, fmt.Errorf("must be given%s", o.choices(": "))
	}
	typed, ok := o.coerce(value)
	if !ok {
		return nil, fmt.Errorf("must be %s, not %v", o.Type.words(), value)
	}
	switch v := typed.(type) {
	case string:
		if len(v) > maxText {
			return nil, fmt.Errorf("has %d bytes, more than %d", len(v), maxText)
		}
		if len(o.Enum) > 0 && !slices.Contains(o.Enum, v) {
			return nil, fmt.Errorf("%q is not one of %s", v, strings.Join(o.Enum, ", "))
		}
	case float64:
		return typed, o.checkRange(v)
	case int64:
		return typed, o.checkRange(float64(v))
	}
	return typed, nil
}

// words says what a value of a type is, for people.
func (t OptionType) words() string {
	switch t {
	case Text:
		return "a text"
	case Integer:
		return "a whole number"
	case Number:
		return "a number"
	case Boolean:
		return "true or false"
	default:
		return fmt.Sprintf("of a type %q, which there is not", string(t))
	}
}

func (o Option) choices(before string) string {
	if len(o.Enum) == 0 {
		return ""
	}
	return before + strings.Join(o.Enum, " or ")
}

func (o Option) checkRange(v float64) error {
	unit := o.Unit
	if unit != "" {
		unit = " " + unit
	}
	switch {
	case math.IsNaN(v) || math.IsInf(v, 0):
		return fmt.Errorf("%v is not a finite number", v)
	case o.Min != nil && v < *o.Min:
		return fmt.Errorf("%v%s is less than %v%s", v, unit, *o.Min, unit)
	case o.Max != nil && v > *o.Max:
		return fmt.Errorf("%v%s is more than %v%s", v, unit, *o.Max, unit)
	}
	return nil
}

// coerce gives a value of any Go or JSON number type in the type of Options.
func (o Option) coerce(value any) (any, bool) {
	switch o.Type {
	case Text:
		v, ok := value.(string)
		return v, ok
	case Boolean:
		v, ok := value.(bool)
		return v, ok
	case Integer:
		return toInt(value)
	case Number:
		return toFloat(value)
	default:
		return nil, false
	}
}

func toInt(value any) (int64, bool) {
	switch v := value.(type) {
	case int:
		return int64(v), true
	case int64:
		return v, true
	case float64:
		if v != math.Trunc(v) || math.Abs(v) > 1<<53 {
			return 0, false
		}
		return int64(v), true
	case json.Number:
		if i, err := v.Int64(); err == nil {
			return i, true
		}
		f, err := v.Float64() // "1e3" and "10.0" are whole too
		if err != nil {
			return 0, false
		}
		return toInt(f)
	default:
		return 0, false
	}
}

func toFloat(value any) (float64, bool) {
	switch v := value.(type) {
	case int:
		return float64(v), true
	case int64:
		return float64(v), true
	case float64:
		return v, true
	case json.Number:
		f, err := v.Float64()
		return f, err == nil
	default:
		return 0, false
	}
}
