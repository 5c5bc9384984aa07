package exporting

import (
	"errors"
	"slices"
	"time"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
)

// run is what is known of an export that was started.
type run struct {
	asked  order // what was ticked
	quote  quote
	folder string
	began  time.Time

	cells   map[place]face
	jobs    map[string]workshop.ExportedJob // by format, as last told
	formats []string                        // of the jobs, in the order in which they are made
	written map[string]float64              // how much of a job was written, at most
	whole   float64
	held    bool // the credits are held: files are being made
	result  *workshop.Exported
	err     error
}

func newRun(asked order, q quote, folder string, now time.Time) *run {
	r := &run{
		asked: asked, quote: q, folder: folder, began: now,
		cells: map[place]face{}, jobs: map[string]workshop.ExportedJob{}, written: map[string]float64{},
	}
	for _, p := range q.places {
		r.cells[p] = face{stand: waiting}
	}
	return r
}

// over tells whether the run has ended.
func (r *run) over() bool { return r.result != nil }

// begun tells whether anything was held: else nothing happened at all.
func (r *run) begun() bool { return len(r.jobs) > 0 }

func (r *run) face(p place) face {
	if f, ok := r.cells[p]; ok {
		return f
	}
	return face{stand: left}
}

// busy tells whether a layer is being written in any format.
func (r *run) busy(l *layer) bool {
	for i := range r.asked.formats {
		if r.face(place{l.id, r.asked.formats[i].id}).stand == writing {
			return true
		}
	}
	return false
}

// told takes in how far a job is.
func (r *run) told(p workshop.ExportProgress) {
	job := p.Now
	r.held, r.whole = true, max(r.whole, p.Whole)
	r.keep(job)
	working := p.Whole > 0 || p.Ended || slices.ContainsFunc(p.Written, func(w float64) bool { return w > 0 })
	share := 0.0
	for i, l := range job.Layers {
		f := face{stand: waiting}
		if i < len(p.Written) {
			f.done = p.Written[i]
			share += p.Written[i] / float64(len(job.Layers))
		}
		switch {
		case p.Ended:
			f = ended(job, l)
		case working:
			f.stand = writing
		}
		r.cells[place{r.id(l.Name), job.Format}] = f
	}
	r.written[job.Format] = max(r.written[job.Format], share)
}

// ended is what a cell shows once its job is over.
func ended(job workshop.ExportedJob, l workshop.ExportedLayer) face {
	switch {
	case job.Kept != "":
		return face{stand: kept}
	case l.State == workshop.ExportDone:
		return face{stand: inPlace}
	case l.State == workshop.ExportFree:
		return face{stand: placedFree}
	case l.State == workshop.ExportCancelled:
		return face{stand: stopped}
	case job.State == workshop.ExportPending:
		return face{stand: kept}
	}
	return face{stand: notMade}
}

func (r *run) id(name string) carto.LayerID {
	for i := range r.asked.layers {
		if r.asked.layers[i].name == name {
			return r.asked.layers[i].id
		}
	}
	return ""
}

// finish takes in what the run came to. Layers that it left out stand as such.
func (r *run) finish(out workshop.Exported, err error) {
	r.result, r.err, r.whole = &out, err, 1
	for _, job := range out.Result.Jobs {
		r.keep(job)
		for _, l := range job.Layers {
			r.cells[place{r.id(l.Name), job.Format}] = ended(job, l)
		}
	}
	for p, f := range r.cells {
		if f.stand == waiting || f.stand == writing {
			r.cells[p] = face{stand: left}
		}
	}
}

func (r *run) keep(job workshop.ExportedJob) {
	if _, known := r.jobs[job.Format]; !known {
		r.formats = append(r.formats, job.Format)
	}
	r.jobs[job.Format] = job
}

// ordered lists the jobs in the order in which they are made, so that files
// are only ever added to those before.
func (r *run) ordered() []workshop.ExportedJob {
	var all []workshop.ExportedJob
	for _, id := range r.formats {
		all = append(all, r.jobs[id])
	}
	return all
}

// files lists what is in its place.
func (r *run) files() []workshop.ExportedFile {
	var all []workshop.ExportedFile
	for _, j := range r.ordered() {
		all = append(all, j.Files...)
	}
	return all
}

// credits counts what is spent, what is held while its file is written, and
// what is still to come. What was not made is none of them.
func (r *run) credits() (spent, held, come int) {
	for _, j := range r.ordered() {
		for _, l := range j.Layers {
			switch l.State {
			case workshop.ExportDone:
				spent += l.Credits
			case workshop.ExportPending:
				if r.face(place{r.id(l.Name), j.Format}).stand == writing {
					held += l.Credits
				} else {
					come += l.Credits
				}
			}
		}
	}
	if !r.begun() && !r.over() {
		come = r.quote.paid
	}
	return spent, held, come
}

// failed lists the jobs that were not made.
func (r *run) failed() []workshop.ExportedJob {
	var all []workshop.ExportedJob
	for _, j := range r.ordered() {
		if j.Err != nil && j.State != workshop.ExportCancelled {
			all = append(all, j)
		}
	}
	return all
}

// cancelled tells whether the person stopped the run before its end.
func (r *run) cancelled() bool {
	if r.result == nil {
		return false
	}
	for _, j := range r.ordered() {
		if j.State == workshop.ExportCancelled {
			return true
		}
	}
	return !r.begun() && r.err != nil && workshop.Explain(r.err).Code == workshop.CodeCancelled
}

// missing gives the refusal of a run for want of credits.
func (r *run) missing() (*workshop.NotEnoughError, bool) {
	return errors.AsType[*workshop.NotEnoughError](r.err)
}

// remaining guesses how long the run goes on, and tells whether it can.
func (r *run) remaining(now time.Time) (time.Duration, bool) {
	if r.whole < 0.05 || r.over() {
		return 0, false
	}
	return time.Duration(float64(now.Sub(r.began)) / r.whole * (1 - r.whole)), true
}
