package creditsim

import (
	"errors"
	"fmt"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
	"github.com/mapwright/mapwright/internal/credits"
)

// settle heals everything: the network is back, the clocks are right, all runs
// come to their end, all devices sync. Then both sides have to agree.
func (w *world) settle() {
	w.note("everything is healed")
	w.calm = true
	for _, d := range w.devices {
		d.skew = 0
		d.start(0)
		d.start(1)
	}
	w.deliver()
	for _, d := range w.devices {
		d.programs[0].thaw()
		d.programs[0].recover()
	}
	w.check()
	for round := range 3 {
		for _, d := range w.devices {
			d.programs[round%2].thaw()
		}
	}
	w.check()
	w.compare()
	w.spendAll()
	w.check()
	w.reread()
}

// thaw syncs, and begins anew where the purse is frozen.
func (p *program) thaw() {
	w := p.device.world
	_, err := p.Sync(w.ctx)
	if !p.device.frozen(p) {
		if err != nil {
			w.broken("the last sync of %s: %w", p, err)
		}
		return
	}
	if err := p.Renew(w.ctx); err != nil {
		w.broken("%s can not begin anew: %w", p, err)
	}
}

// compare holds both sides against each other.
func (w *world) compare() {
	if w.failure != nil {
		return
	}
	for _, d := range w.devices {
		if held, err := d.programs[1].Running(w.ctx); err != nil || len(held) > 0 && !w.copies {
			w.broken("device %d still holds %v (%v)", d.number, held, err)
		}
		w.compareBalance(d)
	}
	if w.copies {
		return // what a frozen device did is not all told
	}
	numbers := map[credits.ChargeID]bool{}
	for _, d := range w.devices {
		for id, c := range d.journal.charges {
			if numbers[id] {
				w.broken("two devices have a charge %s", id)
			}
			numbers[id] = true
			w.compareCharge(d.journal.leases[c.lease], id, c)
		}
	}
	w.compareUsage(numbers)
}

// compareCharge looks for a charge of a device at the server. What comes after
// the settlement counts 0 there; and what a restored server forgot by then, a
// device need not tell it again.
func (w *world) compareCharge(l *leaf, id credits.ChargeID, c *charge) {
	over := account.InstantOf(w.now) > l.SettleUntil
	w.look(func(tx accountserver.Tx) error {
		found, err := tx.ChargesOfID(theAccount, id)
		switch {
		case err != nil || over && w.books.restored:
			return err
		case len(found) != 1:
			w.broken("the device has charge %s, the server %d of it", id, len(found))
		case string(found[0].State) != string(c.state) || found[0].Recipe != c.recipe,
			int(found[0].Credits) != c.amount && (!over || found[0].Credits != 0):
			w.broken("charge %s is %+v on the device and %+v at the server", id, *c, found[0])
		}
		return nil
	})
}

// compareUsage is that the server knows of no charge that no device has.
func (w *world) compareUsage(numbers map[credits.ChargeID]bool) {
	for cursor := ""; ; {
		page, err := w.session().Usage(w.ctx, cursor, 100)
		if err != nil {
			w.broken("the usage: %w", err)
			return
		}
		for _, e := range page.Entries {
			if !numbers[e.Charge] {
				w.broken("the server has charge %s, which no device made", e.Charge)
			}
		}
		if cursor = page.Next; cursor == "" {
			return
		}
	}
}

