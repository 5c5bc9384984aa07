package credits_test

import (
	"errors"
	"testing"

	"github.com/mapwright/mapwright/internal/credits"
)

func TestOneLayerInOneFormatCostsOneCredit(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	c.sync()
	c.wantSpendable(18)
	if b := c.balance(); b.OnDevice != 3 || b.Balance != 18 || b.Reserve != 3 {
		t.Fatalf("after the first sync: %+v", b)
	}
	id := c.hold("run", layer("roads"))
	if b := c.balance(); b.Held != 1 || b.Balance != 17 || b.OnDevice != 2 {
		t.Fatalf("while held: %+v", b)
	}
	c.post(id...)
	if b := c.balance(); b.Held != 0 || b.Pending != 1 || b.Unsynced != 2 || b.Balance != 17 || b.Spendable != 17 {
		t.Fatalf("after the post: %+v", b)
	}
	c.sync()
	if b := c.balance(); b.Pending != 0 || b.Unsynced != 0 || b.Balance != 17 || b.OnDevice != 3 {
		t.Fatalf("after the sync: %+v", b)
	}
	if got := w.server.Totals(); got.Posted != 1 || got.Available != 14 {
		t.Fatalf("the server: %+v", got)
	}
}

func TestTwelveNeededFiveThereHoldsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	c.post(c.hold("first", layers(13)...)...)
	c.sync()
	_, err := c.Hold(t.Context(), "second", append(layers(25)[13:], layers(1)...))
	short, ok := errors.AsType[*credits.NotEnoughError](err)
	if !ok || short.Needed != 12 || short.Spendable != 5 || short.Missing != 7 {
		t.Fatalf("%v", err)
	}
	if b := c.balance(); b.Held != 0 || b.Balance != 5 || b.OnDevice != 3 {
		t.Fatalf("after the refusal: %+v", b)
	}
}

func TestWhatWasPaidForIsFreeAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "trial")
	c := w.computer()
	paid := c.hold("first", layers(10)...)
	c.post(paid...)
	c.sync()
	c.wantSpendable(0)
	q, err := c.Quote(t.Context(), append(layers(10), layer("new")))
	if err != nil || q.Total != 1 || q.Missing != 1 || q.Items[3].Repeats != paid[3] || q.Items[3].PaidAt.IsZero() {
		t.Fatalf("%+v, %v", q, err)
	}
	c.wire.pulled = true
	again := c.hold("again", layers(10)...) // with no credit left, offline
	c.post(again...)
	third := c.hold("third", layers(1)...)
	charge, err := c.Charge(t.Context(), third[0])
	if err != nil || !charge.Free || charge.Amount != 0 || charge.Repeats != paid[0] || charge.State != credits.Held {
		t.Fatalf("%+v, %v", charge, err)
	}
	c.void(third...)
	c.wire.pulled = false
	c.sync()
	if got := w.server.Totals(); got.Posted != 10 {
		t.Fatalf("%+v", got)
	}
}

func TestVoidedWorkIsNotFree(t *testing.T) {
	t.Parallel()
	c := newWorld(t, "hobby").computer()
	c.void(c.hold("run", layer("a"))...)
	if charges, err := c.Hold(t.Context(), "run", []credits.Item{layer("a")}); err != nil || charges[0].Amount != 1 {
		t.Fatalf("%+v, %v", charges, err)
	}
}

func TestTwoRunsOfTheSameLayerPayOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	a, b := c.hold("a", layer("roads")), c.hold("b", layer("roads"), layer("roads"))
	if got := c.balance(); got.Held != 3 {
		t.Fatalf("%+v", got)
	}
	c.post(b...)
	c.post(a...)
	if got := c.balance(); got.Held != 0 || got.Balance != 17 || got.Pending != 1 {
		t.Fatalf("%+v", got)
	}
	charge, err := c.Charge(t.Context(), a[0])
	if err != nil || !charge.Free || charge.Repeats != b[0] || charge.State != credits.Posted {
		t.Fatalf("%+v, %v", charge, err)
	}
	c.sync()
	if got := w.server.Totals(); got.Posted != 1 {
		t.Fatalf("%+v", got)
	}
}

