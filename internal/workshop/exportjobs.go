package workshop

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/export"
	"github.com/mapwright/mapwright/internal/trace"
)

// ExportJob is one format with the layers that go into it, traced together.
type ExportJob struct {
	Format string
	Layers []string // names; none: all that are visible, no guide and not empty
}

// jobs gives the jobs asked for, their formats found.
func (w *Workshop) jobs(x Export) ([]ExportJob, error) {
	var jobs []ExportJob
	switch {
	case len(x.Jobs) == 0 && len(x.Formats) == 0:
		return nil, usage("say which formats: --formats svg,png")
	case len(x.Jobs) == 0:
		for _, id := range x.Formats {
			id = formatID(id)
			if !slices.ContainsFunc(jobs, func(j ExportJob) bool { return j.Format == id }) {
				jobs = append(jobs, ExportJob{id, x.Layers})
			}
		}
	case len(x.Formats)+len(x.Layers) > 0:
		return nil, usage("an export has jobs, or layers in formats, and not both")
	default:
		for _, j := range x.Jobs {
			id := formatID(j.Format)
			if slices.ContainsFunc(jobs, func(j ExportJob) bool { return j.Format == id }) {
				return nil, usage("%s is asked for twice in one export", id)
			}
			jobs = append(jobs, ExportJob{id, j.Layers})
		}
	}
	host := w.plugins()
	for _, j := range jobs {
		if _, err := host.Find(j.Format); err != nil {
			return nil, err
		}
	}
	if err := checkKinds(x.Ignore); err != nil {
		return nil, err
	}
	for id := range x.Set {
		if !slices.ContainsFunc(jobs, func(j ExportJob) bool { return j.Format == id }) {
			return nil, usage("options for %s are set, but it is not among the formats", id)
		}
	}
	return jobs, nil
}

// formatID is a format's id as a person may write it.
func formatID(word string) string { return strings.ToLower(strings.TrimSpace(word)) }

// tracedJobs are the jobs of an export with their artwork. Jobs of the same
// layers share it.
type tracedJobs []tracedJob

type tracedJob struct {
	format string
	*traced
}

// traceJobs traces the layers of each job together, each selection once.
func traceJobs(ctx context.Context, m *carto.Map, store carto.Store, setup Setup, wanted []ExportJob, with ...trace.With) (tracedJobs, error) {
	scene, err := trace.NewScene(setup.burned(m), store, with...)
	if err != nil {
		return nil, err
	}
	var jobs tracedJobs
	known := map[string]*traced{}
	for _, j := range wanted {
		t := &traced{carto: m, store: store, setup: setup}
		chosen, err := t.choose(t.split(j.Layers))
		if err != nil {
			return nil, err
		}
		key := fmt.Sprintf("%q, named: %t", chosen, t.named != nil)
		if known[key] == nil {
			if err := t.run(ctx, scene, chosen); err != nil {
				return nil, err
			}
			known[key] = t
		}
		jobs = append(jobs, tracedJob{j.Format, known[key]})
	}
	return jobs, nil
}

// selections gives each selection of layers once.
func (jobs tracedJobs) selections() []*traced {
	var out []*traced
	for _, j := range jobs {
		if !slices.Contains(out, j.traced) {
			out = append(out, j.traced)
		}
	}
	return out
}

// check checks each selection by itself, for each makes files of its own. What
// was said of a layer is not said again.
func (jobs tracedJobs) check(ctx context.Context) (findings, error) {
	all := findings{}
	type words struct{ layer, kind, severity, message string }
	said := map[words]bool{}
	for _, t := range jobs.selections() {
		c, err := t.check(ctx)
		if err != nil {
			return nil, err
		}
		before := len(all)
		for _, f := range c.Findings {
			if !said[words{f.Layer, f.Kind, f.Severity, f.Message}] {
				all = append(all, f)
			}
		}
		for _, f := range all[before:] { // one selection may say the same of several places
			said[words{f.Layer, f.Kind, f.Severity, f.Message}] = true
		}
	}
	return all, nil
}

// dropEmpty takes the layers without artwork out of each job.
func (jobs tracedJobs) dropEmpty() {
	for _, t := range jobs.selections() {
		t.dropEmpty()
	}
}

// skipped names each layer that was left out once for each reason, with the
// formats where that is not all of them.
func (jobs tracedJobs) skipped() []Skipped {
	var out []Skipped
	for _, j := range jobs {
		for _, s := range j.skipped {
			i := slices.IndexFunc(out, func(o Skipped) bool { return o.Layer == s.Layer && o.Reason == s.Reason })
			if i < 0 {
				i = len(out)
				out = append(out, Skipped{Layer: s.Layer, Reason: s.Reason})
			}
			out[i].Formats = append(out[i].Formats, j.format)
		}
	}
	for i := range out {
		if len(out[i].Formats) == len(jobs) {
			out[i].Formats = nil
		}
	}
	return out
}

// requests gives the jobs that have anything to export.
func (jobs tracedJobs) requests(set map[string]map[string]string) []export.JobRequest {
	var out []export.JobRequest
	for _, j := range jobs {
		if len(j.artwork.Layers) > 0 {
			out = append(out, export.JobRequest{Format: export.Format{ID: j.format, Options: set[j.format]}, Artwork: j.artwork})
		}
	}
	return out
}
