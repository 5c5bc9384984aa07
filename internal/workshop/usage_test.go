package workshop

import (
	"slices"
	"testing"
	"time"
)

func TestUsageCountsWhatWasSpentOnEachDay(t *testing.T) {
	t.Parallel()
	berlin := time.FixedZone("Berlin", 3600)
	at := func(text string) time.Time {
		t.Helper()
		m, err := time.Parse(time.DateTime, text)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	charges := []Charge{
		{ID: "next month", State: ChargePosted, Amount: 1, EndedAt: at("2026-11-30 23:00:00")}, // is 1 December there
		{ID: "late", State: ChargePosted, Amount: 1, EndedAt: at("2026-11-30 22:59:59")},
		{ID: "held", State: ChargeHeld, Amount: 1, At: at("2026-11-12 12:00:00")},
		{ID: "voided", State: ChargeVoided, Amount: 1, EndedAt: at("2026-11-12 12:00:00")},
		{ID: "free", State: ChargePosted, Free: true, EndedAt: at("2026-11-02 09:00:00")},
		{ID: "two", State: ChargePosted, Amount: 1, EndedAt: at("2026-11-01 12:00:00")},
		{ID: "one", State: ChargePosted, Amount: 1, EndedAt: at("2026-10-31 23:00:00")}, // is 1 November there
		{ID: "before", State: ChargePosted, Amount: 1, EndedAt: at("2026-10-31 22:59:59")},
		{ID: "last year", State: ChargePosted, Amount: 1, EndedAt: at("2025-11-05 12:00:00")},
	}
	u := usageIn(at("2026-11-24 12:00:00").In(berlin), charges)
	want := make([]int, 30)
	want[0], want[29] = 2, 1
	if !slices.Equal(u.Days, want) || u.Credits != 3 || u.Free != 1 || !u.Month.Equal(at("2026-10-31 23:00:00")) {
		t.Errorf("%+v", u)
	}
	var ids []string
	for _, c := range u.Charges {
		ids = append(ids, string(c.ID))
	}
	if !slices.Equal(ids, []string{"late", "free", "two", "one"}) {
		t.Errorf("charges %v", ids)
	}
	for month, days := range map[string]int{"2028-02-10": 29, "2026-02-28": 28, "2026-12-31": 31} {
		if got := len(usageIn(at(month+" 00:00:00"), nil).Days); got != days {
			t.Errorf("%s has %d days", month, got)
		}
	}
}

func TestUsageIsThatOfThisComputerWithWhatWaits(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	w := signedUp(t, a)
	spend(t, w, "Monaco: harbour")
	if _, err := w.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	spend(t, w, "Monaco: streets")
	u, err := w.Usage(t.Context(), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if u.Credits != 2 || len(u.Charges) != 2 || u.Days[time.Now().Day()-1]+u.Days[max(0, time.Now().Day()-2)] < 2 {
		t.Errorf("%+v", u)
	}
	if c := u.Charges[0]; c.Label != "Monaco: streets" || !c.Waiting || c.Format != "svg" || c.State != ChargePosted || c.ID == "" {
		t.Errorf("the last one: %+v", c)
	}
	if c := u.Charges[1]; c.Label != "Monaco: harbour" || c.Waiting {
		t.Errorf("the synced one: %+v", c)
	}
}
