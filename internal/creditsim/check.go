package creditsim

import (
	"bytes"
	"errors"
	"maps"
	"slices"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
	"github.com/mapwright/mapwright/internal/credits"
)

func isServerFault(err error) bool { return errors.Is(err, errServer) }

// visit lets the server bring the account up to now and returns its books.
func (w *world) visit() accountserver.Books {
	calm := w.calm
	w.calm = true
	defer func() { w.calm = calm }()
	w.books.allowance(w.now)
	b, err := w.server.Books(w.ctx, theAccount)
	if err != nil {
		w.broken("the books: %w", err)
	}
	return b
}

// check is what has to hold after every step.
func (w *world) check() {
	if w.failure != nil || w.err != nil {
		return
	}
	calm := w.calm
	w.calm = true
	defer func() { w.calm = calm }()
	for _, d := range w.devices {
		w.checkJournal(d)
	}
	books := w.visit()
	w.checkBooks(books)
	w.checkLeases()
	for _, d := range w.devices {
		w.checkPurse(d)
	}
	if !w.copies && !w.books.restored {
		w.checkCover(books)
	}
}

// checkBooks compares the sums (invariants 1 and 3, allowances once).
func (w *world) checkBooks(b accountserver.Books) {
	if err := b.Check(); err != nil {
		w.broken("%w", err)
	}
	posted, unlimited := 0, 0
	for id := range w.books.leases {
		s := w.books.settle(id)
		if l := w.books.leases[id]; l.Unlimited {
			unlimited += s.posted
		} else {
			posted += s.posted
		}
	}
	if b.Granted != int64(w.books.grantedInAll()) || b.Posted != int64(posted) || b.Unlimited != int64(unlimited) {
		w.broken("granted are %d, posted %d and %d unlimited; the server's books are %+v", w.books.grantedInAll(), posted, unlimited, b)
	}
	honest := !w.books.restored && !slices.ContainsFunc(w.devices, func(d *device) bool { return d.touched })
	if honest && b.Suspense != 0 {
		w.broken("credits are in suspense, though nothing was restored or copied: %+v", b)
	}
	if !w.changed && b.Expired != 0 {
		w.broken("credits expired, though the plan is the first one: %+v", b)
	}
}

// checkLeases compares each lease at the server with the vouchers that arrived
// (invariants 2 and 3).
func (w *world) checkLeases() {
	w.look(func(tx accountserver.Tx) error {
		for _, id := range sortedLeases(w.books.leases) {
			l, known, err := tx.Lease(id)
			if err != nil {
				return err
			}
			if !known {
				w.broken("the server lost lease %s", id)
				continue
			}
			escrow, err := tx.Escrow(theAccount, id)
			if err != nil {
				return err
			}
			held, _, err := tx.Held(id)
			if err != nil {
				return err
			}
			w.checkLease(&l, int(escrow), int(held))
		}
		return nil
	})
}

func (w *world) checkLease(l *accountserver.Lease, escrow, held int) {
	s := w.books.settle(l.ID)
	over := account.InstantOf(w.now) > l.SettleUntil
	if over != (l.State == accountserver.LeaseExpired) {
		w.broken("lease %s is %s; past its settlement: %t", l.ID, l.State, over)
	}
	if l.State != accountserver.LeaseFrozen && !over && l.Acked.Seq != int64(len(w.books.arrivals[l.ID])) {
		w.broken("the server has lease %s up to voucher %d, %d arrived", l.ID, l.Acked.Seq, len(w.books.arrivals[l.ID]))
	}
	if l.Unlimited {
		return
	}
	if !over && held != s.held {
		w.broken("lease %s holds %d at the server, %d arrived", l.ID, held, s.held)
	}
	want := 0
	switch l.State {
	case accountserver.LeaseOpen:
		want = l.N - s.posted
	case accountserver.LeaseReturned:
		want = s.held
	case accountserver.LeaseFrozen:
		if !w.copies {
			w.broken("lease %s of an honest device is frozen", l.ID)
		}
		return
	case accountserver.LeaseExpired:
	}
	if escrow != want || l.State == accountserver.LeaseOpen && held > escrow {
		w.broken("lease %s is %s with %d in escrow; %d of %d are posted and %d held", l.ID, l.State, escrow, s.posted, l.N, s.held)
	}
}

