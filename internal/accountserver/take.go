package accountserver

import (
	"fmt"

	"github.com/mapwright/mapwright/internal/account"
)

// take accepts a voucher. One that is here already changes nothing; one whose
// forerunner is missing is a gap; one whose number another voucher has is a
// fork, and counts as well.
func (x *exchange) take(v *account.Voucher) error {
	l, err := x.lease(v.Lease)
	if err != nil {
		return err
	}
	if err := v.Verify(l.DeviceKey); err != nil {
		return invalid("%v", err)
	}
	hash := v.Hash()
	if _, known, err := x.Voucher(l.ID, v.Seq, hash); known || err != nil {
		return err
	}
	follows, err := x.follows(l, v)
	if err != nil {
		return err
	}
	if !follows {
		return missing(l, v)
	}
	taken, err := x.NumberTaken(l.ID, v.Seq)
	if err != nil {
		return err
	}
	if err := x.AddVoucher(*v, hash, x.now); err != nil {
		return err
	}
	if next, err := l.Acked.Next(v); err == nil {
		l.Acked = next
		if err := x.SetLease(*l); err != nil {
			return err
		}
	}
	if taken || (l.State == LeaseReturned && v.Kind == account.Hold && v.Seq > l.ReturnedSeq) {
		if err := x.fork(l, v.Seq); err != nil {
			return err
		}
	}
	return x.settle(l, v, hash)
}

// follows tells whether the server has the voucher that v follows, on any
// branch of the lease.
func (x *exchange) follows(l *Lease, v *account.Voucher) (bool, error) {
	if v.Seq == 1 {
		return v.PrevHash == l.Hash(), nil
	}
	_, ok, err := x.Voucher(l.ID, v.Seq-1, v.PrevHash)
	return ok, err
}

// missing is the answer to a voucher without its forerunner: send from after
// the last one here or, where that number is taken by another branch, all.
func missing(l *Lease, v *account.Voucher) error {
	switch {
	case v.Seq == 1:
		return invalid("the first voucher of lease %s does not follow from it", l.ID)
	case v.Seq > l.Acked.Seq+1:
		return account.Gap(l.ID, l.Acked.Seq+1)
	default:
		return account.Gap(l.ID, 1)
	}
}

// settle does to the charge what the voucher says.
func (x *exchange) settle(l *Lease, v *account.Voucher, hash account.Hash) error {
	if v.Kind == account.Hold {
		return x.hold(l, v, hash)
	}
	c, found, err := x.chargeOf(l, v)
	if err != nil {
		return err
	}
	switch {
	case !found && v.Kind == account.Void:
		return nil // nothing was held, nothing is freed
	case !found:
		c = x.charge(l, v, hash) // a post without its hold still costs
	}
	if v.Kind == account.Post {
		return x.post(l, c, v)
	}
	return x.void(l, c)
}

func (x *exchange) charge(l *Lease, v *account.Voucher, hold account.Hash) Charge {
	c := Charge{
		Lease: l.ID, Hold: hold, Account: x.holder.ID, ID: v.Charge, Recipe: v.Recipe, Repeats: v.Repeats,
		Plugin: v.Plugin, Credits: int64(v.Amount), State: ChargeHeld, At: x.now, Device: l.DeviceKey,
	}
	if l.State == LeaseExpired {
		c.Credits = 0
	}
	return c
}

// chargeOf finds the charge of a post or void: that of the hold of its number
// on its own branch.
func (x *exchange) chargeOf(l *Lease, v *account.Voucher) (Charge, bool, error) {
	charges, err := x.ChargesOfID(x.holder.ID, v.Charge)
	if err != nil {
		return Charge{}, false, err
	}
	ofLease := map[account.Hash]Charge{}
	var only Charge
	for _, c := range charges {
		if c.Lease == l.ID {
			ofLease[c.Hold], only = c, c
		}
	}
	if len(ofLease) < 2 {
		return only, len(ofLease) == 1, nil
	}
	at := *v
	for at.Seq > 1 {
		if c, ok := ofLease[at.PrevHash]; ok {
			return c, true, nil
		}
		before, ok, err := x.Voucher(l.ID, at.Seq-1, at.PrevHash)
		if err != nil || !ok {
			return Charge{}, false, err
		}
		at = before
	}
	return Charge{}, false, nil
}

