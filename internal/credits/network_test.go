package credits_test

import (
	"errors"
	"testing"

	"github.com/mapwright/mapwright/internal/account/accounttest"
	"github.com/mapwright/mapwright/internal/credits"
)

// Each test here and in server_test.go, clock_test.go, devices_test.go and
// plan_test.go is a row of the table of failures: what a maker would lose.

func TestExportsGoOnWithoutNetwork(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	c.sync()
	c.wire.pulled = true
	c.pay("a")
	c.pay("b")
	if _, err := c.Sync(t.Context()); !errors.Is(err, credits.ErrUnreachable) {
		t.Fatalf("a sync without network: %v", err)
	}
	c.wantSpendable(1) // what is on the device, not what the account has
	if b := c.balance(); b.Balance != 16 || b.Pending != 2 {
		t.Fatalf("offline: %+v", b)
	}
	_, err := c.Hold(t.Context(), "run", layers(2))
	short, ok := errors.AsType[*credits.NotEnoughError](err)
	if !ok || short.Missing != 1 || !errors.Is(err, credits.ErrUnreachable) {
		t.Fatalf("two needed, one here: %v", err)
	}
	c.wire.pulled = false
	c.sync()
	if b := c.balance(); b.Balance != 16 || b.Spendable != 16 || b.Pending != 0 || b.OnDevice != 3 {
		t.Fatalf("settled: %+v", b)
	}
}

func TestPurseThatNeverSawItsServerAsksForIt(t *testing.T) {
	t.Parallel()
	c := newWorld(t, "hobby").computer()
	c.wire.pulled = true
	_, err := c.Hold(t.Context(), "run", layers(1))
	wantReason(t, err, credits.NoLease)
	c.wire.pulled = false
	c.hold("run", layers(5)...)
}

func TestLostAnswerCostsNoCreditAndNoLease(t *testing.T) {
	t.Parallel()
	for fate, name := range map[accounttest.Fate]string{
		accounttest.RequestLost: "request lost", accounttest.ReplyLost: "answer lost",
		accounttest.Doubled: "request doubled", accounttest.Delayed: "request late",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "hobby")
			c := w.computer()
			next := accounttest.Arrives
			c.wire.Service = &accounttest.Network{Service: w.server, Next: func() accounttest.Fate { return next }}
			c.sync()
			c.pay("a")
			next = fate
			for range 3 {
				if _, err := c.Sync(t.Context()); err != nil && !errors.Is(err, credits.ErrUnreachable) {
					t.Fatal(err)
				}
			}
			next = accounttest.Arrives
			c.sync()
			if b := c.balance(); b.Balance != 17 || b.OnDevice != 3 || b.Unsynced != 0 {
				t.Fatalf("%+v", b)
			}
			if got := w.server.Totals(); got.Posted != 1 || got.Escrow != 3 {
				t.Fatalf("%+v", got)
			}
		})
	}
}
