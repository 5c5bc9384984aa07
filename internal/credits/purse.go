package credits

import (
	"crypto/sha256"
	"fmt"

	"github.com/mapwright/mapwright/internal/account"
)

// purse is what the journal says, read from its beginning. apply is the only
// thing that changes it; it is where the rules of money are.
type purse struct {
	head     Head
	leases   map[account.LeaseID]*lease
	order    []account.LeaseID // as they came
	charges  map[ChargeID]*Charge
	sequence []ChargeID // in the order of their holds
	runs     map[string][]ChargeID
	paid     map[work]ChargeID
	voids    map[work]int // in a row, since the last post
}

// work is a recipe as one account pays for it.
type work struct {
	account account.AccountID
	recipe  Recipe
}

// lease is a lease and what was done on it.
type lease struct {
	account.Lease
	chain    account.Chain
	vouchers []account.Voucher
	held     int // credits
	posted   int // credits
	running  int // charges that are held, free ones too
}

// unspent is how many credits nothing was done with.
func (l *lease) unspent() int { return l.N - l.held - l.posted }

// places is how many vouchers still fit, less those that running charges need
// to end.
func (l *lease) places() int {
	return account.MaxVouchers - int(l.chain.Seq) - l.running
}

// payable is how many charges of one credit can be held: each needs two places.
func (l *lease) payable() int {
	if l.Unlimited {
		return l.places() / 2
	}
	return min(l.unspent(), l.places()/2)
}

func newPurse() *purse {
	return &purse{
		leases:  map[account.LeaseID]*lease{},
		charges: map[ChargeID]*Charge{},
		runs:    map[string][]ChargeID{},
		paid:    map[work]ChargeID{},
		voids:   map[work]int{},
	}
}

// apply takes the next entry of the journal, or says which rule it breaks.
func (p *purse) apply(e *Entry) error {
	if e.Pos != p.head.Pos+1 {
		return fmt.Errorf("%w: entry %d follows entry %d", ErrDamaged, e.Pos, p.head.Pos)
	}
	var err error
	switch e.Kind {
	case EntryLease:
		err = p.applyLease(e)
	case EntryVoucher:
		err = p.applyVoucher(e)
	default:
		err = fmt.Errorf("there is no kind %d", e.Kind)
	}
	if err != nil {
		return fmt.Errorf("%w: entry %d: %w", ErrDamaged, e.Pos, err)
	}
	p.head = p.head.next(e)
	return nil
}

func (p *purse) applyLease(e *Entry) error {
	l := &lease{}
	if err := l.UnmarshalBinary(e.Body); err != nil {
		return err
	}
	if _, twice := p.leases[l.ID]; twice {
		return fmt.Errorf("lease %s came before", l.ID)
	}
	l.chain = account.ChainOf(&l.Lease)
	p.leases[l.ID] = l
	p.order = append(p.order, l.ID)
	return nil
}

func (p *purse) applyVoucher(e *Entry) error {
	var v account.Voucher
	if err := v.UnmarshalBinary(e.Body); err != nil {
		return err
	}
	l := p.leases[v.Lease]
	if l == nil {
		return fmt.Errorf("voucher %d is on lease %s, which did not come before", v.Seq, v.Lease)
	}
	chain, err := l.chain.Next(&v)
	if err != nil {
		return err
	}
	switch v.Kind {
	case account.Hold:
		err = p.applyHold(l, &v, e)
	case account.Post, account.Void:
		err = p.applyEnd(l, &v, e)
	}
	if err != nil {
		return err
	}
	l.chain = chain
	l.vouchers = append(l.vouchers, v)
	if !l.Unlimited && l.held+l.posted > l.N || l.held < 0 || l.running < 0 {
		return fmt.Errorf("lease %s has %d credits, of which %d are held and %d spent", l.ID, l.N, l.held, l.posted)
	}
	return nil
}

func (p *purse) applyHold(l *lease, v *account.Voucher, e *Entry) error {
	if _, twice := p.charges[v.Charge]; twice {
		return fmt.Errorf("charge %s is held twice", v.Charge)
	}
	p.charges[v.Charge] = &Charge{
		ID: v.Charge, Run: e.Note.Run, Recipe: v.Recipe, Format: e.Note.Format, Plugin: v.Plugin, Label: e.Note.Label,
		Amount: v.Amount, Free: v.Repeats != "", Repeats: v.Repeats,
		State: Held, At: e.At.Time(), Unlimited: l.Unlimited, lease: l.ID, last: v.Seq,
	}
	p.sequence = append(p.sequence, v.Charge)
	p.runs[e.Note.Run] = append(p.runs[e.Note.Run], v.Charge)
	l.held += v.Amount
	l.running++
	return nil
}

func (p *purse) applyEnd(l *lease, v *account.Voucher, e *Entry) error {
	c := p.charges[v.Charge]
	switch {
	case c == nil || c.lease != l.ID:
		return fmt.Errorf("charge %s is ended on lease %s, where it was not held", v.Charge, l.ID)
	case c.State != Held:
		return fmt.Errorf("charge %s is %s already", c.ID, c.State)
	case v.Recipe != c.Recipe:
		return fmt.Errorf("charge %s changes its recipe", c.ID)
	case v.Amount != c.Amount && (v.Kind == account.Void || v.Repeats == ""):
		return fmt.Errorf("charge %s changes its amount", c.ID)
	}
	l.held -= c.Amount
	l.running--
	c.EndedAt, c.last = e.At.Time(), v.Seq
	w := work{l.Account, c.Recipe}
	if v.Kind == account.Void {
		c.State = Voided
		p.voids[w]++
		return nil
	}
	c.State, c.Amount, c.Repeats, c.Free = Posted, v.Amount, v.Repeats, v.Repeats != ""
	l.posted += v.Amount
	delete(p.voids, w)
	if _, before := p.paid[w]; !before && !c.Free {
		p.paid[w] = c.ID
	}
	return nil
}

// Head is the end of a journal: where it is, and a hash over everything up to
// there.
type Head struct {
	Pos  int64
	Hash account.Hash
}

const domainJournal = "mapwright/journal/v1"

func (h Head) next(e *Entry) Head {
	b := append([]byte(domainJournal), h.Hash[:]...)
	b = append(b, byte(e.Kind))
	b = append(b, e.Body...)
	return Head{Pos: e.Pos, Hash: sha256.Sum256(b)}
}
