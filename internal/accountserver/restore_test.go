package accountserver

import (
	"context"
	"errors"
	"os"
	"testing"

	"github.com/mapwright/mapwright/internal/account"
)

// backup copies the database of a SQLite world aside.
func backup(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// onEachRestore runs a test in a new world whose store can be put back.
func onEachRestore(t *testing.T, test func(t *testing.T, w *world, save, restore func())) {
	t.Helper()
	onEachStore(t, func(t *testing.T, w *world) {
		var saved func(testing.TB) testStore
		save := func() { saved = w.store.backup(t) }
		restore := func() { w.serve(saved(t)) }
		test(t, w, save, restore)
	})
}

func TestRestoredServerTakesLeasesAndVouchersBack(t *testing.T) {
	t.Parallel()
	onEachRestore(t, func(t *testing.T, w *world, save, restore func()) {
		c := w.enrol(1)
		old := c.lease(4)
		c.spend(old, 1)
		c.sync(0)
		save()
		c.spend(old, 1)
		l := c.lease(10)
		c.spend(l, 3)
		c.sync(0)
		before := w.books()
		restore()

		r := c.request(0)
		_, err := c.send(r)
		e := wantRefusal(t, err, account.CodeEpoch)
		if e.Epoch == "" || e.Epoch == c.epoch {
			t.Fatalf("the epoch after a restore is %q, as before", e.Epoch)
		}
		r.Epoch, r.Presented = e.Epoch, c.present()
		unsent := r
		unsent.Vouchers = nil
		_, err = c.send(unsent)
		wantCode(t, err, account.CodeGap) // a receipt says that there was more
		for range 2 {
			if _, err := c.send(r); err != nil {
				t.Fatal(err)
			}
			wantBooks(t, w.books(), before)
		}
		c.sync(0)
		if next := c.lease(12); next.N != 5 { // 2 and 5 are left
			t.Errorf("the lease after the restore is of %d, not of what is missing to 12", next.N)
		}
	})
}

func TestShortfallOfARestoreGoesToSuspense(t *testing.T) {
	t.Parallel()
	onEachRestore(t, func(t *testing.T, w *world, save, restore func()) {
		c, other := w.enrol(1), w.enrol(2)
		save()
		l := c.lease(15)
		c.spend(l, 15)
		c.sync(0)
		restore()
		r := other.request(10)
		r.Epoch = w.epochNow()
		if _, err := other.send(r); err != nil {
			t.Fatal(err)
		}
		r = c.request(0)
		r.Presented = c.present()
		if _, err := c.send(r); err != nil {
			t.Fatal(err)
		}
		wantBooks(t, w.books(), Books{Granted: 18, Suspense: 7, Escrow: 10, Posted: 15})
	})
}

func (w *world) epochNow() account.Epoch {
	w.Helper()
	w.books()
	var mark Mark
	err := w.store.Update(context.Background(), func(tx Tx) (err error) {
		mark, _, err = tx.Mark()
		return err
	})
	if err != nil {
		w.Fatal(err)
	}
	return mark.Epoch
}

func TestCopyThatAnotherReceiptContradictsIsAFork(t *testing.T) {
	t.Parallel()
	onEachRestore(t, func(t *testing.T, w *world, save, restore func()) {
		a := w.enrol(1)
		l := a.lease(6)
		save()
		b := a.clone()
		a.spend(l, 1)
		a.sync(0)
		restore()
		b.end(l, b.hold(l, 99), account.Post)
		r := b.request(0)
		r.Presented = b.present()
		if _, err := b.send(r); err != nil {
			t.Fatal(err)
		}
		r = a.request(0)
		r.Vouchers, r.Presented = nil, a.present()
		_, err := a.send(r)
		wantCode(t, err, account.CodeFork)
	})
}

func TestUnknownLeaseIsAskedForAndAdopted(t *testing.T) {
	t.Parallel()
	onEachRestore(t, func(t *testing.T, w *world, save, restore func()) {
		c := w.enrol(1)
		save()
		l := c.lease(5)
		c.spend(l, 2)
		restore()
		c.epoch = w.epochNow()
		r := c.request(0)
		_, err := c.send(r)
		if e := wantRefusal(t, err, account.CodeUnknownLease); e.Lease != l.ID {
			t.Errorf("lease %s is asked for", e.Lease)
		}
		r.Presented = c.present()
		if _, err := c.send(r); err != nil {
			t.Fatal(err)
		}
		wantBooks(t, w.books(), Books{Granted: 18, Available: 13, Escrow: 3, Posted: 2})
	})
}

// brokenWitness fails to keep a mark, as a full disk does.
type brokenWitness struct{ Witness }

var errFull = errors.New("no space left on device")

func (brokenWitness) Advance(m Mark) (Mark, error) { return m, errFull }

func TestNothingIsKeptThatTheWitnessDoesNotKnow(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		c := w.enrol(1)
		before := w.books()
		w.server.Witness = brokenWitness{w.witness}
		_, err := c.send(c.request(5))
		w.wantFailure(err, errFull)
		w.server.Witness = w.witness
		wantBooks(t, w.books(), before)
		if c.epoch != w.epochNow() {
			t.Error("a request that was not kept began an epoch")
		}
	})
}