// compareBalance is that what a device shows is what the server has, but for
// leases that no purse has: answers that were lost together with the state
// that asked for them.
func (w *world) compareBalance(d *device) {
	b, err := d.programs[0].Balance(w.ctx)
	if err != nil {
		w.broken("the balance of device %d: %w", d.number, err)
		return
	}
	status, err := w.session().Status(w.ctx)
	if err != nil {
		w.broken("the status: %w", err)
		return
	}
	if b.Plan != status.Plan || b.Unlimited != status.Unlimited || b.Plan != w.books.plan {
		w.broken("device %d is on %s, the server on %s, the account should be on %s", d.number, b.Plan, status.Plan, w.books.plan)
	}
	if b.Unlimited || w.copies {
		return
	}
	if orphans := w.orphans(); b.Balance < status.Balance()-orphans || b.Balance > status.Balance() {
		w.broken("device %d shows a balance of %d, the server has %d, of which %d on lost leases: %+v", d.number, b.Balance, status.Balance(), orphans, b)
	}
}

// orphans is what is unspent on leases that no purse has. There are none
// without a restored server.
func (w *world) orphans() (sum int) {
	w.look(func(tx accountserver.Tx) error {
		for _, id := range sortedLeases(w.books.leases) {
			if w.hasLease(id) {
				continue
			}
			escrow, err := tx.Escrow(theAccount, id)
			if err != nil {
				return err
			}
			sum += int(escrow)
		}
		return nil
	})
	if sum > 0 && !w.books.restored && !w.copies {
		w.broken("%d credits are on leases that no purse has", sum)
	}
	return sum
}

func (w *world) hasLease(id account.LeaseID) bool {
	for _, d := range w.devices {
		if d.journal.leases[id] != nil {
			return true
		}
	}
	return false
}

// handful is how many layers one of the last runs exports at most.
const handful = 60

// spendAll spends on each device what it says that it can: the server must
// have all of it.
func (w *world) spendAll() {
	for _, d := range w.devices {
		if w.failure != nil {
			return
		}
		before := w.visit().Suspense
		p := d.programs[0]
		p.thaw()
		b, err := p.Balance(w.ctx)
		if err != nil {
			w.broken("the balance of %s: %w", p, err)
			return
		}
		spendable := b.Spendable
		if b.Unlimited {
			spendable = 3
		}
		w.note("%s spends all: %d", p, spendable)
		for left := spendable; left > 0; left -= handful {
			p.spend(min(left, handful))
		}
		if !b.Unlimited {
			p.refused()
		}
		p.thaw()
		if after := w.visit().Suspense; after != before && !w.copies {
			w.broken("%s said that it can spend %d; the server lacked %d of it", p, spendable, after-before)
		}
	}
}

func (p *program) freshItems(n int) (items []credits.Item) {
	w := p.device.world
	for range n {
		w.fresh++
		items = append(items, item(fmt.Sprint("last work ", w.fresh)))
	}
	return items
}

// spend exports new layers.
func (p *program) spend(n int) {
	w := p.device.world
	w.runs++
	charges, err := p.Hold(w.ctx, fmt.Sprint("last run ", w.runs), p.freshItems(n))
	if err != nil {
		w.broken("%s says that it can spend %d and can not: %w", p, n, err)
		return
	}
	var ids []credits.ChargeID
	for _, c := range charges {
		ids = append(ids, c.ID)
	}
	if err := p.Post(w.ctx, ids); err != nil {
		w.broken("the last post of %s: %w", p, err)
	}
}

// refused is that one credit more is refused, for one credit is missing.
func (p *program) refused() {
	w := p.device.world
	w.runs++
	_, err := p.Hold(w.ctx, fmt.Sprint("last run ", w.runs), p.freshItems(1))
	if p.device.touched && p.device.frozen(p) {
		return // a copy of it has spent the same credits
	}
	missing, ok := errors.AsType[*credits.NotEnoughError](err)
	if !ok || missing.Cause != nil || missing.Missing != 1 {
		w.broken("%s spent everything, and is answered about one more credit: %w", p, err)
	}
}

// reread is that no journal was ever changed but at its end.
func (w *world) reread() {
	for _, d := range w.devices {
		s, err := d.raw().Load(w.ctx, 0)
		if err != nil || !d.journal.same(s.Entries) {
			w.broken("the journal of device %d was changed (%v)", d.number, err)
		}
	}
}
