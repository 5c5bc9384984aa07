package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account/accounttest"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/credits"
	"github.com/mapwright/mapwright/internal/pluginhost"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/sdk"
	"github.com/paulmach/orb"
)

// shop is a purse with its account, plugins that write names, and a map of
// three layers.
type shop struct {
	*Exporter
	t       *testing.T
	purse   *countingPurse
	plugins fakePlugins
	m       carto.Map
	out     string
}

// countingPurse is the purse itself, and tells how it is asked.
type countingPurse struct {
	*credits.Manager
	holds [][]credits.Item
}

func (p *countingPurse) Hold(ctx context.Context, run string, items []credits.Item) ([]credits.Charge, error) {
	p.holds = append(p.holds, items)
	return p.Manager.Hold(ctx, run, items)
}

func newShop(t *testing.T, plan string) *shop {
	t.Helper()
	clock := func() time.Time { return time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC) }
	server := accounttest.NewServer(clock, plan, 1)
	random := rand.NewChaCha8([32]byte{1})
	manager, err := credits.Open(t.Context(), credits.Config{Log: &credits.Memory{}, Service: server, Clock: clock, Rand: random, Name: "laptop"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := manager.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := &shop{t: t, purse: &countingPurse{Manager: manager}, plugins: fakePlugins{}, m: usual().m, out: filepath.Join(t.TempDir(), "files")}
	s.m.Layers = []carto.Layer{layerOf("water"), layerOf("roads"), layerOf("title")}
	if s.Exporter, err = New(Config{Purse: s.purse, Plugins: s.plugins, Dir: t.TempDir(), Clock: clock, Rand: random}); err != nil {
		t.Fatal(err)
	}
	return s
}

func layerOf(name string) carto.Layer {
	l := usual().l
	l.ID, l.Name = carto.LayerID(name), name
	return l
}

// Features gives each layer a shape of its own.
func (s *shop) Features(_ context.Context, id carto.LayerID, _ orb.Bound) iter.Seq2[carto.Feature, error] {
	return func(yield func(carto.Feature, error) bool) {
		yield(carto.Feature{ID: 1, Geometry: orb.Point{11, 48}, Class: string(id)}, nil)
	}
}

// job is a format with layers by name.
func job(format string, layers ...string) JobRequest {
	art := &artwork.Artwork{Boards: []artwork.Board{{Number: 1, Width: 300, Height: 200}}}
	for _, name := range layers {
		art.Layers = append(art.Layers, artwork.Layer{ID: name, Name: name, Shapes: []artwork.Shape{{
			Board: 1, Operation: artwork.Score, Paths: []artwork.Path{{Points: []artwork.Point{{X: 1, Y: 1}, {X: 2, Y: 2}}}},
		}}})
	}
	return JobRequest{Format: Format{ID: format}, Artwork: art}
}

func (s *shop) plan(files Files, jobs ...JobRequest) *Plan {
	s.t.Helper()
	p, err := s.Plan(s.t.Context(), Request{Map: &s.m, Features: s, Jobs: jobs, Files: files, Out: s.out, Base: "town"})
	if err != nil {
		s.t.Fatal(err)
	}
	return p
}

func (s *shop) run(p *Plan) (Result, []Progress) {
	s.t.Helper()
	var told []Progress
	res, err := s.Run(s.t.Context(), p, func(p Progress) { told = append(told, p) })
	if err != nil {
		s.t.Fatal(err)
	}
	return res, told
}

// fakePlugins are formats by id; each writes the names of its layers. An
// error is that of a format which breaks off when half is written.
type fakePlugins map[string]error

func (f fakePlugins) Find(id string) (pluginhost.Installed, error) {
	if !slices.Contains([]string{"svg", "dxf"}, id) {
		return pluginhost.Installed{}, pluginhost.UnknownFormatError{ID: id}
	}
	m := usual().manifest
	m.ID, m.Extension, m.Accepts = id, id, sdk.Accepts{Layers: true, Boards: true}
	return pluginhost.Installed{Manifest: m}, nil
}

func (f fakePlugins) Start(_ context.Context, p pluginhost.Installed) (Session, error) {
	return fakeSession{f[p.Manifest.ID]}, nil
}

type fakeSession struct{ broken error }

func (fakeSession) Validate(context.Context, sdk.Options) ([]sdk.FieldError, error) { return nil, nil }
func (fakeSession) Close() error                                                    { return nil }

func (f fakeSession) Export(_ context.Context, j *sdk.Job, s pluginhost.Sink) (pluginhost.Result, error) {
	file, err := s.Create("")
	if err != nil {
		return pluginhost.Result{}, err
	}
	s.Progress(0.5)
	if f.broken != nil {
		return pluginhost.Result{}, errors.Join(f.broken, file.Close())
	}
	for {
		layer, err := j.Next()
		if errors.Is(err, io.EOF) {
			return pluginhost.Result{}, file.Close()
		}
		if err != nil {
			return pluginhost.Result{}, err
		}
		if _, err := fmt.Fprintln(file, layer.Name); err != nil {
			return pluginhost.Result{}, err
		}
	}
}
