package exporting

import (
	"slices"
	"strings"

	"github.com/mapwright/mapwright/app/parts"
	"github.com/mapwright/mapwright/app/words"
	"github.com/mapwright/mapwright/internal/workshop"
)

// mark is what the check found in a layer, in the words of the grid.
type mark struct {
	severity parts.Severity
	words    string // "burned twice"
	message  string // the finding's own sentence
	fix      string
	blocks   bool // an export of the layer is refused
}

// kindWords names kinds of findings in a few words. Others are called by what
// they are.
var kindWords = map[string]string{
	"open-ring":      "open outline",
	"outside-frame":  "outside the frame",
	"empty-layer":    "nothing to burn",
	"double-burn":    "burned twice",
	"too-small":      "too small",
	"replaced":       "drawn another way",
	"unreadable":     "shapes not read",
	"at-frame":       "cut off at the edge",
	"not-filled":     "not filled",
	"unknown-option": "unknown option",
	"burned-once":    "burned once",
	"covered":        "partly covered",
	"no-letters":     "names left out",
	"other-font":     "a font of this computer",
	"no-font":        "font not found",
	"emptied":        "covered",
	"empty":          "nothing to burn",
}

// marksOf sorts findings by layer, the gravest first. A layer that the check
// found empty can't be named in an export, unless it is only covered by others,
// which may stay out.
func marksOf(findings []workshop.Finding) map[string][]mark {
	covered := map[string]bool{}
	for _, f := range findings {
		if f.Kind == "emptied" {
			covered[f.Layer] = true
		}
	}
	all := map[string][]mark{}
	for _, f := range findings {
		m := mark{severity: parts.GoodToKnow, words: kindWords[f.Kind], message: words.Options(f.Message), fix: words.Options(f.Fix)}
		if m.words == "" {
			m.words = strings.ReplaceAll(f.Kind, "-", " ")
		}
		if f.Kind == "too-small" && f.Severity == "note" {
			m.words = "small parts"
		}
		switch f.Severity {
		case "error":
			m.severity, m.blocks = parts.MustMend, true
		case "warning":
			m.severity = parts.LookAt
		}
		if f.Kind == "empty-layer" && !covered[f.Layer] {
			m.severity, m.blocks = parts.MustMend, true
		}
		all[f.Layer] = append(all[f.Layer], m)
	}
	for _, marks := range all {
		slices.SortStableFunc(marks, func(a, b mark) int { return int(a.severity) - int(b.severity) })
	}
	return all
}

// checkLine is a line of the list of checks.
type checkLine struct {
	layer    *layer
	severity parts.Severity // 0: all is well
	text     string
	more     string // the whole finding, for who asks
	blocks   bool
}

// checkLines says what the check found in the ticked layers, the gravest first,
// and last those where all is well.
func (o *order) checkLines() []checkLine {
	var lines []checkLine
	var well []string
	for _, l := range o.tickedLayers() {
		if len(l.marks) == 0 {
			if l.checked {
				well = append(well, l.name)
			}
			continue
		}
		for _, m := range l.marks {
			text, more := l.name+": "+m.words, strings.TrimSpace(m.message+" "+m.fix)
			if i := slices.IndexFunc(lines, func(l checkLine) bool { return l.text == text && l.severity == m.severity }); i >= 0 {
				lines[i].more += " " + more
				continue
			}
			lines = append(lines, checkLine{l, m.severity, text, more, m.blocks})
		}
	}
	slices.SortStableFunc(lines, func(a, b checkLine) int { return int(a.severity) - int(b.severity) })
	if len(well) > 0 {
		lines = append(lines, checkLine{text: strings.Join(well, ", ")})
	}
	return lines
}

// blocked lists the ticked layers that the check refuses.
func (o *order) blocked() []*layer {
	var all []*layer
	for _, l := range o.tickedLayers() {
		if l.blocked() {
			all = append(all, l)
		}
	}
	return all
}
