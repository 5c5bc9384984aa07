package accountserver

import (
	"context"
	"fmt"

	"github.com/mapwright/mapwright/internal/account"
)

// Refund gives the credits of a posted charge back to its account: a hand for
// people who run a server, not for devices. Refunding twice changes nothing. Of
// a number that a fork used twice, all posted charges are refunded.
func (s *Server) Refund(ctx context.Context, id account.AccountID, charge account.ChargeID) error {
	return s.visit(ctx, id, func(v *visit) error {
		charges, err := v.ChargesOfID(id, charge)
		if err != nil {
			return err
		}
		found := false
		for _, c := range charges {
			found = found || c.State == ChargePosted || c.State == ChargeRefunded
			if c.State != ChargePosted {
				continue
			}
			if err := v.refund(c); err != nil {
				return err
			}
		}
		if !found {
			return fmt.Errorf("account %s has no spent charge %s to refund", id, charge)
		}
		return nil
	})
}

func (v *visit) refund(c Charge) error {
	l, ok, err := v.Lease(c.Lease)
	if err != nil {
		return err
	}
	if !ok {
		return fmt.Errorf("%w: the lease of charge %s is not there", ErrBooks, c.ID)
	}
	c.State, c.At = ChargeRefunded, v.now
	if err := v.PutCharge(c); err != nil {
		return err
	}
	t := v.begin(KindRefund)
	t.Charge = c.ID
	if l.Unlimited {
		t.Unlimited = -c.Credits
	} else {
		t.add(Posted, account.LeaseID{}, -c.Credits)
		t.add(Available, account.LeaseID{}, c.Credits)
	}
	return v.write(t)
}

// Books sums up an account for an audit.
func (s *Server) Books(ctx context.Context, id account.AccountID) (b Books, err error) {
	err = s.visit(ctx, id, func(v *visit) error {
		b, err = v.Books(id)
		return err
	})
	return b, err
}
