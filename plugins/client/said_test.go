package client

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"
)

// What a plugin said last is what its author needs; what it floods must not
// fill the host's memory.
func TestTheLastLinesAreKept(t *testing.T) {
	t.Parallel()
	var said tail
	for range 10_000 {
		if _, err := io.WriteString(&said, strings.Repeat("flood ", 50)+"\n"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := io.WriteString(&said, "the \x1b[31mlast\xff line\r\n"); err != nil {
		t.Fatal(err)
	}
	got := said.String()
	if len(said.data) > 2*maxSaid {
		t.Errorf("%d bytes are kept", len(said.data))
	}
	if !strings.HasSuffix(got, "\nthe [31mlast\uFFFD line") || !utf8.ValidString(got) {
		t.Errorf("it ends with %q", got[max(0, len(got)-40):])
	}
	if n := strings.Count(got, "\n"); n != maxSaidLines-1 {
		t.Errorf("%d line ends", n)
	}
}

func TestOneEndlessLineIsCut(t *testing.T) {
	t.Parallel()
	var said tail
	if _, err := said.Write(bytes.Repeat([]byte("é"), 1<<20)); err != nil {
		t.Fatal(err)
	}
	if got := said.String(); len(got) > 3*maxSaidLine || !utf8.ValidString(got) {
		t.Errorf("%d bytes", len(got))
	}
}

// Go-plugin gets the first line whole, however the pipe delivers it, and
// nothing after, so that it never meets a line too long for it.
func TestGoPluginGetsTheFirstLineAlone(t *testing.T) {
	t.Parallel()
	line, rest := "1|1|unix|/tmp/x/plugin1|grpc|\n", strings.Repeat("x", 1<<20)+"\nmore\n"
	for name, wrap := range map[string]func(io.Reader) io.Reader{
		"at once": func(r io.Reader) io.Reader { return r }, "a byte at a time": iotest.OneByteReader, "with its end": iotest.DataErrReader,
	} {
		var said tail
		r := &handshakeReader{ReadCloser: io.NopCloser(wrap(strings.NewReader(line + rest))), rest: &said}
		got, err := io.ReadAll(r)
		if err != nil || string(got) != line {
			t.Errorf("%s: got %d bytes, %v", name, len(got), err)
		}
		if !strings.HasSuffix(said.String(), "more") {
			t.Errorf("%s: the rest is lost", name)
		}
	}
}

func TestAFirstLineThatIsNoneIsCut(t *testing.T) {
	t.Parallel()
	r := &handshakeReader{ReadCloser: io.NopCloser(strings.NewReader(strings.Repeat("x", 1<<20))), rest: io.Discard}
	got, err := io.ReadAll(r)
	if err != nil || len(got) != maxHandshake || got[len(got)-1] != '\n' {
		t.Errorf("got %d bytes, %v", len(got), err)
	}
}
