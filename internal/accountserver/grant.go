package accountserver

import (
	"fmt"

	"github.com/mapwright/mapwright/internal/account"
)

// maxGrant is how many credits a lease has at most: each needs two vouchers.
const maxGrant = account.MaxVouchers / 2

// open tells whether new holds may be made on a lease.
func (v *visit) open(l *Lease) bool {
	return l.State == LeaseOpen && !v.earlier(l) && account.InstantOf(v.now) < l.SpendUntil
}

// stock is what a device has on its open leases.
type stock struct {
	unspent int64 // credits
	places  int64 // for vouchers
}

// stock counts the open leases that are unlimited, or those that are not.
func (x *exchange) stock(unlimited bool) (s stock, err error) {
	for _, l := range x.leases {
		if l.DeviceKey != x.device.Key || l.Unlimited != unlimited || !x.open(l) {
			continue
		}
		unspent, err := x.unspent(l)
		if err != nil {
			return s, err
		}
		_, charges, err := x.Held(l.ID)
		if err != nil {
			return s, err
		}
		s.unspent += unspent
		s.places += max(account.MaxVouchers-l.Acked.Seq-charges, 0) // a held charge has its second place still to take
	}
	return s, nil
}

// grant returns the lease of the request's nonce: the one that it has, or a
// new one where the device needs more than it has.
func (x *exchange) grant(r *account.SyncRequest) (*Lease, error) {
	if r.Nonce.IsZero() {
		return nil, nil
	}
	given, ok, err := x.LeaseOfNonce(r.Device, r.Nonce)
	if err != nil {
		return nil, err
	}
	if ok {
		return x.lease(given.ID)
	}
	credits, wanted, err := x.need(r)
	if err != nil || !wanted {
		return nil, err
	}
	return x.issue(r.Nonce, credits)
}

// need is how many credits a new lease would have, and whether one is due.
func (x *exchange) need(r *account.SyncRequest) (credits int, due bool, err error) {
	has, err := x.stock(x.plan.Unlimited)
	if err != nil {
		return 0, false, err
	}
	short := has.places < int64(min(r.Room, account.MaxVouchers))
	if x.plan.Unlimited {
		return 0, short || (r.Want > 0 && has.places == 0), nil
	}
	books, err := x.Books(x.holder.ID)
	if err != nil {
		return 0, false, err
	}
	n := min(int64(r.Want)-has.unspent, books.Available, maxGrant)
	return int(max(n, 0)), n > 0 || short, nil
}

// issue signs a lease for the device and puts its credits into escrow.
func (x *exchange) issue(nonce account.Nonce, credits int) (*Lease, error) {
	id, err := x.leaseID()
	if err != nil {
		return nil, err
	}
	last, _, err := x.LastLease(x.device.Key)
	if err != nil {
		return nil, err
	}
	now := account.InstantOf(x.now)
	doc := account.Lease{
		ID: id, Parent: last.ID, Account: x.holder.ID, DeviceKey: x.device.Key, Nonce: nonce, Epoch: x.epoch,
		N: credits, Unlimited: x.plan.Unlimited, PlanRevision: x.holder.PlanRevision,
		IssuedAt: now, SpendUntil: now.Add(account.SpendFor), SettleUntil: now.Add(account.SpendFor + account.SettleFor),
	}
	if err := doc.Sign(x.server.Key); err != nil {
		return nil, err
	}
	if err := x.fund(Lease{Lease: doc, State: LeaseOpen, Acked: account.ChainOf(&doc)}, KindLease); err != nil {
		return nil, err
	}
	return x.lease(id)
}

// leaseID draws an id whose tag no lease of the account has. There are a
// million tags, so a second draw is rare and a hundredth never due.
func (x *exchange) leaseID() (account.LeaseID, error) {
	for range 100 {
		id, err := account.NewLeaseID(x.server)
		if err != nil {
			return id, err
		}
		taken, err := x.TagTaken(x.holder.ID, id.Tag())
		if err != nil || (!taken && !id.IsZero()) {
			return id, err
		}
	}
	return account.LeaseID{}, fmt.Errorf("no lease number is free in account %s: the randomness repeats itself", x.holder.ID)
}
