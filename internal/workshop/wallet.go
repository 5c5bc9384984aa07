package workshop

import (
	"context"
	"errors"
	"sync"

	"github.com/mapwright/mapwright/internal/export"
)

// Purse is what a person may know about the credits.
type Purse struct {
	Balance  Balance
	Contact  Contact
	Recovery export.Recovery
}

// lowCredits is how many credits are few.
const lowCredits = 3

// Low tells that there are few credits left to spend here, or none. Where
// nobody is signed in there is nothing to tell.
func (p Purse) Low() bool {
	return p.Contact.Session.spends() && !p.Balance.Unlimited && p.Balance.Spendable <= lowCredits
}

// Contact tells which account a balance is of, and whether its server answered.
type Contact struct {
	// Server is the address of the account server, empty for the embedded
	// account.
	Server string
	// Session says who is signed in there, and Email under which address; it
	// is empty for the embedded account.
	Session SessionState
	Email   string
	// Asked tells that this program asked the server at all.
	Asked bool
	// Reached tells that the server answered the last time that it was asked;
	// else the balance is as of its AsOf.
	Reached bool
}

// SessionState says whether somebody is signed in.
type SessionState string

// The states of a session.
const (
	SessionBuiltIn SessionState = "built-in"   // the embedded account needs none
	SessionOpen    SessionState = "signed in"  //
	SessionNone    SessionState = "signed out" // nobody is signed in at the server
	SessionOver    SessionState = "over"       // the server ended it: sign in again
)

func (s SessionState) spends() bool { return s == SessionBuiltIn || s == SessionOpen }

// Wallet tells what this computer knows of the credits, without asking a
// server, so that a window can show it at once; what a crash left is finished
// all the same. It is no error that nobody is signed in: Contact says so. Of a
// session that is over the balance is there, but nothing of it can be spent.
func (w *Workshop) Wallet(ctx context.Context) (out Purse, err error) {
	r, err := w.remote()
	if err != nil {
		return out, err
	}
	if r != nil {
		s, err := r.session()
		if err != nil {
			return out, err
		}
		if s == nil {
			out.Contact = Contact{Server: r.address, Session: SessionNone}
			return out, nil
		}
	}
	err = w.withWallet(ctx, func(p *purse) error {
		if p.books.remote == nil { // it is here, so it is no wait
			p.settle(ctx)
		}
		return p.tell(ctx, &out)
	})
	return out, err
}

// withWallet opens the purse for one use that asks no server.
func (w *Workshop) withWallet(ctx context.Context, use func(*purse) error) error {
	p, err := w.openWallet(ctx)
	if err != nil {
		return err
	}
	return errors.Join(use(p), p.close())
}

func (p *purse) tell(ctx context.Context, out *Purse) error {
	out.Recovery, out.Contact = p.recovered, p.contact()
	var err error
	out.Balance, err = p.balance(ctx)
	if !out.Contact.Session.spends() {
		out.Balance.Spendable = 0
	}
	return err
}

func (p *purse) contact() Contact {
	last := p.w.contacts.of(p.books.dir)
	c := Contact{Session: SessionBuiltIn, Asked: last.asked, Reached: last.reached}
	if p.books.remote == nil {
		return c
	}
	c.Server, c.Email, c.Session = p.books.remote.address, p.books.session.Email, SessionOpen
	if p.books.over() {
		c.Session = SessionOver
	}
	return c
}

// contact is what came of the last time that a server was asked.
type contact struct{ asked, reached bool }

// contacts remembers, as long as the program runs and for each purse by its
// folder, whether the server answered.
type contacts struct {
	mu   sync.Mutex
	last map[string]contact
}

func (c *contacts) of(dir string) contact {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.last[dir]
}

func (c *contacts) note(dir string, reached bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last[dir] = contact{asked: true, reached: reached}
}
