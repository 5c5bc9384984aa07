package exporting

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"go.uber.org/goleak"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/stagetest"
	"github.com/mapwright/mapwright/internal/workshop"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// fakeShop prices by what was paid for before, and exports as a workshop would,
// a step each time that it is allowed to.
type fakeShop struct {
	formats []workshop.Installed
	balance workshop.Balance
	contact workshop.Contact
	// step lets the run go on; a closed one lets it run through.
	step chan struct{}
	// fail makes the job of a format fail.
	fail map[string]error
	// refuse is the error of a run that can't begin.
	refuse error

	mu     sync.Mutex
	paid   map[workshop.Cell]time.Time
	asked  []map[string]map[string]string // the options of each asking for prices
	runs   []workshop.Export
	broken error // of Prices
}

var paidAt = time.Date(2026, 11, 9, 12, 0, 0, 0, time.UTC)

func number(v float64) *float64 { return &v }

func newFakeShop(spendable int) *fakeShop {
	f := &fakeShop{paid: map[workshop.Cell]time.Time{}, step: make(chan struct{}), fail: map[string]error{}}
	f.balance.Spendable, f.balance.Balance, f.balance.OnDevice = spendable, spendable, spendable
	add := func(id, name, extension string, layers bool, options ...workshop.FormatOption) {
		var p workshop.Installed
		p.Manifest.ID, p.Manifest.Name, p.Manifest.Extension, p.Manifest.Accepts.Layers = id, name, extension, layers
		p.Manifest.Description = name + " for machines."
		p.Manifest.Options = options
		f.formats = append(f.formats, p)
	}
	add("svg", "SVG", "svg", true,
		workshop.FormatOption{Key: "target", Type: "string", Title: "For", Description: "The program that will read the file.", Default: "xtool", Enum: []string{"any", "xtool"}},
		workshop.FormatOption{Key: "units", Type: "string", Title: "Units", Default: "mm", Enum: []string{"mm", "px96"}},
		workshop.FormatOption{Key: "hairline", Type: "number", Title: "Line width", Unit: "mm", Default: 0.0, Min: number(0), Max: number(5)})
	add("dxf", "DXF", "dxf", true, workshop.FormatOption{Key: "release", Type: "string", Title: "Release", Default: "R12", Enum: []string{"R12", "2000"}})
	add("png", "PNG", "png", false,
		workshop.FormatOption{Key: "dpi", Type: "number", Title: "Resolution", Unit: "dpi", Default: 600.0, Min: number(10), Max: number(5080)},
		workshop.FormatOption{Key: "invert", Type: "boolean", Title: "Invert", Default: false})
	add("lbrn2", "LightBurn", "lbrn2", true)
	f.balance.PlanName = "Hobby"
	return f
}

func (f *fakeShop) Plugins(context.Context) []workshop.Installed { return f.formats }

func (f *fakeShop) Prices(_ context.Context, path string, formats []string, set map[string]map[string]string) (workshop.Prices, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, set)
	var out workshop.Prices
	out.Balance, out.Contact = f.balance, f.contact
	if f.broken != nil {
		return out, f.broken
	}
	w, err := workshop.Open(workshop.Config{DataDir: filepath.Dir(path)})
	if err != nil {
		return out, err
	}
	layers, err := w.Layers(context.Background(), path)
	if err != nil {
		return out, err
	}
	for _, l := range layers {
		for _, format := range formats {
			c := workshop.Cell{Layer: l.Name, Format: format}
			p := workshop.Price{Cell: c, Credits: 1}
			if at, ok := f.paid[c]; ok && len(set[format]) == 0 {
				p.Credits, p.PaidAt = 0, at
			}
			out.Cells = append(out.Cells, p)
		}
	}
	return out, nil
}

// next waits until the test lets the run go on.
func (f *fakeShop) next(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-f.step:
		return nil
	}
}

func (f *fakeShop) Export(ctx context.Context, x workshop.Export) (workshop.Exported, error) {
	f.mu.Lock()
	f.runs = append(f.runs, x)
	f.mu.Unlock()
	var out workshop.Exported
	if err := f.next(ctx); err != nil {
		return out, err
	}
	if f.refuse != nil {
		return out, f.refuse
	}
	jobs := f.held(x)
	for i, j := range jobs {
		j.Layers = slices.Clone(j.Layers)
		x.Progress(workshop.ExportProgress{Job: i, Jobs: len(jobs), Now: j, Written: make([]float64, len(j.Layers))})
	}
	var failure error
	for i := range jobs {
		if err := f.job(ctx, x, i, len(jobs), &jobs[i]); err != nil && failure == nil {
			failure = err
		}
	}
	out.Result.Jobs = jobs
	f.mu.Lock()
	defer f.mu.Unlock()
	out.After = f.balance
	return out, failure
}

func (f *fakeShop) held(x workshop.Export) []workshop.ExportedJob {
	f.mu.Lock()
	defer f.mu.Unlock()
	var jobs []workshop.ExportedJob
	number := 0
	for _, j := range x.Jobs {
		job := workshop.ExportedJob{Format: j.Format, State: workshop.ExportPending}
		for _, l := range j.Layers {
			number++
			one := workshop.ExportedLayer{Name: l, Charge: fmt.Sprintf("MW-7K3F-%d", number), Credits: 1, State: workshop.ExportPending}
			if _, ok := f.paid[workshop.Cell{Layer: l, Format: j.Format}]; ok && len(x.Set[j.Format]) == 0 {
				one.Credits = 0
			}
			job.Layers = append(job.Layers, one)
		}
		jobs = append(jobs, job)
	}
	return jobs
}

