package adding

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mapwright/mapwright/internal/workshop"
)

// named is how many layers are told by name.
const named = 4

// told says what came in: "7 layers with 6,120 shapes: buildings 2,427, …".
func told(got workshop.Imported) string {
	shapes := 0
	for _, l := range got.Layers {
		shapes += l.Features
	}
	text := fmt.Sprintf("%s with %s.", plural(len(got.Layers), "layer"), plural(shapes, "shape"))
	if n := len(got.Layers); n > 1 {
		text = strings.TrimSuffix(text, ".") + ": " + list(got.Layers) + "."
	} else if n == 1 {
		text = fmt.Sprintf("Layer %s with %s.", got.Layers[0].Name, plural(shapes, "shape"))
	}
	for i, note := range got.Notes {
		if i > 0 && len(got.Notes) > 2 { // names that are there already, each told alike
			text += fmt.Sprintf(" It is so with %d more.", len(got.Notes)-i)
			break
		}
		text += " " + upper(note) + "."
	}
	if n := len(got.Findings); n > 0 {
		text += fmt.Sprintf(" %s in the file could not be taken as it is.", plural(n, "thing"))
		if n > 1 {
			text = strings.Replace(text, "as it is.", "as they are.", 1)
		}
	}
	if got.Attribution != "" {
		text += " Name where it is from: " + got.Attribution + "."
	}
	return text
}

// list names the largest layers with their shapes.
func list(layers []workshop.LayerInfo) string {
	largest := slices.Clone(layers)
	slices.SortStableFunc(largest, func(a, b workshop.LayerInfo) int { return b.Features - a.Features })
	var names []string
	for _, l := range largest[:min(named, len(largest))] {
		names = append(names, l.Name+" "+count(l.Features))
	}
	text := strings.Join(names, ", ")
	if n := len(largest) - named; n > 0 {
		text += " and " + strconv.Itoa(n) + " more"
	}
	return text
}

func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return count(n) + " " + one + "s"
}

// count writes a number with commas: 6,120.
func count(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// size writes bytes as people read them.
func size(bytes int64) string {
	switch {
	case bytes < 1000:
		return plural(int(bytes), "byte")
	case bytes < 1_000_000:
		return strconv.FormatFloat(float64(bytes)/1e3, 'f', 0, 64) + " kB"
	case bytes < 10_000_000:
		return strconv.FormatFloat(float64(bytes)/1e6, 'f', 1, 64) + " MB"
	default:
		return count(int(bytes/1_000_000)) + " MB"
	}
}

func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
