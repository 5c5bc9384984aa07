package credits

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/mapwright/mapwright/internal/account"
)

const (
	// freeRepeats is for how many free repeats a sync leaves room, were there
	// no credits.
	freeRepeats = 10
	// unlimitedRoom is how many places a sync leaves on unlimited leases: a
	// fifth of one.
	unlimitedRoom = account.MaxVouchers / 5
	// maxSyncRounds bounds the requests of one sync; each carries up to
	// account.MaxSyncVouchers.
	maxSyncRounds = 100
)

// Sync tells the server what happened here, and brings the credits on this
// device to the reserve where the account has them. It can be repeated, cut
// off and run by several processes at once: what arrived stays, what did not
// is sent again.
//
// Errors: LeaseNeededError (sign in, or the purse is frozen); errors.Is
// ErrUnreachable.
func (m *Manager) Sync(ctx context.Context) (SyncResult, error) {
	result, err := m.sync(ctx, need{})
	if err != nil && account.CodeOf(err) == account.CodeSignInNeeded {
		err = refusal(err, SignIn)
	}
	if err != nil {
		return result, fmt.Errorf("sync credits: %w", err)
	}
	return result, nil
}

// talk is one sync: the requests until both sides agree.
type talk struct {
	*Manager
	need   need
	result SyncResult
	open   []account.LeaseID // at the time of the last request
}

func (m *Manager) sync(ctx context.Context, n need) (SyncResult, error) {
	if m.config.Service == nil {
		return SyncResult{}, &UnreachableError{Cause: errors.New("working offline")}
	}
	t := &talk{Manager: m, need: n}
	if err := t.enrolOnce(ctx); err != nil {
		return t.result, err
	}
	progress := true
	for range maxSyncRounds {
		request, outstanding, err := t.request(ctx)
		if err != nil {
			return t.result, err
		}
		if !progress || !outstanding {
			return t.result, nil
		}
		reply, err := m.config.Service.Sync(ctx, request)
		if err = m.heard(err); err != nil {
			if err := t.mend(ctx, &request, err); err != nil {
				return t.result, err
			}
			continue
		}
		if progress, err = t.accept(ctx, &request, &reply); err != nil {
			return t.result, err
		}
		t.need.asked = true
	}
	return t.result, fmt.Errorf("the account server and this computer did not agree after %d requests", maxSyncRounds)
}

// heard notes whether the server answered. What is no answer becomes an
// UnreachableError.
func (m *Manager) heard(err error) error {
	answered := err == nil || account.CodeOf(err) != ""
	m.mu.Lock()
	m.online = answered
	m.mu.Unlock()
	if answered {
		return err
	}
	return &UnreachableError{Cause: err}
}

// enrolOnce makes this device known where it never was.
func (t *talk) enrolOnce(ctx context.Context) error {
	known := false
	err := t.view(ctx, func(d *draft) error {
		known = d.state.enrolled() && d.state.Device == account.DeviceKeyOf(d.keys.present(d.state))
		return nil
	})
	if err != nil || known {
		return err
	}
	return t.enrol(ctx)
}

// enrol makes this device known to the account and keeps what the server says
// of both.
func (t *talk) enrol(ctx context.Context) error {
	request := account.EnrolRequest{Name: t.config.Name}
	err := t.view(ctx, func(d *draft) error { return request.Sign(d.keys.present(d.state)) })
	if err != nil {
		return err
	}
	reply, err := t.config.Service.Enrol(ctx, request)
	if err = t.heard(err); err != nil {
		return t.frozenBy(ctx, err)
	}
	status, err := t.config.Service.Status(ctx)
	if err = t.heard(err); err != nil {
		return err
	}
	return t.update(ctx, func(d *draft) error {
		if d.state.Device != request.Device {
			d.forgetDisowned()
		}
		d.state.Account, d.state.Server, d.state.Device = reply.Account, reply.Server, request.Device
		d.state.Status = status
		d.changeEpoch(reply.Epoch)
		return nil
	})
}

// changeEpoch notes another life of the server.
func (d *draft) changeEpoch(epoch account.Epoch) {
	if d.state.Epoch != epoch {
		d.state.Epoch = epoch
		d.unconfirm()
	}
}

// unconfirm notes that the server may have forgotten leases, vouchers and what
// went back to it: every lease is presented again.
func (d *draft) unconfirm() {
	for id, s := range d.state.Leases {
		s.Returned, s.Confirmed = false, ""
		d.state.Leases[id] = s
	}
}

// request writes down what this device has to say, durably where it ends
// leases or draws a nonce. outstanding is false where there is nothing left.
func (t *talk) request(ctx context.Context) (r account.SyncRequest, outstanding bool, err error) {
	err = t.update(ctx, func(d *draft) error {
		if d.state.Frozen != "" {
			return &LeaseNeededError{Reason: PurseFrozen, Cause: errors.New(d.state.Frozen)}
		}
		want, room := d.wanted(t.need)
		d.closeLeases(room)
		if d.state.Nonce.IsZero() {
			if err := drawNonce(d); err != nil {
				return err
			}
		}
		r = account.SyncRequest{Device: d.state.Device, Epoch: d.state.Epoch, Nonce: d.state.Nonce, Want: want, Room: room}
		d.fill(&r)
		t.open = nil
		for _, l := range d.open() {
			t.open = append(t.open, l.ID)
		}
		outstanding = !t.need.asked || len(r.Presented) > 0 || len(r.Vouchers) > 0 || len(r.GiveBack) > 0 || d.lacks(want, room)
		return nil
	})
	return r, outstanding, err
}

