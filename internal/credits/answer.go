package credits

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/mapwright/mapwright/internal/account"
)

// setBackOrCopied is why a purse freezes that lacks its own vouchers.
const setBackOrCopied = "the account knows of spending that the journal on this computer has not: it was set back, or copied"

// accept makes durable what the server answered. progress is false where the
// answer brought nothing new, so that asking again is of no use.
func (t *talk) accept(ctx context.Context, request *account.SyncRequest, reply *account.SyncReply) (progress bool, err error) {
	var done SyncResult
	wall := t.config.Clock()
	var latest account.Instant
	err = t.update(ctx, func(d *draft) error {
		done, latest, progress = SyncResult{}, 0, len(request.GiveBack) > 0
		if reply.Epoch != d.state.Epoch {
			d.changeEpoch(reply.Epoch)
			progress = true
			return nil
		}
		current := request.Nonce == d.state.Nonce
		if err := d.takeLease(request, reply.Lease, &done); err != nil {
			return err
		}
		for i := range reply.Receipts {
			r := &reply.Receipts[i]
			if err := r.Verify(d.state.Server); err != nil {
				return err
			}
			latest = max(latest, r.ServerTime)
			if d.purse.leases[r.Lease] == nil {
				progress = d.disown(request, r, current) || progress
				continue
			}
			progress = d.takeReceipt(r, &done) || progress
		}
		d.closeUnanswered(t.open, reply.Receipts)
		for _, id := range request.GiveBack {
			d.markReturned(id, &done)
		}
		d.state.Status, d.state.AsOf = reply.Status, reply.ServerTime
		if latest != 0 {
			d.state.Clock = clock{Mark: latest, Server: latest, Wall: account.InstantOf(wall)}
			d.now = latest
		}
		return nil
	})
	if err != nil {
		return false, err
	}
	if latest != 0 {
		t.mu.Lock()
		t.anchor = anchor{server: latest, wall: wall}
		t.mu.Unlock()
	}
	t.result.Sent += done.Sent
	t.result.Leases += done.Leases
	t.result.Granted += done.Granted
	t.result.GivenBack += done.GivenBack
	return progress || done.Leases > 0, nil
}

// takeLease adds the lease that was asked for, once.
func (d *draft) takeLease(request *account.SyncRequest, l *account.Lease, done *SyncResult) error {
	if l == nil {
		return nil
	}
	if err := l.Verify(d.state.Server); err != nil {
		return err
	}
	if l.Nonce != request.Nonce || l.DeviceKey != request.Device || l.Account != d.state.Account {
		return fmt.Errorf("lease %s was made for another request: %w", l.ID, account.ErrSignature)
	}
	if d.state.Nonce == l.Nonce {
		d.state.Nonce = account.Nonce{}
	}
	if d.purse.leases[l.ID] != nil {
		return nil
	}
	body, err := l.MarshalBinary()
	if err != nil {
		return err
	}
	done.Leases++
	done.Granted += l.N
	s := d.state.Leases[l.ID] // one that was disowned stays closed
	s.Confirmed = d.state.Epoch
	d.state.Leases[l.ID] = s
	return d.add(EntryLease, body, Note{})
}

// takeReceipt notes how far the server has a lease, and tells whether that is
// news. Where the server has another voucher than this journal, or more, this
// journal was set back or someone spends from a copy of it.
func (d *draft) takeReceipt(r *account.Receipt, done *SyncResult) (news bool) {
	l := d.purse.leases[r.Lease]
	if !d.isOurs(l) || r.Epoch != d.state.Epoch {
		return false
	}
	if !l.agrees(r) {
		d.freeze(setBackOrCopied)
		return true
	}
	s := d.state.Leases[l.ID]
	news = s.Acked != r.AckedSeq || s.Confirmed != r.Epoch
	done.Sent += int(max(0, r.AckedSeq-s.Acked))
	s.Acked, s.Confirmed = r.AckedSeq, r.Epoch
	if s.Receipt == nil || r.AckedSeq >= s.Receipt.AckedSeq {
		kept := *r
		s.Receipt = &kept
	}
	d.state.Leases[l.ID] = s
	return news
}

