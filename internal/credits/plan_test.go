package credits_test

import (
	"testing"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/credits"
)

func TestUnlimitedCountsNothingDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "creator")
	c := w.computer()
	for i := range 30 { // 600 charges are 1200 vouchers: more than two leases
		run := string(rune('a' + i))
		var items []credits.Item
		for j := range 20 {
			items = append(items, layer(run+string(rune('a'+j))))
		}
		c.post(c.hold(run, items...)...)
	}
	c.sync()
	b := c.balance()
	if !b.Unlimited || b.Balance != 0 || b.Unsynced != 0 || !b.Ready {
		t.Fatalf("%+v", b)
	}
	if got := w.server.Totals(); got.Unlimited != 600 || got.Posted != 0 {
		t.Fatalf("%+v", got)
	}
	c.wire.pulled = true
	for i := range 50 {
		c.pay(string(rune('A' + i)))
	}
}

func TestUnlimitedOfflineEndsWithItsVouchers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "creator")
	c := w.computer()
	c.sync()
	c.wire.pulled = true
	for i := range account.MaxVouchers / 2 {
		c.post(c.hold("run", layer(string(rune(i))))...)
	}
	_, err := c.Hold(t.Context(), "run", []credits.Item{layer("one more")})
	wantReason(t, err, credits.UsedUp)
	c.wire.pulled = false
	c.pay("one more")
}

func TestPlanChangeSetsTheBalance(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "trial")
	c := w.computer()
	c.sync()
	running := c.hold("run", layer("a"))
	for _, step := range []struct {
		plan      string
		balance   int
		unlimited bool
	}{{"Hobby", 18, false}, {"creator", 0, true}, {"hobby", 18, false}} {
		if _, err := w.server.ChangePlan(t.Context(), step.plan); err != nil {
			t.Fatal(err)
		}
		c.sync()
		if b := c.balance(); b.Balance != step.balance || b.Unlimited != step.unlimited || b.Spendable != step.balance {
			t.Fatalf("on %s: %+v", step.plan, b)
		}
	}
	c.post(running...) // of a lease three plans ago
	c.sync()
	if got := w.server.Totals(); got.Posted != 1 {
		t.Fatalf("%+v", got)
	}
	if b := c.balance(); b.Balance != 18 || b.OnDevice != 3 {
		t.Fatalf("%+v", b)
	}
}

func TestReserveIsSetNotAdded(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	for _, step := range []struct{ set, onDevice int }{{10, 10}, {5, 5}, {5, 5}, {0, 0}, {100, 18}, {3, 3}} {
		if err := c.SetReserve(t.Context(), step.set); err != nil {
			t.Fatal(err)
		}
		if b := c.balance(); b.OnDevice != step.onDevice || b.Balance != 18 || b.Reserve != step.set {
			t.Fatalf("reserve %d: %+v", step.set, b)
		}
	}
	c.wire.pulled = true
	if err := c.SetReserve(t.Context(), 7); err == nil {
		t.Fatal("a reserve was set without the server")
	} else {
		wantReason(t, err, credits.NoLease)
	}
	if b := c.balance(); b.Reserve != 3 || b.OnDevice != 3 {
		t.Fatalf("%+v", b)
	}
	if err := c.SetReserve(t.Context(), -1); err == nil {
		t.Fatal("a reserve below 0")
	}
}
