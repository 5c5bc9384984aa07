package client

import (
	"bytes"
	"io"
	"strings"
	"sync"
	"unicode"
)

// What is kept of what a plugin prints.
const (
	maxSaid      = 8 << 10 // bytes
	maxSaidLines = 20
	maxSaidLine  = 400 // characters
)

// tail keeps the last bytes that were written to it.
type tail struct {
	mu   sync.Mutex
	data []byte
	cut  bool // what is kept begins within a line
}

// Write implements io.Writer and never fails.
func (t *tail) Write(p []byte) (int, error) {
	t.add(string(p[max(0, len(p)-maxSaid-1):]))
	return len(p), nil
}

// add writes a text.
func (t *tail) add(p string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.data = append(t.data, p[max(0, len(p)-maxSaid):]...)
	t.cut = t.cut || len(p) > maxSaid
	if len(t.data) > 2*maxSaid { // seldom, because small writes are many
		t.data = append(t.data[:0], t.data[len(t.data)-maxSaid:]...)
		t.cut = true
	}
}

// String gives the last lines, without what could move a terminal's cursor.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	data := t.data[max(0, len(t.data)-maxSaid):]
	cut := t.cut || len(data) < len(t.data)
	if i := bytes.IndexByte(data, '\n'); cut && i >= 0 && i+1 < len(data) {
		data = data[i+1:]
	}
	lines := strings.Split(strings.TrimSpace(strings.ToValidUTF8(string(data), "\uFFFD")), "\n")
	lines = lines[max(0, len(lines)-maxSaidLines):]
	for i, line := range lines {
		if runes := []rune(line); len(runes) > maxSaidLine {
			lines[i] = string(runes[:maxSaidLine]) + " …"
		}
	}
	return strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.Join(lines, "\n"))
}

// maxHandshake is the longest first line, in bytes, that is taken for the
// handshake. It is far below the 64 KiB at which go-plugin stops to read.
const maxHandshake = 4 << 10

// handshakeReader gives go-plugin the first line of a plugin's standard output
// and keeps the rest from it, because go-plugin stops reading at a long line,
// and the plugin would block on a full pipe.
type handshakeReader struct {
	io.ReadCloser
	rest io.Writer // takes what is not the handshake
	read int
	done bool // the first line is over
}

// Read implements io.Reader.
func (r *handshakeReader) Read(p []byte) (int, error) {
	if r.done || len(p) == 0 {
		_, err := io.Copy(r.rest, r.ReadCloser)
		if err == nil {
			err = io.EOF
		}
		return 0, err
	}
	n, err := r.ReadCloser.Read(p[:min(len(p), maxHandshake-r.read)])
	if i := bytes.IndexByte(p[:n], '\n'); i >= 0 {
		r.done = true
		_, restErr := r.rest.Write(p[i+1 : n])
		return i + 1, restErr
	}
	if r.read += n; r.read == maxHandshake {
		r.done = true
		p[n-1] = '\n'
	}
	return n, err
}
