package export

import (
	"context"
	"fmt"
	"strconv"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/credits"
	"github.com/mapwright/mapwright/internal/pluginhost"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// Plan is an export that is worked out and priced, and not begun.
type Plan struct {
	Quote   credits.Quote
	request Request
	jobs    []plannedJob
	items   []credits.Item // of all jobs, in order
}

// plannedJob is a job with its calls of the plugin.
type plannedJob struct {
	plugin  pluginhost.Installed
	options sdk.Options
	items   []credits.Item // one a layer
	calls   []call
}

// call is one run of a plugin's Export.
type call struct {
	stem   string // name of the file, without extension
	boards []artwork.Board
	layers []artwork.Layer
}

// Plan works out jobs, recipes and file names and asks for the price. Nothing
// is held, written or started.
func (e *Exporter) Plan(ctx context.Context, r Request) (*Plan, error) {
	digests, err := layerDigests(ctx, r)
	if err != nil {
		return nil, err
	}
	p := &Plan{request: r}
	taken := names{}
	for _, f := range r.Formats {
		job, err := e.planJob(r, f, digests, taken)
		if err != nil {
			return nil, err
		}
		p.jobs = append(p.jobs, job)
		p.items = append(p.items, job.items...)
	}
	p.Quote, err = e.Purse.Quote(ctx, p.items)
	return p, err
}

func layerDigests(ctx context.Context, r Request) ([][32]byte, error) {
	byID := map[carto.LayerID]carto.Layer{}
	for _, l := range r.Map.Layers {
		byID[l.ID] = l
	}
	var out [][32]byte
	for _, l := range r.Artwork.Layers {
		layer, ok := byID[carto.LayerID(l.ID)]
		if !ok {
			return nil, fmt.Errorf("layer %q is not in the map", l.Name)
		}
		d, err := layerDigest(ctx, r.Map, layer, r.Features)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

func (e *Exporter) planJob(r Request, f Format, digests [][32]byte, taken names) (plannedJob, error) {
	plugin, err := e.Plugins.Find(f.ID)
	if err != nil {
		return plannedJob{}, err
	}
	options, wrong := sdk.ResolveOptions(plugin.Manifest, f.Options)
	if len(wrong) > 0 {
		return plannedJob{}, &OptionError{f.ID, wrong}
	}
	job := plannedJob{plugin: plugin, options: options}
	for i, l := range r.Artwork.Layers {
		job.items = append(job.items, credits.Item{
			Recipe: recipe(digests[i], plugin.Manifest, options),
			Format: f.ID,
			Plugin: plugin.Manifest.ID + "@" + plugin.Manifest.Version,
			Label:  r.Map.Title + ": " + l.Name,
		})
	}
	job.calls = splitCalls(r, plugin.Manifest.Accepts)
	for i := range job.calls {
		name := taken.take(job.calls[i].stem, plugin.Manifest.Extension)
		job.calls[i].stem = name[:len(name)-len(plugin.Manifest.Extension)-1]
	}
	return job, nil
}

// splitCalls spreads layers and boards over files: as asked for, and as far as
// the format can hold several of them in one file.
func splitCalls(r Request, accepts sdk.Accepts) []call {
	base := CleanName(r.Base)
	layers := r.Artwork.Layers
	whole := []call{{base, r.Artwork.Boards, layers}}
	if r.Files == FilesLayer || !accepts.Layers && len(layers) > 1 {
		whole = nil
		for i, l := range layers {
			whole = append(whole, call{base + "-" + CleanName(l.Name), r.Artwork.Boards, layers[i : i+1]})
		}
	}
	if r.Files != FilesBoard && (accepts.Boards || len(r.Artwork.Boards) < 2) {
		return whole
	}
	var out []call
	for _, c := range whole {
		for i, b := range c.boards {
			if part := onBoard(c.layers, b.Number); len(part) > 0 {
				out = append(out, call{c.stem + "-board" + strconv.Itoa(b.Number), c.boards[i : i+1], part})
			}
		}
	}
	return out
}

// onBoard gives the layers as far as they lie on a board; those without
// anything there are left out.
func onBoard(layers []artwork.Layer, board int) []artwork.Layer {
	var out []artwork.Layer
	for _, l := range layers {
		part := l
		part.Shapes, part.Heights = nil, nil
		for _, s := range l.Shapes {
			if s.Board == board {
				part.Shapes = append(part.Shapes, s)
			}
		}
		for _, h := range l.Heights {
			if h.Board == board {
				part.Heights = append(part.Heights, h)
			}
		}
		if !part.Empty() {
			out = append(out, part)
		}
	}
	return out
}

// Result tells what the plan would do, with the names that files would want.
func (p *Plan) Result() Result {
	var res Result
	n := 0
	for _, j := range p.jobs {
		job := Job{Format: j.plugin.Manifest.ID, State: Quoted}
		for i := range j.items {
			job.Layers = append(job.Layers, Layer{
				Name:    p.request.Artwork.Layers[i].Name,
				Credits: p.Quote.Items[n].Price,
				State:   Quoted,
			})
			n++
		}
		res.Jobs = append(res.Jobs, job)
	}
	return res
}

// FileCount is how many calls of plugins, and so at least how many files, the
// plan comes to.
func (p *Plan) FileCount() int {
	n := 0
	for _, j := range p.jobs {
		n += len(j.calls)
	}
	return n
}
