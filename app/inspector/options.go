package inspector

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

// shown says how an option is shown: its name, the ends of its slider and the
// slider's step, in the option's unit.
type shown struct {
	label          string
	from, to, step float64
	rare           bool // folded away
}

// known lists the options that have a slider of their own or are folded away.
var known = map[string]shown{
	"simplify":         {to: 0.5, step: 0.01},
	"min-width":        {to: 2, step: 0.05},
	"min-area":         {to: 10, step: 0.1},
	"kerf":             {to: 0.5, step: 0.01},
	"corner-radius":    {to: 5, step: 0.05},
	"min-length":       {to: 20, step: 0.5, rare: true},
	"min-stub":         {to: 20, step: 0.5, rare: true},
	"join":             {rare: true},
	"curve-error":      {from: 0.001, to: 0.2, step: 0.001, rare: true},
	"diameter":         {from: 0.1, to: 10, step: 0.1, rare: true},
	"width":            {from: 0.05, to: 10, step: 0.05},
	"edge":             {},
	"knock-out":        {},
	"halo":             {to: 5, step: 0.1},
	"dash":             {from: 0.1, to: 10, step: 0.1},
	"gap":              {from: 0.1, to: 10, step: 0.1},
	"angle":            {from: -90, to: 90, step: 1},
	"spacing":          {from: 0.1, to: 10, step: 0.1},
	"second-angle":     {from: -90, to: 90, step: 1},
	"merge-gap":        {to: 5, step: 0.1},
	"close-gap":        {to: 1, step: 0.01, rare: true},
	"thin":             {rare: true},
	"pieces":           {},
	"bridge-width":     {from: 0.3, to: 10, step: 0.1},
	"bridges":          {from: 1, to: 10, step: 1},
	"count":            {to: 20, step: 1},
	"fit":              {to: 0.5, step: 0.01},
	"rim":              {to: 30, step: 0.5},
	"min-island":       {to: 200, step: 1},
	"curves":           {rare: true},
	"size":             {from: 1, to: 20, step: 0.1},
	"min-size":         {from: 0.5, to: 10, step: 0.1, rare: true},
	"letter-spacing":   {to: 2, step: 0.05, rare: true},
	"distance":         {to: 10, step: 0.1, rare: true},
	"repeat":           {to: 500, step: 10},
	"title-size":       {from: 1, to: 40, step: 0.5},
	"text-size":        {from: 1, to: 20, step: 0.1},
	"credit-size":      {from: 1, to: 10, step: 0.1},
	"label-size":       {from: 1, to: 10, step: 0.1, rare: true},
	"scale-bar-length": {from: 5, to: 200, step: 5},
	"north-arrow-size": {from: 3, to: 60, step: 1},
	"hole-diameter":    {from: 0.5, to: 20, step: 0.5},
	"rule":             {from: 0.1, to: 3, step: 0.1, rare: true},
}

// choices names what an option of words can be.
var choices = map[string]string{
	"knock-out no": "Nothing", "knock-out above": "Layers above", "knock-out all": "All layers",
	"edge auto": "As it must", "edge keep": "Closed", "edge drop": "Open",
	"thin drop": "Left out", "thin thicken": "Widened", "thin keep": "Kept",
	"pieces fall": "Fall out", "pieces bridge": "Held by bridges", "pieces drop": "Small ones not cut",
	"land frame": "The whole board", "land areas": "The layer's areas",
	"backing box": "A clear box", "backing letters": "As the letters are",
	"ends open":           "Open",
	"ends closed":         "Straight",
	"ends round":          "Round",
	"minus above":         "Layers above",
	"minus below":         "Layers below",
	"minus all":           "All layers",
	"text name":           "Name",
	"style auto":          "As it must",
	"style outlined":      "Outlines",
	"style single-line":   "Single line",
	"letters auto":        "As it must",
	"letters outlined":    "Outlines",
	"letters single-line": "Single line",
	"case as-is":          "As written",
	"case upper":          "All capitals",
	"position auto":       "Where it fits",
	"avoid no":            "Nothing",
	"avoid above":         "Layers above",
	"avoid all":           "All layers",
	"font sans":           "Sans",
	"font sans-semibold":  "Sans semibold",
}

func choice(key, value string) string {
	if name, ok := choices[key+" "+value]; ok {
		return name
	}
	return words.Title(value)
}

// display says how an option is shown.
func display(o workshop.Option) shown {
	if family, class, ok := strings.Cut(o.Key, "."); ok && class != "CLASS" {
		o.Key = family
		s := display(o)
		s.label += " of " + class
		return s
	}
	if s, ok := known[o.Key]; ok {
		s.label = words.Option(o.Key)
		return s
	}
	s := shown{label: words.Option(o.Key), from: o.Min, to: o.Max}
	if usual := number(o.Default); usual > 0 {
		s.to = min(o.Max, 10*usual)
	}
	s.step = math.Pow(10, math.Floor(math.Log10(max(1e-3, (s.to-s.from)/100))))
	return s
}

const (
	classSuffix = ".CLASS"
	widthKey    = "width"
)

// optionsOf lists the options that a strategy shows, its own first, and those
// that it folds away. The width has a section of its own.
func optionsOf(strategy string) (common, rare []workshop.Option) {
	for _, o := range slices.Concat(workshop.StrategyOf(strategy).Options, workshop.CommonOptions()) {
		switch {
		case o.Key == widthKey || strings.HasSuffix(o.Key, classSuffix):
		case display(o).rare && (o.Key != "diameter" || strategy != "drill"):
			rare = append(rare, o)
		default:
			common = append(common, o)
		}
	}
	return common, rare
}

// byClass gives the options of a strategy that each class of shapes has for
// itself, such as symbol.CLASS, but for the width. There are as many as there
// are classes, up to a few.
func byClass(strategy string, classes []workshop.Class) []workshop.Option {
	var out []workshop.Option
	for _, o := range workshop.StrategyOf(strategy).Options {
		family, ok := strings.CutSuffix(o.Key, classSuffix)
		if !ok || family == widthKey {
			continue
		}
		for _, c := range classes[:min(len(classes), fewClasses)] {
			o.Key = family + "." + c.Name
			out = append(out, o)
		}
	}
	return out
}

// option finds one of the options of all strategies.
func option(key string) workshop.Option {
	for _, o := range workshop.CommonOptions() {
		if o.Key == key {
			return o
		}
	}
	return workshop.Option{Key: key}
}

// value is what an option of a layer is, as written: what was set, or the
// default.
func value(l carto.Layer, key, usual string) (text string, set bool) {
	if text, set = l.Options[key]; set {
		return text, true
	}
	return usual, false
}

func number(text string) float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return 0
	}
	return v
}

func written(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
