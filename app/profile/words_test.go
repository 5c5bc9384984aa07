package profile

import (
	"testing"
	"time"
)

func TestInitials(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, email, want string }{
		{"Lena Kraus", "", "LK"},
		{"Lena Maria von Kraus", "", "LK"},
		{"  ", "lena.kraus@example.org", "LK"},
		{"", "lena@example.org", "L"},
		{"Ægir O'Neil", "", "ÆO"},
		{"李 小龙", "", "李小"},
		{"", "", ""},
		{"...", "@", ""},
	} {
		if got := initials(c.name, c.email); got != c.want {
			t.Errorf("%q, %q: %q, want %q", c.name, c.email, got, c.want)
		}
	}
}

func TestDates(t *testing.T) {
	t.Parallel()
	at := func(y int, m time.Month, d, h, min int) time.Time { return time.Date(y, m, d, h, min, 0, 0, time.UTC) }
	here := time.FixedZone("here", 2*60*60)
	for _, c := range []struct {
		at, now time.Time
		want    string
	}{
		{at(2026, 11, 22, 9, 12), now, "today, 09:12"},
		{at(2026, 11, 21, 23, 59), now, "yesterday, 23:59"},
		{at(2026, 11, 9, 8, 0), now, "9 November, 08:00"},
		{at(2025, 12, 31, 8, 0), now, "31 December 2025, 08:00"},
		{at(2026, 11, 21, 23, 30), now.In(here), "today, 01:30"},
	} {
		if got := moment(c.at, c.now); got != c.want {
			t.Errorf("%v: %q, want %q", c.at, got, c.want)
		}
	}
}
