package plugintest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"testing"
	"time"

	"github.com/mapwright/mapwright/plugins/client"
	"github.com/mapwright/mapwright/plugins/sdk"
	"github.com/mapwright/mapwright/plugins/sdk/plugintest"
)

// plain writes a line for each layer; spoil makes it a bad plugin.
type plain struct {
	spoil  func(job *sdk.Job) string // more text
	refuse bool                      // its own defaults
	deaf   bool                      // to a cancel
}

func (plain) Manifest() sdk.Manifest {
	most := 10.0
	return sdk.Manifest{
		ID: "plain", Version: "1.0.0", Name: "Plain", Extension: "txt", MediaType: "text/plain",
		Accepts: sdk.Accepts{Curves: true, Arcs: true, Fills: true, Heights: true, Layers: true, Boards: true},
		Options: []sdk.Option{
			{Key: "size", Type: sdk.Number, Title: "Size", Default: 3.5, Max: &most},
			{Key: "tool", Type: sdk.Text, Title: "Tool", Enum: []string{"laser", "router"}},
			{Key: "fast", Type: sdk.Boolean, Title: "Fast", Default: false},
		},
	}
}

func (p plain) Validate(sdk.Options) []sdk.FieldError {
	if p.refuse {
		return []sdk.FieldError{{Field: "size", Message: "never"}}
	}
	return nil
}

func (p plain) Export(_ context.Context, job *sdk.Job, out sdk.Output) (err error) {
	w, err := out.Create("")
	if err != nil {
		return err
	}
	if p.spoil != nil {
		if _, err := io.WriteString(w, p.spoil(job)); err != nil {
			return err
		}
	}
	for {
		layer, err := job.Next()
		if errors.Is(err, io.EOF) {
			return w.Close()
		}
		if err != nil {
			for p.deaf {
				time.Sleep(time.Hour)
			}
			return err
		}
		if _, err := fmt.Fprintf(w, "%q %d\n", layer.Name, len(layer.Shapes)); err != nil {
			return err
		}
	}
}

func TestAGoodFormatPasses(t *testing.T) { plugintest.Run(t, plain{}) }

// badArgument, before a name, makes this test program that bad plugin.
const badArgument = "bad-plugin"

var bad = map[string]struct {
	format plain
	check  string // that finds it
}{
	"time stamps":      {plain{spoil: func(*sdk.Job) string { return time.Now().String() }}, "writes the same bytes at another time"},
	"process ids":      {plain{spoil: func(*sdk.Job) string { return fmt.Sprint(os.Getpid()) }}, "writes a square"},
	"refused defaults": {plain{refuse: true}, "accepts its own defaults"},
	"panics":           {plain{spoil: func(j *sdk.Job) string { return fmt.Sprint(j.Boards[3]) }}, "writes a square"},
	"deaf":             {plain{deaf: true}, "answers a cancel and works on"},
}

func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == badArgument {
		sdk.Serve(bad[os.Args[2]].format)
	}
	os.Exit(m.Run())
}

func TestBadFormatsAreFound(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range bad {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := plugintest.Subject{
				Launcher: client.Command{Path: self, Args: []string{badArgument, name}},
				Manifest: plain{}.Manifest(),
			}
			for _, check := range plugintest.Checks() {
				if check.Name != b.check {
					continue
				}
				if err := check.Do(t.Context(), s); err == nil {
					t.Errorf("%q passes", check.Name)
				} else {
					t.Log(err)
				}
			}
		})
	}
}
