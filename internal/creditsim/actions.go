package creditsim

import (
	"time"

	"github.com/mapwright/mapwright/internal/accountserver"
)

const day = 24 * time.Hour

// actions is what can happen, and how often beside the others.
var actions = []struct {
	weight int
	do     func(*world)
}{
	{30, (*world).export},
	{14, (*world).finishOne},
	{10, (*world).recoverOne},
	{20, (*world).syncOne},
	{5, (*world).reserve},
	{6, (*world).restart},
	{8, (*world).hours},
	{3, (*world).months},
	{6, (*world).setClock},
	{3, (*world).changePlan},
	{3, (*world).mistake},
	{4, (*world).saveServer},
	{3, (*world).restoreServer},
	{2, (*world).cloneOne},
	{3, (*world).setBack},
	{3, (*world).renew},
}

// pick chooses a program that is not in the middle of a commit.
func (w *world) pick() *program {
	d := w.devices[w.rand.IntN(len(w.devices))]
	at := w.rand.IntN(2)
	for range 2 {
		p := d.programs[at]
		switch {
		case p == nil || p.gone:
			d.start(at)
			return d.programs[at]
		case !p.busy:
			return p
		}
		at = 1 - at
	}
	return d.programs[at]
}

func (w *world) export() { w.pick().export() }

func (w *world) finishOne() {
	p := w.pick()
	for _, r := range p.device.runs {
		if r.owner == p && !r.holding {
			p.finish(r)
			return
		}
	}
}

func (w *world) recoverOne() { w.pick().recover() }

func (w *world) syncOne() {
	p := w.pick()
	w.note("%s syncs", p)
	_, err := p.Sync(w.ctx)
	p.allowed("a sync", err)
}

func (w *world) reserve() {
	p, n := w.pick(), w.rand.IntN(15)
	w.note("%s sets its reserve to %d", p, n)
	p.allowed("a reserve", p.SetReserve(w.ctx, n))
}

func (w *world) restart() {
	p := w.pick()
	w.note("%s crashes", p)
	p.device.start(p.number)
}

func (w *world) hours() { w.pass(time.Duration(w.rand.Int64N(int64(60 * time.Hour)))) }

func (w *world) months() { w.pass(time.Duration(w.rand.Int64N(int64(50 * day)))) }

func (w *world) pass(d time.Duration) {
	w.now = w.now.Add(d.Truncate(time.Second))
	w.note("it is %s", w.now.Format(time.DateTime))
	w.visit()
}

// setClock sets a device's clock: now and then right, by hours, or by a year.
func (w *world) setClock() {
	d := w.pick().device
	span := []time.Duration{0, 5 * time.Hour, 40 * day, 365 * day}[w.rand.IntN(4)]
	d.skew = time.Duration(w.rand.Int64N(int64(2*span)+1)) - span
	w.note("the clock of device %d is off by %s", d.number, d.skew)
}

func (w *world) changePlan() {
	plan := plans[w.rand.IntN(len(plans))]
	w.note("the plan becomes %s", plan)
	w.books.allowance(w.now)
	_, err := w.server.ChangePlan(w.ctx, theAccount, plan)
	switch {
	case err == nil:
		w.books.plan, w.changed = plan, true
		w.books.allowance(w.now)
	case !isServerFault(err):
		w.broken("a change of the plan: %w", err)
	}
}

func (w *world) mistake() { w.pick().mistake() }

func (w *world) saveServer() {
	if w.restores {
		w.note("the server is backed up")
		w.save()
	}
}

func (w *world) restoreServer() {
	if w.restores {
		w.note("the server is restored")
		w.restore()
	}
}

// cloneOne copies a computer, at most to six in all.
func (w *world) cloneOne() {
	if p := w.pick(); w.copies && len(w.devices) < 6 && w.deep == 0 {
		w.note("device %d is cloned to device %d", p.device.number, len(w.devices))
		p.device.clone()
	}
}

// setBack makes a copy of a purse, or puts the last one in its place.
func (w *world) setBack() {
	d := w.pick().device
	if !w.copies || w.deep > 0 {
		return
	}
	if w.rand.IntN(2) == 0 {
		w.note("the purse of device %d is copied aside", d.number)
		d.older = d.copy()
		return
	}
	w.note("the purse of device %d is set back", d.number)
	d.put(d.older)
}

// renew begins anew on a frozen purse.
func (w *world) renew() {
	if p := w.pick(); w.copies && p.device.frozen(p) {
		w.note("%s begins anew", p)
		p.allowed("a new beginning", p.Renew(w.ctx))
	}
}

func (w *world) session() *accountserver.Session { return w.server.Session(theAccount) }
