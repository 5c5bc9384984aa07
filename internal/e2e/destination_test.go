package e2e

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// TestADestinationThatGoesAwayAfterThePost takes the folder away between
// payment and placing, as when a stick is pulled, and puts it back.
func TestADestinationThatGoesAwayAfterThePost(t *testing.T) {
	t.Parallel()
	pull := func(t *testing.T) (*shop, string) {
		s := newShop(t)
		m := s.hamlet()
		s.must("credits", "show")
		cmd := s.command(t.Context(), "export", m, "--layers", "lanes", "--formats", "svg", "--out", s.path("out"))
		cmd.Env = append(cmd.Env, "MAPWRIGHT_FAULT=posted:1:stop")
		var said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &said, &said
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		s.waitFor(func() bool { return stopped(t, cmd.Process.Pid) })
		if err := os.Rename(s.path("out"), s.path("away")); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Process.Signal(syscall.SIGCONT); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err == nil || cmd.ProcessState.ExitCode() != 1 {
			t.Errorf("exit %d, want 1", cmd.ProcessState.ExitCode())
		}
		for _, w := range []string{s.path("out"), "paid for", "free"} {
			if !strings.Contains(said.String(), w) {
				t.Errorf("does not say %q: %s", w, said.String())
			}
		}
		return s, m
	}
	t.Run("and comes back", func(t *testing.T) {
		t.Parallel()
		s, _ := pull(t)
		if err := os.Rename(s.path("away"), s.path("out")); err != nil {
			t.Fatal(err)
		}
		s.must("credits", "show")
		if got := s.tree("out"); !slices.Equal(got, []string{"hamlet.svg"}) {
			t.Errorf("files %v, want the one that was paid for", got)
		}
	})
	t.Run("and stays away", func(t *testing.T) {
		t.Parallel()
		s, m := pull(t)
		if got := s.export(m, "lanes", "svg"); got.spent() != 0 {
			t.Errorf("the second export cost %d, want 0", got.spent())
		}
		if got := s.tree("out"); !slices.Equal(got, []string{"hamlet.svg"}) {
			t.Errorf("files %v", got)
		}
	})
}

// stopped tells whether a process stands still after SIGSTOP.
func stopped(t *testing.T, pid int) bool {
	t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(stat), ") ")
	return strings.HasPrefix(after, "T")
}

// TestAFullDisk fills the destination, and then the data directory, by a small
// file system of their own.
func TestAFullDisk(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ full, words string }{
		{"out", "disk is full"},
		{"data", ""},
	} {
		t.Run(c.full, func(t *testing.T) {
			t.Parallel()
			s := newShop(t)
			m := s.hamlet()
			small := s.path("small")
			if err := os.Mkdir(small, 0o755); err != nil {
				t.Fatal(err)
			}
			data, out := s.data, small+"/out"
			if c.full == "data" {
				data, out = small, s.path("out")
			}
			script := fmt.Sprintf(`set -e
mount -t tmpfs -o size=512k tmpfs %[1]s
export MAPWRIGHT_DATA=%[2]s
%[3]s credits show >/dev/null
dd if=/dev/zero of=%[1]s/filler bs=1k 2>/dev/null || true
set +e
%[3]s export %[4]s --layers lanes --formats svg,png --out %[5]s
echo "exit $?"
set -e
rm %[1]s/filler
%[3]s credits sync >/dev/null
%[3]s credits show
%[3]s credits history
find %[5]s -type f | sed 's/^/file /' || true
%[3]s export %[4]s --layers lanes --formats svg,png --out %[5]s
find %[5]s -type f | sed 's/^/then /'
`, small, data, filepath.Join(built, "mapwright"), m, out)
			args := []string{"-m", "sh", "-c", script}
			if os.Getuid() != 0 {
				args = append([]string{"-r"}, args...)
			}
			cmd := exec.CommandContext(t.Context(), "unshare", args...)
			msg, err := cmd.CombinedOutput()
			said := string(msg)
			if err != nil {
				t.Fatalf("%v\n%s", err, said)
			}
			if !strings.Contains(said, "exit 1") || !strings.Contains(said, c.words) {
				t.Errorf("a full disk is not told as one:\n%s", said)
			}
			if !strings.Contains(said, "18 credits") || strings.Contains(said, "file /") || strings.Contains(said, "posted") && strings.Index(said, "posted") < strings.Index(said, "then") && strings.Contains(said, "file ") {
				t.Errorf("credits or files were lost on the full disk:\n%s", said)
			}
			if strings.Count(said, "then ") != 2 {
				t.Errorf("with room again the export does not work:\n%s", said)
			}
		})
	}
}
