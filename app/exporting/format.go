package exporting

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mapwright/mapwright/internal/workshop"
)

// format is a column of the grid.
type format struct {
	id, name, extension string
	description         string
	layers, boards      bool // whether one file holds several
	heights             bool
	options             []workshop.FormatOption
	set                 map[string]string // options that the maker set
	broken              string            // why it can't be used
}

// formatsOf lists what is installed: each format once, in its newest version
// that works.
func formatsOf(installed []workshop.Installed) []format {
	var all []format
	for _, p := range installed {
		m := p.Manifest
		f := format{
			id: m.ID, name: m.Name, extension: m.Extension, description: m.Description,
			layers: m.Accepts.Layers, boards: m.Accepts.Boards, heights: m.Accepts.Heights,
			options: m.Options, set: map[string]string{},
		}
		if f.name == "" {
			f.name = strings.ToUpper(f.id)
		}
		if p.Err != nil {
			f.broken = p.Err.Error()
		}
		i := slices.IndexFunc(all, func(g format) bool { return g.id == f.id })
		switch {
		case i < 0:
			all = append(all, f)
		case all[i].broken != "" && f.broken == "":
			all[i] = f
		}
	}
	return all
}

// value gives what holds for an option, as text.
func (f *format) value(o workshop.FormatOption) string {
	if v, ok := f.set[o.Key]; ok {
		return v
	}
	return optionText(o.Default)
}

// put sets an option. The value that holds anyway is not kept, so that a
// later version of the format may know better.
func (f *format) put(o workshop.FormatOption, value string) {
	if value == optionText(o.Default) {
		delete(f.set, o.Key)
		return
	}
	f.set[o.Key] = value
}

// missing names the first option that the maker has to set.
func (f *format) missing() string {
	for _, o := range f.options {
		if o.Default == nil && f.set[o.Key] == "" {
			return strings.ToLower(optionTitle(o))
		}
	}
	return ""
}

// caption tells the most telling options in a few words, or the extension.
func (f *format) caption() string {
	if f.broken != "" {
		return "can’t be used"
	}
	if m := f.missing(); m != "" {
		return "set " + m
	}
	var words []string
	for _, o := range f.options {
		v := f.value(o)
		switch {
		case v == "" || len(words) == 2:
		case len(o.Enum) > 0 && v == "any": // which says little alone
			words = append(words, strings.ToLower(optionTitle(o))+" "+v)
		case len(o.Enum) > 0:
			words = append(words, v)
		case o.Unit != "" && len(words) == 0:
			words = append(words, v+" "+o.Unit)
		}
	}
	if len(words) == 0 {
		return "." + f.extension
	}
	return strings.Join(words, ", ")
}

func optionTitle(o workshop.FormatOption) string {
	if o.Title != "" {
		return o.Title
	}
	return o.Key
}

// optionText writes the default of an option as the maker would.
func optionText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'g', -1, 64)
	default:
		return fmt.Sprint(v)
	}
}

// checkOption says in words what is wrong with a value, or "".
func checkOption(o workshop.FormatOption, value string) string {
	if value == "" {
		if o.Default == nil {
			return "Needed"
		}
		return ""
	}
	if !isNumber(o) {
		return ""
	}
	n, err := strconv.ParseFloat(withPoint(o, value), 64)
	switch {
	case err != nil:
		return "Not a number"
	case isInteger(o) && n != float64(int64(n)):
		return "Whole numbers only"
	case o.Min != nil && n < *o.Min:
		return "At least " + optionText(*o.Min)
	case o.Max != nil && n > *o.Max:
		return "At most " + optionText(*o.Max)
	}
	return ""
}

// withPoint writes what was typed for an option as a format reads it: a number with
// a point, however the maker writes it.
func withPoint(o workshop.FormatOption, typed string) string {
	typed = strings.TrimSpace(typed)
	if isNumber(o) {
		return strings.NewReplacer(",", ".", "−", "-").Replace(typed)
	}
	return typed
}

// The types of options, as a manifest names them.
const (
	typeNumber  = "number"
	typeInteger = "integer"
	typeBoolean = "boolean"
)

func isNumber(o workshop.FormatOption) bool  { return string(o.Type) == typeNumber || isInteger(o) }
func isInteger(o workshop.FormatOption) bool { return string(o.Type) == typeInteger }
