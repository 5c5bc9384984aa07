package accountserver

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/account"
)

func TestLedgerOnlyGrows(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		c := w.enrol(1)
		c.spend(c.lease(3), 1)
		c.sync(0)
		before := w.books()
		for _, statement := range []string{
			`UPDATE ledger_entry SET credits = credits + 1`,
			`DELETE FROM ledger_entry`,
			`UPDATE ledger_transaction SET at = 0`,
			`DELETE FROM ledger_transaction`,
			`UPDATE voucher SET accepted_at = 0`,
			`DELETE FROM voucher`,
		} {
			if _, err := w.store.audit.ExecContext(t.Context(), statement); err == nil {
				t.Errorf("%q went through", statement)
			} else if !strings.Contains(err.Error(), "only grows") && !strings.Contains(err.Error(), "never") {
				t.Errorf("%q failed with %v", statement, err)
			}
		}
		wantBooks(t, w.books(), before)
	})
}

func TestLedgerRefusesCreditsFromNowhere(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		before := w.books()
		for name, entries := range map[string][]Entry{
			"one side only":              {{Book: Available, Credits: 5}},
			"more taken than given":      {{Book: Granted, Credits: -5}, {Book: Available, Credits: 6}},
			"more than is available":     {{Book: Available, Credits: -19}, {Book: Expired, Credits: 19}},
			"escrow of no lease":         {{Book: Available, Credits: -1}, {Book: Escrow, Credits: 1}},
			"a lease outside of escrow":  {{Book: Available, Credits: -1}, {Book: Posted, Lease: account.LeaseID{1}, Credits: 1}},
			"a book that does not exist": {{Book: Available, Credits: -1}, {Book: "pocket", Credits: 1}},
		} {
			err := w.store.Update(t.Context(), func(tx Tx) error {
				return tx.Append(Transaction{Account: testAccount, Kind: KindAllowance, At: w.now, Entries: entries})
			})
			if err == nil {
				t.Errorf("%s: it was written", name)
			}
		}
		wantBooks(t, w.books(), before)
	})
}

func TestBooksAreCheckedBeforeAnythingIsKept(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		before := w.books()
		// A balance that does not match its entries, as a bug or a hand would leave it.
		if _, err := w.store.audit.ExecContext(t.Context(), `UPDATE balance SET credits = 17 WHERE book = 'available'`); err != nil {
			t.Fatal(err)
		}
		_, err := w.ChangePlan(t.Context(), "trial")
		w.wantFailure(err, ErrBooks)
		if _, err := w.store.audit.ExecContext(t.Context(), `UPDATE balance SET credits = 18 WHERE book = 'available'`); err != nil {
			t.Fatal(err)
		}
		wantBooks(t, w.books(), before)
	})
}

func TestUpdateKeepsAllOrNothing(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		stop := errors.New("stop")
		device := Device{Key: account.DeviceKey{1}, Account: testAccount, Name: "half", EnrolledAt: w.now}
		err := w.store.Update(t.Context(), func(tx Tx) error { return errors.Join(tx.PutDevice(device), stop) })
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		err = w.store.Update(ctx, func(tx Tx) error {
			err := tx.PutDevice(device)
			cancel()
			return err
		})
		if err == nil {
			t.Error("an update went through after its request was given up")
		}
		err = w.store.Update(t.Context(), func(tx Tx) error {
			_, ok, err := tx.Device(device.Key)
			if ok {
				t.Error("half an update was kept")
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

// TestNoColumnForMaps names every column, so that nobody adds one for what a
// maker makes without meeting this line.
func TestNoColumnForMaps(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		known := " mark.epoch mark.place account.id account.plan account.forgiven_device allowance.account allowance.plan allowance.period " +
			"credential.account credential.email credential.password session.id session.token session.account session.kind " +
			"device.key device.account device.name lease.id lease.account lease.device lease.nonce lease.tag lease.document lease.state " +
			"lease.acked_hash voucher.lease voucher.hash voucher.document charge.lease charge.hold charge.account charge.id charge.recipe " +
			"charge.repeats charge.plugin charge.state ledger_transaction.account ledger_transaction.kind ledger_transaction.charge " +
			"ledger_entry.account ledger_entry.book ledger_entry.lease balance.account balance.book balance.lease "
		columns := w.store.columns(t)
		for _, column := range columns {
			if !strings.Contains(known, " "+column+" ") {
				t.Errorf("%s can hold text: may a title, a place or a layer name get there?", column)
			}
		}
		if len(columns) < 30 {
			t.Fatalf("only %d columns were seen", len(columns))
		}
	})
}

// TestTextThatNoDatabaseKeepsIsRefused is a name that PostgreSQL has no place
// for: an answer, not a failure of the server.
func TestTextThatNoDatabaseKeepsIsRefused(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		r := account.EnrolRequest{Name: "workshop\x00PC"}
		if err := r.Sign(w.key); err == nil {
			t.Error("a computer signs a name with a zero byte")
		}
		_, err := w.Enrol(t.Context(), r)
		wantCode(t, err, account.CodeInvalid)
		odd := "ł \U0001F5FA \u202E "
		r.Name = odd
		if err := r.Sign(w.key); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Enrol(t.Context(), r); err != nil {
			t.Errorf("%q: %v", odd, err)
		}
	})
}
