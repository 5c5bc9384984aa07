package e2e

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// soak tells whether the long version of a test is wanted.
func soak() bool { return os.Getenv("MAPWRIGHT_SOAK") != "" }

// kills is how often a run is killed at a random moment.
func kills() int {
	if soak() {
		return 1000
	}
	return 60
}

// hamletExport is the export that is killed: 3 layers, 2 formats, 6 credits.
func hamletExport(m, out string) []string {
	return []string{"export", m, "--layers", "all", "--formats", "svg,png", "--files", "layer", "--out", out}
}

// agree checks after recovery that each charge is posted with its file in
// place, or voided without one, that the balance says the same, and that
// nothing else lies about.
func (s *shop) agree(balanceBefore int, outs ...string) {
	s.t.Helper()
	s.must("credits", "sync")
	posted := 0
	want := map[string]int{}
	for _, c := range s.history() {
		switch c.State {
		case "posted":
			posted += c.Credits
			layer := c.What[strings.LastIndex(c.What, " ")+1:]
			want["hamlet-"+layer+"."+c.Format]++
		case "voided":
		default:
			s.t.Errorf("charge %s of %s is still %s", c.Charge, c.What, c.State)
		}
	}
	there := map[string]int{}
	for _, out := range outs {
		for _, f := range s.tree(out) {
			if strings.HasPrefix(f, ".mapwright") {
				s.t.Errorf("%s was left behind", f)
			}
			there[f]++
			want[f] += 0
		}
	}
	for f, n := range want {
		n = min(n, len(outs)) // a repeat puts its file where the first one was
		if there[f] < n {
			s.t.Errorf("%s was paid for and is not there", f)
		}
		if there[f] > n {
			s.t.Errorf("%s is there and was not paid for", f)
		}
	}
	if got := s.balance(); got != balanceBefore-posted {
		s.t.Errorf("balance %d, want %d less %d posted", got, balanceBefore, posted)
	}
	c := decode[creditsJSON](s.t, s.must("credits", "show", "--json"))
	if c.Unsynced != 0 || c.Pending != 0 {
		s.t.Errorf("%d vouchers are not synced, %d credits pending", c.Unsynced, c.Pending)
	}
	for _, f := range s.tree("data/runs") {
		if f != "written.jsonl" {
			s.t.Errorf("runs/%s was left behind", f)
		}
	}
}

// hamletBalance is what a fresh account has.
const hamletBalance = 18

func TestKillsAtRandomMomentsLoseNothing(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	whole := hamletTime(t)
	shops := make(chan int, 2) // the machine is not to be drowned
	var wg sync.WaitGroup
	for i := range kills() {
		after := time.Duration(r.Float64() * 1.1 * float64(whole))
		shops <- i
		wg.Go(func() {
			defer func() { <-shops }()
			t.Run(fmt.Sprintf("%d after %v", i, after.Round(time.Millisecond)), func(t *testing.T) {
				s := newShop(t)
				m := s.hamlet()
				s.must("credits", "show")
				s.killed(after, hamletExport(m, s.path("out"))...)
				s.agree(hamletBalance, "out")
				if got := s.run(hamletExport(m, s.path("out"))...); got.code != 0 {
					t.Errorf("the next export fails: %s", got.stderr)
				}
				s.agree(hamletBalance, "out")
			})
		})
	}
	wg.Wait()
}

// hamletTime is how long the export takes when nobody kills it.
func hamletTime(t *testing.T) time.Duration {
	t.Helper()
	s := newShop(t)
	m := s.hamlet()
	s.must("credits", "show")
	start := time.Now()
	s.must(hamletExport(m, s.path("out"))...)
	return time.Since(start)
}

// killed runs a command and kills it with SIGKILL after a time.
func (s *shop) killed(after time.Duration, args ...string) {
	s.t.Helper()
	cmd := s.command(context.Background(), args...)
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = cmd.Process.Kill() }) // it may have ended
	defer timer.Stop()
	_ = cmd.Wait() // killed or done, both are fine
}

func TestTwoProcessesOnOneDataDirectoryKilledAtRandom(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	whole := hamletTime(t)
	for range max(4, kills()/15) {
		s := newShop(t)
		m := s.hamlet()
		s.must("credits", "show")
		var wg sync.WaitGroup
		for _, out := range []string{"a", "b"} {
			after := time.Duration(r.Float64() * 2.2 * float64(whole))
			wg.Go(func() { s.killed(after, hamletExport(m, s.path(out))...) })
		}
		wg.Wait()
		s.agree(hamletBalance, "a", "b")
	}
}

// steps are all steps of a run that goes well, with how often each comes.
var steps = map[string]int{
	"intent": 1, "staging": 1, "held": 1, "charged": 1,
	"started": 2, "writing": 2, "written": 2, "staged": 2, "posted": 2, "placed": 6, "finished": 2, "cleared": 1,
}

func TestAKillAtEveryStepLosesNothing(t *testing.T) {
	t.Parallel()
	for step, times := range steps {
		for n := 1; n <= times; n++ {
			t.Run(fmt.Sprintf("%s %d", step, n), func(t *testing.T) {
				t.Parallel()
				s := newShop(t)
				m := s.hamlet()
				s.must("credits", "show")
				s.dies(fmt.Sprintf("%s:%d", step, n), hamletExport(m, s.path("out"))...)
				s.agree(hamletBalance, "out")
				s.must(hamletExport(m, s.path("out"))...)
				s.agree(hamletBalance, "out")
			})
		}
	}
}

// dies runs a command that kills itself at a fault point.
func (s *shop) dies(fault string, args ...string) {
	s.t.Helper()
	cmd := s.command(s.t.Context(), args...)
	cmd.Env = append(cmd.Env, "MAPWRIGHT_FAULT="+fault)
	out, err := cmd.CombinedOutput()
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); err == nil || !ok || status.Signal() != syscall.SIGKILL {
		s.t.Fatalf("fault %s was never reached: %v\n%s", fault, err, out)
	}
}

func TestAKillInTheMiddleOfRecoveryLosesNothing(t *testing.T) {
	t.Parallel()
	for first, second := range map[string]string{"staged": "posted", "posted": "placed:2", "started": "voided", "placed": "cleared"} {
		t.Run(first+" then "+second, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			m := s.hamlet()
			s.must("credits", "show")
			s.dies(first+":1", hamletExport(m, s.path("out"))...)
			if !strings.Contains(second, ":") {
				second += ":1"
			}
			s.dies(second, "credits", "show")
			s.agree(hamletBalance, "out")
		})
	}
}

func TestNoPluginOutlivesAKilledRun(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	s.must("credits", "show")
	s.dies("started:1", hamletExport(m, s.path("out"))...)
	mine := filepath.Join(built, "plugins")
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		out, err := exec.Command("ps", "-eo", "ppid,args").Output()
		if err != nil {
			t.Fatal(err)
		}
		// a plugin whose parent is process 1 has lost its host
		orphan := slices.ContainsFunc(strings.Split(string(out), "\n"), func(line string) bool {
			return strings.HasPrefix(strings.TrimSpace(line), "1 ") && strings.Contains(line, mine)
		})
		if !orphan {
			return
		}
		if time.Now().After(end) {
			t.Fatal("a plugin lives on without its host")
		}
	}
}
