package workshop

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func change(t *testing.T, w *Workshop, to func(*Settings)) Settings {
	t.Helper()
	s, err := w.ChangeSettings(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func settings(t *testing.T, w *Workshop) Settings {
	t.Helper()
	s, err := w.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// put writes settings.json as another program would.
func put(t *testing.T, w *Workshop, text string) {
	t.Helper()
	if err := os.WriteFile(w.settingsPath(), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestSettingsAreThereAtTheNextStart(t *testing.T) {
	t.Parallel()
	w := computer(t)
	if s := settings(t, w); s.Theme != ThemeSystem || s.Note != "" || s.Server != "" {
		t.Errorf("at the first start: %+v", s)
	}
	change(t, w, func(s *Settings) {
		s.Name, s.Picture, s.Theme, s.Width, s.Height = "Lena Kraus", "/home/lena/me.png", ThemeDark, 1440, 900
		s.Panels = map[string]float64{"layers": 260}
		s.Accept("drag")
		s.Accept("drag")
	})
	s := settings(t, again(t, w))
	if s.Name != "Lena Kraus" || s.Picture != "/home/lena/me.png" || s.Theme != ThemeDark || s.Width != 1440 || s.Height != 900 ||
		s.Panels["layers"] != 260 || !s.Accepted("drag") || s.Accepted("zoom") || len(s.Hints) != 1 {
		t.Errorf("%+v", s)
	}
}

func TestKeysOfANewerVersionStay(t *testing.T) {
	t.Parallel()
	w := computer(t)
	put(t, w, `{"theme":"dark","ruler":{"unit":"inch","fine":true},"name":"Lena"}`)
	change(t, w, func(s *Settings) { s.Name, s.Theme = "", ThemeLight })
	text, err := os.ReadFile(w.settingsPath())
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	if want := "map[ruler:map[fine:true unit:inch] theme:light]"; fmt.Sprint(got) != want {
		t.Errorf("%v, want %s", got, want)
	}
}

func TestDamagedSettingsAreMovedAsideNotLost(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "null", "[]", `{"server":"https://acc`, `{"theme":7}`, "\x00\x00\x00"} {
		w := computer(t)
		for i := 1; i <= 2; i++ {
			put(t, w, text)
			if s := settings(t, w); !strings.Contains(s.Note, "damaged") {
				t.Errorf("%q is read without a note: %+v", text, s)
			}
			if got, err := os.ReadFile(w.settingsPath()); err != nil || string(got) != text {
				t.Errorf("reading %q changed it to %q, %v", text, got, err)
			}
			if s := change(t, w, func(s *Settings) { s.Name = "Lena" }); !strings.Contains(s.Note, fmt.Sprintf("settings-damaged-%d.json", i)) {
				t.Errorf("%q was replaced with the note %q", text, s.Note)
			}
			aside, err := os.ReadFile(filepath.Join(w.DataDir, fmt.Sprintf("settings-damaged-%d.json", i)))
			if err != nil || string(aside) != text {
				t.Errorf("%q was moved aside as %q, %v", text, aside, err)
			}
			if s := settings(t, w); s.Name != "Lena" || s.Note != "" {
				t.Errorf("after %q: %+v", text, s)
			}
		}
	}
}

func TestDamagedSettingsSpendFromNoOtherAccount(t *testing.T) {
	t.Parallel()
	w := computer(t)
	put(t, w, `{"server":"https://accounts.exam`)
	_, err := w.Credits(t.Context())
	if _, ok := errors.AsType[*SettingsError](err); !ok || !strings.Contains(err.Error(), "--account built-in") {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(filepath.Join(w.DataDir, "purse.db")); err == nil {
		t.Error("the purse of the embedded account was opened")
	}
	w.Account = BuiltIn
	if got := wallet(t, w).Balance.Spendable; got != 18 {
		t.Errorf("the embedded account asked for by name has %d credits", got)
	}
}

func TestTwoWindowsLoseNoneOfTheirSettings(t *testing.T) {
	t.Parallel()
	w := computer(t)
	const each = 25
	var all sync.WaitGroup
	for who := range 4 {
		other := again(t, w)
		all.Go(func() {
			for i := range each {
				_, err := other.ChangeSettings(t.Context(), func(s *Settings) { s.Accept(fmt.Sprint(who, " ", i)) })
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if got := len(settings(t, w).Hints); got != 4*each {
		t.Errorf("%d of %d changes are left", got, 4*each)
	}
}

func TestRecentMapsAreTheLastTwelveThatAreThere(t *testing.T) {
	t.Parallel()
	w := computer(t)
	dir := t.TempDir()
	path := func(i int) string { return filepath.Join(dir, fmt.Sprintf("map%d.gpkg", i)) }
	for i := range 15 {
		if err := os.WriteFile(path(i), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		change(t, w, func(s *Settings) {
			s.Opened(RecentMap{Path: path(i), Title: fmt.Sprint(i), Width: 300, Height: 260, OpenedAt: time.Unix(int64(i), 0)})
			s.ExportedTo(path(i), filepath.Join(dir, "out"))
		})
	}
	change(t, w, func(s *Settings) {
		s.Opened(RecentMap{Path: filepath.Join(dir, "x", "..", "map7.gpkg"), Title: "again"})
	})
	s := settings(t, w)
	if len(s.Recent) != recentMaps || s.Recent[0].Title != "again" || s.Recent[0].Path != path(7) || s.Recent[1].Title != "14" {
		t.Fatalf("%+v", s.Recent)
	}
	if got := s.ExportFolder(path(7)); got != filepath.Join(dir, "out") {
		t.Errorf("opened again, it was last exported to %q", got)
	}

	// A stick is pulled and put back.
	if err := os.Rename(path(14), path(14)+"x"); err != nil {
		t.Fatal(err)
	}
	if s := settings(t, w); len(s.Recent) != recentMaps-1 || s.Recent[1].Title != "13" {
		t.Errorf("a map that is gone is listed: %+v", s.Recent)
	}
	change(t, w, func(s *Settings) { s.Name = "Lena" })
	if err := os.Rename(path(14)+"x", path(14)); err != nil {
		t.Fatal(err)
	}
	if s := settings(t, w); len(s.Recent) != recentMaps || s.Recent[1].Title != "14" {
		t.Errorf("a map that is back is not listed: %+v", s.Recent)
	}
	if s := change(t, w, func(s *Settings) { s.Forget(path(14)) }); s.Recent[1].Title != "13" {
		t.Errorf("a map that was taken off is listed: %+v", s.Recent)
	}
}