func TestChargePostsOnceAndNeverAfterAVoid(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	a, b := c.hold("a", layer("a")), c.hold("b", layer("b"))
	for range 3 {
		c.post(a...)
		c.void(b...)
	}
	if err := c.Void(t.Context(), a); !errors.Is(err, credits.ErrPosted) {
		t.Fatalf("void after post: %v", err)
	}
	c2 := c.hold("c", layer("c"))
	if err := c.Post(t.Context(), append(c2, b...)); !errors.Is(err, credits.ErrVoided) {
		t.Fatalf("post after void: %v", err)
	}
	if got, err := c.Charge(t.Context(), c2[0]); err != nil || got.State != credits.Held {
		t.Fatalf("a post that failed posted a part: %+v, %v", got, err)
	}
	if err := c.Post(t.Context(), []credits.ChargeID{"MW-0000-00"}); !errors.Is(err, credits.ErrUnknownCharge) {
		t.Fatalf("post of nothing: %v", err)
	}
	c.post(c2...)
	c.sync()
	if got := w.server.Totals(); got.Posted != 2 {
		t.Fatalf("%+v", got)
	}
}

func TestRunHoldsOnceAndRecoveryFindsIt(t *testing.T) {
	t.Parallel()
	c := newWorld(t, "hobby").computer()
	held := c.hold("run", layers(3)...)
	if _, err := c.Hold(t.Context(), "run", layers(1)); !errors.Is(err, credits.ErrRunHolds) {
		t.Fatalf("a second hold: %v", err)
	}
	c.post(held[1])
	c.open()
	pending, err := c.Pending(t.Context(), "run")
	if err != nil || len(pending) != 3 || pending[1].State != credits.Posted || pending[2].Label != "layer 2" {
		t.Fatalf("%+v, %v", pending, err)
	}
	running, err := c.Running(t.Context())
	if err != nil || len(running) != 2 {
		t.Fatalf("%+v, %v", running, err)
	}
	c.void(ids(running)...)
	if b := c.balance(); b.Held != 0 || b.Balance != 17 {
		t.Fatalf("%+v", b)
	}
	if _, err := c.Hold(t.Context(), "", layers(1)); err == nil {
		t.Fatal("a run without a name held credits")
	}
}

func TestSpendingSpansLeases(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	c.sync()
	c.hold("small", layers(2)...)
	held := c.hold("large", layers(16)[2:]...)
	leases := map[string]bool{}
	for _, id := range held {
		leases[string(id[:7])] = true
	}
	if len(held) != 14 || len(leases) < 2 {
		t.Fatalf("%d charges on %d leases", len(held), len(leases))
	}
	c.post(held...)
	c.sync()
	if b := c.balance(); b.Balance != 2 || b.Held != 2 || b.OnDevice != 2 {
		t.Fatalf("%+v", b)
	}
}

func TestHistoryShowsTheNewestFirst(t *testing.T) {
	t.Parallel()
	c := newWorld(t, "hobby").computer()
	a, b := c.pay("a"), c.pay("b")
	if got := c.history(); len(got) != 2 || got[0] != b || got[1] != a {
		t.Fatalf("%v", got)
	}
}

func TestPluginThatFailsOnPurposeNeedsTheServer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	c.sync()
	c.wire.pulled = true
	for range 3 {
		c.void(c.hold("run", layer("a"))...)
	}
	_, err := c.Hold(t.Context(), "run", []credits.Item{layer("a")})
	wantReason(t, err, credits.Failures)
	c.pay("b") // other layers go on
	c.wire.pulled = false
	c.post(c.hold("run", layer("a"))...)
	if v := w.server.Charges(); len(v) < 4 {
		t.Fatalf("the server knows of %d charges only", len(v))
	}
	c.wire.pulled = true
	c.void(c.hold("run", layer("a"))...) // a post ends the row
}
