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
)

// Export says what to export. Map is required, and either Formats or Jobs.
type Export struct {
	Map string // path
	// Formats all take the same Layers. An entry of Layers that is no layer's
	// name is a list with commas; none: all that are visible, no guide and not
	// empty.
	Layers  []string
	Formats []string
	// Jobs say for each format which layers it takes.
	Jobs  []ExportJob
	Out   string // folder; "": beside the map
	Files export.Files
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
	wanted, err := w.jobs(x)
	if err != nil {
		return Exported{}, err
	}
	m, store, err := w.read(ctx, x.Map)
	if err != nil {
		return Exported{}, err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	setup, err := w.Setup(ctx)
	if err != nil {
		return Exported{}, err
	}
	jobs, err := traceJobs(ctx, m, store, setup, wanted, w.fontsBeside(x.Map))
	if err != nil {
		return Exported{}, err
	}
	found, err := jobs.check(ctx)
	if err != nil {
		return Exported{}, err
	}
	if found.errorsIn(x.Ignore) > 0 {
		return Exported{Findings: found}, found.blocked(x.Ignore)
	}
	jobs.dropEmpty()
	out = Exported{Skipped: jobs.skipped(), Findings: found}
	request := export.Request{
		Map: setup.burned(m), Features: store, Jobs: jobs.requests(x.Set), Files: x.Files,
		Out: x.Out, Base: baseName(x.Map), Machine: setup.forFormats(),
	}
	if len(request.Jobs) == 0 {
		return out, &Error{Code: CodeCheck, Err: fmt.Errorf("there is nothing to export: %s", reasons(out.Skipped))}
	}
	p, err := w.openPurse(ctx)
	if err != nil {
		return out, w.withoutPurse(ctx, err)
	}
	defer func() { err = errors.Join(err, p.close()) }()
	err = p.explain(p.export(ctx, x, request, &out))
	return out, needsServer(err, Purse{Balance: out.Before, Contact: p.contact(), Recovery: p.recovered})
}

// blocked is the error of a check that stops an export: the first finding,
// and how many more there are.
func (all findings) blocked(ignore []string) error {
	i := slices.IndexFunc(all, func(f Finding) bool {
		return f.Severity == severityError && !slices.Contains(ignore, f.Kind)
	})
	first := all[i]
	message := first.Message
	if n := all.errorsIn(ignore); n > 1 {
		message += fmt.Sprintf(" There are %s more.", count(n-1, "error"))
	}
	return &Error{Code: CodeCheck, Layer: first.Layer, Err: errors.New(message + " Nothing was charged.")}
}

func (p *purse) export(ctx context.Context, x Export, r export.Request, out *Exported) error {
	out.Recovery = p.recovered
	var err error
	if out.Before, err = p.balance(ctx); err != nil {
		return err
	}
	if r.Out == "" {
		r.Out = dirOf(x.Map)
	}
	if r.Out, err = filepath.Abs(r.Out); err != nil {
		return err
	}
	plan, err := p.exporter.Plan(ctx, r)
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
