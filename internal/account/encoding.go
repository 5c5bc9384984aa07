package account

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// The canonical encoding. A document is its domain ("mapwright/lease/v1"),
// then its fields in the order of the struct: integers as 8 bytes big-endian,
// booleans and kinds as one byte, fixed arrays as they are, text as a length
// byte and UTF-8. Every value has one encoding and every encoding one value:
// decoding refuses whatever encoding would not have written. Hashes and
// signatures are over exactly these bytes, so that no signature of one kind
// of document can be taken for one of another.
const (
	domainLease   = "mapwright/lease/v1"
	domainVoucher = "mapwright/voucher/v1"
	domainReceipt = "mapwright/receipt/v1"
	domainEnrol   = "mapwright/enrol/v1"
)

// maxText is the most bytes that a text field may have: its length is a byte.
const maxText = 255

var errTrailing = errors.New("bytes follow the end of the document")

type encoder struct{ b []byte }

func newEncoder(domain string) *encoder {
	e := &encoder{b: make([]byte, 0, 384)}
	e.text(domain)
	return e
}

func (e *encoder) byte(v byte)    { e.b = append(e.b, v) }
func (e *encoder) fixed(v []byte) { e.b = append(e.b, v...) }
func (e *encoder) int(v int64)    { e.b = binary.BigEndian.AppendUint64(e.b, uint64(v)) }

func (e *encoder) bool(v bool) {
	if v {
		e.byte(1)
		return
	}
	e.byte(0)
}

// text cuts what is too long: check refuses such documents before they are
// signed, and a cut one fails its signature.
func (e *encoder) text(v string) {
	v = v[:min(len(v), maxText)]
	e.byte(byte(len(v)))
	e.b = append(e.b, v...)
}

// decoder reads a document; after the first error it reads only zeros.
type decoder struct {
	b   []byte
	err error
}

func newDecoder(domain string, b []byte) *decoder {
	d := &decoder{b: b}
	if got := d.text(); d.err == nil && got != domain {
		d.err = fmt.Errorf("this is a %q, not a %q", got, domain)
	}
	return d
}

func (d *decoder) take(n int) []byte {
	if d.err == nil && len(d.b) < n {
		d.err = fmt.Errorf("the document ends %d bytes too early", n-len(d.b))
	}
	if d.err != nil {
		return make([]byte, n)
	}
	v := d.b[:n]
	d.b = d.b[n:]
	return v
}

func (d *decoder) fixed(to []byte) { copy(to, d.take(len(to))) }
func (d *decoder) byte() byte      { return d.take(1)[0] }
func (d *decoder) int() int64      { return int64(binary.BigEndian.Uint64(d.take(8))) }

func (d *decoder) bool() bool {
	v := d.byte()
	if v > 1 && d.err == nil {
		d.err = fmt.Errorf("a yes or no is written as %d", v)
	}
	return v == 1
}

func (d *decoder) text() string {
	v := d.take(int(d.byte()))
	if d.err != nil {
		return ""
	}
	if !utf8.Valid(v) {
		d.err = errors.New("a text is not UTF-8")
		return ""
	}
	return string(v)
}

// signature reads the last field of a stored document and checks that nothing
// follows.
func (d *decoder) signature(to *Signature) error {
	d.fixed(to[:])
	if d.err == nil && len(d.b) > 0 {
		d.err = errTrailing
	}
	return d.err
}

func checkText(what, v string) error {
	switch {
	case len(v) > maxText:
		return fmt.Errorf("%s has %d bytes; at most %d fit", what, len(v), maxText)
	case !utf8.ValidString(v):
		return fmt.Errorf("%s is not UTF-8", what)
	case strings.ContainsRune(v, 0): // PostgreSQL keeps no text with one
		return fmt.Errorf("%s has a zero byte in it", what)
	}
	return nil
}
