package osm

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zlib"
	"github.com/mapwright/mapwright/internal/source"
	"google.golang.org/protobuf/encoding/protowire"
)

// The limits that the PBF format states.
const (
	maxBlobHeader = 64 << 10 // bytes
	maxBlob       = 32 << 20 // bytes, packed and unpacked
)

// maxDeflate is how much deflate can shrink data, at most.
const maxDeflate = 1032

// contentError is a problem at a byte of the file; the importer adds the file's name.
type contentError struct {
	offset  int64
	problem string
	advice  string
	err     error
}

func (f *contentError) Error() string { return fmt.Sprintf("%s (at byte %d)", f.problem, f.offset) }
func (f *contentError) Unwrap() error { return f.err }

func damaged(offset int64, problem string) *contentError {
	return &contentError{offset: offset, problem: problem, advice: "fetch it again", err: source.ErrDamaged}
}

func truncated(offset int64) *contentError {
	return &contentError{
		offset: offset, problem: "ends in the middle of a block",
		advice: "the file is not complete, fetch it again", err: source.ErrTruncated,
	}
}

// blob is a block of a PBF file as it is stored.
type blob struct {
	offset int64 // of the block in the file
	kind   string
	packed []byte
}

// blobReader takes a PBF file apart into its blobs.
// https://wiki.openstreetmap.org/wiki/PBF_Format
type blobReader struct {
	r      io.Reader
	offset int64 // of the next byte to read
	size   int64 // of the file
}

// next returns the next blob, io.EOF after the last one, or a *contentError.
func (b *blobReader) next() (blob, error) {
	start := b.offset
	var length [4]byte
	if err := b.read(length[:], start); err != nil {
		return blob{}, err
	}
	n := int64(binary.BigEndian.Uint32(length[:]))
	if n == 0 || n > maxBlobHeader {
		return blob{}, damaged(start, fmt.Sprintf("has a block header of %d bytes, and 1 to %d are allowed", n, maxBlobHeader))
	}
	if n > b.size-b.offset {
		return blob{}, truncated(start)
	}
	head := make([]byte, n)
	if err := b.read(head, start); err != nil {
		return blob{}, err
	}
	kind, n, err := parseBlobHeader(head)
	if err != nil {
		return blob{}, damaged(start, "has a block header that can't be read")
	}
	if n < 0 || n > maxBlob {
		return blob{}, damaged(start, fmt.Sprintf("has a block of %d bytes, and up to %d are allowed", n, maxBlob))
	}
	if n > b.size-b.offset {
		return blob{}, truncated(start)
	}
	packed := make([]byte, n)
	if err := b.read(packed, start); err != nil {
		return blob{}, err
	}
	return blob{offset: start, kind: kind, packed: packed}, nil
}

// read fills p, which belongs to the block at start.
func (b *blobReader) read(p []byte, start int64) error {
	n, err := io.ReadFull(b.r, p)
	b.offset += int64(n)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, io.EOF) && b.offset == start:
		return io.EOF
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return truncated(start)
	default:
		return fmt.Errorf("reading the map data: %w", err)
	}
}

func parseBlobHeader(b []byte) (kind string, size int64, err error) {
	size = -1
	err = fields(b, func(num protowire.Number, f field) error {
		switch num {
		case 1:
			kind = string(f.bytes)
		case 3:
			size = int64(int32(f.varint))
		}
		return nil
	})
	return kind, size, err
}

// unpack returns the content of a blob, or a *contentError.
func (b *blob) unpack() ([]byte, error) {
	var raw, deflated []byte
	var size int64
	var found bool
	compression := ""
	err := fields(b.packed, func(num protowire.Number, f field) error {
		switch num {
		case 1:
			raw, found = f.bytes, true
		case 2:
			size = int64(int32(f.varint))
		case 3:
			deflated, found = f.bytes, true
		case 4:
			compression = "LZMA"
		case 5:
			compression = "bzip2"
		case 6:
			compression = "LZ4"
		case 7:
			compression = "Zstandard"
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, damaged(b.offset, "has a block that can't be read")
	case compression != "":
		return nil, &contentError{
			offset:  b.offset,
			problem: "has its blocks compressed with " + compression + ", which Mapwright does not read",
			advice:  "convert it with: osmium cat IN.osm.pbf -o OUT.osm.pbf -f pbf,pbf_compression=zlib",
			err:     source.ErrUnsupportedCompression,
		}
	case !found:
		return nil, damaged(b.offset, "has a block without content")
	case deflated == nil:
		return raw, nil
	case size < 0 || size > maxBlob || size > int64(len(deflated))*maxDeflate:
		return nil, damaged(b.offset, fmt.Sprintf("has a block that claims to hold %d bytes", size))
	}
	return b.inflate(deflated, int(size))
}

func (b *blob) inflate(deflated []byte, size int) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(deflated))
	if err != nil {
		return nil, damaged(b.offset, "has a block whose compression is broken")
	}
	content := make([]byte, size)
	if _, err := io.ReadFull(z, content); err != nil {
		return nil, damaged(b.offset, "has a block whose compression is broken")
	}
	// Reading on to the end is what checks the checksum.
	if n, err := io.ReadFull(z, make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) {
		return nil, damaged(b.offset, "has a block that holds other than it claims")
	}
	if err := z.Close(); err != nil {
		return nil, damaged(b.offset, "has a block whose compression is broken")
	}
	return content, nil
}
