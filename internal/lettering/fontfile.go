package lettering

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// errNoFont says that bytes are not of a format that is read.
var errNoFont = errors.New("this is no TrueType or OpenType font (.ttf, .otf, .ttc)")

// checkTables tells whether all tables of a font file lie inside of it: the
// reader makes room for a table by what the file says of its size. Web fonts
// (WOFF), which are compressed, are not read.
//
// ISO/IEC 14496-22 (Open Font Format), section 4.5: offset table, table
// records, collections.
func checkTables(data []byte) error {
	if len(data) < 12 {
		return errNoFont
	}
	if string(data[:4]) != "ttcf" {
		return checkDirectory(data, 0)
	}
	const mostFonts = 64 // the largest collections hold 36
	n := binary.BigEndian.Uint32(data[8:])
	if n > mostFonts || len(data) < 12+4*int(n) {
		return fmt.Errorf("the collection is damaged: it says that it holds %d fonts", n)
	}
	for i := range int(n) {
		if err := checkDirectory(data, binary.BigEndian.Uint32(data[12+4*i:])); err != nil {
			return err
		}
	}
	return nil
}

// checkDirectory looks at the table records of the font at an offset.
func checkDirectory(data []byte, at uint32) error {
	const header, record = 12, 16
	size := uint64(len(data))
	if uint64(at)+header > size {
		return errors.New("the font is damaged: it ends before its table of contents")
	}
	dir := data[at:]
	if !slices.Contains([]string{"\x00\x01\x00\x00", "OTTO", "true"}, string(dir[:4])) {
		return errNoFont
	}
	n := int(binary.BigEndian.Uint16(dir[4:]))
	if len(dir) < header+record*n {
		return errors.New("the font is damaged: it ends inside of its table of contents")
	}
	for i := range n {
		r := dir[header+record*i:]
		offset, length := binary.BigEndian.Uint32(r[8:]), binary.BigEndian.Uint32(r[12:])
		if uint64(offset)+uint64(length) > size {
			return fmt.Errorf("the font is damaged: its table %q reaches beyond the end of the file", r[:4])
		}
	}
	return nil
}
