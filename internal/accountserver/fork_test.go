package accountserver

import (
	"testing"

	"github.com/mapwright/mapwright/internal/account"
)

func TestForkCountsTwiceAndFreezes(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		a := w.enrol(1)
		l := a.lease(3)
		a.spend(l, 1)
		a.sync(0)
		b := a.clone()
		a.spend(l, 2)
		b.end(l, b.hold(l, 77), account.Post)
		b.spend(l, 1)
		a.sync(0)
		_, err := b.send(b.request(0))
		if e := wantRefusal(t, err, account.CodeFork); e.From != 3 || e.Lease != l.ID {
			t.Errorf("the fork is said to be at %d", e.From)
		}
		wantBooks(t, w.books(), Books{Granted: 18, Suspense: 2, Available: 15, Posted: 5})
		// What either of them did after that still counts, and none gets more.
		b.end(l, b.hold(l, 5), account.Post)
		_, err = b.send(b.request(0))
		wantCode(t, err, account.CodeFrozen)
		wantBooks(t, w.books(), Books{Granted: 18, Suspense: 3, Available: 15, Posted: 6})
		_, err = a.send(a.request(5))
		wantCode(t, err, account.CodeFrozen)
		enrol := account.EnrolRequest{Name: "again"}
		if err := enrol.Sign(a.key); err != nil {
			t.Fatal(err)
		}
		_, err = w.Enrol(t.Context(), enrol)
		wantCode(t, err, account.CodeFrozen)
		if l := w.enrol(2).lease(4); l.N != 4 {
			t.Error("a computer enrolled anew gets no credits")
		}
	})
}

func TestForkOfOneHoldPostsOnce(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		a := w.enrol(1)
		l := a.lease(3)
		hold := a.hold(l, 1)
		b := a.clone()
		a.end(l, hold, account.Void)
		a.end(l, a.hold(l, 2), account.Post)
		b.end(l, hold, account.Post)
		b.end(l, b.hold(l, 3), account.Post)
		a.sync(0)
		_, err := b.send(b.request(0))
		wantCode(t, err, account.CodeFork)
		if got := w.books().Posted; got != 3 {
			t.Errorf("%d are posted, not the hold once and one of each copy", got)
		}
		if got := len(w.usage()); got != 3 {
			t.Errorf("the list has %d charges, not 3", got)
		}
	})
}

func TestOverdraftIsTakenAndFreezes(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		c := w.enrol(1)
		l := c.lease(2)
		c.spend(l, 3)
		_, err := c.send(c.request(0))
		wantCode(t, err, account.CodeFrozen)
		wantBooks(t, w.books(), Books{Granted: 18, Suspense: 1, Available: 16, Posted: 3})
	})
}

// TestChargePostsAtMostOnce plays a purse with a fault: whatever it sends of a
// charge is taken, and costs once.
func TestChargePostsAtMostOnce(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		kinds []account.Kind
		want  Books
	}{
		"posted twice":        {[]account.Kind{account.Post, account.Post}, Books{Granted: 18, Available: 14, Escrow: 3, Posted: 1}},
		"voided after a post": {[]account.Kind{account.Post, account.Void}, Books{Granted: 18, Available: 14, Escrow: 3, Posted: 1}},
		"posted after a void": {[]account.Kind{account.Void, account.Post}, Books{Granted: 18, Available: 14, Escrow: 3, Posted: 1}},
		"voided twice":        {[]account.Kind{account.Void, account.Void}, Books{Granted: 18, Available: 14, Escrow: 4}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEachStore(t, func(t *testing.T, w *world) {
				c := w.enrol(1)
				l := c.lease(4)
				hold := c.hold(l, 1)
				for _, kind := range tc.kinds {
					c.end(l, hold, kind)
				}
				c.sync(0)
				wantBooks(t, w.books(), tc.want)
				if got := c.receipt[l.ID].AckedSeq; got != 3 {
					t.Errorf("%d of 3 vouchers were taken", got)
				}
			})
		})
	}
}

func TestPostWithoutItsHoldCosts(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		c := w.enrol(1)
		l := c.lease(4)
		c.write(l, account.Voucher{Kind: account.Void, Amount: 1, Charge: account.NumberOf(l.ID, 9)})
		c.write(l, account.Voucher{Kind: account.Post, Amount: 1, Charge: account.NumberOf(l.ID, 9)})
		c.sync(0)
		wantBooks(t, w.books(), Books{Granted: 18, Available: 14, Escrow: 3, Posted: 1})
	})
}

func TestCopiesThatPostOneHoldPayOnce(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		a := w.enrol(1)
		l := a.lease(3)
		hold := a.hold(l, 1)
		b := a.clone()
		a.end(l, hold, account.Post)
		changed := hold
		changed.Recipe = account.Recipe{200}
		b.end(l, changed, account.Post)
		a.sync(0)
		_, err := b.send(b.request(0))
		wantCode(t, err, account.CodeFork)
		wantBooks(t, w.books(), Books{Granted: 18, Available: 15, Escrow: 2, Posted: 1})
	})
}
