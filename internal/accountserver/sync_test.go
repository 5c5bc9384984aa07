package accountserver

import (
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

const day = 24 * time.Hour

func TestSpentCreditsLeaveTheBalance(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		c := w.enrol(1)
		l := c.lease(5)
		c.spend(l, 2)
		c.end(l, c.hold(l, 9), account.Void)
		c.hold(l, 10)
		reply := c.sync(0)
		wantBooks(t, w.books(), Books{Granted: 18, Available: 13, Escrow: 3, Posted: 2})
		if got := reply.Status.Balance(); got != 15 {
			t.Errorf("the balance is %d, not 18 less 2 spent and 1 held", got)
		}
		if r := c.receipt[l.ID]; r.AckedSeq != 7 {
			t.Errorf("the receipt is for %d vouchers, not 7", r.AckedSeq)
		}
	})
}

func TestSameNonceBringsTheSameLease(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		c := w.enrol(1)
		r := c.request(5)
		first, err := c.send(r)
		if err != nil {
			t.Fatal(err)
		}
		w.now = w.now.Add(time.Hour)
		r.Want = 12 // a repeated request may want something else by now
		second, err := c.send(r)
		if err != nil {
			t.Fatal(err)
		}
		if second.Lease == nil || *second.Lease != *first.Lease {
			t.Error("a lost answer cost a second lease")
		}
		wantBooks(t, w.books(), Books{Granted: 18, Available: 13, Escrow: 5})
	})
}

func TestDuplicateChangesNothing(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		c := w.enrol(1)
		l := c.lease(5)
		c.spend(l, 3)
		first := c.sync(0)
		before := w.books()
		second := c.sync(0)
		wantBooks(t, w.books(), before)
		if first.Receipts[0] != second.Receipts[0] {
			t.Error("a duplicate brings another receipt")
		}
	})
}

func TestGapSaysFromWhere(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		c := w.enrol(1)
		l := c.lease(5)
		c.spend(l, 1)
		c.sync(0)
		c.spend(l, 2)
		r := c.request(0)
		r.Vouchers = r.Vouchers[4:]
		_, err := c.send(r)
		if e := wantRefusal(t, err, account.CodeGap); e.Lease != l.ID || e.From != 3 {
			t.Errorf("the gap is said to begin at %d of %s", e.From, e.Lease)
		}
		if got := w.books().Posted; got != 1 {
			t.Errorf("%d are posted of a refused request", got-1)
		}
		c.sync(0)
		if got := w.books().Posted; got != 3 {
			t.Errorf("%d are posted after the gap is filled, not 3", got)
		}
	})
}

func TestDevicesHaveDisjointEscrows(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		a, b := w.enrol(1), w.enrol(2)
		la, lb := a.lease(15), b.lease(15)
		if la.N != 15 || lb.N != 3 {
			t.Fatalf("the leases are of %d and %d credits; there are 18", la.N, lb.N)
		}
		if la.ID.Tag() == lb.ID.Tag() {
			t.Error("two leases number their charges alike")
		}
		s, err := w.Status(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(s.Escrow) != 2 || s.Balance() != 18 || s.Available != 0 {
			t.Errorf("the status does not say who has what: %+v", s)
		}
		r := b.request(0)
		r.GiveBack = []account.LeaseID{la.ID}
		_, err = b.send(r)
		wantCode(t, err, account.CodeInvalid)
	})
}

func (w *world) usage() []account.UsageEntry {
	w.Helper()
	var all []account.UsageEntry
	for cursor := ""; ; {
		page, err := w.Usage(w.Context(), cursor, 2)
		if err != nil {
			w.Fatal(err)
		}
		all = append(all, page.Entries...)
		if cursor = page.Next; cursor == "" {
			return all
		}
	}
}

func TestGivenBackCreditsReturn(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		c := w.enrol(1)
		l := c.lease(10)
		c.spend(l, 2)
		running, other := c.hold(l, 50), c.hold(l, 51)
		r := c.request(0)
		r.GiveBack = []account.LeaseID{l.ID}
		for range 2 {
			if _, err := c.send(r); err != nil {
				t.Fatal(err)
			}
			wantBooks(t, w.books(), Books{Granted: 18, Available: 14, Escrow: 2, Posted: 2})
		}
		c.end(l, running, account.Post)
		c.end(l, other, account.Void)
		c.sync(0)
		wantBooks(t, w.books(), Books{Granted: 18, Available: 15, Posted: 3})
		if reply := c.sync(4); reply.Lease == nil || reply.Lease.Parent != l.ID || reply.Lease.N != 4 {
			t.Errorf("the next lease is %+v", reply.Lease)
		}
		c.hold(l, 52)
		_, err := c.send(c.request(0))
		wantCode(t, err, account.CodeFork)
	})
}

func TestPaidForMeanwhileCostsNothing(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		c := w.enrol(1)
		l := c.lease(4)
		first, second := c.hold(l, 1), c.hold(l, 1)
		c.end(l, first, account.Post)
		c.write(l, account.Voucher{Kind: account.Post, Charge: second.Charge, Repeats: first.Charge, Recipe: second.Recipe})
		c.sync(0)
		wantBooks(t, w.books(), Books{Granted: 18, Available: 14, Escrow: 3, Posted: 1})
		if got := w.balance(); got != 17 {
			t.Errorf("the balance is %d, not 17", got)
		}
	})
}

