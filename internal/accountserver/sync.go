package accountserver

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/mapwright/mapwright/internal/account"
)

// frozen is the answer to a device that spent twice.
func frozen(d Device) error {
	return &account.Error{
		Code:    account.CodeFrozen,
		Message: fmt.Sprintf("this computer (%s) spent credits twice, as copies of one computer do: enrol it anew", d.Name),
	}
}

// exchange is one SyncRequest in one visit.
type exchange struct {
	*visit
	device Device
	// named are the leases that the request names, in the order of mention.
	named []account.LeaseID
	// refusal is the answer to a fork. What showed the fork is kept all the
	// same, so it is no error of the transaction.
	refusal error
}

// Sync takes what a device presents, its vouchers and what it gives back, and
// then grants a lease.
func (s *Session) Sync(ctx context.Context, r account.SyncRequest) (reply account.SyncReply, err error) {
	if err := checkRequest(&r); err != nil {
		return reply, err
	}
	var refusal error
	err = s.server.visit(ctx, s.id, func(v *visit) error {
		x := &exchange{visit: v}
		err := x.run(&r, &reply)
		refusal = x.refusal
		return err
	})
	if err == nil {
		err = refusal
	}
	if err != nil {
		return account.SyncReply{}, err
	}
	return reply, nil
}

func checkRequest(r *account.SyncRequest) error {
	switch {
	case r.Want < 0 || r.Room < 0:
		return invalid("a computer can't want %d credits and room for %d vouchers", r.Want, r.Room)
	case r.Nonce.IsZero() && (r.Want > 0 || r.Room > 0):
		return invalid("a request for a lease needs a nonce")
	case len(r.Vouchers) > account.MaxSyncVouchers:
		return invalid("%d vouchers came at once; at most %d can", len(r.Vouchers), account.MaxSyncVouchers)
	}
	return nil
}

func (x *exchange) run(r *account.SyncRequest, reply *account.SyncReply) error {
	if err := x.admit(r); err != nil {
		return err
	}
	for i := range r.Presented {
		if err := x.adopt(&r.Presented[i].Lease); err != nil {
			return err
		}
	}
	for i := range r.Vouchers {
		if err := x.take(&r.Vouchers[i]); err != nil {
			return err
		}
	}
	if err := x.compareReceipts(r); err != nil {
		return err
	}
	if x.device.FrozenAt != 0 {
		if x.refusal == nil {
			x.refusal = frozen(x.device)
		}
		return nil // what was taken stays
	}
	for _, id := range r.GiveBack {
		if err := x.giveBack(id); err != nil {
			return err
		}
	}
	lease, err := x.grant(r)
	if err != nil {
		return err
	}
	return x.answer(lease, reply)
}

// admit finds the device and compares epochs.
func (x *exchange) admit(r *account.SyncRequest) error {
	d, ok, err := x.Device(r.Device)
	if err != nil {
		return err
	}
	if !ok || d.Account != x.holder.ID {
		return &account.Error{Code: account.CodeUnknownDevice, Message: "the account server does not know this computer: enrol it"}
	}
	x.device = d
	if r.Epoch != x.epoch && len(r.Presented) == 0 {
		return &account.Error{
			Code: account.CodeEpoch, Epoch: x.epoch,
			Message: "the account server was restored from a backup and needs the leases of this computer again",
		}
	}
	return nil
}

// lease finds a lease of the device and notes that the request names it.
func (x *exchange) lease(id account.LeaseID) (*Lease, error) {
	l, ok := x.leases[id]
	if !ok {
		stored, found, err := x.Lease(id)
		if err != nil {
			return nil, err
		}
		if !found {
			return nil, &account.Error{
				Code: account.CodeUnknownLease, Lease: id,
				Message: fmt.Sprintf("the account server does not have lease %s: present it", id),
			}
		}
		l = &stored
		x.leases[id] = l
	}
	if l.DeviceKey != x.device.Key || l.Account != x.holder.ID {
		return nil, invalid("lease %s belongs to another computer", id)
	}
	if !slices.Contains(x.named, id) {
		x.named = append(x.named, id)
	}
	return l, nil
}

