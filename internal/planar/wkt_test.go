package planar

import (
	"encoding/binary"
	"encoding/hex"
	"math"
	"strconv"
	"strings"
	"testing"
)

// shapes are the parts of a geometry by their dimension, in the coordinates of
// their file.
type shapes struct {
	areas  [][][][2]float64
	lines  [][][2]float64
	points [][2]float64
}

// readWKT reads well-known text, or well-known binary in hex (OGC 06-103r4,
// sections 7 and 8).
func readWKT(t *testing.T, text string) shapes {
	t.Helper()
	text = strings.TrimSpace(text)
	var s shapes
	if data, err := hex.DecodeString(text); err == nil && text != "" {
		r := &wkb{t: t, data: data}
		r.geometry(&s)
		return s
	}
	r := &wkt{t: t, rest: text}
	r.geometry(&s)
	return s
}

type wkt struct {
	t    *testing.T
	rest string
}

// next gives a word, a bracket or a comma.
func (r *wkt) next() string {
	r.rest = strings.TrimLeft(r.rest, " \t\r\n")
	if r.rest == "" {
		return ""
	}
	n := strings.IndexAny(r.rest, "(), \t\r\n")
	switch {
	case n < 0:
		n = len(r.rest)
	case n == 0:
		n = 1
	}
	word := r.rest[:n]
	r.rest = r.rest[n:]
	return word
}

func (r *wkt) peek() string {
	rest := r.rest
	word := r.next()
	r.rest = rest
	return word
}

// list reads items in brackets; EMPTY has none.
func (r *wkt) list(item func()) {
	if word := r.next(); strings.EqualFold(word, "EMPTY") {
		return
	} else if word != "(" {
		r.t.Fatalf("%q where a bracket should open, before %.40q", word, r.rest)
	}
	for {
		item()
		switch word := r.next(); word {
		case ",":
		case ")":
			return
		default:
			r.t.Fatalf("%q where a comma or bracket should be, before %.40q", word, r.rest)
		}
	}
}

func (r *wkt) point() [2]float64 {
	var p [2]float64
	for i := 0; ; i++ {
		v, err := strconv.ParseFloat(r.next(), 64)
		if err != nil {
			r.t.Fatal(err)
		}
		if i < 2 {
			p[i] = v
		}
		if word := r.peek(); word == "," || word == ")" {
			return p
		}
	}
}

func (r *wkt) line() (out [][2]float64) {
	r.list(func() { out = append(out, r.point()) })
	return out
}

func (r *wkt) polygon() (out [][][2]float64) {
	r.list(func() { out = append(out, r.line()) })
	return out
}

func (r *wkt) geometry(s *shapes) {
	kind := strings.ToUpper(r.next())
	if z := r.peek(); strings.EqualFold(z, "Z") || strings.EqualFold(z, "ZM") || strings.EqualFold(z, "M") {
		r.next()
	}
	switch kind {
	case "POINT":
		r.list(func() { s.points = append(s.points, r.point()) })
	case "MULTIPOINT":
		r.list(func() {
			if r.peek() == "(" || strings.EqualFold(r.peek(), "EMPTY") {
				r.list(func() { s.points = append(s.points, r.point()) })
				return
			}
			s.points = append(s.points, r.point())
		})
	case "LINESTRING", "LINEARRING":
		s.lines = append(s.lines, r.line())
	case "MULTILINESTRING":
		r.list(func() { s.lines = append(s.lines, r.line()) })
	case "POLYGON":
		s.areas = append(s.areas, r.polygon())
	case "MULTIPOLYGON":
		r.list(func() { s.areas = append(s.areas, r.polygon()) })
	case "GEOMETRYCOLLECTION":
		r.list(func() { r.geometry(s) })
	default:
		r.t.Fatalf("a geometry of type %q", kind)
	}
}

type wkb struct {
	t     *testing.T
	data  []byte
	order binary.ByteOrder
}

func (r *wkb) number() uint32 {
	v := r.order.Uint32(r.data)
	r.data = r.data[4:]
	return v
}

func (r *wkb) line() [][2]float64 {
	out := make([][2]float64, r.number())
	for i := range out {
		out[i] = r.point()
	}
	return out
}

func (r *wkb) point() (p [2]float64) {
	for k := range p {
		p[k] = math.Float64frombits(r.order.Uint64(r.data))
		r.data = r.data[8:]
	}
	return p
}

func (r *wkb) geometry(s *shapes) {
	r.order = binary.BigEndian
	if r.data[0] == 1 {
		r.order = binary.LittleEndian
	}
	r.data = r.data[1:]
	const withSRID = 0x20000000
	kind := r.number()
	if kind&withSRID != 0 {
		r.number()
		kind &^= withSRID
	}
	switch kind {
	case 1:
		s.points = append(s.points, r.point())
	case 2:
		s.lines = append(s.lines, r.line())
	case 3:
		poly := make([][][2]float64, r.number())
		for i := range poly {
			poly[i] = r.line()
		}
		s.areas = append(s.areas, poly)
	case 4, 5, 6, 7:
		for range r.number() {
			r.geometry(s)
		}
	default:
		r.t.Fatalf("a geometry of type %d", kind)
	}
}
