package credits_test

import (
	"testing"

	"github.com/mapwright/mapwright/internal/credits"
)

func TestWhatWaitsIsToldFromWhatTheServerHas(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	c.sync()
	synced := c.pay("roads")
	c.sync()
	c.wire.pulled = true
	held := c.hold("run", layer("water"))[0]
	waiting := c.pay("parks")
	want := map[credits.ChargeID]bool{synced: false, held: true, waiting: true}
	all, err := c.History(t.Context(), 10)
	if err != nil || len(all) != len(want) {
		t.Fatalf("%+v, %v", all, err)
	}
	for _, got := range all {
		if got.Waiting != want[got.ID] {
			t.Errorf("%s of %s waits: %t, want %t", got.ID, got.Label, got.Waiting, want[got.ID])
		}
	}

	// The server hears of the hold, and then not of its end.
	c.wire.pulled = false
	c.sync()
	c.wantWaiting(held, false)
	c.wire.pulled = true
	c.post(held)
	c.wantWaiting(held, true)
	c.wire.pulled = false
	c.sync()
	c.wantWaiting(held, false)
}

func (c *computer) wantWaiting(id credits.ChargeID, want bool) {
	c.w.t.Helper()
	got, err := c.Charge(c.w.t.Context(), id)
	if err != nil || got.Waiting != want {
		c.w.t.Errorf("charge %s waits: %t, want %t (%v)", id, got.Waiting, want, err)
	}
}

func TestNothingWaitsForADeviceThatIsNoMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	c.sync()
	old := c.log.(*credits.Memory).Clone()
	c.pay("a")
	c.sync()
	c.log = old
	c.open()
	lost := c.pay("b")
	c.wantWaiting(lost, true)
	_, err := c.Sync(t.Context())
	wantReason(t, err, credits.PurseFrozen)
	if err := c.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.wantWaiting(lost, false)
}

func TestTheBalanceTellsWhereTheCreditsAre(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	a, b := w.computer(), w.computer()
	b.sync()
	a.sync()
	a.pay("roads")
	got := a.balance()
	if got.Allowance != 18 || got.OnDevice != 2 || got.Available != 12 || len(got.Elsewhere) != 1 || got.Elsewhere[0].Credits != 3 ||
		got.Balance != got.OnDevice+got.Available+3 {
		t.Fatalf("%+v", got)
	}
}

func TestANewProgramBelievesWhatItIsToldOfTheServer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	c.sync()
	c.open()
	c.wantSpendable(3)
	config := c.config()
	config.Online = true
	m, err := credits.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	c.Manager = m
	c.wantSpendable(18)
	c.wire.pulled = true
	if _, err := c.Sync(t.Context()); err == nil {
		t.Fatal("the sync succeeded without a server")
	}
	c.wantSpendable(3)
}
