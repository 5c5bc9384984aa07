package words

import (
	"strings"
)

// options names the options of layers by their keys.
var options = map[string]string{
	"simplify":         "Simplify",
	"min-width":        "Smallest width",
	"min-area":         "Smallest area",
	"kerf":             "Beam width",
	"corner-radius":    "Corner rounding",
	"min-length":       "Shortest line",
	"min-stub":         "Shortest dead end",
	"join":             "Corners",
	"curve-error":      "Curve fitting",
	"diameter":         "Hole width",
	"width":            "Line width",
	"edge":             "At the frame",
	"knock-out":        "Leave free",
	"halo":             "Space around it",
	"dash":             "Dash",
	"gap":              "Gap",
	"angle":            "Angle",
	"spacing":          "Spacing",
	"thin":             "What is thinner",
	"merge-gap":        "Merge within",
	"close-gap":        "Join ends within",
	"curves":           "Curves",
	"pieces":           "Cut pieces",
	"backing":          "Behind it",
	"bridge-width":     "Bridge width",
	"bridges":          "Bridges",
	"ends":             "Dead ends",
	"of":               "Inlaid in",
	"fit":              "Gap around it",
	"second-angle":     "Second angle",
	"border":           "Border",
	"count":            "Rings",
	"holes":            "Holes",
	"rim":              "Rim",
	"land":             "Land",
	"minus":            "Without",
	"min-island":       "Smallest island",
	"text":             "Text from",
	"size":             "Height of capitals",
	"min-size":         "Least height",
	"font":             "Font",
	"style":            "Letters",
	"case":             "Capitals",
	"letter-spacing":   "Letter spacing",
	"position":         "Place",
	"distance":         "Distance",
	"repeat":           "Repeat after",
	"avoid":            "Keep clear of",
	"title-size":       "Title height",
	"text-size":        "Text height",
	"credit-size":      "Credit line height",
	"label-size":       "Figures height",
	"scale-bar-length": "Scale bar",
	"north-arrow-size": "North arrow",
	"hole-diameter":    "Holes",
	"rule":             "Rule",
	"units":            "Units",
	"letters":          "Letters",
	"rotate":           "Turned",
	"symbol":           "Symbol",
}

// Option names an option of layers; one that is not known has its key.
func Option(key string) string {
	if name, ok := options[key]; ok {
		return name
	}
	return Title(strings.ReplaceAll(key, "-", " "))
}

// keys are those keys that findings name, and that are no words of a maker's.
var keys = func() *strings.Replacer {
	var pairs []string
	for _, key := range []string{
		"min-width", "min-area", "min-length", "min-stub", "corner-radius", "curve-error",
		"merge-gap", "close-gap", "bridge-width",
	} {
		pairs = append(pairs, key, strings.ToLower(options[key]))
	}
	return strings.NewReplacer(pairs...)
}()

// Options writes a sentence about a layer with the names of its options, where
// it has their keys: "raise its min-area" is "raise its smallest area".
func Options(sentence string) string { return keys.Replace(sentence) }
