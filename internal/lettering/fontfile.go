package lettering

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

// errNoFont says that bytes are not of a format that is read.
var errNoFont = errors.New("this is no TrueType or OpenType font (.ttf, .otf, .ttc)")

// checkTables tells whether all tables of a font file lie inside of it, and are
// not more than are read: the reader makes room for a table by what the file
// says of its size. Web fonts (WOFF), which are compressed, are not read.
//
// ISO/IEC 14496-22 (Open Font Format), section 4.5: offset table, table
// records, collections.
func checkTables(file io.ReaderAt, size int64) error {
	start, err := bytesAt(file, size, 0, 12)
	if err != nil {
		return errNoFont
	}
	if string(start[:4]) != "ttcf" {
		return checkDirectory(file, size, 0)
	}
	n := binary.BigEndian.Uint32(start[8:])
	offsets, err := offsetsOf(file, size, n)
	if err != nil {
		return fmt.Errorf("the collection is damaged: it says that it holds %d fonts", n)
	}
	for i := range int(n) {
		if err := checkDirectory(file, size, int64(binary.BigEndian.Uint32(offsets[4*i:]))); err != nil {
			return err
		}
	}
	return nil
}

// offsetsOf reads where the n fonts of a collection begin, 4 bytes each.
func offsetsOf(file io.ReaderAt, size int64, n uint32) ([]byte, error) {
	const mostFonts = 64 // the largest collections hold 36
	if n == 0 || n > mostFonts {
		return nil, errNoFont
	}
	return bytesAt(file, size, 12, 4*int(n))
}

// fontsIn tells how many fonts a file holds whose tables were checked.
func fontsIn(file io.ReaderAt, size int64) int {
	if start, err := bytesAt(file, size, 0, 12); err == nil && string(start[:4]) == "ttcf" {
		return int(binary.BigEndian.Uint32(start[8:]))
	}
	return 1
}

// checkDirectory looks at the table records of the font at an offset.
func checkDirectory(file io.ReaderAt, size, at int64) error {
	const header, record = 12, 16
	head, err := bytesAt(file, size, at, header)
	if err != nil {
		return errors.New("the font is damaged: it ends before its table of contents")
	}
	if !slices.Contains([]string{"\x00\x01\x00\x00", "OTTO", "true"}, string(head[:4])) {
		return errNoFont
	}
	n := int(binary.BigEndian.Uint16(head[4:]))
	records, err := bytesAt(file, size, at+header, record*n)
	if err != nil {
		return errors.New("the font is damaged: it ends inside of its table of contents")
	}
	var all int64
	for i := range n {
		r := records[record*i:]
		offset, length := int64(binary.BigEndian.Uint32(r[8:])), int64(binary.BigEndian.Uint32(r[12:]))
		if offset+length > size {
			return fmt.Errorf("the font is damaged: its table %q reaches beyond the end of the file", r[:4])
		}
		if all += length; all > maxFontBytes {
			return fmt.Errorf("the font has more than %d MB: take another one", maxFontBytes>>20)
		}
	}
	return nil
}

// bytesAt reads n bytes at an offset of a file of size bytes.
func bytesAt(file io.ReaderAt, size, at int64, n int) ([]byte, error) {
	if at < 0 || at+int64(n) > size {
		return nil, io.ErrUnexpectedEOF
	}
	b := make([]byte, n)
	if _, err := file.ReadAt(b, at); err != nil {
		return nil, err
	}
	return b, nil
}
