package workshop

import (
	"testing"

	"github.com/mapwright/mapwright/internal/credits"
)

func TestTheWindowGivesBackWhatACrashHeldWithoutAskingAnybody(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	w := signedUp(t, a)
	err := w.withWallet(t.Context(), func(p *purse) error { // and its program dies
		_, err := p.credits.Hold(t.Context(), "dead", []credits.Item{{Recipe: credits.Recipe{1}, Format: "svg", Plugin: "svg@1.0.0"}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	before := a.requests.Load()
	p := wallet(t, again(t, w))
	if p.Recovery.Voided != 1 || p.Balance.Held != 0 || p.Balance.OnDevice != 3 || p.Balance.Unsynced != 2 {
		t.Errorf("%+v", p)
	}
	if n := a.requests.Load() - before; n != 0 {
		t.Errorf("the server was asked %d times", n)
	}
	if p := wallet(t, w); p.Recovery.Voided != 0 {
		t.Errorf("given back twice: %+v", p.Recovery)
	}
}
