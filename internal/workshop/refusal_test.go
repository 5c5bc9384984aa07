package workshop

import (
	"errors"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/credits"
)

// exporting is an export of the village, one layer in one format, from a computer.
func exporting(t *testing.T, w *Workshop) Export {
	t.Helper()
	_, gpkg := shop(t)
	w.PluginDirs = []string{formats(t, "svg")}
	return Export{Map: gpkg, Out: t.TempDir(), Jobs: []ExportJob{{Format: "svg"}}}
}

func TestMissingCreditsAreCounted(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	w := signedUp(t, a)
	x := exporting(t, w)
	spend(t, w, "roads", "water", "parks")
	a.silent.Store(true)
	got, err := w.Export(t.Context(), x)
	short, ok := errors.AsType[*NotEnoughError](err)
	if !ok || short.Needed != 1 || short.Spendable != 0 || short.Missing != 1 || short.Cause == nil {
		t.Fatalf("1 of 0 credits here, 7 at a silent server: %v", err)
	}
	if got.Total != 1 || got.Missing != 1 || got.Contact.Reached || len(got.Result.Jobs) != 0 {
		t.Errorf("%+v", got)
	}
}

func TestALeaseThatIsOverAsksToGoOnlineOnceAndTellsTheBalance(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	w := signedUp(t, a)
	x := exporting(t, w)
	synced := wallet(t, w).Balance.AsOf
	a.silent.Store(true)
	w.Clock = func() time.Time { return time.Now().AddDate(0, 0, 45) }
	w = again(t, w)
	_, err := w.Export(t.Context(), x)
	needed, ok := errors.AsType[*ServerNeededError](err)
	if !ok || needed.Need != NeedOnline || Explain(err).Code != CodeSignIn {
		t.Fatalf("45 days without the server: %v", err)
	}
	if b := needed.Purse.Balance; b.Balance != 10 || !b.AsOf.Equal(synced) {
		t.Errorf("%d credits as of %v, want 10 as of %v", b.Balance, b.AsOf, synced)
	}
}

func TestASessionThatIsOverAsksForASignInAndTellsTheBalance(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	w := signedUp(t, a)
	x := exporting(t, w)
	id, err := a.AccountOf(t.Context(), mia)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.RevokeSessions(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	_, err = w.Export(t.Context(), x)
	needed, ok := errors.AsType[*ServerNeededError](err)
	if !ok || needed.Need != NeedSignIn || needed.Purse.Balance.Balance != 10 || needed.Purse.Contact.Email != mia {
		t.Fatalf("%v: %+v", err, needed)
	}
}

func TestSignedOutThereArePricesAndNothingToSpend(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	w := opened(t, Config{DataDir: t.TempDir(), Account: a.address})
	x := exporting(t, w)
	p, err := w.Prices(t.Context(), x.Map, []string{"svg"}, nil)
	if err != nil || p.Contact.Session != SessionNone || len(p.Cells) != 1 || p.Cells[0].Credits != 1 || p.Balance.Spendable != 0 {
		t.Errorf("%+v, %v", p, err)
	}
	_, err = w.Export(t.Context(), x)
	if needed, ok := errors.AsType[*ServerNeededError](err); !ok || needed.Need != NeedSignIn {
		t.Errorf("exported by nobody: %v", err)
	}
}

func TestPricesDoNotWaitForAServer(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	w := signedUp(t, a)
	x := exporting(t, w)
	before := a.requests.Load()
	if _, err := w.Prices(t.Context(), x.Map, []string{"svg"}, nil); err != nil {
		t.Error(err)
	}
	if n := a.requests.Load() - before; n != 0 {
		t.Errorf("the server was asked %d times", n)
	}
}

func TestAFrozenPurseAsksToBeRenewed(t *testing.T) {
	t.Parallel()
	known := Purse{Contact: Contact{Email: mia}}
	frozen := &credits.LeaseNeededError{Reason: credits.PurseFrozen}
	for _, c := range []struct {
		err  error
		want Need
	}{
		{frozen, NeedRenew},
		{&credits.LeaseNeededError{Reason: credits.SignIn}, NeedSignIn},
		{&credits.LeaseNeededError{Reason: credits.UsedUp}, NeedOnline},
	} {
		needed, ok := errors.AsType[*ServerNeededError](needsServer(c.err, known))
		if !ok || needed.Need != c.want || needed.Purse.Contact.Email != mia || !errors.Is(needed, c.err) {
			t.Errorf("%v: %+v", c.err, needed)
		}
	}
	if err := needsServer(&credits.NotEnoughError{Needed: 1}, known); Explain(err).Code != CodeCredits {
		t.Errorf("missing credits became %v", err)
	}
}
