package workshop

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/export"
	"github.com/mapwright/mapwright/internal/preflight"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// Export says what to export. Map and Formats are required.
type Export struct {
	Map     string   // path
	Layers  []string // none: all that are visible, no guide and not empty
	Formats []string
	Out     string // folder; "": beside the map
	Files   export.Files
	// Set holds options of formats by format and key.
	Set    map[string]map[string]string
	Ignore []string // kinds of check errors that do not block
	DryRun bool     // quote only: nothing is charged or written
	// Progress is told how far the run is; it may be nil.
	Progress func(export.Progress)
}

// Exported tells what an export did, or would do.
type Exported struct {
	Result   export.Result
	Skipped  []Skipped
	Findings []Finding
	Before   Balance
	After    Balance
	Contact  Contact
	Total    int // credits charged, or quoted
	Missing  int // credits that a quote is short of
	Recovery export.Recovery
}

// Export checks, quotes and runs an export. Jobs that failed are in the
// result, and the error is that of the first of them; the others stand.
func (w *Workshop) Export(ctx context.Context, x Export) (out Exported, err error) {
	formats, err := w.formats(x)
	if err != nil {
		return Exported{}, err
	}
	t, err := w.trace(ctx, x.Map, x.Layers)
	if err != nil {
		return Exported{}, err
	}
	defer t.close(&err)
	checked, err := t.check(ctx)
	if err != nil {
		return Exported{}, err
	}
	if n := checked.errorsIn(x.Ignore); n > 0 {
		return Exported{Findings: checked.Findings}, blocked(checked, x.Ignore)
	}
	t.dropEmpty()
	out = Exported{Skipped: t.skipped, Findings: checked.Findings}
	if len(t.artwork.Layers) == 0 {
		return out, &Error{Code: CodeCheck, Err: fmt.Errorf("there is nothing to export: %s", t.reasons())}
	}
	p, err := w.openPurse(ctx)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, p.close()) }()
	err = p.explain(p.export(ctx, x, t, formats, &out))
	return out, err
}

// blocked is the error of a check that stops an export: the first finding,
// and how many more there are.
func blocked(c Checked, ignore []string) error {
	i := slices.IndexFunc(c.Findings, func(f Finding) bool {
		return f.Severity == severityError && !slices.Contains(ignore, f.Kind)
	})
	first := c.Findings[i]
	message := first.Message
	if n := c.errorsIn(ignore); n > 1 {
		message += fmt.Sprintf(" There are %s more.", count(n-1, "error"))
	}
	return &Error{Code: CodeCheck, Layer: first.Layer, Err: errors.New(message + " Nothing was charged.")}
}

func (p *purse) export(ctx context.Context, x Export, t *traced, formats []export.Format, out *Exported) error {
	out.Recovery = p.recovered
	var err error
	if out.Before, err = p.balance(ctx); err != nil {
		return err
	}
	folder := x.Out
	if folder == "" {
		folder = dirOf(x.Map)
	}
	if folder, err = filepath.Abs(folder); err != nil {
		return err
	}
	plan, err := p.exporter.Plan(ctx, export.Request{
		Map: t.carto, Features: t.store, Artwork: t.artwork, Formats: formats, Files: x.Files,
		Out: folder, Base: baseName(x.Map), Machine: sdk.Machine{},
	})
	if err != nil {
		return err
	}
	out.Total, out.Missing = plan.Quote.Total, plan.Quote.Missing
	out.Result, out.After, out.Contact = plan.Result(), out.Before, p.contact()
	if x.DryRun {
		return nil
	}
	result, err := p.exporter.Run(ctx, plan, x.Progress)
	if err != nil { // nothing was begun, so there is nothing to tell of
		out.Result = export.Result{}
		return err
	}
	out.Result, out.Total = result, charged(result)
	if p.contact().Reached { // else nobody waits a second time: the next command settles
		p.settle(ctx)
	}
	out.Contact = p.contact()
	if out.After, err = p.balance(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	return failure(result)
}

// charged sums the credits that a run spent.
func charged(r export.Result) int {
	n := 0
	for _, j := range r.Jobs {
		for _, l := range j.Layers {
			if l.State == export.Done {
				n += l.Credits
			}
		}
	}
	return n
}

// failure is the error of the jobs that failed: a plugin's before any other.
func failure(r export.Result) error {
	var first error
	for _, j := range r.Jobs {
		if j.Err == nil {
			continue
		}
		if _, ok := errors.AsType[*export.PluginError](j.Err); ok && j.State != export.Cancelled {
			return j.Err
		}
		if first == nil {
			first = j.Err
		}
	}
	return first
}

// formats gives the formats asked for, each once, with its options.
func (w *Workshop) formats(x Export) ([]export.Format, error) {
	host := w.plugins()
	var out []export.Format
	for _, id := range x.Formats {
		id = strings.ToLower(strings.TrimSpace(id))
		if slices.ContainsFunc(out, func(f export.Format) bool { return f.ID == id }) {
			continue
		}
		if _, err := host.Find(id); err != nil {
			return nil, err
		}
		out = append(out, export.Format{ID: id, Options: x.Set[id]})
	}
	if len(out) == 0 {
		return nil, usage("say which formats: --formats svg,png")
	}
	if err := checkKinds(x.Ignore); err != nil {
		return nil, err
	}
	for id := range x.Set {
		if !slices.ContainsFunc(out, func(f export.Format) bool { return f.ID == id }) {
			return nil, usage("options for %s are set, but it is not among the formats", id)
		}
	}
	return out, nil
}

// checkKinds refuses to ignore what no check finds.
func checkKinds(ignore []string) error {
	var known []string
	for _, k := range preflight.Kinds() {
		known = append(known, string(k))
	}
	for _, kind := range ignore {
		if !slices.Contains(known, kind) {
			return usage("the check finds nothing of kind %q: there are %s", kind, strings.Join(known, ", "))
		}
	}
	return nil
}

// dirOf is the folder of a file.
func dirOf(path string) string { return filepath.Dir(path) }

// ExportProgress tells how far a run is.
type ExportProgress = export.Progress

// SetFiles sets how layers are spread over files, by its word.
func (x *Export) SetFiles(word string) error {
	switch f := export.Files(word); f {
	case export.FilesOne, export.FilesLayer, export.FilesBoard:
		x.Files = f
		return nil
	default:
		return usage("--files %q: there are one, layer and board", word)
	}
}
