package geojson

import (
	"bufio"
	"io"
)

// lenient makes JSON of what programs write for JSON, without moving a byte, so
// that offsets stay true: the byte order mark and record separators become
// blanks; so does the fraction of an exponent ("1e-14.0"); NaN becomes an empty
// string and an infinity null, neither of which passes for a coordinate.
type lenient struct {
	r        *bufio.Reader
	begun    bool
	inString bool
	escaped  bool
	exponent bool // in the exponent of a number
	fraction bool // in the fraction of an exponent
	instead  []byte
}

func newLenient(r io.Reader) *lenient { return &lenient{r: bufio.NewReaderSize(r, 64<<10)} }

// words that are no JSON, each with what stands for it in as many bytes.
var words = []struct{ from, to string }{
	{"NaN", `"" `},
	{"-Infinity", "null     "},
	{"Infinity", "null    "},
}

func (l *lenient) Read(p []byte) (int, error) {
	if !l.begun {
		l.begun = true
		if mark, err := l.r.Peek(3); err == nil && string(mark) == "\ufeff" {
			l.instead = []byte("   ")
			if _, err := l.r.Discard(3); err != nil {
				return 0, err
			}
		}
	}
	for n := range p {
		c, err := l.next()
		if err != nil {
			if n > 0 {
				return n, nil // the error comes again
			}
			return 0, err
		}
		p[n] = c
	}
	return len(p), nil
}

func (l *lenient) next() (byte, error) {
	if len(l.instead) > 0 {
		c := l.instead[0]
		l.instead = l.instead[1:]
		return c, nil
	}
	c, err := l.r.ReadByte()
	if err != nil {
		return 0, err
	}
	if l.inString {
		l.string(c)
		return c, nil
	}
	switch {
	case c == '"':
		l.inString, l.exponent, l.fraction = true, false, false
	case c == 0x1e: // record separator, RFC 8142
		return ' ', nil
	case c == 'N' || c == 'I' || c == '-':
		return l.word(c)
	case c == 'e' || c == 'E':
		l.exponent = true
	case c == '.' && l.exponent:
		l.fraction = true
		return ' ', nil
	case c >= '0' && c <= '9':
		if l.fraction {
			return ' ', nil
		}
	case c != '+':
		l.exponent, l.fraction = false, false
	}
	return c, nil
}

func (l *lenient) string(c byte) {
	switch {
	case l.escaped:
		l.escaped = false
	case c == '\\':
		l.escaped = true
	case c == '"':
		l.inString = false
	}
}

// word replaces one of words, of which c is the first byte; other text passes.
func (l *lenient) word(c byte) (byte, error) {
	for _, w := range words {
		if w.from[0] != c {
			continue
		}
		rest, err := l.r.Peek(len(w.from) - 1)
		if err != nil || string(rest) != w.from[1:] {
			continue
		}
		if _, err := l.r.Discard(len(rest)); err != nil {
			return 0, err
		}
		l.instead = []byte(w.to[1:])
		return w.to[0], nil
	}
	return c, nil
}
