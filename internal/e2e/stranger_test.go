package e2e

import (
	"bytes"
	"encoding/json"
	"os"
	"slices"
	"sync"
	"testing"
)

func TestAPictureReplacesNothingButAPicture(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	before, err := os.ReadFile(m)
	if err != nil {
		t.Fatal(err)
	}
	s.refuses(2, []string{".png"}, "render", m, "-o", m)
	s.write("letter.png", []byte("Dear Sir"))
	s.refuses(2, []string{"letter.png", "no picture"}, "render", m, "-o", s.path("letter.png"))
	s.must("render", m, "-o", s.path("new.png"), "--width", "200")
	s.must("render", m, "-o", s.path("new.png"), "--width", "100")
	after, err := os.ReadFile(m)
	if err != nil || !bytes.Equal(before, after) {
		t.Errorf("the map was changed (%v)", err)
	}
}

func TestAnAnswerThatCannotBeWrittenFails(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	for _, more := range [][]string{nil, {"--json"}} {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		cmd := s.command(t.Context(), append([]string{"layer", "list", m}, more...)...)
		cmd.Stdout = full
		if err := cmd.Run(); err == nil || cmd.ProcessState.ExitCode() != 1 {
			t.Errorf("%v: exit %d, want 1", more, cmd.ProcessState.ExitCode())
		}
		if err := full.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestWhatCobraRefusesIsToldInJSONToo(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	for _, args := range [][]string{{"burn", "--json"}, {"layer", "list", "--colour", "--json"}, {"credits", "reserve", "-1", "--json"}} {
		o := s.refuses(2, nil, args...)
		var answer struct {
			Error struct{ Code, Message string }
		}
		if err := json.Unmarshal([]byte(o.stdout), &answer); err != nil || answer.Error.Code != "usage" || answer.Error.Message == "" {
			t.Errorf("%v answers %q (%v)", args, o.stdout, err)
		}
	}
}

func TestALayerWithACommaInItsNameCanBeNamed(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	s.must("layer", "set", m, "lanes", "name=lanes, old")
	if got := s.export(m, "lanes, old", "svg", "--layers", "ponds,trees"); len(got.Jobs[0].Layers) != 3 {
		t.Errorf("exported %+v, want three layers", got.Jobs[0].Layers)
	}
}

// TestTheSameExportTwiceAtOnceTellsTheTruth runs the same export in several
// processes: one pays, and each answers what it cost.
func TestTheSameExportTwiceAtOnceTellsTheTruth(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	before := s.balance()
	told := make([]int, 4)
	var wg sync.WaitGroup
	for i := range told {
		wg.Go(func() { told[i] = s.export(m, "lanes", "svg").spent() })
	}
	wg.Wait()
	sum := 0
	for _, n := range told {
		sum += n
	}
	if spent := before - s.balance(); spent != 1 || sum != 1 {
		t.Errorf("%d credits were spent and the answers say %v", spent, told)
	}
}

func TestOurOwnFileThatGivesWayIsNamed(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	s.export(m, "lanes", "svg")
	o := s.must("export", m, "--layers", "ponds", "--formats", "svg", "--out", s.path("out"))
	if !bytes.Contains([]byte(o.stdout), []byte("hamlet.svg (replaced)")) {
		t.Errorf("the answer does not say that a file was replaced: %s", o.stdout)
	}
}

func TestAPlanChangeSaysWhatItEnds(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	o := s.must("account", "plan", "trial")
	if !bytes.Contains([]byte(o.stderr), []byte("18 credits of Hobby expired")) {
		t.Errorf("the answer does not say what expired: %s", o.stderr)
	}
	if again := s.must("account", "plan", "trial"); again.stderr != "" {
		t.Errorf("the same plan again says %q", again.stderr)
	}
}

// TestAPurseThatWasSetBackCanStartAnew puts an older data directory back, as
// after restoring a backup, and finds a way on.
func TestAPurseThatWasSetBackCanStartAnew(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	s.must("credits", "show")
	old, err := os.ReadFile(s.path("data/purse.db"))
	if err != nil {
		t.Fatal(err)
	}
	s.export(m, "lanes", "svg")
	s.write("data/purse.db", old)
	s.run("export", m, "--layers", "ponds", "--formats", "svg", "--out", s.path("out"))
	s.run("credits", "sync")
	s.refuses(5, []string{"account renew"}, "export", m, "--layers", "trees", "--formats", "svg", "--out", s.path("out"))
	s.must("account", "renew")
	if got := s.export(m, "trees", "svg"); got.spent() != 1 {
		t.Errorf("spent %d after starting anew, want 1", got.spent())
	}
	files := s.tree("out")
	slices.Sort(files)
	if len(files) == 0 {
		t.Error("no file after starting anew")
	}
}
