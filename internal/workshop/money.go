package workshop

import (
	"context"
	"errors"
	"strings"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/credits"
)

// Credits tells the balance, after finishing what a crash left.
func (w *Workshop) Credits(ctx context.Context) (out Purse, err error) {
	err = w.withPurse(ctx, func(p *purse) error { return p.tell(ctx, &out) })
	return out, err
}

// Sync sends what waits and renews the credits on this computer. It fails
// where the account server can't be reached.
func (w *Workshop) Sync(ctx context.Context) (out Purse, err error) {
	err = w.withPurse(ctx, func(p *purse) error {
		if err := p.sync(ctx); err != nil {
			return signIn(p.asked(err))
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
			return signIn(p.asked(err))
		}
		p.heard(ctx, nil)
		return p.tell(ctx, &out)
	})
	return out, err
}

// signIn is the error of what needed the account server and did not get it.
func signIn(err error) error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	if errors.Is(err, credits.ErrUnreachable) || account.CodeOf(err) != "" {
		return &Error{Code: CodeSignIn, Err: err}
	}
	return err
}

// Account is who the credits belong to.
type Account struct {
	// Server is the address of the account server, empty for the embedded
	// account.
	Server string
	Status account.Status
	Plans  []account.Plan
	// Expired is how many credits of the plan called Before a change ended.
	Expired int
	Before  string
}

// AccountStatus asks the account server.
func (w *Workshop) AccountStatus(ctx context.Context) (out Account, err error) {
	err = w.withPurse(ctx, func(p *purse) error {
		out.Server = p.contact().Server
		if out.Status, err = p.books.Status(ctx); err != nil {
			return p.asked(err)
		}
		out.Plans, err = p.books.Plans(ctx)
		return p.asked(err)
	})
	return out, err
}

// ChangePlan puts the embedded account on another plan, its id ignoring case.
// What is unspent of the plan before expires; Expired tells how much. Nothing
// is changed unless the purse can settle first. A server elsewhere gives no
// plan for the asking.
func (w *Workshop) ChangePlan(ctx context.Context, plan string) (out Account, err error) {
	r, err := w.remote()
	if err != nil {
		return out, err
	}
	if r != nil {
		return out, usage("account plan %s: only the embedded account changes its plan here; the plan of an account at %s is changed there", plan, r.address)
	}
	err = w.withPurse(ctx, func(p *purse) error {
		if err := p.sync(ctx); err != nil {
			return signIn(p.asked(err))
		}
		before, err := p.books.Status(ctx)
		if err != nil {
			return err
		}
		if out.Plans, err = p.books.Plans(ctx); err != nil {
			return err
		}
		if out.Status, err = p.books.ChangePlan(ctx, plan); err != nil {
			if account.CodeOf(err) == account.CodeUnknownPlan {
				return usage("there is no plan %q: there are %s", plan, strings.Join(planIDs(out.Plans), ", "))
			}
			return err
		}
		if out.Status.PlanRevision != before.PlanRevision {
			out.Expired, out.Before = before.Balance(), before.PlanName
		}
		return p.sync(ctx)
	})
	return out, err
}

// Renew starts the credits of this computer anew after they were frozen.
func (w *Workshop) Renew(ctx context.Context) (out Purse, err error) {
	err = w.withPurse(ctx, func(p *purse) error {
		if err := p.credits.Renew(ctx); err != nil {
			return signIn(p.asked(err))
		}
		p.heard(ctx, nil)
		return p.tell(ctx, &out)
	})
	return out, err
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