// look reads the server's store.
func (w *world) look(read func(accountserver.Tx) error) {
	if err := w.store.Update(w.ctx, read); err != nil {
		w.broken("a look into the server's store: %w", err)
	}
}

func sortedLeases(leases map[account.LeaseID]account.Lease) []account.LeaseID {
	return slices.SortedFunc(maps.Keys(leases), func(a, b account.LeaseID) int { return bytes.Compare(a[:], b[:]) })
}

// raw is the log of a device as it is, without what goes wrong.
func (d *device) raw() credits.Log {
	if d.memory != nil {
		return d.memory
	}
	return d.programs[0].log
}

// checkJournal reads what was appended (invariants 2 and 3 on the device), and
// that everything is there that a program was told.
func (w *world) checkJournal(d *device) {
	s, err := d.raw().Load(w.ctx, int64(len(d.journal.entries)))
	if err != nil {
		w.broken("the log of device %d: %w", d.number, err)
		return
	}
	server := account.ServerKeyOf(w.key)
	if err := d.journal.follow(server, s.Entries); err != nil {
		w.broken("device %d: %w", d.number, err)
		return
	}
	for _, id := range slices.Sorted(maps.Keys(d.promised)) {
		c := d.journal.charges[id]
		if c == nil || c.state != d.promised[id] && d.promised[id] != credits.Held {
			w.broken("charge %s was %s once; in the journal it is %+v", id, d.promised[id], c)
		}
	}
}

// checkPurse compares what the programs of a device say with its journal.
func (w *world) checkPurse(d *device) {
	unspent, held := 0, 0
	for _, l := range d.journal.leases {
		held += l.held
		if !l.Unlimited {
			unspent += l.N - l.held - l.posted
		}
	}
	for _, p := range d.programs {
		if p == nil || p.gone {
			continue
		}
		b, err := p.Balance(w.ctx)
		if err != nil {
			w.broken("the balance of %s: %w", p, err)
			return
		}
		if b.OnDevice < 0 || b.OnDevice > unspent || b.Held < 0 || b.Held > held || b.Balance < 0 || b.Spendable < b.OnDevice {
			w.broken("%s believes %+v; its journal has %d unspent and %d held", p, b, unspent, held)
		}
		if b.Frozen != "" && !d.touched {
			w.broken("%s is honest and frozen: %s", p, b.Frozen)
		}
		history, err := p.History(w.ctx, 1<<30)
		if err != nil || len(history) != len(d.journal.charges) {
			w.broken("%s lists %d charges, its journal has %d (%v)", p, len(history), len(d.journal.charges), err)
		}
		for _, c := range history {
			if j := d.journal.charges[c.ID]; j == nil || j.state != c.State || j.amount != c.Amount {
				w.broken("%s lists %+v, its journal has %+v", p, c, j)
			}
		}
	}
}

// checkCover is that every credit that a device may still spend or post is at
// the server, in the escrow of its lease, and that no more is spent than was
// granted. It needs honest devices and a server that forgot nothing.
func (w *world) checkCover(b accountserver.Books) {
	spent := 0
	w.look(func(tx accountserver.Tx) error {
		for _, d := range w.devices {
			for _, l := range d.journal.leases {
				over := account.InstantOf(w.now) > l.SettleUntil
				switch {
				case l.Unlimited:
				case over:
					spent += w.books.settle(l.ID).posted
				default:
					spent += l.posted
				}
				at, _, err := tx.Lease(l.ID)
				if err != nil {
					return err
				}
				w.checkLeaseCover(d, l, &at)
			}
		}
		return nil
	})
	if spent > int(b.Granted) {
		w.broken("the devices spent %d, granted were %d", spent, b.Granted)
	}
}

// checkLeaseCover is that a lease is the server's, and that nothing happens on
// one that was given back but what the server expects. The escrow of an open
// one is compared by checkLease.
func (w *world) checkLeaseCover(d *device, l *leaf, at *accountserver.Lease) {
	if at.Lease != l.Lease {
		w.broken("device %d has lease %s, which the server did not give", d.number, l.ID)
	}
	if at.State != accountserver.LeaseReturned {
		return
	}
	for i := range l.vouchers {
		if v := &l.vouchers[i]; v.Kind == account.Hold && !w.books.known[v.Hash()] {
			w.broken("device %d gave lease %s back and holds %s on it, which the server has not", d.number, l.ID, v.Charge)
		}
	}
}
