package export

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strconv"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/credits"
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
	target
	artwork *artwork.Artwork
	items   []credits.Item // one a layer of the artwork
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
	p := &Plan{request: r}
	digests := layerDigests{r.Map, r.Features, map[carto.LayerID][sha256.Size]byte{}}
	taken, seen := names{}, map[credits.Recipe]bool{}
	for _, wanted := range r.Jobs {
		job, err := e.planJob(ctx, r, wanted, digests, taken)
		if err != nil {
			return nil, err
		}
		for i, item := range job.items {
			if seen[item.Recipe] { // recovery tells the charges of jobs apart by their recipes
				return nil, fmt.Errorf("%s of layer %q is asked for twice in one export", wanted.ID, job.artwork.Layers[i].Name)
			}
			seen[item.Recipe] = true
		}
		p.jobs = append(p.jobs, job)
		p.items = append(p.items, job.items...)
	}
	var err error
	p.Quote, err = e.Purse.Quote(ctx, p.items)
	return p, err
}

func (e *Exporter) planJob(ctx context.Context, r Request, wanted JobRequest, digests layerDigests, taken names) (plannedJob, error) {
	t, err := findTarget(e.Plugins, wanted.Format)
	if err != nil {
		return plannedJob{}, err
	}
	job := plannedJob{target: t, artwork: wanted.Artwork}
	for _, l := range wanted.Artwork.Layers {
		item, err := t.item(ctx, digests, carto.LayerID(l.ID))
		if err != nil {
			return plannedJob{}, err
		}
		job.items = append(job.items, item)
	}
	job.calls = splitCalls(r, wanted.Artwork, t.plugin.Manifest.Accepts)
	for i := range job.calls {
		name := taken.take(job.calls[i].stem, t.plugin.Manifest.Extension)
		job.calls[i].stem = name[:len(name)-len(t.plugin.Manifest.Extension)-1]
	}
	return job, nil
}

// splitCalls spreads layers and boards over files: as asked for, and as far as
// the format can hold several of them in one file.
func splitCalls(r Request, art *artwork.Artwork, accepts sdk.Accepts) []call {
	base := CleanName(r.Base)
	layers := art.Layers
	whole := []call{{base, art.Boards, layers}}
	if r.Files == FilesLayer || !accepts.Layers && len(layers) > 1 {
		whole = nil
		for i, l := range layers {
			whole = append(whole, call{base + "-" + CleanName(l.Name), art.Boards, layers[i : i+1]})
		}
	}
	if r.Files != FilesBoard && (accepts.Boards || len(art.Boards) < 2) {
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
				Name:    j.artwork.Layers[i].Name,
				Credits: p.Quote.Items[n].Price,
				State:   Quoted,
			})
			n++
		}
		res.Jobs = append(res.Jobs, job)
	}
	return res
}
