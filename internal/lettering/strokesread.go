package lettering

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mapwright/mapwright/assets"
)

// readStrokes reads the single-line letters of the program.
func readStrokes() (*StrokeFont, error) {
	f := &StrokeFont{glyphs: map[rune]strokeGlyph{}, marks: map[rune]strokeMark{}}
	ascii := func(i int) rune { return rune(' ' + i) }
	if err := f.readHershey(assets.HersheySans, ascii); err != nil {
		return nil, fmt.Errorf("the single-line letters: %w", err)
	}
	if err := f.readHershey(assets.HersheyGreek, greek); err != nil {
		return nil, fmt.Errorf("the Greek single-line letters: %w", err)
	}
	for n, line := range strings.Split(assets.StrokeLetters, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := f.readLetter(line); err != nil {
			return nil, fmt.Errorf("the single-line letters, line %d: %w", n+1, err)
		}
	}
	return f, nil
}

// greek gives the letter at a place of the Greek file, which has the alphabet
// where ASCII has its own; 0 elsewhere.
func greek(i int) rune {
	const letters = 24
	upper, lower := i-('A'-' '), i-('a'-' ')
	start, k := 'Α', upper
	if lower >= 0 {
		start, k = 'α', lower
	}
	if k < 0 || k >= letters {
		return 0
	}
	if k > 16 { // the final sigma has a place of its own
		k++
	}
	return start + rune(k)
}

// readHershey reads letters in James Hurt's format: a number, how many pairs
// of characters follow, and the pairs, each character an offset from R. The
// first pair is the left and the right edge, " R" lifts the pen.
func (f *StrokeFont) readHershey(text string, name func(int) rune) error {
	const baseline = 9
	for i, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if len(line) < 10 {
			return fmt.Errorf("line %d is too short for a letter", i+1)
		}
		n, err := strconv.Atoi(strings.TrimSpace(line[5:8]))
		if pairs := line[8:]; err != nil || len(pairs) < 2*n {
			return fmt.Errorf("line %d does not hold the pairs that it tells of", i+1)
		}
		r := name(i)
		if r == 0 {
			continue
		}
		pairs := line[8 : 8+2*n]
		left := float64(int(pairs[0]) - 'R')
		g := strokeGlyph{width: float64(int(pairs[1])-'R') - left}
		var path []Vec
		lift := func() {
			if len(path) > 1 {
				g.lines = append(g.lines, path)
			}
			path = nil
		}
		for k := 2; k < len(pairs); k += 2 {
			if pairs[k] == ' ' {
				lift()
				continue
			}
			path = append(path, Vec{float64(int(pairs[k])-'R') - left, baseline - float64(int(pairs[k+1])-'R')})
		}
		lift()
		f.glyphs[r] = g
	}
	return nil
}

// readLetter reads a line of our own format, which the file itself explains.
func (f *StrokeFont) readLetter(line string) error {
	head, body, ok := strings.Cut(line, ":")
	fields := strings.Fields(head)
	if !ok || len(fields) != 2 {
		return errors.New("want LETTER WIDTH: PARTS")
	}
	r, rest, err := readRune(fields[0])
	if err != nil || rest != "" {
		return fmt.Errorf("%q is no letter", fields[0])
	}
	g, first, err := f.readParts(body)
	if err != nil {
		return err
	}
	switch fields[1] {
	case "above", "below", "over":
		f.marks[r] = strokeMark{fields[1], g.lines}
		return nil
	case "=":
		g.width = first
	default:
		if g.width, err = strconv.ParseFloat(fields[1], 64); err != nil {
			return fmt.Errorf("%q is no width", fields[1])
		}
	}
	f.glyphs[r] = g
	return nil
}

// readRune reads a letter, as itself or as U+ with four digits.
func readRune(s string) (r rune, rest string, err error) {
	const digits = 4
	if code, ok := strings.CutPrefix(s, "U+"); ok && len(code) >= digits {
		n, err := strconv.ParseUint(code[:digits], 16, 32)
		return rune(n), code[digits:], err
	}
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 || r == utf8.RuneError {
		return 0, s, errors.New("no letter")
	}
	return r, s[n:], nil
}

// readParts reads the parts of a letter, and the width of the first letter
// that they name.
func (f *StrokeFont) readParts(body string) (g strokeGlyph, first float64, err error) {
	for part := range strings.SplitSeq(body, ";") {
		part = strings.TrimSpace(part)
		switch {
		case part == "":
		case strings.HasPrefix(part, "@"):
			o, err := f.readReference(part[1:])
			if err != nil {
				return g, 0, fmt.Errorf("%q: %w", part, err)
			}
			if first == 0 {
				first = o.width
			}
			g.lines = append(g.lines, o.lines...)
		case strings.HasPrefix(part, "^"):
			r, _, err := readRune(part[1:])
			if _, ok := f.marks[r]; err != nil || !ok {
				return g, 0, fmt.Errorf("%q is no mark", part)
			}
			g = g.with(f.marks[r])
		default:
			path, err := readPath(part)
			if err != nil {
				return g, 0, err
			}
			g.lines = append(g.lines, path)
		}
	}
	return g, first, nil
}

// readReference reads a letter that another one is made of.
func (f *StrokeFont) readReference(s string) (strokeGlyph, error) {
	const narrower = 0.8 // a small letter as broad as its capital looks too broad
	r, rest, err := readRune(s)
	if err != nil {
		return strokeGlyph{}, err
	}
	g, ok := f.glyph(r)
	if !ok {
		return strokeGlyph{}, fmt.Errorf("there is no letter %c above", r)
	}
	x, y, shift, origin := 1.0, 1.0, 0.0, 0.0
	for rest != "" {
		switch rest[0] {
		case '!':
			x, origin, rest = -x, g.width, rest[1:]
		case '*':
			x, y, rest = x*narrower, strokeSmall/strokeCapital, rest[1:]
			g.width *= narrower
		default:
			if shift, err = strconv.ParseFloat(rest, 64); err != nil {
				return g, fmt.Errorf("%q is no distance", rest)
			}
			rest = ""
		}
	}
	out := strokeGlyph{width: g.width}
	for _, line := range g.lines {
		path := make([]Vec, len(line))
		for i, p := range line {
			path[i] = Vec{float64(p.X*x) + origin + shift, float64(p.Y * y)}
		}
		out.lines = append(out.lines, path)
	}
	return out, nil
}

func readPath(s string) ([]Vec, error) {
	var path []Vec
	for field := range strings.FieldsSeq(s) {
		a, b, ok := strings.Cut(field, ",")
		x, errX := strconv.ParseFloat(a, 64)
		y, errY := strconv.ParseFloat(b, 64)
		if !ok || errX != nil || errY != nil {
			return nil, fmt.Errorf("%q is no point", field)
		}
		path = append(path, Vec{x, y})
	}
	if len(path) < 2 {
		return nil, fmt.Errorf("%q is no line", s)
	}
	return path, nil
}
