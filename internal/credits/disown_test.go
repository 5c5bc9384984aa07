package credits_test

import (
	"testing"

	"github.com/mapwright/mapwright/internal/credits"
)

// A computer that is restored from a backup would lie idle for a month, were
// the lease that its backup has not still counted as its own.
func TestLeaseThatTheJournalLostGoesBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "trial")
	c := w.computer()
	c.wire.pulled = true
	if _, err := c.Sync(t.Context()); err == nil {
		t.Fatal("a sync without a wire succeeded")
	}
	c.wire.pulled = false
	backup := c.log.(*credits.Memory).Clone()
	c.sync()
	c.log = backup
	c.open()
	if _, err := c.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.wantSpendable(10)
	c.post(c.hold("all", layers(10)...)...)
	c.sync()
}

func TestSpendingOnALeaseThatTheJournalLostFreezes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	backup := c.log.(*credits.Memory).Clone()
	c.sync()
	c.pay("a")
	c.sync()
	c.log = backup
	c.open()
	_, err := c.Sync(t.Context())
	wantReason(t, err, credits.PurseFrozen)
	if err := c.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.pay("b")
	c.sync()
}

// A copy that gives a lease back leaves the other computer neither asking for
// leases for ever nor with credits that are no longer there.
func TestLeaseThatACopyGaveBackIsNoLongerSpendable(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	a, b := w.computer(), w.computer()
	b.log = a.log.(*credits.Memory).Clone()
	b.open()
	a.sync()
	b.sync()
	a.sync()
	a.wantSpendable(18)
	a.pay("a")
	a.sync()
	if got := a.balance(); got.Frozen != "" || got.Unsynced != 0 {
		t.Errorf("%+v", got)
	}
}
