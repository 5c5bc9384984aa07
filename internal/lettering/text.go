package lettering

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Vec is a place or a distance in mm, Y up.
type Vec struct{ X, Y float64 }

// Typeface sets text. The bundled ones are the outlines of a [Typesetter] and
// the single lines of [Strokes].
type Typeface interface {
	// Set sets text in one line at a size: the height of its capitals, mm.
	// Letters stand spacing mm farther apart than the font has them, where
	// letters are not joined. Curves become lines that lie within tolerance mm
	// of them. It fails with a *MissingError where letters are missing.
	Set(text string, size, spacing, tolerance float64) (Text, error)
}

// MissingError says which letters of a text no font has.
type MissingError struct {
	Text  string
	Runes []rune // each once, in their order
}

// Error names the letters and what to do.
func (e *MissingError) Error() string {
	var list []string
	for _, r := range e.Runes {
		list = append(list, fmt.Sprintf("%c (U+%04X)", r, r))
	}
	return fmt.Sprintf("no font has %s of %q: choose a font for that script, or another text", strings.Join(list, ", "), e.Text)
}

// Text is one line of set text. Its baseline runs along Y = 0 from X = 0 to
// Width.
type Text struct {
	String  string
	Size    float64  // height of the capitals, mm
	Width   float64  // mm
	Letters []Letter // as they stand, from left to right
	Fonts   []*Font  // of outlined letters, each once
}

// Letter is what turns as one where a text follows a line: a letter with its
// marks, or a word of a script that joins its letters. Its paths lie around
// its own origin on the baseline.
type Letter struct {
	At       float64 // where its origin lies along the baseline, mm
	Advance  float64 // mm
	Contours [][]Vec // closed; filled by the nonzero rule
	Strokes  [][]Vec // open lines, each followed once
	Ink      Rect    // around all its paths; empty for a space
}

// Rect is an upright rectangle, mm.
type Rect struct{ Min, Max Vec }

// Empty tells whether the rectangle holds nothing.
func (r Rect) Empty() bool { return r.Min.X >= r.Max.X && r.Min.Y >= r.Max.Y }

// grow gives the smallest rectangle around r and p; with first only p counts.
func (r Rect) grow(p Vec, first bool) Rect {
	if first {
		return Rect{p, p}
	}
	return Rect{
		Vec{min(r.Min.X, p.X), min(r.Min.Y, p.Y)},
		Vec{max(r.Max.X, p.X), max(r.Max.Y, p.Y)},
	}
}

// measure finds the ink of a letter.
func (l *Letter) measure() {
	first := true
	for _, p := range slices.Concat(l.Contours, l.Strokes) {
		for _, v := range p {
			l.Ink = l.Ink.grow(v, first)
			first = false
		}
	}
}

// Ink is the smallest rectangle around the ink of the text.
func (t Text) Ink() Rect {
	var r Rect
	first := true
	for _, l := range t.Letters {
		if l.Ink.Empty() {
			continue
		}
		for _, v := range []Vec{l.Ink.Min, l.Ink.Max} {
			r = r.grow(Vec{v.X + l.At, v.Y}, first)
			first = false
		}
	}
	return r
}

// tidy gives text with single spaces between its words and without controls.
func tidy(text string) string {
	words := strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || r == unicode.ReplacementChar
	})
	return strings.Join(words, " ")
}
