package lettering

import (
	"encoding/binary"
	"errors"

	"github.com/go-text/typesetting/font/opentype"
)

// maxParts bounds of how many parts a letter is put together, where 64 points
// count as one more; the richest real ones have some thirty. A part may be put together in its turn, so that a file
// of some hundred bytes could ask for more parts than any computer can draw.
const maxParts = 4096

// checkParts tells whether a font has outlines, and whether its letters are of
// a number of parts, or steps, that can be drawn. The format CFF2 is not looked
// into.
//
// ISO/IEC 14496-22 (Open Font Format), section 5.3.3: glyf, loca.
func checkParts(loader *opentype.Loader) error {
	if !hasOutlines(loader) {
		return errors.New("the font has no outlines, only pictures: take another one")
	}
	if cff := opentype.MustNewTag("CFF "); loader.HasTable(cff) {
		table, err := loader.RawTable(cff)
		if err != nil {
			return errCFF
		}
		return checkSteps(table)
	}
	if !loader.HasTable(opentype.MustNewTag("glyf")) {
		return nil
	}
	var tables [3][]byte
	for i, name := range []string{"glyf", "loca", "head"} {
		var err error
		if tables[i], err = loader.RawTable(opentype.MustNewTag(name)); err != nil {
			return errors.New("the font is damaged: it lacks its table " + name)
		}
	}
	p := partCounter{glyf: tables[0], loca: tables[1], parts: map[int]int{}}
	if head := tables[2]; len(head) >= 52 {
		p.long = binary.BigEndian.Uint16(head[50:]) == 1
	}
	step := 2
	if p.long {
		step = 4
	}
	for id := range max(0, len(p.loca)/step-1) {
		if p.count(id, 0) > maxParts {
			return errors.New("the font is damaged: a letter is put together of too many parts")
		}
	}
	return nil
}

// hasOutlines tells whether a font has letters that can be followed.
func hasOutlines(loader *opentype.Loader) bool {
	for _, name := range []string{"glyf", "CFF ", "CFF2"} {
		if loader.HasTable(opentype.MustNewTag(name)) {
			return true
		}
	}
	return false
}

// partCounter counts of how many parts letters are put together.
type partCounter struct {
	glyf, loca []byte
	long       bool        // the offsets have four bytes
	parts      map[int]int // of composite letters
}

// count gives the parts of a letter, the letter itself among them; more than
// maxParts where there is no end.
func (p *partCounter) count(id, depth int) int {
	data := p.data(id)
	if len(data) < 10 {
		return 1
	}
	if contours := int(int16(binary.BigEndian.Uint16(data))); contours >= 0 {
		return 1 + pointsIn(data[10:], contours)/64
	}
	if n, known := p.parts[id]; known {
		return n
	}
	const deepest = 20
	if depth > deepest {
		return maxParts + 1
	}
	n := 1
	for data = data[10:]; len(data) >= 4 && n <= maxParts; {
		flags := binary.BigEndian.Uint16(data)
		n += p.count(int(binary.BigEndian.Uint16(data[2:])), depth+1)
		skip := 4 + argumentBytes(flags)
		if flags&0x20 == 0 || skip > len(data) { // no more components
			break
		}
		data = data[skip:]
	}
	p.parts[id] = n
	return n
}

// pointsIn is how many points a letter of its own outlines has: contours are
// told by the index of their last one.
func pointsIn(data []byte, contours int) int {
	if contours == 0 || len(data) < 2*contours {
		return 0
	}
	return int(binary.BigEndian.Uint16(data[2*contours-2:])) + 1
}

// argumentBytes is the length of what follows flags and index of a component.
func argumentBytes(flags uint16) int {
	n := 2
	if flags&0x1 != 0 { // arguments are words
		n = 4
	}
	switch {
	case flags&0x8 != 0: // one scale
		n += 2
	case flags&0x40 != 0: // two scales
		n += 4
	case flags&0x80 != 0: // two by two
		n += 8
	}
	return n
}

// data is the entry of a letter, nil where there is none.
func (p *partCounter) data(id int) []byte {
	var from, to int
	switch {
	case p.long && 4*id+8 <= len(p.loca):
		from, to = int(binary.BigEndian.Uint32(p.loca[4*id:])), int(binary.BigEndian.Uint32(p.loca[4*id+4:]))
	case !p.long && 2*id+4 <= len(p.loca):
		from, to = 2*int(binary.BigEndian.Uint16(p.loca[2*id:])), 2*int(binary.BigEndian.Uint16(p.loca[2*id+2:]))
	default:
		return nil
	}
	if from < 0 || from > to || to > len(p.glyf) {
		return nil
	}
	return p.glyf[from:to]
}
