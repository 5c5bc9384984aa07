package accountserver

import (
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

func TestAllowanceComesOnceAMonth(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		for _, step := range []struct {
			at   string
			want int
		}{
			{"2026-03-10T09:00:00Z", 18},
			{"2026-03-31T23:59:59Z", 18},
			{"2026-04-01T00:00:00Z", 36}, // what is unspent stays
			{"2026-03-31T20:00:00Z", 36}, // a clock set back brings nothing
			{"2026-04-30T23:59:59Z", 36},
			{"2026-08-01T00:00:00+02:00", 54}, // in UTC still July; no month is caught up on
			{"2026-08-01T02:00:00+02:00", 72},
		} {
			at, err := time.Parse(time.RFC3339, step.at)
			if err != nil {
				t.Fatal(err)
			}
			w.now = at
			if got := w.balance(); got != step.want {
				t.Errorf("the balance is %d on %s, not %d", got, step.at, step.want)
			}
		}
	})
}

func TestPlanChangeSetsTheBalance(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		for _, step := range []struct {
			month int
			plan  string
			want  int
		}{
			{3, "HOBBY", 18}, // the plan that it is on
			{3, "trial", 10},
			{3, "Hobby", 0}, // had its allowance in March
			{3, "creator", 0},
			{4, "hobby", 18},
			{4, "trial", 0}, // had its allowance, once
			{5, "trial", 0},
			{5, "hobby", 18},
		} {
			w.now = time.Date(2026, time.Month(step.month), 10, 0, 0, 0, 0, time.UTC)
			w.changeTo(step.plan)
			if got := w.balance(); got != step.want {
				t.Errorf("the balance on %s in month %d is %d, not %d", step.plan, step.month, got, step.want)
			}
		}
		_, err := w.ChangePlan(t.Context(), "platinum")
		wantCode(t, err, account.CodeUnknownPlan)
	})
}

func TestOnlyTheEmbeddedAccountChoosesItsPlan(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		w.server.OwnPlans = false
		w.reach()
		_, err := w.ChangePlan(t.Context(), "creator")
		wantCode(t, err, account.CodeInvalid)
		if w.balance() != 18 {
			t.Error("a refused plan change changed the balance")
		}
	})
}

func TestVouchersCountAfterThePlanChanged(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		c := w.enrol(1)
		l := c.lease(8)
		w.changeTo("trial")
		wantBooks(t, w.books(), Books{Granted: 28, Available: 10, Escrow: 8, Expired: 10})
		if got := w.balance(); got != 10 {
			t.Errorf("the balance is %d, not the trial's 10", got)
		}
		c.spend(l, 3)
		c.sync(0)
		wantBooks(t, w.books(), Books{Granted: 28, Available: 10, Escrow: 5, Expired: 10, Posted: 3})
		r := c.request(4)
		r.GiveBack = []account.LeaseID{l.ID}
		reply, err := c.send(r)
		if err != nil {
			t.Fatal(err)
		}
		wantBooks(t, w.books(), Books{Granted: 28, Available: 6, Escrow: 4, Expired: 15, Posted: 3})
		if reply.Lease == nil || reply.Lease.PlanRevision != 1 {
			t.Errorf("the lease on the new plan is %+v", reply.Lease)
		}
	})
}

func TestVouchersOfAnEndedLeaseAreTaken(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name  string
		after time.Duration
		want  Books
	}{
		{"after the end of spending, in full", 60 * day, Books{Granted: 36, Available: 28, Escrow: 5, Posted: 3}},
		{"at the last moment, in full", 90 * day, Books{Granted: 36, Available: 28, Escrow: 5, Posted: 3}},
		{"after the end of settlement, at nothing", 90*day + time.Millisecond, Books{Granted: 36, Available: 36}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			onEachStore(t, func(t *testing.T, w *world) {
				c := w.enrol(1)
				l := c.lease(8)
				c.spend(l, 3)
				w.now = w.now.Add(tc.after)
				c.sync(0)
				if got := c.receipt[l.ID].AckedSeq; got != 6 {
					t.Errorf("%d of 6 vouchers were taken", got)
				}
				wantBooks(t, w.books(), tc.want)
				if got := len(w.usage()); got != 3 {
					t.Errorf("%d of 3 charges are in the list", got)
				}
				if reply := c.sync(8); reply.Lease == nil {
					t.Error("no lease follows an ended one")
				}
			})
		})
	}
}

func TestLostComputerIsForgivenOnceAYear(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		lost := w.enrol(1)
		lost.lease(4)
		w.now = w.now.Add(5 * day)
		lost.lease(9) // 5 more on a second lease of the same computer
		w.now = w.now.Add(30 * day)
		other := w.enrol(2)
		other.lease(6)
		w.now = w.now.Add(56 * day) // 91 since the first
		if b := w.books(); b.Forfeited != 0 || b.Escrow != 11 {
			t.Errorf("the first lease was not forgiven: %+v", b)
		}
		w.now = w.now.Add(5 * day)
		if b := w.books(); b.Forfeited != 0 || b.Escrow != 6 {
			t.Errorf("the second lease of the same computer was not forgiven: %+v", b)
		}
		w.now = w.now.Add(60 * day)
		if b := w.books(); b.Forfeited != 6 || b.Escrow != 0 {
			t.Errorf("a second computer in a year was forgiven: %+v", b)
		}
		third := w.enrol(3)
		third.lease(2)
		w.now = w.now.Add(400 * day)
		if b := w.books(); b.Forfeited != 6 || b.Escrow != 0 {
			t.Errorf("a loss a year later was not forgiven: %+v", b)
		}
	})
}

func TestRefundReturnsToAvailableOnce(t *testing.T) {
	t.Parallel()
	onEachStore(t, func(t *testing.T, w *world) {
		c := w.enrol(1)
		l := c.lease(4)
		c.spend(l, 2)
		held := c.hold(l, 9)
		c.sync(0)
		for range 2 {
			if err := w.server.Refund(t.Context(), testAccount, c.journal[l.ID][0].Charge); err != nil {
				t.Fatal(err)
			}
			wantBooks(t, w.books(), Books{Granted: 18, Available: 15, Escrow: 2, Posted: 1})
		}
		if err := w.server.Refund(t.Context(), testAccount, held.Charge); err == nil {
			t.Error("a charge was refunded that is not spent yet")
		}
		if u := w.usage(); !u[0].Refunded || u[0].State != account.Post || u[1].Refunded {
			t.Errorf("the list does not tell what was refunded: %+v", u)
		}
		c.sync(0)
		wantBooks(t, w.books(), Books{Granted: 18, Available: 15, Escrow: 2, Posted: 1})
	})
}
