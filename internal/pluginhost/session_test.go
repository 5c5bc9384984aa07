package pluginhost_test

import (
	"crypto/sha256"
	"errors"
	"io"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/pluginhost/testplugins"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/sdk"
	"github.com/mapwright/mapwright/plugins/sdk/plugintest"
)

func TestAGoodPluginWritesItsFile(t *testing.T) {
	t.Parallel()
	s := start(t, testplugins.Good)
	sink := &memory{}
	result, err := s.Export(t.Context(), job(3), sink)
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Files) != 1 || len(sink.files) != 1 || sink.files[0].closed != 1 {
		t.Fatalf("result %+v, sink %+v", result, sink)
	}
	if got, want := sink.files[0].String(), "hello\n3 layers, 12 points\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// The conformance kit must pass what the host runs, or authors test in vain.
func TestTheGoodPluginConforms(t *testing.T) {
	t.Parallel()
	plugintest.RunProgram(t, filepath.Join(pluginDir, testplugins.Good, testplugins.Version, sdk.ProgramName))
}

func TestOptionsReachThePluginWithTheirDefaults(t *testing.T) {
	t.Parallel()
	s := start(t, testplugins.Good)
	sink := &memory{}
	j := job(1)
	j.Options = sdk.Options{"files": int64(3), "lines": int64(100_000)} // 800 kB each: several pieces
	result, err := s.Export(t.Context(), j, sink)
	if err != nil {
		t.Fatal(err)
	}
	want := "hello\n1 layers, 4 points\n" + strings.Repeat("filling\n", 100_000)
	for i, suffix := range []string{"", "2", "3"} {
		if sink.files[i].String() != want || sink.files[i].suffix != suffix {
			t.Errorf("file %d has %d bytes and suffix %q", i, sink.files[i].Len(), sink.files[i].suffix)
		}
		if f := result.Files[i]; f.Size != int64(len(want)) || f.SHA256 != sha256.Sum256([]byte(want)) {
			t.Errorf("file %d: %+v", i, f)
		}
	}
}

func TestWrongOptionsComeBackByField(t *testing.T) {
	t.Parallel()
	s := start(t, testplugins.Good)
	tests := map[string]struct {
		options sdk.Options
		field   string
	}{
		"none":            {sdk.Options{}, ""},
		"by the schema":   {sdk.Options{"files": -1}, "files"},
		"by the plugin":   {sdk.Options{"greeting": "rude"}, "greeting"},
		"not an option":   {sdk.Options{"colour": "red"}, "colour"},
		"of another type": {sdk.Options{"lines": "many"}, "lines"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			wrong, err := s.Validate(t.Context(), test.options)
			if err != nil {
				t.Fatal(err)
			}
			if test.field == "" && len(wrong) != 0 || test.field != "" && (len(wrong) != 1 || wrong[0].Field != test.field) {
				t.Errorf("got %v, want %q", wrong, test.field)
			}
		})
	}
}

// A full disk is the host's trouble, and must not be told as the plugin's.
func TestTheSinksErrorComesBackAsItIs(t *testing.T) {
	t.Parallel()
	s := start(t, testplugins.Good)
	full := errors.New("disk full")
	if _, err := s.Export(t.Context(), job(1), failing{err: full}); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	if _, err := s.Export(t.Context(), job(1), &memory{}); err != nil {
		t.Errorf("the next export: %v", err)
	}
}

// failing is a sink on a full disk.
type failing struct{ err error }

func (f failing) Create(string) (io.WriteCloser, error) { return f, nil }
func (f failing) Write([]byte) (int, error)             { return 0, f.err }
func (f failing) Close() error                          { return nil }
func (f failing) Progress(float64)                      {}
func (f failing) Diagnose(sdk.Diagnostic)               {}

func TestArtworkThatNoMachineCanFollowIsRefused(t *testing.T) {
	t.Parallel()
	s := start(t, testplugins.Good)
	j := job(1)
	next := j.Next
	j.Next = func() (*artwork.Layer, error) {
		l, err := next()
		if err == nil {
			l.Shapes[0].Paths[0].Points[2].X = math.NaN()
		}
		return l, err
	}
	if _, err := s.Export(t.Context(), j, &memory{}); err == nil || !strings.Contains(err.Error(), `shape 1 of layer "Layer 0"`) {
		t.Errorf("got %v", err)
	}
}
