package lettering

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"

	"github.com/go-text/typesetting/font/opentype"
)

// cffIndex writes an INDEX.
func cffIndex(entries ...[]byte) []byte {
	out := binary.BigEndian.AppendUint16(nil, uint16(len(entries)))
	if len(entries) == 0 {
		return out
	}
	out = append(out, 2)
	at := 1
	for _, e := range append([][]byte{nil}, entries...) {
		at += len(e)
		out = binary.BigEndian.AppendUint16(out, uint16(at))
	}
	return append(out, bytes.Join(entries, nil)...)
}

// cffNumber writes an operand of three bytes.
func cffNumber(v int) []byte {
	return binary.BigEndian.AppendUint16([]byte{28}, uint16(int16(v)))
}

// cffChain is a table "CFF " of one letter that calls the first of some
// subroutines; each calls the next so many times.
func cffChain(levels, times int) []byte {
	const bias = 107
	call := func(i int) []byte { return append(cffNumber(i-bias), 29) }
	var subroutines [][]byte
	for i := range levels {
		s := []byte{}
		if i+1 < levels {
			s = bytes.Repeat(call(i+1), times)
		}
		subroutines = append(subroutines, append(s, 11))
	}
	table := func(letters int) []byte {
		top := append(cffNumber(letters), dictLetters)
		return bytes.Join([][]byte{{1, 0, 4, 2}, cffIndex([]byte("f")), cffIndex(top), cffIndex(), cffIndex(subroutines...)}, nil)
	}
	return append(table(len(table(0))), cffIndex(append(call(0), 14))...)
}

// A letter that calls its way down ten levels, a hundred times each, would be
// drawn until the sun goes out.
func TestLettersOfTooManyStepsAreRefused(t *testing.T) {
	t.Parallel()
	if err := checkSteps(cffChain(9, 2)); err != nil {
		t.Errorf("512 steps: %v", err)
	}
	if err := checkSteps(cffChain(9, 100)); err == nil || !strings.Contains(err.Error(), "too many steps") {
		t.Errorf("100⁸ steps: %v", err)
	}
	if err := checkSteps([]byte{1, 0, 4, 2, 0, 1}); err == nil {
		t.Error("half a table is sound")
	}
}

// All that a real font calls is found: each of its letters with ink takes steps.
func TestTheLettersOfARealFontAreFollowed(t *testing.T) {
	t.Parallel()
	data := cjkData(t)
	loader, err := openFont(bytes.NewReader(data), int64(len(data)), simplifiedFont)
	if err != nil {
		t.Fatal(err)
	}
	table, err := loader.RawTable(opentype.MustNewTag("CFF "))
	if err != nil {
		t.Fatal(err)
	}
	c, err := readCFF(table)
	if err != nil {
		t.Fatal(err)
	}
	f, err := ReadFont(bytes.NewReader(data), int64(len(data)), simplifiedFont)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range "北京天安门0" {
		id, _ := f.font.NominalGlyph(r)
		outline := outlineOf(f.newFace().GlyphData(id))
		steps, err := c.steps(int(id))
		if err != nil || steps < len(outline.Segments) {
			t.Errorf("%c has %d pieces and takes %d steps, %v", r, len(outline.Segments), steps, err)
		}
	}
}
