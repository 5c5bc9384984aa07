package lettering

import (
	"slices"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The measures of the single-line letters, in their own units.
const (
	strokeCapital = 21.0 // height of a capital letter
	strokeSmall   = 14.0 // height of a small letter
	strokeGap     = 1.0  // least distance between a letter and its mark
)

// StrokeFont is letters for one pass of the beam. It never changes, so that
// any number of goroutines may use it.
type StrokeFont struct {
	glyphs map[rune]strokeGlyph
	marks  map[rune]strokeMark
}

// strokeGlyph is one letter, in units of the font.
type strokeGlyph struct {
	width float64
	lines [][]Vec
}

// strokeMark is a combining mark: x from the middle of the letter that it
// stands on, y from the letter's top or bottom, or from the baseline.
type strokeMark struct {
	where string // above, below, over
	lines [][]Vec
}

// Strokes gives the single-line letters of the program: the Sans of A. V.
// Hershey for Latin and Greek, and ours in its style for Cyrillic, further
// letters, signs and marks. Letters with marks are put together.
//
// A. V. Hershey, "Calligraphy for Computers", NWL Report 2101, U.S. Naval
// Weapons Laboratory (1967).
func Strokes() (*StrokeFont, error) { return strokes() }

var strokes = sync.OnceValues(readStrokes)

// Has tells whether the font can set a rune.
func (f *StrokeFont) Has(r rune) bool {
	_, ok := f.glyph(r)
	return ok || invisible(r)
}

// HasAll tells whether the font can set a text.
func (f *StrokeFont) HasAll(text string) bool {
	return !slices.ContainsFunc(composed(norm.NFC.String(tidy(text))), func(letter []rune) bool {
		if len(letter) == 1 && invisible(letter[0]) {
			return false
		}
		_, missing := f.compose(letter)
		return len(missing) > 0
	})
}

// Set sets text; see [Typeface]. The letters are straight lines, so that the
// tolerance changes nothing.
func (f *StrokeFont) Set(text string, size, spacing, tolerance float64) (Text, error) {
	set := Text{String: norm.NFC.String(tidy(text)), Size: size}
	if err := checkSet(len([]rune(set.String)), size, spacing, tolerance); err != nil {
		return Text{}, err
	}
	scale := size / strokeCapital
	var missing []rune
	for _, letter := range composed(set.String) {
		if len(letter) == 1 && invisible(letter[0]) {
			continue
		}
		g, none := f.compose(letter)
		for _, r := range none {
			if !slices.Contains(missing, r) {
				missing = append(missing, r)
			}
		}
		l := Letter{At: set.Width, Advance: float64(g.width*scale) + spacing}
		for _, line := range g.lines {
			path := make([]Vec, len(line))
			for i, p := range line {
				path[i] = Vec{float64(p.X * scale), float64(p.Y * scale)}
			}
			l.Strokes = append(l.Strokes, path)
		}
		l.measure()
		set.Letters = append(set.Letters, l)
		set.Width += l.Advance
	}
	if len(missing) > 0 {
		return Text{}, &MissingError{set.String, missing}
	}
	set.Width = max(0, set.Width-spacing)
	return set, nil
}

// composed splits text into letters with their marks.
func composed(text string) [][]rune {
	var out [][]rune
	for _, r := range text {
		if n := len(out); n > 0 && unicode.Is(unicode.Mn, r) {
			out[n-1] = append(out[n-1], r)
		} else {
			out = append(out, []rune{r})
		}
	}
	return out
}

// compose puts a letter and its marks together.
func (f *StrokeFont) compose(letter []rune) (g strokeGlyph, missing []rune) {
	g, ok := f.glyph(letter[0])
	if !ok {
		return g, letter[:1]
	}
	for _, r := range letter[1:] {
		m, ok := f.marks[r]
		if !ok && !invisible(r) {
			missing = append(missing, r)
		}
		g = g.with(m)
	}
	return g, missing
}

// glyph gives the letter of a rune, of its own or put together of the letter
// and the marks that Unicode decomposes it into.
func (f *StrokeFont) glyph(r rune) (strokeGlyph, bool) {
	if g, ok := f.glyphs[r]; ok {
		return g, true
	}
	parts := []rune(norm.NFD.String(string(r)))
	if len(parts) == 1 && parts[0] == r {
		return strokeGlyph{}, false
	}
	base := parts[0]
	if m, ok := f.marks[parts[len(parts)-1]]; ok && m.where == "above" {
		base = dotless(base)
	}
	g, ok := f.glyphs[base]
	if !ok {
		return g, false
	}
	for _, p := range parts[1:] {
		m, ok := f.marks[p]
		if !ok {
			return g, false
		}
		g = g.with(m)
	}
	return g, true
}

// dotless gives the letter whose dot makes room for a mark.
func dotless(r rune) rune {
	switch r {
	case 'i', 'і':
		return 'ı'
	case 'j', 'ј':
		return 'ȷ'
	}
	return r
}

// with sets a mark on a letter.
func (g strokeGlyph) with(m strokeMark) strokeGlyph {
	var ink Rect
	first := true
	for _, line := range g.lines {
		for _, p := range line {
			ink = ink.grow(p, first)
			first = false
		}
	}
	at := Vec{X: (ink.Min.X + ink.Max.X) / 2}
	switch m.where {
	case "above":
		at.Y = max(ink.Max.Y, strokeSmall) + strokeGap
	case "below":
		at.Y = min(ink.Min.Y, 0) - strokeGap
	}
	out := strokeGlyph{g.width, slices.Clone(g.lines)}
	for _, line := range m.lines {
		out.lines = append(out.lines, moved(line, at))
	}
	return out
}

func moved(line []Vec, by Vec) []Vec {
	out := make([]Vec, len(line))
	for i, p := range line {
		out[i] = Vec{p.X + by.X, p.Y + by.Y}
	}
	return out
}
