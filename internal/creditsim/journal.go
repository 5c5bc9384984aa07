package creditsim

import (
	"bytes"
	"fmt"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/credits"
)

// journal is a purse's log read by the rules of DESIGN.md alone, without the
// code of internal/credits.
type journal struct {
	entries []credits.Entry
	leases  map[account.LeaseID]*leaf
	charges map[credits.ChargeID]*charge
	paid    map[account.Recipe]credits.ChargeID
	runs    map[string][]credits.ChargeID
}

// leaf is a lease and what was done on it.
type leaf struct {
	account.Lease
	chain        account.Chain
	vouchers     []account.Voucher
	held, posted int
}

type charge struct {
	lease  account.LeaseID
	recipe account.Recipe
	amount int
	state  credits.State
}

func newJournal() *journal {
	return &journal{
		leases: map[account.LeaseID]*leaf{}, charges: map[credits.ChargeID]*charge{},
		paid: map[account.Recipe]credits.ChargeID{}, runs: map[string][]credits.ChargeID{},
	}
}

// follow reads what was appended, or says which rule it breaks.
func (j *journal) follow(server account.ServerKey, entries []credits.Entry) error {
	for _, e := range entries {
		if e.Pos != int64(len(j.entries))+1 {
			return fmt.Errorf("entry %d of the journal stands at %d", e.Pos, len(j.entries)+1)
		}
		j.entries = append(j.entries, e)
		var err error
		if e.Kind == credits.EntryLease {
			err = j.lease(server, &e)
		} else {
			err = j.voucher(&e)
		}
		if err != nil {
			return fmt.Errorf("entry %d of the journal: %w", e.Pos, err)
		}
	}
	return nil
}

// same tells whether a journal read from its beginning is the one that was
// followed.
func (j *journal) same(entries []credits.Entry) bool {
	if len(entries) != len(j.entries) {
		return false
	}
	for i, e := range entries {
		if e.Kind != j.entries[i].Kind || !bytes.Equal(e.Body, j.entries[i].Body) || e.Note != j.entries[i].Note {
			return false
		}
	}
	return true
}

func (j *journal) lease(server account.ServerKey, e *credits.Entry) error {
	l := &leaf{}
	if err := l.UnmarshalBinary(e.Body); err != nil {
		return err
	}
	if j.leases[l.ID] != nil {
		return fmt.Errorf("lease %s comes twice", l.ID)
	}
	l.chain = account.ChainOf(&l.Lease)
	j.leases[l.ID] = l
	return l.Verify(server)
}

func (j *journal) voucher(e *credits.Entry) error {
	var v account.Voucher
	if err := v.UnmarshalBinary(e.Body); err != nil {
		return err
	}
	l := j.leases[v.Lease]
	if l == nil {
		return fmt.Errorf("a voucher is of lease %s, which is not there", v.Lease)
	}
	next, err := l.chain.Next(&v)
	if err != nil {
		return err
	}
	if err := v.Verify(l.DeviceKey); err != nil {
		return err
	}
	l.chain, l.vouchers = next, append(l.vouchers, v)
	if v.Kind == account.Hold {
		err = j.hold(l, &v, e.Note.Run)
	} else {
		err = j.end(l, &v)
	}
	if err != nil {
		return err
	}
	if l.held < 0 || !l.Unlimited && l.held+l.posted > l.N {
		return fmt.Errorf("lease %s has %d credits, %d are held and %d posted", l.ID, l.N, l.held, l.posted)
	}
	return nil
}

func (j *journal) hold(l *leaf, v *account.Voucher, run string) error {
	if j.charges[v.Charge] != nil {
		return fmt.Errorf("charge %s is held twice", v.Charge)
	}
	if _, paid := j.paid[v.Recipe]; paid != (v.Repeats != "") || paid != (v.Amount == 0) {
		return fmt.Errorf("charge %s is held for %d credits; its work being paid for is %t", v.Charge, v.Amount, paid)
	}
	j.charges[v.Charge] = &charge{lease: l.ID, recipe: v.Recipe, amount: v.Amount, state: credits.Held}
	j.runs[run] = append(j.runs[run], v.Charge)
	l.held += v.Amount
	return nil
}

func (j *journal) end(l *leaf, v *account.Voucher) error {
	c := j.charges[v.Charge]
	if c == nil || c.lease != l.ID || c.recipe != v.Recipe {
		return fmt.Errorf("charge %s ends and was not held so", v.Charge)
	}
	if c.state != credits.Held {
		return fmt.Errorf("charge %s was %s and ends again", v.Charge, c.state)
	}
	l.held -= c.amount
	if v.Kind == account.Void {
		c.state = credits.Voided
		return nil
	}
	first, paid := j.paid[v.Recipe]
	switch {
	case paid && v.Amount != 0:
		return fmt.Errorf("charge %s costs, though %s paid for the same work", v.Charge, first)
	case !paid && v.Amount != 1:
		return fmt.Errorf("charge %s costs %d, though nobody paid for its work", v.Charge, v.Amount)
	case !paid:
		j.paid[v.Recipe] = v.Charge
	}
	c.state, c.amount = credits.Posted, v.Amount
	l.posted += v.Amount
	return nil
}
