package profile

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/export"
	"github.com/mapwright/mapwright/internal/workshop"
)

func (b *bench) said(title, text string) stage.Notice {
	b.t.Helper()
	for _, n := range b.notices {
		if n.Title == title {
			if n.Text != text {
				b.t.Errorf("%s: %q, want %q", title, n.Text, text)
			}
			return n
		}
	}
	b.t.Errorf("nothing was said of %q: %+v", title, b.notices)
	return stage.Notice{}
}

// goOn has the corner ask again and waits for the answer.
func (b *bench) goOn(change func(*shop)) {
	b.t.Helper()
	b.shop.with(change)
	b.corner.Update()
	b.until("an answer", func() bool { return !b.corner.asking })
}

func TestGoingOfflineIsSaidOnceAndSyncingAfterwards(t *testing.T) {
	b := open(t, &shop{purse: lena()}, Options{})
	if len(b.notices) != 0 {
		t.Fatalf("an account that is in order is spoken of: %+v", b.notices)
	}
	b.goOn(func(s *shop) {
		s.purse = offline(lena())
		s.purse.Balance.OnDevice, s.purse.Balance.Spendable = 2, 2
		s.purse.Balance.Unsynced, s.charges = 2, waitingCharges(1)
	})
	n := b.said("Offline", "You can go on working. 2 credits are ready on this computer, 1 waits to sync.")
	if n.Kind != stage.KindOffline {
		t.Errorf("kind %v", n.Kind)
	}
	b.goOn(func(s *shop) { s.purse.Balance.Unsynced, s.charges = 4, waitingCharges(2) })
	if len(b.notices) != 1 {
		t.Errorf("offline is said again: %+v", b.notices)
	}
	b.goOn(func(s *shop) { s.purse, s.charges = lena(), nil })
	b.said("Synced", "2 exports settled. 14 credits, 3 of them on this computer.")
	b.goOn(func(*shop) {})
	if len(b.notices) != 2 {
		t.Errorf("too much is said: %+v", b.notices)
	}
}

// Else the word "Offline" would stand on beside an account that answers.
func TestComingOnlineWithNothingToSettleSaysSoOnce(t *testing.T) {
	b := open(t, &shop{purse: offline(lena())}, Options{})
	b.said("Offline", "You can go on working. 3 credits are ready on this computer.")
	b.goOn(func(s *shop) { s.purse = lena() })
	b.said("Online again", "14 credits, 3 of them on this computer.")
	b.goOn(func(*shop) {})
	if len(b.notices) != 2 || b.notices[0].Topic != b.notices[1].Topic || b.notices[0].Topic == "" {
		t.Errorf("%+v", b.notices)
	}
}

func TestALeaseThatIsOverSaysToGoOnlineAndThatCreditsAreSafe(t *testing.T) {
	p := offline(lena())
	p.Balance.Ready, p.Balance.OnDevice, p.Balance.Spendable = false, 0, 0
	p.Balance.AsOf = time.Date(2026, time.October, 22, 8, 0, 0, 0, time.UTC)
	b := open(t, &shop{purse: p}, Options{})
	n := b.said("Go online once to export", "Last synced on 22 October. Your 14 credits are safe.")
	if len(n.Actions) != 1 || n.Actions[0].Label != "Try now" {
		t.Fatalf("%+v", n.Actions)
	}
	before := b.shop.times("credits")
	n.Actions[0].Do()
	b.until("another question", func() bool { return b.shop.times("credits") == before+1 })
	m := b.openMenu()
	if !reads(m.body, "Go online once to export.") {
		t.Errorf("the menu reads %v", texts(m.body))
	}
}

func TestWhatACrashLeftIsSaidOnceAndItsFolderOpens(t *testing.T) {
	s := &shop{purse: builtIn()}
	folder := t.TempDir()
	for _, name := range []string{"a.svg", "b.svg", "c.svg"} {
		s.purse.Recovery.Files = append(s.purse.Recovery.Files, export.File{Path: filepath.Join(folder, name)})
	}
	s.purse.Recovery.Made, s.purse.Recovery.Voided = 3, 1
	b := open(t, s, Options{})
	n := b.said("Picked up after a crash", "3 files are in place, 1 was not made and cost nothing.")
	n.Actions[0].Do()
	if len(b.opened) != 1 || b.opened[0] != "file://"+filepath.ToSlash(folder) {
		t.Errorf("opened %v", b.opened)
	}
	note := func(s *shop) {
		s.purse.Recovery.Notes = []string{"the files of harbour wait: /media/stick is not there"}
	}
	b.goOn(note)
	b.goOn(note)
	if len(b.notices) != 2 || b.notices[1].Text != "The files of harbour wait: /media/stick is not there." {
		t.Errorf("%+v", b.notices)
	}
}

func TestRecoveryInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		files, made, voided int
		want                string
	}{
		{3, 3, 1, "3 files are in place, 1 was not made and cost nothing."},
		{1, 1, 2, "1 file is in place, 2 were not made and cost nothing."},
		{2, 1, 0, "2 files are in place."},
		{0, 0, 1, "1 export was not made and cost nothing."},
		{0, 0, 2, "2 exports were not made and cost nothing."},
		{0, 1, 0, "1 export came to an end after all."},
		{0, 0, 0, ""},
	} {
		if got := recoveryText(c.files, c.made, c.voided); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestASessionThatIsOverLeadsToSigningInAgain(t *testing.T) {
	s := &shop{purse: lena()}
	b := open(t, s, Options{})
	b.goOn(func(s *shop) {
		s.fail["credits"] = &workshop.Error{Code: workshop.CodeSignIn, Err: errSilent}
		s.purse.Contact.Session, s.purse.Balance.Spendable = workshop.SessionOver, 0
	})
	if len(b.notices) != 1 {
		t.Fatalf("%+v", b.notices)
	}
	n := b.said("Sign in again to export", "The session at accounts.example is over. Your 14 credits are safe.")
	n.Actions[0].Do()
	if !reads(b.top(), "lena@kraus-werkstatt.example") || !reads(b.top(), "https://accounts.example") {
		t.Errorf("who signs in has to type it all again: %v", texts(b.top()))
	}
}

func TestFrozenCreditsAreRenewed(t *testing.T) {
	p := lena()
	p.Balance.Frozen, p.Balance.Spendable = "this purse is a copy of another", 0
	b := open(t, &shop{purse: p}, Options{})
	b.said("The credits here are frozen", "This purse is a copy of another. To export from here, start the credits of this computer anew.")
	m := b.openMenu()
	if !reads(m.body, "This purse is a copy of another.") {
		t.Errorf("the menu reads %v", texts(m.body))
	}
	b.press("Renew")
	b.until("the renewal", func() bool { return len(b.notices) == 2 })
	b.said("Renewed", "14 credits, 3 of them on this computer.")
	if reads(m.body, "This purse is a copy") {
		t.Error("the menu goes on to say that the credits are frozen")
	}
}
