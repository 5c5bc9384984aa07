package credits_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/account/accounttest"
	"github.com/mapwright/mapwright/internal/credits"
)

const day = 24 * time.Hour

func wantReason(t *testing.T, err error, want credits.Reason) {
	t.Helper()
	if e, ok := errors.AsType[*credits.LeaseNeededError](err); !ok || e.Reason != want {
		t.Fatalf("want %q, got: %v", want, err)
	}
}

// Each test is a row of the table of failures: what a maker would lose.

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

func TestServerRestoredFromABackupGetsEverythingAgain(t *testing.T) {
	t.Parallel()
	for _, when := range []string{"before the device was enrolled", "before the lease", "before the spending"} {
		t.Run(when, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "hobby")
			c := w.computer()
			backup := w.server.Backup()
			if when != "before the device was enrolled" {
				c.sync()
				if when == "before the spending" {
					c.pay("a")
					c.sync()
					backup = w.server.Backup()
				} else {
					if err := c.SetReserve(t.Context(), 0); err != nil {
						t.Fatal(err)
					}
					backup = w.server.Backup()
				}
			}
			c.post(c.hold("b", layers(4)...)...)
			c.sync()
			want := c.balance()
			w.server.Restore(backup)
			c.sync()
			if b := c.balance(); b.Balance != want.Balance || b.Unsynced != 0 {
				t.Fatalf("before the restore %+v, after it %+v", want, b)
			}
			for _, id := range c.history() {
				if v, ok := w.server.Charges()[id]; !ok || v.Kind != account.Post {
					t.Fatalf("the server lost charge %s", id)
				}
			}
		})
	}
}

func (c *computer) history() []credits.ChargeID {
	c.w.t.Helper()
	all, err := c.History(c.w.t.Context(), 1000)
	if err != nil {
		c.w.t.Fatal(err)
	}
	return ids(all)
}

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

func TestSessionThatIsOverAsksToSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	c := w.computer()
	c.wire.Service = signedOut{w.server}
	_, err := c.Hold(t.Context(), "run", layers(1))
	wantReason(t, err, credits.SignIn)
	_, err = c.Sync(t.Context())
	wantReason(t, err, credits.SignIn)
}

type signedOut struct{ account.Service }

func (signedOut) Enrol(context.Context, account.EnrolRequest) (account.EnrolReply, error) {
	return account.EnrolReply{}, &account.Error{Code: account.CodeSignInNeeded, Message: "sign in again"}
}

func TestForgedLeaseIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "hobby")
	other := accounttest.NewServer(w.now, "hobby", 2)
	c := w.computer()
	c.wire.Service = forger{w.server, other}
	if _, err := c.Sync(t.Context()); !errors.Is(err, account.ErrSignature) {
		t.Fatalf("a lease of another server: %v", err)
	}
	c.wantSpendable(18) // what the account says, nothing on the device
	if b := c.balance(); b.OnDevice != 0 {
		t.Fatalf("%+v", b)
	}
}

// forger enrols at one server and syncs at another, whose key is not known.
type forger struct {
	account.Service
	other account.Service
}

func (f forger) Sync(ctx context.Context, r account.SyncRequest) (account.SyncReply, error) {
	return f.other.Sync(ctx, r)
}

func (f forger) Enrol(ctx context.Context, r account.EnrolRequest) (account.EnrolReply, error) {
	if _, err := f.other.Enrol(ctx, r); err != nil {
		return account.EnrolReply{}, err
	}
	return f.Service.Enrol(ctx, r)
}
