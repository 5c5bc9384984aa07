package accountserver

import (
	"errors"
	"fmt"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// Book is a place where credits of an account are.
type Book string

// The books. Granted and Suspense give, all others take.
const (
	// Granted is where allowances come from.
	Granted Book = "granted"
	// Available is what no lease has.
	Available Book = "available"
	// Escrow is what devices hold, one sum a lease.
	Escrow Book = "escrow"
	// Posted is what was spent.
	Posted Book = "posted"
	// Expired is what a plan change ended.
	Expired Book = "expired"
	// Forfeited is what leases held that were never settled.
	Forfeited Book = "forfeited"
	// Suspense is where credits come from that were spent without being
	// there: the excess of a fork, the shortfall of a restored database.
	Suspense Book = "suspense"
)

// TransactionKind says what moved the credits.
type TransactionKind string

// The kinds of transaction.
const (
	KindAllowance  TransactionKind = "allowance"
	KindLease      TransactionKind = "lease"
	KindAdopt      TransactionKind = "adopt"
	KindPost       TransactionKind = "post"
	KindGiveBack   TransactionKind = "give-back"
	KindPlanChange TransactionKind = "plan-change"
	KindForfeit    TransactionKind = "forfeit"
	KindForgive    TransactionKind = "forgive"
	KindRefund     TransactionKind = "refund"
)

// Entry is one line of a transaction: credits that a book takes, or gives
// where they are below 0.
type Entry struct {
	Book Book
	// Lease is set with Escrow only.
	Lease   account.LeaseID
	Credits int64
}

// Transaction moves credits between the books of one account.
type Transaction struct {
	Account account.AccountID
	Kind    TransactionKind
	At      time.Time
	// Charge is set with posts and refunds.
	Charge account.ChargeID
	// Unlimited is what was used on an unlimited lease: counted, not moved.
	Unlimited int64
	Entries   []Entry
}

// add appends an entry, unless it is of nothing.
func (t *Transaction) add(book Book, lease account.LeaseID, credits int64) {
	if credits != 0 {
		t.Entries = append(t.Entries, Entry{Book: book, Lease: lease, Credits: credits})
	}
}

// empty tells whether there is nothing to write down.
func (t *Transaction) empty() bool { return len(t.Entries) == 0 && t.Unlimited == 0 }

// check refuses a transaction that makes or loses credits.
func (t *Transaction) check() error {
	sum := int64(0)
	for _, e := range t.Entries {
		if (e.Book == Escrow) == e.Lease.IsZero() {
			return fmt.Errorf("%w: %s of a transaction names lease %s", ErrBooks, e.Book, e.Lease)
		}
		sum += e.Credits
	}
	if sum != 0 {
		return fmt.Errorf("%w: a transaction (%s) is off by %d", ErrBooks, t.Kind, sum)
	}
	return nil
}

// ErrBooks is what a request fails with that would make the books disagree.
// Nothing of such a request is kept.
var ErrBooks = errors.New("the books of the account do not agree")

// Books is where the credits of an account are, each figure at or above 0.
type Books struct {
	Granted, Suspense                             int64
	Available, Escrow, Posted, Expired, Forfeited int64
	// Unlimited is what was used without being counted down.
	Unlimited int64
}

// Check asserts granted + suspense = available + escrow + posted + expired +
// forfeited, and that no figure is below 0.
func (b Books) Check() error {
	for _, n := range []int64{b.Granted, b.Suspense, b.Available, b.Escrow, b.Posted, b.Expired, b.Forfeited, b.Unlimited} {
		if n < 0 {
			return fmt.Errorf("%w: a book is below 0: %+v", ErrBooks, b)
		}
	}
	if b.Granted+b.Suspense != b.Available+b.Escrow+b.Posted+b.Expired+b.Forfeited {
		return fmt.Errorf("%w: %+v", ErrBooks, b)
	}
	return nil
}

// set puts the signed balance of a book into its figure.
func (b *Books) set(book string, credits int64) error {
	switch Book(book) {
	case Granted:
		b.Granted = -credits
	case Suspense:
		b.Suspense = -credits
	case Available:
		b.Available = credits
	case Escrow:
		b.Escrow = credits
	case Posted:
		b.Posted = credits
	case Expired:
		b.Expired = credits
	case Forfeited:
		b.Forfeited = credits
	case "unlimited":
		b.Unlimited = credits
	default:
		return fmt.Errorf("%w: there is no book %q", ErrBooks, book)
	}
	return nil
}
