package accountserver

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/credits"
)

// pay spends a credit on one recipe, named by a byte, in one run.
func pay(t *testing.T, purse *credits.Manager, recipe byte) credits.Charge {
	t.Helper()
	charges, err := purse.Hold(t.Context(), "run", []credits.Item{{Recipe: account.Recipe{recipe}, Plugin: "svg@1.0.0"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := purse.Post(t.Context(), []account.ChargeID{charges[0].ID}); err != nil {
		t.Fatal(err)
	}
	return charges[0]
}

// TestPurseThatWasPutBackIsRenewed puts an older purse.db back, spends on, and
// is frozen for it. What is lost then is the lease, and nothing else.
func TestPurseThatWasPutBackIsRenewed(t *testing.T) {
	t.Parallel()
	for name, atBackup := range map[string]func(*testing.T, *credits.Manager){
		"the account knows more":        func(*testing.T, *credits.Manager) {},
		"both went on since the backup": func(t *testing.T, purse *credits.Manager) { pay(t, purse, 3) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, "purse.db")
			purse, e := openPurse(t, dir)
			syncPurse(t, purse)
			first := pay(t, purse, 1)
			syncPurse(t, purse)
			old := backup(t, path)
			pay(t, purse, 2)
			syncPurse(t, purse)

			if err := os.WriteFile(path, old, 0o600); err != nil {
				t.Fatal(err)
			}
			purse = reopenPurse(t, path, e)
			atBackup(t, purse)
			_, err := purse.Sync(t.Context())
			wantFrozen(t, err)
			_, err = purse.Hold(t.Context(), "run", []credits.Item{{Recipe: account.Recipe{4}, Plugin: "svg@1.0.0"}})
			wantFrozen(t, err)
			before, err := purse.History(t.Context(), 100)
			if err != nil {
				t.Fatal(err)
			}

			if err := purse.Renew(t.Context()); err != nil {
				t.Fatal(err)
			}
			for range 2 { // also after the app starts again
				after, err := purse.History(t.Context(), 100)
				if err != nil || len(after) < len(before) {
					t.Errorf("of %d charges %d are left in the history (%v)", len(before), len(after), err)
				}
				b, err := purse.Balance(t.Context())
				if err != nil || b.Frozen != "" || b.Spendable == 0 {
					t.Errorf("renewed, the purse is %+v, %v", b, err)
				}
				if again := pay(t, purse, 1); !again.Free || again.Repeats != first.ID {
					t.Errorf("what was paid for before the backup costs again: %+v", again)
				}
				purse = reopenPurse(t, path, e)
			}
			if c := pay(t, purse, 5); c.Free {
				t.Errorf("new work is free: %+v", c)
			}
			syncPurse(t, purse)
			s, err := e.Status(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if len(s.Escrow) != 2 {
				t.Errorf("the account knows of %d devices with credits, not of the old one and the new: %+v", len(s.Escrow), s)
			}
		})
	}
}

// wantFrozen wants the refusal of a frozen purse, with the way out of it.
func wantFrozen(t *testing.T, err error) {
	t.Helper()
	var refused *credits.LeaseNeededError
	if !errors.As(err, &refused) || refused.Reason != credits.PurseFrozen || !strings.Contains(err.Error(), "run mapwright account renew") {
		t.Fatalf("the purse that was put back: %v", err)
	}
}
