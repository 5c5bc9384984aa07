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
