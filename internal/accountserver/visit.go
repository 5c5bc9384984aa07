package accountserver

import (
	"context"
	"fmt"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// forgiveEvery is how long after a forgiven loss the next one is forgiven.
const forgiveEvery = 365 * 24 * time.Hour

// visit is one account in one transaction, brought up to now.
type visit struct {
	Tx
	server *Server
	epoch  account.Epoch
	now    time.Time
	holder Account
	plan   Plan
	// leases of the account that this transaction read, by id.
	leases map[account.LeaseID]*Lease
}

// visit opens an account, lets fn act on it, and asserts the books before
// anything is kept.
func (s *Server) visit(ctx context.Context, id account.AccountID, fn func(*visit) error) error {
	return s.update(ctx, func(tx Tx, epoch account.Epoch) error {
		v := &visit{Tx: tx, server: s, epoch: epoch, now: s.Clock(), leases: map[account.LeaseID]*Lease{}}
		var ok bool
		var err error
		if v.holder, ok, err = tx.Account(id); err != nil {
			return err
		}
		if !ok {
			return fmt.Errorf("the account server has no account %q", id)
		}
		if v.plan, ok = s.Plans.Find(v.holder.Plan); !ok {
			return fmt.Errorf("account %q is on the plan %q, which is no longer in the plan file: put it back there", id, v.holder.Plan)
		}
		if err := v.bringUp(); err != nil {
			return err
		}
		if err := fn(v); err != nil {
			return err
		}
		return v.assert()
	})
}

// bringUp ends the leases whose time is over and grants the allowance.
func (v *visit) bringUp() error {
	leases, err := v.Leases(v.holder.ID)
	if err != nil {
		return err
	}
	for i := range leases {
		v.leases[leases[i].ID] = &leases[i]
		if account.InstantOf(v.now) > leases[i].SettleUntil {
			if err := v.expire(&leases[i]); err != nil {
				return err
			}
		}
	}
	return v.grantAllowance()
}

// assert is invariant 1 over the account, and invariant 2 over its leases that
// are honest: none holds more than it has.
func (v *visit) assert() error {
	books, err := v.Books(v.holder.ID)
	if err != nil {
		return err
	}
	if err := books.Check(); err != nil {
		return fmt.Errorf("account %s: %w", v.holder.ID, err)
	}
	for _, l := range v.leases {
		if l.State == LeaseFrozen || l.State == LeaseExpired || l.Unlimited {
			continue
		}
		unspent, err := v.unspent(l)
		if err != nil {
			return err
		}
		if unspent < 0 {
			return fmt.Errorf("%w: lease %s holds %d credits more than it has", ErrBooks, l.ID, -unspent)
		}
	}
	return nil
}

// unspent is what a lease has left that is not held.
func (v *visit) unspent(l *Lease) (int64, error) {
	escrow, err := v.Escrow(v.holder.ID, l.ID)
	if err != nil {
		return 0, err
	}
	held, _, err := v.Held(l.ID)
	if l.Unlimited {
		held = 0
	}
	return escrow - held, err
}

// begin starts a transaction of this account in the ledger.
func (v *visit) begin(kind TransactionKind) Transaction {
	return Transaction{Account: v.holder.ID, Kind: kind, At: v.now}
}

// write appends a transaction, unless it is of nothing.
func (v *visit) write(t Transaction) error {
	if t.empty() {
		return nil
	}
	return v.Append(t)
}

// grantAllowance grants the allowance of the plan for this period, once.
func (v *visit) grantAllowance() error {
	if v.plan.Unlimited {
		return nil
	}
	first, err := v.AddAllowance(Allowance{Account: v.holder.ID, Plan: v.plan, Period: v.plan.PeriodAt(v.now), GrantedAt: v.now})
	if err != nil || !first {
		return err
	}
	t := v.begin(KindAllowance)
	t.add(Granted, account.LeaseID{}, -v.plan.Credits)
	t.add(Available, account.LeaseID{}, v.plan.Credits)
	return v.write(t)
}

// changePlan puts the account on a plan: the unspent rest expires and the new
// plan's allowance comes, if it did not come in this period. The plan that the
// account is on already changes nothing.
func (v *visit) changePlan(p Plan) error {
	if p.ID == v.plan.ID {
		return nil
	}
	books, err := v.Books(v.holder.ID)
	if err != nil {
		return err
	}
	t := v.begin(KindPlanChange)
	t.add(Available, account.LeaseID{}, -books.Available)
	t.add(Expired, account.LeaseID{}, books.Available)
	if err := v.write(t); err != nil {
		return err
	}
	// An adopted lease can be of a later revision than a restored account.
	latest, err := v.LatestRevision(v.holder.ID)
	if err != nil {
		return err
	}
	v.plan = p
	v.holder.Plan, v.holder.PlanRevision = p.ID, max(v.holder.PlanRevision, latest)+1
	if err := v.PutAccount(v.holder); err != nil {
		return err
	}
	return v.grantAllowance()
}

// expire forfeits what a lease still holds when it can no longer be settled,
// and forgives the loss of one device a year.
func (v *visit) expire(l *Lease) error {
	left, err := v.Escrow(v.holder.ID, l.ID)
	if err != nil {
		return err
	}
	l.State = LeaseExpired
	if err := v.SetLease(*l); err != nil {
		return err
	}
	t := v.begin(KindForfeit)
	t.add(Escrow, l.ID, -left)
	t.add(Forfeited, account.LeaseID{}, left)
	if err := v.write(t); err != nil || left == 0 || v.earlier(l) {
		return err
	}
	return v.forgive(l, left)
}

// forgive returns what a lease forfeited, if it is the first loss in a year or
// of the same device as that: one lost computer can have several leases.
func (v *visit) forgive(l *Lease, credits int64) error {
	last := v.holder.ForgivenAt
	recent := last != 0 && account.InstantOf(v.now) < last.Add(forgiveEvery)
	if recent && (l.DeviceKey != v.holder.ForgivenDevice || l.IssuedAt > last) {
		return nil
	}
	if !recent {
		v.holder.ForgivenAt, v.holder.ForgivenDevice = account.InstantOf(v.now), l.DeviceKey
		if err := v.PutAccount(v.holder); err != nil {
			return err
		}
	}
	t := v.begin(KindForgive)
	t.add(Forfeited, account.LeaseID{}, -credits)
	t.add(Available, account.LeaseID{}, credits)
	return v.write(t)
}

// earlier tells whether a lease is of a plan that was changed since.
func (v *visit) earlier(l *Lease) bool { return l.PlanRevision < v.holder.PlanRevision }

// release returns what is unspent on a lease: to the account, or to the
// expired credits of the plan that it was of.
func (v *visit) release(l *Lease) error {
	unspent, err := v.unspent(l)
	if err != nil || unspent <= 0 {
		return err
	}
	to := Available
	if v.earlier(l) {
		to = Expired
	}
	t := v.begin(KindGiveBack)
	t.add(Escrow, l.ID, -unspent)
	t.add(to, account.LeaseID{}, unspent)
	return v.write(t)
}