func TestUnlimitedIsCountedBeside(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		w.changeTo("Creator")
		c := w.enrol(1)
		l := c.lease(1)
		if !l.Unlimited || l.N != 0 {
			t.Fatalf("the lease is %+v", l)
		}
		c.spend(l, 248) // 496 vouchers
		c.sync(0)
		b := w.books()
		if b.Unlimited != 248 || b.Posted != 0 || b.Escrow != 0 {
			t.Errorf("the books are %+v", b)
		}
		if reply := c.sync(1); reply.Lease != nil {
			t.Error("a second unlimited lease came while the first has room")
		}
		r := c.request(1)
		r.Room = 6
		if reply, err := c.send(r); err != nil || reply.Lease == nil {
			t.Errorf("no lease came for 6 vouchers with 4 places left: %v", err)
		}
	})
}

func TestLeaseWithoutCreditsCarriesFreeRepeats(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		c := w.enrol(1)
		l := c.lease(18)
		c.spend(l, 18)
		paid := c.journal[l.ID][0].Charge
		c.sync(0)
		r := c.request(1)
		r.Room = account.MaxVouchers
		reply, err := c.send(r)
		if err != nil || reply.Lease == nil || reply.Lease.N != 0 {
			t.Fatalf("no room came for free repeats: %+v, %v", reply.Lease, err)
		}
		l = reply.Lease
		hold := c.write(l, account.Voucher{Kind: account.Hold, Repeats: paid})
		c.end(l, hold, account.Post)
		c.sync(0)
		wantBooks(t, w.books(), Books{Granted: 18, Posted: 18})
	})
}

func TestRefused(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		c, stranger := w.enrol(1), w.enrol(2)
		l := c.lease(5)
		c.spend(l, 1)
		for name, tc := range map[string]struct {
			change func(*account.SyncRequest)
			code   account.Code
		}{
			"a computer that nobody enrolled": {func(r *account.SyncRequest) { r.Device[0]++ }, account.CodeUnknownDevice},
			"another epoch":                   {func(r *account.SyncRequest) { r.Epoch = "old" }, account.CodeEpoch},
			"a changed voucher":               {func(r *account.SyncRequest) { r.Vouchers[0].Recipe[0]++ }, account.CodeInvalid},
			"a first voucher of nothing":      {func(r *account.SyncRequest) { r.Vouchers = []account.Voucher{stray(t, c, l)} }, account.CodeInvalid},
			"credits below nothing":           {func(r *account.SyncRequest) { r.Want = -1 }, account.CodeInvalid},
			"credits without a nonce":         {func(r *account.SyncRequest) { r.Want = 1 }, account.CodeInvalid},
			"too many vouchers":               {func(r *account.SyncRequest) { r.Vouchers = make([]account.Voucher, 1001) }, account.CodeInvalid},
			"a lease that is not there":       {func(r *account.SyncRequest) { r.GiveBack = []account.LeaseID{{9}} }, account.CodeUnknownLease},
			"another computer's vouchers":     {func(r *account.SyncRequest) { r.Device = account.DeviceKeyOf(stranger.key) }, account.CodeInvalid},
			"a forged lease":                  {func(r *account.SyncRequest) { r.Presented = c.present(); r.Presented[0].Lease.N = 18 }, account.CodeInvalid},
			"a forged receipt":                {func(r *account.SyncRequest) { r.Presented = c.present(); r.Presented[0].Receipt.AckedSeq++ }, account.CodeInvalid},
		} {
			r := c.request(0)
			tc.change(&r)
			before := w.books()
			_, err := w.Sync(t.Context(), r)
			if account.CodeOf(err) != tc.code {
				t.Errorf("%s: the answer is %v, not %s", name, err, tc.code)
			}
			wantBooks(t, w.books(), before)
		}
		c.sync(0)
	})
}

// stray is a signed first voucher that follows from another lease.
func stray(t *testing.T, c *computer, l *account.Lease) account.Voucher {
	t.Helper()
	v := account.Voucher{Lease: l.ID, Seq: 1, Kind: account.Hold, Charge: account.NumberOf(l.ID, 1), Amount: 1}
	if err := v.Sign(c.key); err != nil {
		t.Fatal(err)
	}
	return v
}

// repeating is randomness that comes out the same for a while.
type repeating struct {
	same int
	then byte
}

func (r *repeating) Read(p []byte) (int, error) {
	if r.same--; r.same < 0 {
		r.then++
	}
	for i := range p {
		p[i] = r.then
	}
	return len(p), nil
}

func TestNoTwoLeasesNumberTheirChargesAlike(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		c := w.enrol(1)
		w.server.Rand = &repeating{same: 5, then: 40}
		first, second := c.lease(3), c.lease(6)
		if first.ID.Tag() == second.ID.Tag() {
			t.Error("two charges of the account have one number")
		}
		w.server.Rand = &repeating{same: 1000, then: 40}
		if _, err := c.send(c.request(9)); err == nil || account.CodeOf(err) != "" {
			t.Errorf("without randomness the answer is %v", err)
		}
		wantBooks(t, w.books(), Books{Granted: 18, Available: 12, Escrow: 6})
	})
}
