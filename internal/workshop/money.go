package workshop

import (
	"context"
	"errors"
	"strings"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/credits"
	"github.com/mapwright/mapwright/internal/export"
)

// Purse is what a person may know about the credits.
type Purse struct {
	Balance  Balance
	Recovery export.Recovery
}

// Credits tells the balance, after finishing what a crash left.
func (w *Workshop) Credits(ctx context.Context) (out Purse, err error) {
	err = w.withPurse(ctx, func(p *purse) error { return p.tell(ctx, &out) })
	return out, err
}

// Sync sends what waits and renews the credits on this computer. It fails
// where the account server can't be reached.
func (w *Workshop) Sync(ctx context.Context) (out Purse, err error) {
	err = w.withPurse(ctx, func(p *purse) error {
		if _, err := p.credits.Sync(ctx); err != nil {
			return syncError(err)
		}
		return p.tell(ctx, &out)
	})
	return out, err
}

// Reserve sets how many credits stay on this computer, and fetches them.
func (w *Workshop) Reserve(ctx context.Context, n int) (out Purse, err error) {
	if n < 0 {
		return out, usage("a reserve of %d: give 0 or more", n)
	}
	err = w.withPurse(ctx, func(p *purse) error {
		if err := p.credits.SetReserve(ctx, n); err != nil {
			return syncError(err)
		}
		return p.tell(ctx, &out)
	})
	return out, err
}

// History lists the charges of this computer, the newest first.
func (w *Workshop) History(ctx context.Context, limit int) (out []credits.Charge, err error) {
	err = w.withPurse(ctx, func(p *purse) error {
		out, err = p.credits.History(ctx, limit)
		return err
	})
	return out, err
}

// Account is who the credits belong to.
type Account struct {
	Status account.Status
	Plans  []account.Plan
	// Expired is how many credits of the plan called Before a change ended.
	Expired int
	Before  string
}

// AccountStatus asks the account server.
func (w *Workshop) AccountStatus(ctx context.Context) (out Account, err error) {
	err = w.withPurse(ctx, func(p *purse) error {
		if out.Status, err = p.server.Status(ctx); err != nil {
			return err
		}
		out.Plans, err = p.server.Plans(ctx)
		return err
	})
	return out, err
}

// ChangePlan puts the embedded account on another plan, its id ignoring case.
// What is unspent of the plan before expires; Expired tells how much. Nothing
// is changed unless the purse can settle first.
func (w *Workshop) ChangePlan(ctx context.Context, plan string) (out Account, err error) {
	err = w.withPurse(ctx, func(p *purse) error {
		if _, err := p.credits.Sync(ctx); err != nil {
			return syncError(err)
		}
		before, err := p.server.Status(ctx)
		if err != nil {
			return err
		}
		if out.Plans, err = p.server.Plans(ctx); err != nil {
			return err
		}
		if out.Status, err = p.server.ChangePlan(ctx, plan); err != nil {
			if account.CodeOf(err) == account.CodeUnknownPlan {
				return usage("there is no plan %q: there are %s", plan, strings.Join(planIDs(out.Plans), ", "))
			}
			return err
		}
		if out.Status.PlanRevision != before.PlanRevision {
			out.Expired, out.Before = before.Balance(), before.PlanName
		}
		_, err = p.credits.Sync(ctx)
		return err
	})
	return out, err
}

// Renew starts the credits of this computer anew after they were frozen.
func (w *Workshop) Renew(ctx context.Context) (out Purse, err error) {
	err = w.withPurse(ctx, func(p *purse) error {
		if err := p.credits.Renew(ctx); err != nil {
			return syncError(err)
		}
		return p.tell(ctx, &out)
	})
	return out, err
}

// syncError tells a server that is out of reach, or wants a sign-in, from
// anything else that can go wrong.
func syncError(err error) error {
	if errors.Is(err, credits.ErrUnreachable) || account.CodeOf(err) != "" {
		return &Error{Code: CodeSignIn, Err: err}
	}
	return err
}

func planIDs(plans []account.Plan) []string {
	var ids []string
	for _, p := range plans {
		ids = append(ids, p.ID)
	}
	return ids
}

// withPurse opens the purse for one use.
func (w *Workshop) withPurse(ctx context.Context, use func(*purse) error) error {
	p, err := w.openPurse(ctx)
	if err != nil {
		return err
	}
	return errors.Join(use(p), p.close())
}

func (p *purse) tell(ctx context.Context, out *Purse) error {
	out.Recovery = p.recovered
	var err error
	out.Balance, err = p.balance(ctx)
	return err
}
