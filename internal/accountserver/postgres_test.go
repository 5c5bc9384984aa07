package accountserver

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver/pgtest"
)

// onPostgres opens a new PostgreSQL store.
func onPostgres(t *testing.T) testStore {
	t.Helper()
	return postgresKind.open(t, postgresKind.create(t))
}

// epochWith is the epoch that a server with a witness finds a store in.
func epochWith(t *testing.T, store Store, w Witness) (account.Epoch, error) {
	t.Helper()
	s, err := serverOver(store, w)
	if err != nil {
		return "", err
	}
	return s.epoch(t.Context())
}

// TestCopiedDatabaseIsAnother puts back all of a database, its mark included,
// as one that was dumped and read in, and asks two servers at the same moment.
func TestCopiedDatabaseIsAnother(t *testing.T) {
	t.Parallel()
	url := postgresKind.create(t)
	before, err := begin(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	copied := pgtest.Copy(t, url)
	again, err := begin(t.Context(), url)
	if err != nil || again != before {
		t.Errorf("the epoch was %s and is %s, though nothing happened: %v", before, again, err)
	}
	epochs := make(chan account.Epoch, 2)
	for range 2 {
		go func() {
			epoch, err := begin(t.Context(), copied)
			if err != nil {
				t.Error(err)
			}
			epochs <- epoch
		}()
	}
	if one, other := <-epochs, <-epochs; one == before || one != other {
		t.Errorf("after epoch %s two servers are in %s and %s", before, one, other)
	}
}

// TestRestoresTellOfWhatPostgresCannot is a snapshot of the disks put back.
func TestRestoresTellOfWhatPostgresCannot(t *testing.T) {
	t.Parallel()
	store := onPostgres(t)
	before, err := epochWith(t, store, Restores(0))
	if err != nil {
		t.Fatal(err)
	}
	after, err := epochWith(t, store, Restores(1))
	if err != nil || after == before {
		t.Fatalf("the epoch is still %s: %v", after, err)
	}
	if again, err := epochWith(t, store, Restores(1)); err != nil || again != after {
		t.Errorf("another process told the same begins epoch %s: %v", again, err)
	}
	if _, err := epochWith(t, store, Restores(0)); err == nil || !strings.Contains(err.Error(), "larger number") {
		t.Errorf("a process that was not told works on: %v", err)
	}
}

// TestDeadlockIsRunAgain has two updates lock two accounts in opposite order.
func TestDeadlockIsRunAgain(t *testing.T) {
	t.Parallel()
	store := onPostgres(t)
	for _, id := range []account.AccountID{"a", "b"} {
		if err := store.Update(t.Context(), func(tx Tx) error { return tx.PutAccount(Account{ID: id, Plan: "trial"}) }); err != nil {
			t.Fatal(err)
		}
	}
	var both sync.WaitGroup
	both.Add(2)
	done := make(chan error, 2)
	runs := make(chan struct{}, 100)
	for _, order := range [][2]account.AccountID{{"a", "b"}, {"b", "a"}} {
		first := true
		go func() {
			done <- store.Update(t.Context(), func(tx Tx) error {
				runs <- struct{}{}
				if _, _, err := tx.Account(order[0]); err != nil {
					return err
				}
				if first { // wait until the other has its first one too
					first = false
					both.Done()
					both.Wait()
				}
				a, _, err := tx.Account(order[1])
				if err != nil {
					return err
				}
				a.PlanRevision++
				return tx.PutAccount(a)
			})
		}()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if len(runs) < 3 {
		t.Error("there was no deadlock: nothing is shown")
	}
}

// TestLostConnectionsAreReplaced restarts the database, as far as a process
// sees it.
func TestLostConnectionsAreReplaced(t *testing.T) {
	t.Parallel()
	store := onPostgres(t)
	for range 3 {
		if _, err := epochWith(t, store, Restores(0)); err != nil {
			t.Fatal(err)
		}
		if _, err := store.audit.ExecContext(t.Context(),
			`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLedgerIsNotTruncated(t *testing.T) {
	t.Parallel()
	store := onPostgres(t)
	for _, table := range []string{"ledger_entry", "ledger_transaction", "voucher"} {
		_, err := store.audit.ExecContext(t.Context(), "TRUNCATE "+table+" CASCADE")
		if e, ok := errors.AsType[*pgconn.PgError](err); !ok || e.Code != "P0001" {
			t.Errorf("%s: the answer is %v", table, err)
		}
	}
}

func TestDatabaseIsRefused(t *testing.T) {
	t.Parallel()
	newer := postgresKind.create(t)
	if _, err := postgresKind.open(t, newer).audit.ExecContext(t.Context(), `INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, true)`); err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ url, says string }{
		"nothing":            {"", "sqlite://FILE"},
		"no file":            {"sqlite://", "sqlite://FILE"},
		"another database":   {"mysql://me:secret@localhost/x", "postgres://"},
		"no such server":     {"postgres://me:secret@/x?host=/nowhere", "x at /nowhere can't be reached"},
		"a port of letters":  {"postgres://me:secret@localhost:port/x", "URL"},
		"of a newer version": {newer, "newer Mapwright"},
	} {
		store, err := OpenStore(context.Background(), tc.url)
		if err == nil {
			t.Fatal(errors.Join(errors.New(name+" was opened"), store.Close()))
		}
		if !strings.Contains(err.Error(), tc.says) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the message is %q", name, err)
		}
	}
}
