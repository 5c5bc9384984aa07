package cli

import "testing"

// TestTheWindowTakesOnlyItsOwn: a script must never find a window in the place
// of its answer.
func TestTheWindowTakesOnlyItsOwn(t *testing.T) {
	t.Setenv("MAPWRIGHT_DATA", "/from/env")
	t.Setenv("MAPWRIGHT_ACCOUNT", "")
	for _, c := range []struct {
		args                  []string
		window                bool
		file, folder, account string
	}{
		{nil, true, "", "/from/env", ""},
		{[]string{"a.gpkg"}, true, "a.gpkg", "/from/env", ""},
		{[]string{"A.GPKG"}, true, "A.GPKG", "/from/env", ""},
		{[]string{"--data-dir", "d", "a.gpkg"}, true, "a.gpkg", "d", ""},
		{[]string{"--account=https://x", "--data-dir=d"}, true, "", "d", "https://x"},
		{[]string{"--data-dir"}, false, "", "", ""},
		{[]string{"--help"}, false, "", "", ""},
		{[]string{"--json"}, false, "", "", ""},
		{[]string{"check", "a.gpkg"}, false, "", "", ""},
		{[]string{"a.gpkg", "b.gpkg"}, false, "", "", ""},
		{[]string{"--data-dir", "d", "credits", "show"}, false, "", "", ""},
	} {
		w, ok := AsksForWindow(c.args)
		if ok != c.window || w.Map != c.file || w.Config.DataDir != c.folder || w.Config.Account != c.account {
			t.Errorf("%q: window %v, map %q, data %q, account %q", c.args, ok, w.Map, w.Config.DataDir, w.Config.Account)
		}
	}
}
