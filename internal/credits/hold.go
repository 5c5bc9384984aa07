package credits

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/mapwright/mapwright/internal/account"
)

// maxFailures is how many voids in a row a recipe may have before the server
// has to know of the next try.
const maxFailures = 3

// maxHoldRounds bounds how often a hold asks the server, where other processes
// spend what it was given.
const maxHoldRounds = 5

// need is what a run needs on this device.
type need struct {
	credits int
	places  int  // for vouchers
	asked   bool // the server was asked already
}

// shortage is why a hold can not be made with what is on the device.
type shortage struct {
	need
	onDevice int
	reason   Reason // empty: only credits are missing
}

// Hold sets aside the credits of a run, for all its items together or for
// none. What it returns is in the order of the items and durable. A recipe
// that was paid for before is free. One that another run holds right now is
// not, because that run may fail; whichever of the two posts second is free
// then. The same holds for a recipe twice in one run.
//
// Errors: NotEnoughError, LeaseNeededError, ErrRunHolds.
func (m *Manager) Hold(ctx context.Context, run string, items []Item) ([]Charge, error) {
	if run == "" || len(items) == 0 {
		return nil, errors.New("hold credits: a run needs a name and at least one layer in one format")
	}
	var last SyncResult
	for round := 0; ; round++ {
		var charges []Charge
		var short *shortage
		err := m.update(ctx, func(d *draft) (err error) {
			charges, short, err = d.hold(run, items, round > 0)
			return err
		})
		switch {
		case err != nil:
			return nil, fmt.Errorf("hold credits: %w", err)
		case short == nil:
			return charges, nil
		case round > 0 && last.Leases == 0, round == maxHoldRounds:
			return nil, m.refuse(ctx, short)
		}
		if last, err = m.sync(ctx, short.need); err != nil {
			return nil, short.unasked(err)
		}
	}
}

// refuse says no after the server was asked and gave what it could.
func (m *Manager) refuse(ctx context.Context, s *shortage) error {
	if s.reason != "" {
		return fmt.Errorf("hold credits: %w", &LeaseNeededError{Reason: s.reason})
	}
	b, err := m.Balance(ctx)
	if err != nil {
		return err
	}
	return &NotEnoughError{Needed: s.credits, Spendable: b.Spendable, Missing: max(1, s.credits-b.Spendable)}
}

// unasked says no where the server did not answer, or answered no.
func (s *shortage) unasked(err error) error {
	if s.reason == "" && errors.Is(err, ErrUnreachable) {
		return &NotEnoughError{Needed: s.credits, Spendable: s.onDevice, Missing: s.credits - s.onDevice, Cause: err}
	}
	return fmt.Errorf("hold credits: %w", refusal(err, cmp.Or(s.reason, NoLease)))
}

// hold adds the holds of a run, or says what is short.
func (d *draft) hold(run string, items []Item, asked bool) ([]Charge, *shortage, error) {
	if d.state.Frozen != "" {
		return nil, nil, &LeaseNeededError{Reason: PurseFrozen, Cause: errors.New(d.state.Frozen)}
	}
	for _, id := range d.purse.runs[run] {
		if d.purse.charges[id].State == Held {
			return nil, nil, fmt.Errorf("%w: %s", ErrRunHolds, run)
		}
	}
	vouchers := d.price(items)
	if short := d.short(vouchers, asked); short != nil {
		return nil, short, nil
	}
	places := d.place(vouchers)
	charges := make([]Charge, len(items))
	for i, item := range items {
		l := places[i]
		id := account.NumberOf(l.ID, l.chain.Seq+1)
		if err := d.voucher(l, vouchers[i], Note{Run: run, Format: item.Format, Label: item.Label}); err != nil {
			return nil, nil, err
		}
		charges[i] = *d.purse.charges[id]
	}
	return charges, nil, nil
}

// price makes the HOLD of each item, still without its place on a lease.
func (d *draft) price(items []Item) []account.Voucher {
	vouchers := make([]account.Voucher, len(items))
	for i, item := range items {
		v := account.Voucher{Kind: account.Hold, Amount: 1, Recipe: item.Recipe, Plugin: item.Plugin}
		if paid, ok := d.purse.paid[work{d.state.Account, item.Recipe}]; ok {
			v.Amount, v.Repeats = 0, paid
		}
		vouchers[i] = v
	}
	return vouchers
}

// short compares what the vouchers need with the open leases.
func (d *draft) short(vouchers []account.Voucher, asked bool) *shortage {
	s := &shortage{need: need{places: 2 * len(vouchers)}}
	for _, v := range vouchers {
		s.credits += v.Amount
		if !asked && d.purse.voids[work{d.state.Account, v.Recipe}] >= maxFailures {
			s.reason = Failures
		}
	}
	if s.reason != "" {
		return s
	}
	open := d.open()
	if len(open) == 0 {
		s.reason = d.whyNoLease()
		return s
	}
	charges, unlimited := 0, false
	for _, l := range open {
		s.onDevice += l.payable()
		charges += l.places() / 2
		unlimited = unlimited || l.Unlimited
	}
	switch {
	case charges < len(vouchers), unlimited && s.onDevice < s.credits:
		s.reason = UsedUp
	case s.onDevice >= s.credits:
		return nil
	}
	return s
}

// place chooses a lease for each voucher: the paid ones first, on the leases
// that end first, then the free ones wherever there is room. short has made
// sure that there is.
func (d *draft) place(vouchers []account.Voucher) []*lease {
	open := d.open()
	payable, charges := make([]int, len(open)), make([]int, len(open))
	for i, l := range open {
		payable[i], charges[i] = l.payable(), l.places()/2
	}
	places := make([]*lease, len(vouchers))
	for _, amount := range []int{1, 0} {
		at := 0
		for i, v := range vouchers {
			if v.Amount != amount {
				continue
			}
			for charges[at] == 0 || amount == 1 && payable[at] == 0 {
				at++
			}
			places[i] = open[at]
			charges[at]--
			payable[at] -= amount
		}
	}
	return places
}

// isOpen tells whether new holds may be made on a lease.
func (d *draft) isOpen(l *lease) bool {
	plan := &d.state.Status
	return d.isOurs(l) && !d.state.Leases[l.ID].Closed && d.now <= l.SpendUntil &&
		l.PlanRevision == plan.PlanRevision && l.Unlimited == plan.Unlimited
}

// isOurs tells whether a lease is of the account and device that this purse is
// enrolled as now.
func (d *draft) isOurs(l *lease) bool {
	return l.Account == d.state.Account && l.DeviceKey == d.state.Device
}

// open lists the leases that new holds may be made on; the first ends first.
func (d *draft) open() []*lease {
	var open []*lease
	for _, id := range d.purse.order {
		if l := d.purse.leases[id]; d.isOpen(l) {
			open = append(open, l)
		}
	}
	slices.SortStableFunc(open, func(a, b *lease) int { return cmp.Compare(a.SpendUntil, b.SpendUntil) })
	return open
}

func (d *draft) whyNoLease() Reason {
	for _, id := range d.purse.order {
		if l := d.purse.leases[id]; d.isOurs(l) && d.now > l.SpendUntil {
			return Expired
		}
	}
	return NoLease
}
