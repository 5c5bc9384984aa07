package accounttest

import (
	"fmt"
	"maps"
	"slices"

	"github.com/mapwright/mapwright/internal/account"
)

// Totals are sums in credits. Granted + Suspense = Available + Escrow +
// Posted + Expired + Forfeited.
type Totals struct {
	Granted, Suspense                             int
	Available, Escrow, Posted, Expired, Forfeited int
	Unlimited                                     int // posted beside it
}

type device struct {
	name   string
	frozen bool
}

type books struct {
	plan     *account.Plan
	revision int64
	devices  map[account.DeviceKey]device
	leases   map[account.LeaseID]*lease
	order    []account.LeaseID

	granted, suspense                                int
	available, posted, expired, forfeited, unlimited int
}

type lease struct {
	account.Lease
	vouchers []account.Voucher
	charges  map[account.ChargeID]account.Voucher
	escrow   int // unspent
	held     int
	running  int
	closed   bool
	settled  bool
}

func (l *lease) chain() account.Chain {
	if n := len(l.vouchers); n > 0 {
		return account.Chain{Lease: l.ID, Seq: int64(n), Hash: l.vouchers[n-1].Hash()}
	}
	return account.ChainOf(&l.Lease)
}

func (b books) clone() books {
	b.devices = maps.Clone(b.devices)
	b.order = slices.Clone(b.order)
	leases := make(map[account.LeaseID]*lease, len(b.leases))
	for id, l := range b.leases {
		c := *l
		c.vouchers = slices.Clone(l.vouchers)
		c.charges = maps.Clone(l.charges)
		leases[id] = &c
	}
	b.leases = leases
	return b
}

func (b *books) add(l *lease) {
	l.charges = map[account.ChargeID]account.Voucher{}
	b.leases[l.ID] = l
	b.order = append(b.order, l.ID)
}

func (b *books) hasTag(tag string) bool {
	return slices.ContainsFunc(b.order, func(id account.LeaseID) bool { return id.Tag() == tag })
}

func (b *books) changePlan(p *account.Plan) {
	b.plan = p
	b.revision++
	b.expired += b.available
	b.granted += p.Allowance
	b.available = p.Allowance
}

func (b *books) open(l *lease, now account.Instant) bool {
	return !l.closed && l.PlanRevision == b.revision && now <= l.SpendUntil
}

func (b *books) status() account.Status {
	s := account.Status{
		Account: "account", Plan: b.plan.ID, PlanName: b.plan.Name, PlanRevision: b.revision,
		Unlimited: b.plan.Unlimited, Allowance: b.plan.Allowance, Available: b.available,
	}
	held := map[account.DeviceKey]int{}
	for _, l := range b.leases {
		if l.PlanRevision == b.revision {
			held[l.DeviceKey] += l.escrow
		}
	}
	for key, credits := range held {
		s.Escrow = append(s.Escrow, account.Escrow{Device: key, Name: b.devices[key].name, Credits: credits})
	}
	slices.SortFunc(s.Escrow, func(a, b account.Escrow) int { return slices.Compare(a.Device[:], b.Device[:]) })
	return s
}

// adopt takes a lease that a restored database does not have.
func (b *books) adopt(l account.Lease, now account.Instant) {
	if b.leases[l.ID] != nil {
		return
	}
	b.revision = max(b.revision, l.PlanRevision)
	if now > l.SettleUntil {
		b.add(&lease{Lease: l, closed: true, settled: true})
		return
	}
	covered := min(l.N, b.available)
	b.available -= covered
	b.suspense += l.N - covered
	b.add(&lease{Lease: l, escrow: l.N})
}

// settle forfeits what leases past settlement still hold.
func (b *books) settle(now account.Instant) {
	for _, l := range b.leases {
		if now > l.SettleUntil && !l.settled {
			b.forfeited += l.escrow + l.held
			l.escrow, l.held, l.settled, l.closed = 0, 0, true, true
		}
	}
}

