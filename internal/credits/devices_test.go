package credits_test

import (
	"context"
	"testing"

	"github.com/mapwright/mapwright/internal/credits"
)

func TestTwoDevicesSpendFromDisjointEscrow(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	a, b := w.computer(), w.computer()
	a.sync()
	b.sync()
	a.wire.pulled, b.wire.pulled = true, true
	a.post(a.hold("a", layers(3)...)...)
	b.post(b.hold("b", layers(3)...)...)
	a.wire.pulled, b.wire.pulled = false, false
	a.sync()
	b.sync()
	a.sync()
	got := a.balance()
	if got.Balance != 12 || got.OnDevice != 3 || len(got.Elsewhere) != 1 || got.Elsewhere[0].Credits != 3 || got.Spendable != 9 {
		t.Fatalf("%+v", got)
	}
}

func TestClonedDeviceIsFrozenAndRenewed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	a := w.computer()
	a.sync()
	paid := a.pay("before")
	a.sync()
	b := w.computer()
	b.log = a.log.(*credits.Memory).Clone()
	b.open()
	a.pay("a")
	b.pay("b")
	a.sync()
	_, err := b.Sync(t.Context())
	wantReason(t, err, credits.PurseFrozen)
	b.open()
	_, err = b.Hold(t.Context(), "run", layers(1))
	wantReason(t, err, credits.PurseFrozen)
	if got := b.balance(); got.Spendable != 0 || got.Frozen == "" {
		t.Fatalf("%+v", got)
	}
	if err := b.Renew(t.Context()); err != nil {
		t.Fatal(err)
	}
	c, err := b.Hold(t.Context(), "again", []credits.Item{layer("before")})
	if err != nil || !c[0].Free || c[0].Repeats != paid {
		t.Fatalf("paid for before the freeze: %+v, %v", c, err)
	}
	b.pay("c")
	b.sync()
}

func TestPurseSetBackIsNoticed(t *testing.T) {
	t.Parallel()
	t.Run("by the server", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, "hobby")
		c := w.computer()
		c.sync()
		old := c.log.(*credits.Memory).Clone()
		c.pay("a")
		c.sync()
		c.log = old
		c.open()
		_, err := c.Sync(t.Context())
		wantReason(t, err, credits.PurseFrozen)
	})
	t.Run("by the head kept outside", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t, "hobby")
		c := w.computer()
		c.heads = &heads{}
		c.open()
		c.sync()
		old := c.log.(*credits.Memory).Clone()
		c.wire.pulled = true
		c.pay("a")
		c.open()
		c.pay("b")
		c.log = old
		c.open()
		_, err := c.Hold(t.Context(), "run", layers(1))
		wantReason(t, err, credits.PurseFrozen)
	})
}

type heads struct{ head credits.Head }

func (h *heads) Load(context.Context) (credits.Head, error) { return h.head, nil }

func (h *heads) Keep(_ context.Context, head credits.Head) error {
	h.head = head
	return nil
}
