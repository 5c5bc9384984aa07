// Package words says what the window says about layers and their figures in a
// maker's words: operations, settings, strategies, counts, lengths and areas.
package words

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Operation names what the machine does.
func Operation(o artwork.Operation) string {
	switch o {
	case artwork.Cut:
		return "Cut"
	case artwork.Score:
		return "Score"
	case artwork.Engrave:
		return "Engrave"
	case artwork.Relief:
		return "Carve height"
	case artwork.Guide:
		return "Helper line"
	default:
		return string(o)
	}
}

// Operations lists the operations in the order in which the window shows them.
func Operations() []artwork.Operation {
	return []artwork.Operation{artwork.Cut, artwork.Score, artwork.Engrave, artwork.Relief, artwork.Guide}
}

// Strategy names a tracing strategy; one that is not known has its id.
func Strategy(id string) string {
	return cmp.Or(workshop.StrategyOf(id).Title, id)
}

// Layer says in a few words how many shapes a layer has and how they are
// traced.
func Layer(o artwork.Operation, strategy string, count int) string {
	if o == artwork.Guide {
		return "Not burned · " + Number(count)
	}
	return Strategy(strategy) + " · " + Number(count)
}

// Number writes a number with a comma between thousands.
func Number(n int) string {
	text := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, text = "−", text[1:]
	}
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return sign + text
}

// Count writes a number with what it counts: "1 shape", "2,054 shapes".
func Count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(n) + " " + many
}

// Length writes a length on the board, given in mm.
func Length(mm float64) string {
	if mm < 1000 {
		return figure(mm) + " mm"
	}
	return figure(mm/1000) + " m"
}

// Size writes the sides of a board or a bed, given in mm.
func Size(width, height float64) string {
	return strconv.FormatFloat(width, 'f', -1, 64) + " × " + strconv.FormatFloat(height, 'f', -1, 64) + " mm"
}

// Time writes how long something takes, given in s: "48 s", "12 min 5 s",
// "3 h 20 min".
func Time(seconds float64) string {
	s := int(seconds + 0.5)
	switch {
	case s < 60:
		return strconv.Itoa(s) + " s"
	case s < 3600:
		return strconv.Itoa(s/60) + " min " + strconv.Itoa(s%60) + " s"
	default:
		m := (s + 30) / 60
		return Number(m/60) + " h " + strconv.Itoa(m%60) + " min"
	}
}

// Ground writes a length on the ground, given in m.
func Ground(m float64) string {
	if m < 10000 {
		return figure(m) + " m"
	}
	return figure(m/1000) + " km"
}

// Area writes an area on the board, given in mm².
func Area(mm2 float64) string {
	switch {
	case mm2 < 1000:
		return figure(mm2) + " mm²"
	case mm2 < 1e6:
		return figure(mm2/100) + " cm²"
	default:
		return figure(mm2/1e6) + " m²"
	}
}

// GroundArea writes an area on the ground, given in m².
func GroundArea(m2 float64) string {
	if m2 < 1e6 {
		return figure(m2) + " m²"
	}
	return figure(m2/1e6) + " km²"
}

// figure writes a number with three or four digits that say something.
func figure(v float64) string {
	switch {
	case v == 0:
		return "0"
	case v < 10:
		return strconv.FormatFloat(v, 'f', 2, 64)
	case v < 1000:
		return strconv.FormatFloat(v, 'f', 1, 64)
	default:
		return Number(int(v + 0.5))
	}
}

// Title begins a word with a capital letter.
func Title(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
