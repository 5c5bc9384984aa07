package main

import (
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"io"
	"strings"
)

// pixelKind is a combination of depth and colour type of PNG (ISO/IEC 15948).
type pixelKind struct {
	depth, colorType byte
	bitsPerPixel     int
	filter           byte // row filter: 0 none, 2 difference to the row above
}

var (
	bits1 = pixelKind{depth: 1, colorType: 0, bitsPerPixel: 1, filter: 0}
	grey8 = pixelKind{depth: 8, colorType: 0, bitsPerPixel: 8, filter: 2}
	rgba8 = pixelKind{depth: 8, colorType: 6, bitsPerPixel: 32, filter: 2}
)

// encoder writes a PNG row by row; image/png needs the whole picture at once.
type encoder struct {
	w      io.Writer
	kind   pixelKind
	above  []byte // the row before, for the filter
	packed []byte // filter byte and row, as they are compressed
	data   *chunked
	zip    *zlib.Writer
}

// note is a text that goes along in the file.
type note struct{ keyword, text string }

// chunk is the note as iTXt data: not compressed, in no stated language, in
// UTF-8, which may hold no NUL.
func (n note) chunk() []byte {
	text := strings.ReplaceAll(strings.ToValidUTF8(n.text, "\uFFFD"), "\x00", "\uFFFD")
	return []byte(n.keyword + "\x00\x00\x00\x00\x00" + text)
}

// newEncoder writes all that comes before the pixels.
func newEncoder(w io.Writer, width, height int, kind pixelKind, dpi float64, notes []note) (*encoder, error) {
	if _, err := io.WriteString(w, "\x89PNG\r\n\x1a\n"); err != nil {
		return nil, err
	}
	head := binary.BigEndian.AppendUint32(nil, uint32(width))
	head = binary.BigEndian.AppendUint32(head, uint32(height))
	head = append(head, kind.depth, kind.colorType, 0, 0, 0)
	if err := writeChunk(w, "IHDR", head); err != nil {
		return nil, err
	}
	perMetre := uint32(dpi/0.0254 + 0.5)
	phys := binary.BigEndian.AppendUint32(nil, perMetre)
	phys = append(binary.BigEndian.AppendUint32(phys, perMetre), 1)
	if err := writeChunk(w, "pHYs", phys); err != nil {
		return nil, err
	}
	for _, n := range notes {
		if err := writeChunk(w, "iTXt", n.chunk()); err != nil {
			return nil, err
		}
	}
	rowBytes := (width*kind.bitsPerPixel + 7) / 8
	data := &chunked{w: w}
	return &encoder{
		w: w, kind: kind, data: data, zip: zlib.NewWriter(data),
		above: make([]byte, rowBytes), packed: make([]byte, rowBytes+1),
	}, nil
}

// row writes the next row of pixels.
func (e *encoder) row(pixels []byte) error {
	e.packed[0] = e.kind.filter
	if e.kind.filter == 0 {
		copy(e.packed[1:], pixels)
	} else {
		for i, v := range pixels {
			e.packed[i+1] = v - e.above[i]
		}
		copy(e.above, pixels)
	}
	_, err := e.zip.Write(e.packed)
	return err
}

// close writes what comes after the pixels; it does not close the file.
func (e *encoder) close() error {
	if err := e.zip.Close(); err != nil {
		return err
	}
	if err := e.data.flush(); err != nil {
		return err
	}
	return writeChunk(e.w, "IEND", nil)
}

// chunked cuts a stream into IDAT chunks.
type chunked struct {
	w   io.Writer
	buf []byte
}

const chunkBytes = 64 << 10

func (c *chunked) Write(p []byte) (int, error) {
	c.buf = append(c.buf, p...)
	if len(c.buf) >= chunkBytes {
		if err := c.flush(); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

func (c *chunked) flush() error {
	if len(c.buf) == 0 {
		return nil
	}
	err := writeChunk(c.w, "IDAT", c.buf)
	c.buf = c.buf[:0]
	return err
}

func writeChunk(w io.Writer, kind string, data []byte) error {
	out := binary.BigEndian.AppendUint32(make([]byte, 0, len(data)+12), uint32(len(data)))
	out = append(append(out, kind...), data...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
	_, err := w.Write(out)
	return err
}