// hold opens a charge. Credits stay in the escrow of the lease; a device that
// holds more than that is not honest, and is frozen.
func (x *exchange) hold(l *Lease, v *account.Voucher, hash account.Hash) error {
	if err := x.PutCharge(x.charge(l, v, hash)); err != nil {
		return err
	}
	return x.refuseOverdraft(l)
}

func (x *exchange) refuseOverdraft(l *Lease) error {
	if l.Unlimited || l.State == LeaseExpired || l.State == LeaseFrozen {
		return nil
	}
	unspent, err := x.unspent(l)
	if err != nil || unspent >= 0 {
		return err
	}
	x.refusal = &account.Error{
		Code: account.CodeFrozen, Lease: l.ID,
		Message: fmt.Sprintf("this computer (%s) spent more than lease %s has: enrol it anew", x.device.Name, l.ID),
	}
	return x.freeze(l)
}

// post spends a charge, once. It costs what was held, or nothing where the
// same work was paid for meanwhile or the lease can no longer be settled.
func (x *exchange) post(l *Lease, c Charge, v *account.Voucher) error {
	if c.State == ChargePosted || c.State == ChargeRefunded {
		return nil
	}
	c.Credits = max(c.Credits, int64(v.Amount))
	if v.Repeats != "" || l.State == LeaseExpired {
		c.Credits = 0
	}
	c.State, c.At, c.Repeats, c.Plugin = ChargePosted, x.now, v.Repeats, v.Plugin
	if err := x.PutCharge(c); err != nil {
		return err
	}
	t := x.begin(KindPost)
	t.Charge = c.ID
	if l.Unlimited {
		t.Unlimited = c.Credits
	} else {
		escrow, err := x.Escrow(x.holder.ID, l.ID)
		if err != nil {
			return err
		}
		there := min(c.Credits, escrow)
		t.add(Escrow, l.ID, -there)
		t.add(Suspense, account.LeaseID{}, there-c.Credits)
		t.add(Posted, account.LeaseID{}, c.Credits)
	}
	if err := x.write(t); err != nil {
		return err
	}
	return x.afterSettling(l)
}

// void frees what a charge held.
func (x *exchange) void(l *Lease, c Charge) error {
	if c.State != ChargeHeld {
		return nil
	}
	c.State, c.At = ChargeVoided, x.now
	if err := x.PutCharge(c); err != nil {
		return err
	}
	return x.afterSettling(l)
}

// afterSettling passes on what a charge left behind on a lease that was given
// back, and catches one that took more than there was.
func (x *exchange) afterSettling(l *Lease) error {
	if l.State == LeaseReturned {
		if err := x.release(l); err != nil {
			return err
		}
	}
	return x.refuseOverdraft(l)
}

// fork notes that two copies of a device spend from one lease.
func (x *exchange) fork(l *Lease, seq int64) error {
	if x.device.FrozenAt == 0 {
		x.refusal = &account.Error{
			Code: account.CodeFork, Lease: l.ID, From: seq,
			Message: fmt.Sprintf("this computer (%s) and a copy of it both spent from lease %s: both count, enrol this one anew", x.device.Name, l.ID),
		}
	}
	return x.freeze(l)
}

// freeze stops a lease and its device. An expired lease stays expired: what
// comes for it still counts 0.
func (x *exchange) freeze(l *Lease) error {
	if l.State != LeaseExpired {
		l.State = LeaseFrozen
		if err := x.SetLease(*l); err != nil {
			return err
		}
	}
	if x.device.FrozenAt != 0 {
		return nil
	}
	x.device.FrozenAt = account.InstantOf(x.now)
	return x.PutDevice(x.device)
}
