package pluginhost_test

import (
	"context"
	"fmt"
	"io"
	"os"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/mapwright/mapwright/internal/pluginhost"
	"github.com/mapwright/mapwright/internal/pluginhost/testplugins"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/sdk"
)

var pluginDir string

func TestMain(m *testing.M) {
	if os.Getenv(hostEnv) != "" {
		beHost()
		return
	}
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (code int, err error) {
	pluginDir, err = os.MkdirTemp("", "mwtest")
	if err != nil {
		return 1, err
	}
	defer func() { err = os.RemoveAll(pluginDir) }()
	if err := testplugins.Install(context.Background(), pluginDir); err != nil {
		return 1, err
	}
	if code = m.Run(); code == 0 {
		err = goleak.Find()
	}
	return code, err
}

// quick are deadlines that a busy computer keeps and a test can wait for.
var quick = pluginhost.Deadlines{Start: 5 * time.Second, Describe: 5 * time.Second, Silence: 2 * time.Second}

func newHost() *pluginhost.Host {
	return pluginhost.New(pluginhost.Config{Dirs: []string{pluginDir}, Deadlines: quick})
}

// start starts a test plugin and ends it with the test.
func start(t *testing.T, id string) *pluginhost.Session {
	t.Helper()
	host := newHost()
	p, err := host.Find(id)
	if err != nil {
		t.Fatal(err)
	}
	s, err := host.Start(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// job is a job of n layers with a square each.
func job(n int) *sdk.Job {
	left := n
	return &sdk.Job{
		Title: "Test", LayerCount: n,
		Boards: []artwork.Board{{Number: 1, Width: 300, Height: 200, Frame: square(0, 300)}},
		Next: func() (*artwork.Layer, error) {
			if left == 0 {
				return nil, io.EOF
			}
			left--
			return &artwork.Layer{
				ID: fmt.Sprint(left), Name: fmt.Sprint("Layer ", left), Operation: artwork.Cut, Setting: "outer",
				Shapes: []artwork.Shape{{Board: 1, Operation: artwork.Cut, Setting: "outer", Paths: []artwork.Path{square(1, 10)}}},
			}, nil
		},
	}
}

func square(from, to float64) artwork.Path {
	return artwork.Path{Closed: true, Points: []artwork.Point{{X: from, Y: from}, {X: to, Y: from}, {X: to, Y: to}, {X: from, Y: to}}}
}
