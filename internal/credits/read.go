package credits

import (
	"context"
	"fmt"

	"github.com/mapwright/mapwright/internal/account"
)

// Quote says what a run would cost now. It changes nothing and asks nobody. A
// recipe that comes twice, or that another run holds, has its price here: it
// is the post that finds out whether it was paid for meanwhile.
func (m *Manager) Quote(ctx context.Context, items []Item) (Quote, error) {
	var q Quote
	err := m.view(ctx, func(d *draft) error {
		b := d.balance()
		q = Quote{Spendable: b.Spendable, Unlimited: b.Unlimited}
		for i, v := range d.price(items) {
			item := QuotedItem{Item: items[i], Price: v.Amount, Repeats: v.Repeats}
			if v.Repeats != "" {
				item.PaidAt = d.purse.charges[v.Repeats].EndedAt
			}
			q.Items = append(q.Items, item)
			q.Total += v.Amount
		}
		if !q.Unlimited {
			q.Missing = max(0, q.Total-q.Spendable)
		}
		return nil
	})
	return q, err
}

// Charge is one charge by its number. Error: ErrUnknownCharge.
func (m *Manager) Charge(ctx context.Context, id ChargeID) (Charge, error) {
	var c Charge
	err := m.view(ctx, func(d *draft) error {
		found := d.purse.charges[id]
		if found == nil {
			return fmt.Errorf("charge %s: %w", id, ErrUnknownCharge)
		}
		c = d.told(found)
		return nil
	})
	return c, err
}

// Pending lists the charges of a run with their states, in the order of its
// items; none where it never held. It is what recovery goes by.
func (m *Manager) Pending(ctx context.Context, run string) ([]Charge, error) {
	var charges []Charge
	err := m.view(ctx, func(d *draft) error {
		for _, id := range d.purse.runs[run] {
			charges = append(charges, d.told(d.purse.charges[id]))
		}
		return nil
	})
	return charges, err
}

// Running lists all charges that are held, the oldest first: those of runs
// that go on, and of runs that never came to an end.
func (m *Manager) Running(ctx context.Context) ([]Charge, error) {
	var charges []Charge
	err := m.view(ctx, func(d *draft) error {
		for _, id := range d.purse.sequence {
			if c := d.purse.charges[id]; c.State == Held {
				charges = append(charges, d.told(c))
			}
		}
		return nil
	})
	return charges, err
}

// History lists the charges of this device, the newest first, at most limit.
func (m *Manager) History(ctx context.Context, limit int) ([]Charge, error) {
	var charges []Charge
	err := m.view(ctx, func(d *draft) error {
		for i := len(d.purse.sequence) - 1; i >= 0 && len(charges) < limit; i-- {
			charges = append(charges, d.told(d.purse.charges[d.purse.sequence[i]]))
		}
		return nil
	})
	return charges, err
}

// Balance says what the purse knows. It asks nobody: Sync first, where the
// last word of the server matters.
func (m *Manager) Balance(ctx context.Context) (Balance, error) {
	var b Balance
	err := m.view(ctx, func(d *draft) error {
		b = d.balance()
		return nil
	})
	return b, err
}

func (d *draft) balance() Balance {
	st := &d.state.Status
	b := Balance{
		Account: d.state.Account, Plan: st.Plan, PlanName: st.PlanName, Unlimited: st.Unlimited,
		Allowance: st.Allowance, Reserve: d.state.reserve(), Frozen: d.state.Frozen,
	}
	if d.state.AsOf != 0 {
		b.AsOf = d.state.AsOf.Time()
	}
	if st.PeriodEnd != 0 {
		b.PeriodEnd = st.PeriodEnd.Time()
	}
	own := 0
	for _, id := range d.purse.order {
		l := d.purse.leases[id]
		if !d.isOurs(l) {
			continue
		}
		own += d.ownedOn(l)
		b.Held += l.held
		b.Unsynced += len(l.vouchers) - int(d.acked(l))
		b.Pending += d.unsyncedSpending(l)
		if d.isOpen(l) && d.state.Frozen == "" {
			b.OnDevice += l.payable()
			b.Ready = b.Ready || l.places() >= 2
			if until := l.SpendUntil.Time(); until.After(b.SpendUntil) {
				b.SpendUntil = until
			}
		}
	}
	b.Elsewhere = d.elsewhere()
	if b.Unlimited {
		b.OnDevice, b.Held = 0, 0
		return b
	}
	b.Available = st.Available
	b.Balance = st.Available + own
	for _, e := range b.Elsewhere {
		b.Balance += e.Credits
	}
	b.Spendable = b.OnDevice
	if d.online && d.state.Frozen == "" {
		b.Spendable += st.Available
	}
	return b
}

// ownedOn is what a lease of this device adds to the account's total: what is
// unspent there and not counted as available again by the server.
func (d *draft) ownedOn(l *lease) int {
	if l.Unlimited || d.state.Leases[l.ID].Returned ||
		l.PlanRevision != d.state.Status.PlanRevision || d.now > l.SettleUntil {
		return 0
	}
	return l.unspent()
}

func (d *draft) unsyncedSpending(l *lease) int {
	sum := 0
	for _, v := range l.vouchers[d.acked(l):] {
		if v.Kind == account.Post {
			sum += v.Amount
		}
	}
	return sum
}

// told is a charge with what the server knows of it.
func (d *draft) told(c *Charge) Charge {
	told := *c
	l := d.purse.leases[c.lease]
	told.Waiting = d.isOurs(l) && c.last > d.acked(l)
	return told
}

// acked is how many vouchers of a lease the server has.
func (d *draft) acked(l *lease) int64 { return d.state.Leases[l.ID].Acked }

func (d *draft) elsewhere() []account.Escrow {
	var others []account.Escrow
	for _, e := range d.state.Status.Escrow {
		if e.Device != d.state.Device && e.Credits > 0 {
			others = append(others, e)
		}
	}
	return others
}
