package e2e

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTheOrderOfSystemCalls reads with strace what the kernel was asked, and
// shows that the hold is on disk before the plugin is executed, and the post
// before any file gets its name.
func TestTheOrderOfSystemCalls(t *testing.T) {
	t.Parallel()
	s := newShop(t)
	m := s.hamlet()
	s.must("credits", "show")
	log := s.path("strace.log")
	args := append([]string{
		"-f", "-y", "-s", "300", "-e", "trace=fdatasync,fsync,execve,execveat,rename,renameat,renameat2", "-o", log,
		filepath.Join(built, "mapwright"),
	}, "export", m, "--layers", "lanes", "--formats", "svg", "--out", s.path("out"))
	cmd := exec.CommandContext(t.Context(), "strace", args...)
	cmd.Env = append(os.Environ(), "MAPWRIGHT_DATA="+s.data)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("strace (make test-deps installs it): %v\n%s", err, out)
	}
	data, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	var events []string
	purse := regexp.MustCompile(`f(data)?sync\(.*purse\.db`)
	for line := range strings.SplitSeq(string(data), "\n") {
		switch {
		case purse.MatchString(line):
			events = append(events, "purse")
		case strings.Contains(line, "sync(") && strings.Contains(line, ".mapwright-"):
			events = append(events, "staged")
		case strings.Contains(line, "execve") && strings.Contains(line, "/plugins/"), strings.Contains(line, "execveat"):
			events = append(events, "plugin")
		case strings.Contains(line, "rename") && strings.Contains(line, "hamlet.svg"):
			events = append(events, "rename")
		}
	}
	order := strings.Join(compact(events), " ")
	if !regexp.MustCompile(`purse( staged)? plugin.* staged.* purse rename`).MatchString(order) {
		t.Errorf("the order was %q: want the purse on disk before the plugin, the files before the second post, and the post before the rename", order)
	}
}

// compact drops repetitions.
func compact(events []string) []string {
	var out []string
	for i, e := range events {
		if i == 0 || events[i-1] != e {
			out = append(out, e)
		}
	}
	return out
}
