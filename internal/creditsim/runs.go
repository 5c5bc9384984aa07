package creditsim

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"

	"github.com/mapwright/mapwright/internal/credits"
)

// run is an export as its record knows it: the layers, in jobs, and of each
// job whether its files were staged.
type run struct {
	name  string
	owner *program // nil after a crash: recovery may take it
	// holding is that its hold is under way.
	holding bool
	items   []credits.Item
	jobs    []job
}

// job is the layers from one index to another.
type job struct {
	from, to int
	staged   bool
	over     bool
}

func (r *run) copy() *run {
	c := *r
	c.owner, c.jobs = nil, slices.Clone(r.jobs)
	return &c
}

func item(work string) credits.Item {
	return credits.Item{Recipe: sha256.Sum256([]byte(work)), Format: "svg", Plugin: "svg@1.0.0", Label: work}
}

// newRun draws an export: up to six layers, often work that was done before.
func (w *world) newRun(p *program) *run {
	w.runs++
	r := &run{name: fmt.Sprint("run ", w.runs), owner: p}
	for range 1 + w.rand.IntN(6) {
		work := fmt.Sprint("work ", w.rand.IntN(24))
		if w.rand.IntN(2) == 0 {
			w.fresh++
			work = fmt.Sprint("new work ", w.fresh)
		}
		r.items = append(r.items, item(work))
	}
	for from := 0; from < len(r.items); {
		to := min(from+1+w.rand.IntN(3), len(r.items))
		r.jobs = append(r.jobs, job{from: from, to: to, staged: w.rand.IntN(4) > 0})
		from = to
	}
	return r
}

// export holds the credits of a run. Half of the runs go on to their end.
func (p *program) export() {
	w, d := p.device.world, p.device
	r := w.newRun(p)
	w.note("%s exports %s: %d layers, %d jobs", p, r.name, len(r.items), len(r.jobs))
	d.runs = append(d.runs, r)
	r.holding = true
	charges, err := p.Hold(w.ctx, r.name, r.items)
	r.holding = false
	if p.allowed("a hold", err) {
		if len(charges) != len(r.items) {
			w.broken("%s held %d charges for %d layers", r.name, len(charges), len(r.items))
		}
		for _, c := range charges {
			d.promise(c.ID, credits.Held)
		}
	}
	switch {
	case err != nil:
		r.owner = nil // what was held all the same is found by recovery
	case !p.dead() && w.rand.IntN(2) == 0:
		p.finish(r)
	}
}

// finish ends the jobs of a run, each by itself.
func (p *program) finish(r *run) {
	w, d := p.device.world, p.device
	charges, err := p.Pending(w.ctx, r.name)
	if !p.allowed("a look at a run", err) {
		return
	}
	if len(charges) != 0 && len(charges) != len(r.items) {
		w.broken("%s holds a part of its layers: %d of %d", r.name, len(charges), len(r.items))
		return
	}
	for i := range r.jobs {
		if j := &r.jobs[i]; len(charges) > 0 && !j.over && !p.end(r, j, charges[j.from:j.to]) {
			return
		}
	}
	d.runs = slices.DeleteFunc(d.runs, func(other *run) bool { return other == r })
}

// end posts or voids the charges of a job.
func (p *program) end(r *run, j *job, charges []credits.Charge) bool {
	w, d := p.device.world, p.device
	var ids []credits.ChargeID
	for _, c := range charges {
		ids = append(ids, c.ID)
	}
	what, end, state := "a void", p.Void, credits.Voided
	if j.staged {
		what, end, state = "a post", p.Post, credits.Posted
	}
	w.note("%s: %s in %s of %v", p, what, r.name, ids)
	if !p.allowed(what, end(w.ctx, ids)) {
		return false
	}
	j.over = true
	for _, id := range ids {
		d.promise(id, state)
	}
	return true
}

// promise notes what a program was told. A device that was set back meanwhile
// has other charges of the same number.
func (d *device) promise(id credits.ChargeID, s credits.State) {
	if was := d.promised[id]; was == "" || was == credits.Held {
		d.promised[id] = s
	}
}

// recover ends all runs of programs that crashed, as the start of the app does.
func (p *program) recover() {
	w, d := p.device.world, p.device
	w.note("%s recovers", p)
	for _, r := range slices.Clone(d.runs) {
		if r.owner == nil && !p.dead() {
			r.owner = p
			p.finish(r)
			if r.owner == p && slices.Contains(d.runs, r) {
				r.owner = nil
			}
		}
	}
	held, err := p.Running(w.ctx)
	if !p.allowed("a look at what runs", err) {
		return
	}
	for _, c := range held {
		if !slices.ContainsFunc(d.runs, func(r *run) bool { return r.name == c.Run }) {
			p.abandon(c)
		}
	}
}

// abandon voids a charge whose run has no record: of a purse that was set back.
func (p *program) abandon(c credits.Charge) {
	if !p.device.touched {
		p.device.world.broken("charge %s of %s is held, and its run is over", c.ID, c.Run)
	}
	p.allowed("a void", p.Void(p.device.world.ctx, []credits.ChargeID{c.ID}))
}

// mistake ends a charge in the other way than it ended.
func (p *program) mistake() {
	w := p.device.world
	history, err := p.History(w.ctx, 1000)
	if !p.allowed("the history", err) || len(history) == 0 {
		return
	}
	c := history[w.rand.IntN(len(history))]
	want, end := credits.ErrVoided, p.Post
	switch c.State {
	case credits.Held:
		return
	case credits.Posted:
		want, end = credits.ErrPosted, p.Void
	case credits.Voided:
	}
	w.note("%s ends %s, which is %s, once more", p, c.ID, c.State)
	if err := end(w.ctx, []credits.ChargeID{c.ID}); !errors.Is(err, want) && !isFault(err) {
		w.broken("%s is %s, and the other end of it is answered: %w", c.ID, c.State, err)
	}
}
