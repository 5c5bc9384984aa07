package credits_test

import (
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/credits"
)

func TestLeaseOverOfflineKeepsTheBalanceAndRunningExports(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	c.sync()
	posted, voided := c.hold("posted", layer("a")), c.hold("voided", layer("b"))
	c.wire.pulled = true
	w.pass(31 * day)
	_, err := c.Hold(t.Context(), "new", layers(1))
	wantReason(t, err, credits.Expired)
	c.post(posted...)
	c.void(voided...)
	if b := c.balance(); b.Balance != 17 || b.Spendable != 0 {
		t.Fatalf("%+v", b)
	}
	c.wire.pulled = false
	c.sync()
	if b := c.balance(); b.Balance != 17 || b.Spendable != 17 || b.OnDevice != 3 {
		t.Fatalf("%+v", b)
	}
}

func TestClockSetForwardIsCuredByOneSync(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	c.sync()
	wrong := 400 * day
	c.clock = func() time.Time { return w.now().Add(wrong) }
	c.open()
	c.wire.pulled = true
	_, err := c.Hold(t.Context(), "run", layers(1))
	wantReason(t, err, credits.Expired)
	c.wire.pulled = false
	c.sync()
	c.wire.pulled = true
	c.open() // the wrong clock stays, offline again, another process
	w.pass(day)
	c.pay("a")
	wrong = 0 // the clock is put right: no day is lost, and the lease still ends
	c.open()
	c.pay("b")
}

func TestClockSetBackGivesNoDay(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	c.sync()
	c.wire.pulled = true
	w.pass(29 * day)
	c.pay("a")
	back := 0 * day
	c.clock = func() time.Time { return w.now().Add(-back) }
	c.open()
	w.pass(2 * day)
	back = 20 * day
	c.open()
	c.pay("b") // the mark stands at day 29: nothing tells that it is day 31
	back = 0
	_, err := c.Hold(t.Context(), "run", layers(1))
	wantReason(t, err, credits.Expired)
	if err := c.Void(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

func TestClockSetWhileRunningChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	real := time.Now() // has a monotonic reading
	c.clock = func() time.Time { return real }
	c.sync()
	c.wire.pulled = true
	real = real.Add(day)
	c.pay("a")
	if b := c.balance(); !b.SpendUntil.After(w.now().Add(29 * day)) {
		t.Fatalf("%+v", b)
	}
}