func (b *books) voucher(v *account.Voucher) error {
	l := b.leases[v.Lease]
	if l == nil {
		return &account.Error{Code: account.CodeUnknownLease, Lease: v.Lease, Message: "unknown lease"}
	}
	c := l.chain()
	if v.Seq <= c.Seq {
		if l.vouchers[v.Seq-1].Hash() != v.Hash() {
			return &account.Error{Code: account.CodeFork, Lease: l.ID, From: v.Seq, Message: "two copies of this device spend"}
		}
		return nil
	}
	if v.Seq > c.Seq+1 {
		return account.Gap(l.ID, c.Seq+1)
	}
	if _, err := c.Next(v); err != nil {
		return &account.Error{Code: account.CodeFork, Lease: l.ID, From: v.Seq, Message: err.Error()}
	}
	if err := b.book(l, v); err != nil {
		return invalid(fmt.Errorf("voucher %d of lease %s: %w", v.Seq, l.ID, err))
	}
	l.vouchers = append(l.vouchers, *v)
	l.charges[v.Charge] = *v
	return nil
}

func (b *books) book(l *lease, v *account.Voucher) error {
	before, known := l.charges[v.Charge]
	switch v.Kind {
	case account.Hold:
		if known {
			return fmt.Errorf("%s is held twice", v.Charge)
		}
		if l.closed && !l.settled {
			return fmt.Errorf("%s is held on a lease that was given back", v.Charge)
		}
		l.running++
		return b.hold(l, v.Amount)
	case account.Post, account.Void:
		if !known || before.Kind != account.Hold {
			return fmt.Errorf("%v of %s, which is not held", v.Kind, v.Charge)
		}
		if v.Recipe != before.Recipe || v.Amount != before.Amount && (v.Kind == account.Void || v.Repeats == "") {
			return fmt.Errorf("%s changes", v.Charge)
		}
		l.running--
		b.end(l, before.Amount, v)
	}
	return nil
}

func (b *books) hold(l *lease, amount int) error {
	if l.Unlimited || l.settled {
		return nil
	}
	if l.escrow < amount {
		return fmt.Errorf("held and posted are more than the %d credits of the lease", l.N)
	}
	l.escrow -= amount
	l.held += amount
	return nil
}

func (b *books) end(l *lease, held int, v *account.Voucher) {
	spent := 0
	if v.Kind == account.Post {
		spent = v.Amount
	}
	switch {
	case l.settled:
	case l.Unlimited:
		b.unlimited += spent
	default:
		l.held -= held
		b.posted += spent
		l.escrow += held - spent
		if l.closed {
			b.release(l)
		}
	}
}

func (b *books) giveBack(l *lease) {
	if !l.closed {
		l.closed = true
		b.release(l)
	}
}

// release moves what is unspent out of escrow.
func (b *books) release(l *lease) {
	if l.PlanRevision == b.revision {
		b.available += l.escrow
	} else {
		b.expired += l.escrow
	}
	l.escrow = 0
}

func (b *books) totals() Totals {
	t := Totals{
		Granted: b.granted, Suspense: b.suspense, Available: b.available, Posted: b.posted,
		Expired: b.expired, Forfeited: b.forfeited, Unlimited: b.unlimited,
	}
	for _, l := range b.leases {
		t.Escrow += l.escrow + l.held
	}
	return t
}

func (b *books) check() error {
	t := b.totals()
	if t.Granted+t.Suspense != t.Available+t.Escrow+t.Posted+t.Expired+t.Forfeited || t.Available < 0 {
		return fmt.Errorf("the books do not balance: %+v", t)
	}
	for _, l := range b.leases {
		if l.escrow < 0 || l.held < 0 || l.running < 0 {
			return fmt.Errorf("lease %s has %d unspent, %d held, %d running", l.ID, l.escrow, l.held, l.running)
		}
	}
	return nil
}
