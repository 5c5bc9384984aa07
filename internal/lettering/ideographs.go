package lettering

import (
	"unicode"

	"github.com/go-text/typesetting/segmenter"
)

// halvesOfIdeographs breaks a name of letters that stand without spaces into
// two lines as equal in length as may be, of at least two letters each; false
// where there is no such place. No line begins with a sign that ends something,
// such as 」 or ー, and none ends with one that begins something.
//
// Unicode Standard Annex #14, between letters of which at least one is an
// ideograph or kana.
func halvesOfIdeographs(text string) ([]string, bool) {
	const least = 2
	runes := []rune(text)
	total := 0
	for _, r := range runes {
		total += columns(r)
	}
	var seg segmenter.Segmenter
	seg.Init(runes)
	best, off, at, before := 0, 0, 0, 0
	for it := seg.LineIterator(); it.Next(); {
		line := it.Line()
		for _, r := range line.Text {
			before += columns(r)
		}
		at += len(line.Text)
		if at < least || at > len(runes)-least || !ideographic(runes[at-1]) && !ideographic(runes[at]) {
			continue
		}
		if d := max(total-2*before, 2*before-total); best == 0 || d < off {
			best, off = at, d
		}
	}
	if best == 0 {
		return nil, false
	}
	return []string{string(runes[:best]), string(runes[best:])}, true
}

// ideographic tells whether a letter is of those that lines break between.
func ideographic(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo) ||
		r >= '\u3000' && r <= '\u303F' || r >= '\uFF00' && r <= '\uFF60' || r == 'ー' || r == '・'
}

// columns is about how wide a letter is: ideographs are twice as wide as
// others.
func columns(r rune) int {
	if ideographic(r) || unicode.Is(unicode.Hangul, r) {
		return 2
	}
	return 1
}