// closeUnanswered ends new holds on leases that were open here when the server
// was asked and are not open there: it sends a receipt of each that is.
func (d *draft) closeUnanswered(open []account.LeaseID, receipts []account.Receipt) {
	for _, id := range open {
		if !slices.ContainsFunc(receipts, func(r account.Receipt) bool { return r.Lease == id }) {
			d.closeLease(id)
		}
	}
}

// disown deals with a lease of this device that is not in its journal. With
// vouchers, the journal was set back or someone spends from a copy of it.
// Without, nobody can spend from it: its answer came to nobody, or came and was
// set back. It goes back to the account, or its credits would lie there until
// it ends. Where the nonce that was asked with is not the current one, another
// program may be about to store the lease.
func (d *draft) disown(request *account.SyncRequest, r *account.Receipt, current bool) (news bool) {
	if request.Device != d.state.Device || r.Epoch != d.state.Epoch {
		return false
	}
	if r.AckedSeq > 0 {
		d.freeze(setBackOrCopied)
		return true
	}
	s := d.state.Leases[r.Lease]
	if !current || s.Returned || s.Confirmed == r.Epoch {
		return false
	}
	s.Closed, s.Confirmed = true, r.Epoch
	d.state.Leases[r.Lease] = s
	return true
}

// agrees tells whether the lease has the voucher that the receipt names.
func (l *lease) agrees(r *account.Receipt) bool {
	switch {
	case r.AckedSeq == 0:
		return r.AckedHash == l.Hash()
	case r.AckedSeq > int64(len(l.vouchers)):
		return false
	}
	return r.AckedHash == l.vouchers[r.AckedSeq-1].Hash()
}

func (d *draft) markReturned(id account.LeaseID, done *SyncResult) {
	s := d.state.Leases[id]
	if !s.Closed || s.Returned {
		return
	}
	if l := d.purse.leases[id]; l != nil {
		done.GivenBack += max(0, l.unspent())
	}
	s.Returned = true
	d.state.Leases[id] = s
}

// mend does what an answer that is an error asks for. It returns the error
// where that is beyond a device.
func (t *talk) mend(ctx context.Context, request *account.SyncRequest, err error) error {
	answer, ok := errors.AsType[*account.Error](err)
	if !ok {
		return err
	}
	switch answer.Code {
	case account.CodeUnknownDevice:
		return t.enrol(ctx)
	case account.CodeUnknownLease:
		if slices.ContainsFunc(request.Presented, func(p account.Presented) bool { return p.Lease.ID == answer.Lease }) {
			return err // it was told of the lease and refuses it
		}
		return t.update(ctx, func(d *draft) error {
			d.unconfirm()
			return nil
		})
	case account.CodeEpoch:
		return t.update(ctx, func(d *draft) error {
			d.changeEpoch(answer.Epoch)
			return nil
		})
	case account.CodeGap:
		return t.resend(ctx, answer)
	}
	return t.frozenBy(ctx, err)
}

// resend goes back to where the server is.
func (t *talk) resend(ctx context.Context, answer *account.Error) error {
	return t.update(ctx, func(d *draft) error {
		l := d.purse.leases[answer.Lease]
		if l == nil || answer.From < 1 {
			return answer
		}
		if answer.From > l.chain.Seq+1 {
			d.freeze(setBackOrCopied)
			return nil
		}
		s := d.state.Leases[l.ID]
		s.Acked = answer.From - 1
		d.state.Leases[l.ID] = s
		return nil
	})
}

// frozenBy keeps for good that the server froze this device.
func (t *talk) frozenBy(ctx context.Context, err error) error {
	if code := account.CodeOf(err); code != account.CodeFork && code != account.CodeFrozen {
		return err
	}
	updated := t.update(ctx, func(d *draft) error {
		d.freeze(err.Error())
		return nil
	})
	if updated != nil {
		return updated
	}
	return &LeaseNeededError{Reason: PurseFrozen, Cause: err}
}
