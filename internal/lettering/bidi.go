package lettering

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// levels gives the embedding level of each rune of a line: even ones are set
// from left to right, odd ones from right to left. The direction of the line is
// that of its first letter.
//
// Unicode Standard Annex #9, "Unicode Bidirectional Algorithm", rules P2 to I2
// and L1, for text without explicit embeddings: their controls are ignored,
// because names on maps have none.
func levels(text []rune) []int {
	class := make([]bidi.Class, len(text))
	for i, r := range text {
		p, _ := bidi.LookupRune(r)
		class[i] = p.Class()
	}
	base := baseLevel(class)
	original := slices.Clone(class)
	visible := make([]int, 0, len(text)) // without what rule X9 removes
	for i, c := range class {
		if !removed(c) {
			visible = append(visible, i)
		}
	}
	line := &bidiLine{text: text, class: class, at: visible, base: base}
	line.weak()
	line.brackets(original)
	line.neutral()
	out := make([]int, len(text))
	level := base
	for i, c := range class {
		if !removed(c) {
			level = implicit(base, c)
		}
		out[i] = level
	}
	for i := len(text) - 1; i >= 0; i-- { // L1: spaces at the end of the line
		c := original[i]
		if c != bidi.WS && c != bidi.S && c != bidi.B && !removed(c) {
			break
		}
		out[i] = base
	}
	return out
}

// baseLevel is 1 where the first letter is one of a script that runs from right
// to left (P2, P3).
func baseLevel(class []bidi.Class) int {
	for _, c := range class {
		switch c {
		case bidi.L:
			return 0
		case bidi.R, bidi.AL:
			return 1
		}
	}
	return 0
}

// removed tells whether rule X9 leaves a class out.
func removed(c bidi.Class) bool {
	switch c {
	case bidi.BN, bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF, bidi.LRI, bidi.RLI, bidi.FSI, bidi.PDI, bidi.Control:
		return true
	}
	return false
}

// implicit gives the level of a class (I1, I2).
func implicit(base int, c bidi.Class) int {
	switch {
	case base == 0 && c == bidi.R:
		return 1
	case base == 0 && (c == bidi.AN || c == bidi.EN):
		return 2
	case base == 1 && c != bidi.R:
		return 2
	}
	return base
}

// bidiLine is one line on its way through the rules; at holds the places of the
// runes that count.
type bidiLine struct {
	text  []rune
	class []bidi.Class
	at    []int
	base  int
}

// direction is the class of the line itself, which stands at both its ends.
func (l *bidiLine) direction() bidi.Class {
	if l.base == 1 {
		return bidi.R
	}
	return bidi.L
}

// get gives the class of the k-th rune that counts; beyond the ends that of the
// line.
func (l *bidiLine) get(k int) bidi.Class {
	if k < 0 || k >= len(l.at) {
		return l.direction()
	}
	return l.class[l.at[k]]
}

func (l *bidiLine) put(k int, c bidi.Class) { l.class[l.at[k]] = c }

// weak resolves marks, numbers and what stands in and beside them (W1 to W7).
func (l *bidiLine) weak() {
	for k := range l.at { // W1
		if l.get(k) == bidi.NSM {
			l.put(k, l.get(k-1))
		}
	}
	strong := l.direction()
	for k := range l.at { // W2, W3
		switch c := l.get(k); c {
		case bidi.L, bidi.R:
			strong = c
		case bidi.AL:
			strong = c
			l.put(k, bidi.R)
		case bidi.EN:
			if strong == bidi.AL {
				l.put(k, bidi.AN)
			}
		}
	}
	for k := range l.at { // W4
		c, before, after := l.get(k), l.get(k-1), l.get(k+1)
		if before == after && (before == bidi.EN && (c == bidi.ES || c == bidi.CS) || before == bidi.AN && c == bidi.CS) {
			l.put(k, before)
		}
	}
	l.terminators()
	strong = l.direction()
	for k := range l.at { // W6, W7
		switch c := l.get(k); c {
		case bidi.ES, bidi.ET, bidi.CS:
			l.put(k, bidi.ON)
		case bidi.L, bidi.R:
			strong = c
		case bidi.EN:
			if strong == bidi.L {
				l.put(k, bidi.L)
			}
		}
	}
}

// terminators makes signs beside numbers, such as % and €, part of them (W5).
func (l *bidiLine) terminators() {
	for k := 0; k < len(l.at); k++ {
		if l.get(k) != bidi.ET {
			continue
		}
		end := k
		for end < len(l.at) && l.get(end) == bidi.ET {
			end++
		}
		if l.get(k-1) == bidi.EN || end < len(l.at) && l.get(end) == bidi.EN {
			for i := k; i < end; i++ {
				l.put(i, bidi.EN)
			}
		}
		k = end - 1
	}
}

// strongOf takes numbers for letters from right to left, as the rules for
// neutrals do; neutral is true for what has no direction of its own.
func strongOf(c bidi.Class) (side bidi.Class, neutral bool) {
	switch c {
	case bidi.L:
		return bidi.L, false
	case bidi.R, bidi.EN, bidi.AN, bidi.AL:
		return bidi.R, false
	}
	return bidi.ON, true
}

// neutral gives spaces and signs the direction of both neighbours, or that of
// the line where these differ (N1, N2).
func (l *bidiLine) neutral() {
	for k := 0; k < len(l.at); k++ {
		if _, isNeutral := strongOf(l.get(k)); !isNeutral {
			continue
		}
		end := k
		for end < len(l.at) {
			if _, isNeutral := strongOf(l.get(end)); !isNeutral {
				break
			}
			end++
		}
		before, _ := strongOf(l.get(k - 1))
		after, _ := strongOf(l.get(end))
		side := l.direction()
		if before == after {
			side = before
		}
		for i := k; i < end; i++ {
			l.put(i, side)
		}
		k = end - 1
	}
}
