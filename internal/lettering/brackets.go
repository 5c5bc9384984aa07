package lettering

import (
	"cmp"
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// bracketPair is the places of two brackets among the runes that count.
type bracketPair struct{ open, shut int }

// brackets gives both brackets of a pair one direction: that of the line if
// something inside has it, else that of what is inside if the text before the
// pair has it too (N0). Marks on a bracket follow it.
func (l *bidiLine) brackets(original []bidi.Class) {
	for _, p := range l.pairs() {
		inside, found := l.inside(p)
		if !found {
			continue
		}
		side := l.direction()
		if inside != side && l.before(p.open) == inside {
			side = inside
		}
		for _, k := range []int{p.open, p.shut} {
			l.put(k, side)
			for k++; k < len(l.at) && original[l.at[k]] == bidi.NSM; k++ {
				l.put(k, side)
			}
		}
	}
}

// pairs finds the pairs of brackets, by the place where they open (BD16).
func (l *bidiLine) pairs() []bracketPair {
	const most = 63 // opening brackets that wait, by the standard
	type waiting struct {
		shut rune
		at   int
	}
	var stack []waiting
	var pairs []bracketPair
	for k, i := range l.at {
		p, _ := bidi.LookupRune(l.text[i])
		if !p.IsBracket() || l.class[i] != bidi.ON {
			continue
		}
		if p.IsOpeningBracket() {
			if len(stack) == most {
				break
			}
			stack = append(stack, waiting{closing(l.text[i]), k})
			continue
		}
		for j := len(stack) - 1; j >= 0; j-- {
			if stack[j].shut == sameBracket(l.text[i]) {
				pairs = append(pairs, bracketPair{stack[j].at, k})
				stack = stack[:j]
				break
			}
		}
	}
	slices.SortFunc(pairs, func(a, b bracketPair) int { return cmp.Compare(a.open, b.open) })
	return pairs
}

// closing gives the bracket that closes one: the mirrored character, which the
// bidi package keeps to itself but ReverseString shows.
func closing(r rune) rune {
	for _, m := range bidi.ReverseString(string(sameBracket(r))) {
		return m
	}
	return r
}

// sameBracket takes the two angle brackets that Unicode writes twice for one.
func sameBracket(r rune) rune {
	switch r {
	case '\u2329':
		return '\u3008'
	case '\u232A':
		return '\u3009'
	}
	return r
}

// inside gives the direction of what stands in a pair: that of the line where
// anything has it.
func (l *bidiLine) inside(p bracketPair) (side bidi.Class, found bool) {
	for k := p.open + 1; k < p.shut; k++ {
		c, neutral := strongOf(l.get(k))
		if neutral {
			continue
		}
		if c == l.direction() {
			return c, true
		}
		side, found = c, true
	}
	return side, found
}

// before gives the direction of the text before a place.
func (l *bidiLine) before(k int) bidi.Class {
	for k--; k >= 0; k-- {
		if c, neutral := strongOf(l.get(k)); !neutral {
			return c
		}
	}
	return l.direction()
}