// square is what the fake writes for an SVG: red lines around a square.
const squareSVG = `<svg xmlns="http://www.w3.org/2000/svg" width="300mm" height="260mm" viewBox="0 0 300 260"><path d="M50 50H250V210H50Z" fill="none" stroke="#ff0000" stroke-width="0.1"/></svg>`

func (f *fakeShop) job(ctx context.Context, x workshop.Export, i, jobs int, j *workshop.ExportedJob) error {
	tell := func(share float64, ended bool) {
		written := make([]float64, len(j.Layers))
		for k := range written {
			written[k] = share
		}
		now := *j
		now.Layers = slices.Clone(j.Layers)
		x.Progress(workshop.ExportProgress{Job: i, Jobs: jobs, Whole: (float64(i) + share) / float64(jobs), Now: now, Written: written, Ended: ended})
	}
	state := func(s workshop.ExportState) {
		j.State = s
		for k := range j.Layers {
			j.Layers[k].State = s
		}
	}
	end := func(s workshop.ExportState, err error) error {
		state(s)
		j.Err = err
		tell(0.41, true)
		return err
	}
	if ctx.Err() != nil {
		return end(workshop.ExportCancelled, ctx.Err())
	}
	tell(0.41, false)
	if err := f.next(ctx); err != nil {
		return end(workshop.ExportCancelled, err)
	}
	if err := f.fail[j.Format]; err != nil {
		return end(workshop.ExportFailed, &workshop.PluginError{Format: j.Format, Layers: []string{"x"}, Err: err})
	}
	f.mu.Lock()
	for k := range j.Layers {
		l := &j.Layers[k]
		l.State = workshop.ExportDone
		if l.Credits == 0 {
			l.State = workshop.ExportFree
		}
		f.balance.Spendable -= l.Credits
		f.paid[workshop.Cell{Layer: l.Name, Format: j.Format}] = paidAt
	}
	f.mu.Unlock()
	j.State = workshop.ExportDone
	stem := strings.TrimSuffix(filepath.Base(x.Map), ".gpkg")
	names := []string{stem}
	if x.Files == workshop.ExportLayerFiles || j.Format == "png" {
		names = nil
		for _, l := range j.Layers {
			names = append(names, stem+"-"+l.Name)
		}
	}
	for _, n := range names {
		path := filepath.Join(x.Out, n+"."+j.Format)
		if err := os.WriteFile(path, []byte(squareSVG), 0o600); err != nil {
			return end(workshop.ExportFailed, err)
		}
		j.Files = append(j.Files, workshop.ExportedFile{Path: path, Bytes: 21_000})
	}
	tell(1, true)
	return nil
}

func (f *fakeShop) lastRun() workshop.Export {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.runs[len(f.runs)-1]
}

// memory remembers in memory.
type memory struct {
	mu   sync.Mutex
	last Choice
}

func (m *memory) LastExport(context.Context, string) (Choice, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.last, nil
}

func (m *memory) KeepExport(_ context.Context, _ string, c Choice) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last = c
	return nil
}

// bench is a dialog over a window with a map of Munich.
type bench struct {
	*stagetest.Scene
	*Dialog
	t    *testing.T
	shop *fakeShop
	win  fyne.Window
}

const munich = "../../assets/sample/munich-centre-2020.osm.pbf"

func open(t *testing.T, shop *fakeShop, o Options, s *stagetest.Scene, mode look.Mode, size fyne.Size) *bench {
	t.Helper()
	win := stagetest.Window(t, mode, size, func(fyne.Window) fyne.CanvasObject { return fill{name: "background"}.surface() })
	b := &bench{Scene: s, t: t, shop: shop, win: win}
	b.Dialog = Show(win, s.Stage, shop, o)
	b.now = func() time.Time { return paidAt.AddDate(0, 0, 15) }
	t.Cleanup(b.Close)
	s.Settled()
	b.Until("prices", func() bool { return b.order.known != nil || b.priceless != nil })
	return b
}

// at gives the row of a layer and the column of a format.
func (b *bench) at(name, id string) (row, column int) {
	b.t.Helper()
	row = slices.IndexFunc(b.order.layers, func(l layer) bool { return l.name == name })
	column = slices.IndexFunc(b.order.formats, func(f format) bool { return f.id == id })
	if row < 0 || column < 0 {
		b.t.Fatalf("the grid has no %s in %s", name, id)
	}
	return row, column
}

// tap taps the cell of a layer in a format, where it is on the window.
func (b *bench) tap(layer, format string) {
	b.t.Helper()
	row, column := b.at(layer, format)
	b.view.grid.reveal(row, column)
	one := b.view.grid.cells.all[row][column]
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(one)
	test.TapCanvas(b.win.Canvas(), at.Add(fyne.NewPos(20, rowHeight/2)))
}

// shows tells what the cell of a layer in a format shows.
func (b *bench) shows(layer, format string) face {
	row, column := b.at(layer, format)
	return b.view.grid.cells.all[row][column].face
}

func (b *bench) want(layer, format string, s stand) {
	b.t.Helper()
	if got := b.shows(layer, format).stand; got != s {
		b.t.Errorf("%s in %s stands at %d, want %d", layer, format, got, s)
	}
}

// errBoom is what a plugin that fails says.
var errBoom = errors.New("the plugin stopped: unexpected end of the layer")
