package credits

import (
	"context"
	"fmt"

	"github.com/mapwright/mapwright/internal/account"
)

// Post spends held charges, all in one durable step. Charges that are posted
// already stay as they are, so it can be repeated. One whose work another run
// paid for meanwhile costs nothing. It needs no server, and works after the
// lease is over.
//
// Errors: ErrVoided, ErrUnknownCharge; nothing is posted then.
func (m *Manager) Post(ctx context.Context, ids []ChargeID) error {
	return m.end(ctx, "post", ids, func(d *draft, c *Charge) error {
		switch c.State {
		case Posted:
			return nil
		case Voided:
			return ErrVoided
		}
		l := d.purse.leases[c.lease]
		v := account.Voucher{
			Kind: account.Post, Charge: c.ID, Amount: c.Amount, Recipe: c.Recipe,
			Repeats: c.Repeats, Plugin: c.Plugin,
		}
		if paid, ok := d.purse.paid[work{l.Account, c.Recipe}]; ok {
			v.Amount, v.Repeats = 0, paid
		}
		return d.voucher(l, v, Note{})
	})
}

// Void gives held charges back, all in one durable step. Charges that are
// voided already stay as they are, so it can be repeated.
//
// Errors: ErrPosted, ErrUnknownCharge; nothing is voided then.
func (m *Manager) Void(ctx context.Context, ids []ChargeID) error {
	return m.end(ctx, "void", ids, func(d *draft, c *Charge) error {
		switch c.State {
		case Voided:
			return nil
		case Posted:
			return ErrPosted
		}
		v := account.Voucher{
			Kind: account.Void, Charge: c.ID, Amount: c.Amount, Recipe: c.Recipe,
			Repeats: c.Repeats, Plugin: c.Plugin,
		}
		return d.voucher(d.purse.leases[c.lease], v, Note{})
	})
}

func (m *Manager) end(ctx context.Context, what string, ids []ChargeID, step func(*draft, *Charge) error) error {
	return m.update(ctx, func(d *draft) error {
		for _, id := range ids {
			c := d.purse.charges[id]
			if c == nil {
				return fmt.Errorf("%s %s: %w", what, id, ErrUnknownCharge)
			}
			if err := step(d, c); err != nil {
				return fmt.Errorf("%s %s: %w", what, id, err)
			}
		}
		return nil
	})
}