func drawNonce(d *draft) error {
	if _, err := io.ReadFull(d.config.Rand, d.state.Nonce[:]); err != nil {
		return fmt.Errorf("draw a nonce: %w", err)
	}
	return nil
}

// wanted is how many credits and voucher places this device wants to have
// after the sync. It does not ask for what a run needs where the account has
// less: then nothing runs, and the credits had better stay for other devices.
func (d *draft) wanted(n need) (credits, room int) {
	st := &d.state.Status
	if st.Unlimited {
		return 1, max(unlimitedRoom, n.places)
	}
	credits = d.state.reserve()
	if unspent, _ := d.onDevice(); n.credits <= unspent+st.Available {
		credits = max(credits, n.credits)
	}
	return credits, max(2*freeRepeats, 2*credits, n.places)
}

// onDevice is what the open leases have: unspent credits, voucher places.
func (d *draft) onDevice() (unspent, places int) {
	for _, l := range d.open() {
		unspent += max(0, l.unspent())
		places += l.places()
	}
	return unspent, places
}

// lacks tells whether another lease could be had.
func (d *draft) lacks(want, room int) bool {
	unspent, places := d.onDevice()
	if places < room {
		return true
	}
	return !d.state.Status.Unlimited && unspent < want && d.state.Status.Available > 0
}

// closeLeases ends new holds on leases that are over, of an earlier plan, have
// more credits than places to spend them, or are spent and not needed for the
// places they have.
func (d *draft) closeLeases(room int) {
	_, places := d.onDevice()
	for _, id := range d.purse.order {
		l := d.purse.leases[id]
		if !d.isOurs(l) || d.state.Leases[id].Closed {
			continue
		}
		spent := l.Unlimited && l.places() < 2 || !l.Unlimited && l.unspent() == 0 && places-l.places() >= room
		if !d.isOpen(l) || spent || !l.Unlimited && 2*l.unspent() > l.places() {
			if d.isOpen(l) {
				places -= l.places()
			}
			d.closeLease(id)
		}
	}
}

func (d *draft) closeLease(id account.LeaseID) {
	s := d.state.Leases[id]
	s.Closed = true
	d.state.Leases[id] = s
}

// fill adds the leases that the server may not know, the vouchers that it has
// not, and the leases that go back: those of which it has all vouchers, which
// is certain only where it confirmed the lease in its present epoch.
func (d *draft) fill(r *account.SyncRequest) {
	for _, id := range d.purse.order {
		l, s := d.purse.leases[id], d.state.Leases[id]
		if !d.isOurs(l) {
			continue
		}
		rest := l.vouchers[s.Acked:]
		confirmed := s.Confirmed == d.state.Epoch
		if !confirmed && (d.now <= l.SettleUntil || len(rest) > 0) {
			r.Presented = append(r.Presented, account.Presented{Lease: l.Lease, Receipt: s.Receipt})
		}
		fit := min(len(rest), account.MaxSyncVouchers-len(r.Vouchers))
		r.Vouchers = append(r.Vouchers, rest[:fit]...)
		if s.Closed && !s.Returned && confirmed && fit == len(rest) {
			r.GiveBack = append(r.GiveBack, id)
		}
	}
	r.GiveBack = append(r.GiveBack, d.disowned()...)
}

// disowned lists the leases that go back although they are not in the journal.
func (d *draft) disowned() (ids []account.LeaseID) {
	for id, s := range d.state.Leases {
		if d.purse.leases[id] == nil && s.Closed && !s.Returned && s.Confirmed == d.state.Epoch {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b account.LeaseID) int { return bytes.Compare(a[:], b[:]) })
	return ids
}

// forgetDisowned drops them where this purse becomes another device, which can
// not give them back.
func (d *draft) forgetDisowned() {
	for id := range d.state.Leases {
		if d.purse.leases[id] == nil {
			delete(d.state.Leases, id)
		}
	}
}

// Renew starts anew on a frozen purse: with a new key, as a new device. What
// was paid for stays free. It needs a purse that draws its own keys.
func (m *Manager) Renew(ctx context.Context) error {
	err := m.update(ctx, func(d *draft) error {
		if d.keys.given != nil {
			return errors.New("the key of this device is kept elsewhere: replace it there")
		}
		if d.state.Frozen == "" {
			return nil
		}
		d.state.Frozen, d.state.Nonce = "", account.Nonce{}
		return d.state.drawKey(d.config.Rand)
	})
	if err != nil {
		return fmt.Errorf("start this purse anew: %w", err)
	}
	_, err = m.Sync(ctx)
	return err
}

// SetReserve sets how many credits stay on this device without asking, and
// brings them to that number: what is above goes back to the account. Where
// the account has fewer, it is those.
//
// Error: LeaseNeededError where the server can not be asked; before it
// answered, nothing is changed.
func (m *Manager) SetReserve(ctx context.Context, n int) error {
	if n < 0 || n > maxReserve {
		return fmt.Errorf("a reserve goes from 0 to %d credits, not %d", maxReserve, n)
	}
	if _, err := m.sync(ctx, need{}); err != nil {
		return fmt.Errorf("set the reserve: %w", refusal(err, NoLease))
	}
	err := m.update(ctx, func(d *draft) error {
		d.state.Reserve = &n
		unspent, _ := d.onDevice()
		if unspent <= n {
			return nil
		}
		for _, l := range d.open() {
			if l.unspent() > 0 {
				d.closeLease(l.ID)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("set the reserve: %w", err)
	}
	if _, err := m.sync(ctx, need{}); err != nil {
		return fmt.Errorf("set the reserve (credits that were on their way back arrive with the next sync): %w", refusal(err, NoLease))
	}
	return nil
}

// maxReserve keeps a mistyped number from leasing for ever.
const maxReserve = 10_000