// adopt takes over a lease that this server signed before it was restored. Its
// credits come from what is available; what is missing there, from suspense.
func (x *exchange) adopt(l *account.Lease) error {
	if err := l.Verify(account.ServerKeyOf(x.server.Key)); err != nil {
		return invalid("%v", err)
	}
	if l.Account != x.holder.ID || l.DeviceKey != x.device.Key {
		return invalid("lease %s belongs to another account or computer", l.ID)
	}
	_, known, err := x.Lease(l.ID)
	if err != nil {
		return err
	}
	if !known {
		adopted := Lease{Lease: *l, State: LeaseOpen, Acked: account.ChainOf(l)}
		if account.InstantOf(x.now) > l.SettleUntil {
			adopted.State = LeaseExpired
		}
		if err := x.fund(adopted, KindAdopt); err != nil {
			return err
		}
	}
	_, err = x.lease(l.ID)
	return err
}

// fund adds a lease and moves its credits into its escrow.
func (x *exchange) fund(l Lease, kind TransactionKind) error {
	if err := x.AddLease(l); err != nil {
		return err
	}
	x.leases[l.ID] = &l
	if l.State == LeaseExpired {
		return nil
	}
	books, err := x.Books(x.holder.ID)
	if err != nil {
		return err
	}
	n := int64(l.N)
	there := min(n, books.Available)
	t := x.begin(kind)
	t.add(Available, account.LeaseID{}, -there)
	t.add(Suspense, account.LeaseID{}, there-n)
	t.add(Escrow, l.ID, n)
	return x.write(t)
}

// compareReceipts holds what this server once signed against what it has now.
// A receipt for vouchers that were lost with the database asks for them again;
// one for other vouchers than those here shows a fork.
func (x *exchange) compareReceipts(r *account.SyncRequest) error {
	for _, p := range r.Presented {
		if p.Receipt == nil {
			continue
		}
		if err := p.Receipt.Verify(account.ServerKeyOf(x.server.Key)); err != nil {
			return invalid("%v", err)
		}
		if p.Receipt.Lease != p.Lease.ID {
			return invalid("a receipt of lease %s came with lease %s", p.Receipt.Lease, p.Lease.ID)
		}
		if err := x.compare(p.Receipt, len(r.Vouchers) < account.MaxSyncVouchers); err != nil {
			return err
		}
	}
	return nil
}

// compare holds one receipt against the lease. Where the request is full, the
// missing vouchers may still be on their way.
func (x *exchange) compare(receipt *account.Receipt, whole bool) error {
	l, err := x.lease(receipt.Lease)
	if err != nil {
		return err
	}
	switch {
	case receipt.AckedSeq == 0:
		return nil
	case receipt.AckedSeq > l.Acked.Seq:
		if whole && l.State != LeaseFrozen {
			return account.Gap(l.ID, l.Acked.Seq+1)
		}
		return nil
	}
	_, same, err := x.Voucher(l.ID, receipt.AckedSeq, receipt.AckedHash)
	if err != nil || same {
		return err
	}
	return x.fork(l, receipt.AckedSeq)
}

// giveBack ends a lease before its time.
func (x *exchange) giveBack(id account.LeaseID) error {
	l, err := x.lease(id)
	if err != nil || l.State != LeaseOpen {
		return err
	}
	l.State, l.ReturnedSeq = LeaseReturned, l.Acked.Seq
	if err := x.SetLease(*l); err != nil {
		return err
	}
	return x.release(l)
}

// answer fills in the reply: receipts of the open leases and of those named.
func (x *exchange) answer(granted *Lease, reply *account.SyncReply) error {
	for id, l := range x.leases {
		if l.DeviceKey == x.device.Key && x.open(l) && !slices.Contains(x.named, id) {
			x.named = append(x.named, id)
		}
	}
	slices.SortFunc(x.named, func(a, b account.LeaseID) int {
		return cmp.Or(cmp.Compare(x.leases[a].IssuedAt, x.leases[b].IssuedAt), bytes.Compare(a[:], b[:]))
	})
	*reply = account.SyncReply{ServerTime: account.InstantOf(x.now), Epoch: x.epoch}
	next := account.LeaseID{}
	if granted != nil {
		reply.Lease, next = &granted.Lease, granted.ID
	}
	for _, id := range x.named {
		l := x.leases[id]
		receipt := account.Receipt{
			Lease: id, AckedSeq: l.Acked.Seq, AckedHash: l.Acked.Hash,
			Epoch: x.epoch, ServerTime: reply.ServerTime, NextLease: next,
		}
		if err := receipt.Sign(x.server.Key); err != nil {
			return err
		}
		reply.Receipts = append(reply.Receipts, receipt)
	}
	var err error
	reply.Status, err = x.status()
	return err
}
