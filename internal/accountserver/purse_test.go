package accountserver

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/credits"
)

// openPurse opens the purse of a computer with an embedded account, both in
// dir, as the app does.
func openPurse(t *testing.T, dir string) (*credits.Manager, *Embedded) {
	t.Helper()
	e := open(t, dir)
	return reopenPurse(t, filepath.Join(dir, "purse.db"), e), e
}

// reopenPurse opens a purse as an app that starts does.
func reopenPurse(t *testing.T, path string, e *Embedded) *credits.Manager {
	t.Helper()
	log, err := credits.OpenSQLite(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	})
	purse, err := credits.Open(t.Context(), credits.Config{Log: log, Service: e, Clock: time.Now, Rand: rand.Reader, Name: "workshop PC"})
	if err != nil {
		t.Fatal(err)
	}
	return purse
}

// export spends n credits on new work and syncs.
func export(t *testing.T, purse *credits.Manager, n int) {
	t.Helper()
	items := make([]credits.Item, n)
	for i := range items {
		if _, err := rand.Read(items[i].Recipe[:]); err != nil {
			t.Fatal(err)
		}
		items[i].Plugin = "svg@1.0.0"
	}
	charges, err := purse.Hold(t.Context(), "run", items)
	if err != nil {
		t.Fatal(err)
	}
	var ids []account.ChargeID
	for _, c := range charges {
		ids = append(ids, c.ID)
	}
	if err := purse.Post(t.Context(), ids); err != nil {
		t.Fatal(err)
	}
	syncPurse(t, purse)
}

func syncPurse(t *testing.T, purse *credits.Manager) {
	t.Helper()
	if _, err := purse.Sync(context.Background()); err != nil {
		t.Fatal(err)
	}
}

func wantBalances(t *testing.T, purse *credits.Manager, e *Embedded, want int) {
	t.Helper()
	s, err := e.Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	b, err := purse.Balance(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if s.Balance() != want || b.Balance != want {
		t.Errorf("the server says %d, the purse %+v; it is %d", s.Balance(), b, want)
	}
}

// TestPurseAndServerAgree runs the real purse against the real server.
func TestPurseAndServerAgree(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	purse, e := openPurse(t, dir)
	syncPurse(t, purse)
	wantBalances(t, purse, e, 18)
	export(t, purse, 7)
	wantBalances(t, purse, e, 11)

	// The account file is put back from a backup, and the app starts again.
	copied := backup(t, filepath.Join(dir, databaseFile))
	export(t, purse, 4)
	wantBalances(t, purse, e, 7)
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, databaseFile), copied, 0o600); err != nil {
		t.Fatal(err)
	}
	purse, e = openPurse(t, dir)
	syncPurse(t, purse)
	wantBalances(t, purse, e, 7)

	// And is lost altogether.
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, databaseFile)); err != nil {
		t.Fatal(err)
	}
	purse, e = openPurse(t, dir)
	syncPurse(t, purse)
	wantBalances(t, purse, e, 7)

	if _, err := e.ChangePlan(t.Context(), "Creator"); err != nil {
		t.Fatal(err)
	}
	syncPurse(t, purse)
	export(t, purse, 30)
	books, err := e.server.Books(t.Context(), e.id)
	if err != nil {
		t.Fatal(err)
	}
	if books.Unlimited != 30 || books.Posted != 11 || books.Escrow != 0 {
		t.Errorf("after 30 unlimited exports the books are %+v", books)
	}
	if _, err := e.ChangePlan(t.Context(), "trial"); err != nil {
		t.Fatal(err)
	}
	syncPurse(t, purse)
	export(t, purse, 1)
	wantBalances(t, purse, e, 9)
}
