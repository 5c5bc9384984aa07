package export

import (
	"slices"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// made is how much of a job is written, 0 to 1: of all its calls, and of each
// of its layers.
type made struct {
	whole  float64
	layers []float64
}

// progress is what is written once a share of call n is done, and those before
// it whole.
func (j *plannedJob) progress(n int, share float64) made {
	m := made{layers: make([]float64, len(j.artwork.Layers))}
	calls := make([]float64, len(m.layers))
	for i, c := range j.calls {
		done := 0.0
		switch {
		case i < n:
			done = 1
		case i == n:
			done = share
		}
		m.whole += done / float64(len(j.calls))
		for _, l := range c.layers {
			k := slices.IndexFunc(j.artwork.Layers, func(o artwork.Layer) bool { return o.ID == l.ID })
			calls[k]++
			m.layers[k] += done
		}
	}
	for k := range m.layers {
		m.layers[k] /= max(calls[k], 1)
	}
	return m
}

// teller tells how far the jobs of a run are.
type teller struct {
	tell func(Progress)
	jobs int
}

// held tells that the credits of job i are held, before any job is at work.
func (t teller) held(i int, now Job, m made) {
	t.send(Progress{Job: i, Written: m.layers}, now)
}

// stands tells how far job i is, which is at work.
func (t teller) stands(i int, now Job, m made) {
	t.send(Progress{Job: i, Whole: (float64(i) + m.whole) / float64(t.jobs), Written: m.layers}, now)
}

// ended tells what became of job i.
func (t teller) ended(i int, now Job, m made) {
	t.send(Progress{Job: i, Whole: float64(i+1) / float64(t.jobs), Written: m.layers, Ended: true}, now)
}

// send adds a copy of the job: the run goes on changing its own.
func (t teller) send(p Progress, now Job) {
	now.Layers, now.Files = slices.Clone(now.Layers), slices.Clone(now.Files)
	now.Diagnostics = slices.Clone(now.Diagnostics)
	p.Now, p.Jobs = now, t.jobs
	t.tell(p)
}
