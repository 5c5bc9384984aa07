package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAKillInTheWindowLosesNothing ends the program in the middle of an export
// and starts it again: the files and the books agree, and the window says so.
func TestAKillInTheWindowLosesNothing(t *testing.T) {
	t.Parallel()
	for fault, says := range map[string]string{
		"started:2": "Picked up after a crash 3 files are in place, 1 was not made and cost nothing.",
		"started:1": "Picked up after a crash 2 exports were not made and cost nothing.",
		"posted:1":  "Picked up after a crash 3 files are in place, 1 was not made and cost nothing.",
	} {
		t.Run(strings.ReplaceAll(fault, ":", "-"), func(t *testing.T) {
			t.Parallel()
			shop := newShop(t)
			m := shop.hamlet()
			shop.must("credits", "show")
			shop.settings(`{"theme":"light","width":1280,"height":720}`)
			s := newScreen(t, 1280, 720)
			s.env = []string{"MAPWRIGHT_FAULT=" + fault}
			s.open(shop, "Points *", m)
			s.keys("ctrl+e")
			s.see("SVG")
			s.click("Tick all layers")
			s.click("A file a layer")
			s.click("Export 6 files for 6 credits")
			s.dies()
			s.env = nil
			// A plugin that was just being started holds the map's lock until it runs.
			s.until("the map is let go", func() bool { return shop.run("layer", "set", m, "mixed", "visible=no").code == 0 })
			s.open(shop, "Points *", m)
			s.reads(says)
			s.shot("recovered")
			s.close()
			s.quiet()
			shop.gather("files")
			shop.agree(hamletBalance, "files")
		})
	}
}

// gather moves what an export left beside the map into a folder of its own,
// hidden things too.
func (s *shop) gather(folder string) {
	s.t.Helper()
	if err := os.Mkdir(s.path(folder), 0o700); err != nil {
		s.t.Fatal(err)
	}
	for _, pattern := range []string{"hamlet-*", ".mapwright*"} {
		found, err := filepath.Glob(s.path(pattern))
		if err != nil {
			s.t.Fatal(err)
		}
		for _, f := range found {
			if err := os.Rename(f, filepath.Join(s.path(folder), filepath.Base(f))); err != nil {
				s.t.Fatal(err)
			}
		}
	}
}
