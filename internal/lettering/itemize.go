package lettering

import (
	"slices"
	"strings"
	"unicode"

	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"
	"golang.org/x/text/unicode/bidi"
)

// item is a part of a line that is shaped as one: of one direction, one script
// and one font.
type item struct {
	from, to int
	level    int
	script   language.Script
	font     *Font
}

// itemize splits a line, in the order of its runes, and tells which runes no
// font has.
func itemize(text []rune, chain Chain) (items []item, missing []rune) {
	level, script := levels(text), scripts(text)
	fonts, missing := fontsOf(text, chain)
	for i := range text {
		if n := len(items); n > 0 {
			last := &items[n-1]
			if last.level == level[i] && last.script == script[i] && last.font == fonts[i] {
				last.to = i + 1
				continue
			}
		}
		items = append(items, item{i, i + 1, level[i], script[i], fonts[i]})
	}
	return items, missing
}

// visual puts items into the order in which they stand, from left to right.
//
// Unicode Standard Annex #9, rule L2, over items instead of runes: within an
// item the shaper orders the letters.
func visual(items []item) []item {
	out := slices.Clone(items)
	highest := 0
	for _, it := range out {
		highest = max(highest, it.level)
	}
	for level := highest; level > 0; level-- {
		for i := 0; i < len(out); i++ {
			end := i
			for end < len(out) && out[end].level >= level {
				end++
			}
			slices.Reverse(out[i:end])
			i = max(i, end-1)
		}
	}
	return out
}

// scripts gives the script of each rune. Signs, spaces and marks go with what
// is before them, at the start with what follows (Unicode Standard Annex #24,
// section 5.2, without its paired brackets).
func scripts(text []rune) []language.Script {
	out := make([]language.Script, len(text))
	current, unresolved := language.Common, 0
	for i, r := range text {
		s := language.LookupScript(r)
		if s != language.Common && s != language.Inherited && s != language.Unknown {
			if current == language.Common {
				for k := unresolved; k < i; k++ {
					out[k] = s
				}
			}
			current = s
		}
		out[i] = current
	}
	return out
}

// fontsOf gives the font of each rune: for each letter with its marks the first
// of the chain that has all of it. Spaces keep the font before them.
func fontsOf(text []rune, chain Chain) (fonts []*Font, missing []rune) {
	fonts = make([]*Font, len(text))
	var seg segmenter.Segmenter
	seg.Init(text)
	var last *Font
	for it := seg.GraphemeIterator(); it.Next(); {
		g := it.Grapheme()
		f := last
		if f == nil || !onlySpaces(g.Text) || !hasAll(f, g.Text) {
			f = firstWithAll(chain, g.Text)
		}
		if f == nil {
			for _, r := range missingOf(chain, g.Text) {
				if !slices.Contains(missing, r) {
					missing = append(missing, r)
				}
			}
			continue
		}
		last = f
		for k := range g.Text {
			fonts[g.Offset+k] = f
		}
	}
	return fonts, missing
}

func onlySpaces(text []rune) bool {
	return !slices.ContainsFunc(text, func(r rune) bool { return r != ' ' })
}

// hasAll tells whether a font has all runes that show.
func hasAll(f *Font, text []rune) bool {
	return !slices.ContainsFunc(text, func(r rune) bool { return !invisible(r) && !f.Has(r) })
}

// firstWithAll gives the first font with all runes, nil where there is none.
func firstWithAll(chain Chain, text []rune) *Font {
	for _, f := range chain {
		if hasAll(f, text) {
			return f
		}
	}
	return nil
}

// missingOf gives the runes that no font has; where each is in some font but
// no font has the whole letter, all of them.
func missingOf(chain Chain, text []rune) []rune {
	var missing []rune
	for _, r := range text {
		if !invisible(r) && firstWithAll(chain, []rune{r}) == nil {
			missing = append(missing, r)
		}
	}
	if len(missing) == 0 {
		return text
	}
	return missing
}

// shows tells whether a rune leaves ink where it stands.
func shows(r rune) bool {
	const fillers = "\u115F\u1160\u3164\uFFA0" // of Hangul
	return !invisible(r) && !strings.ContainsRune(fillers, r) && unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S)
}

// invisible tells whether a rune only steers its neighbours: joiners, marks of
// direction, selectors of variants.
func invisible(r rune) bool {
	switch {
	case r == '\u00AD', r == '\u034F', r == '\u061C', r == '\u180E', r == '\uFEFF':
		return true
	case r >= '\u200B' && r <= '\u200F', r >= '\u202A' && r <= '\u202E', r >= '\u2060' && r <= '\u206F':
		return true
	case r >= '\uFE00' && r <= '\uFE0F', r >= 0xE0100 && r <= 0xE01EF:
		return true
	}
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.BN
}
