package pluginhost_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/pluginhost"
	"github.com/mapwright/mapwright/internal/pluginhost/testplugins"
)

// A token in the environment, a pipe on standard input, an open purse: none of
// the host's is a plugin's. Not parallel: it changes what the process has.
func TestAPluginSeesNothingOfTheHost(t *testing.T) {
	t.Setenv("MAPWRIGHT_SECRET", "a token")
	t.Setenv("HOME", t.TempDir())
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := write.WriteString("typed by the maker"); err != nil {
		t.Fatal(err)
	}
	stdin := os.Stdin
	os.Stdin = read
	defer func() {
		os.Stdin = stdin
		for _, f := range []*os.File{read, write} {
			if err := f.Close(); err != nil {
				t.Error(err)
			}
		}
	}()
	purse, err := os.Create(filepath.Join(t.TempDir(), "purse.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := purse.Close(); err != nil {
			t.Error(err)
		}
	}()

	temp := shortDir(t)
	host := pluginhost.New(pluginhost.Config{Dirs: []string{pluginDir}, Deadlines: quick, TempDir: temp})
	p, err := host.Find(testplugins.Spies)
	if err != nil {
		t.Fatal(err)
	}
	s, err := host.Start(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	checkPrivate(t, temp)
	sink := &memory{}
	_, err = s.Export(t.Context(), job(1), sink)
	closesSoon(t, s)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(temp); err != nil { // fails unless all in it was removed
		t.Error(err)
	}
	checkSeen(t, sink.files[0].String(), temp)
}

// checkSeen holds what a plugin has seen against all that it may see.
func checkSeen(t *testing.T, seen, temp string) {
	t.Helper()
	var names []string
	for line := range strings.Lines(seen) {
		kind, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch kind {
		case "env":
			name, _, _ := strings.Cut(rest, "=")
			names = append(names, name)
		case "stdin":
			if rest != `""` {
				t.Errorf("it reads %s from standard input", rest)
			}
		case "dir":
			if !strings.HasPrefix(rest, temp) {
				t.Errorf("it runs in %s", rest)
			}
		case "fd":
			own := strings.HasPrefix(rest, "pipe:") || strings.HasPrefix(rest, "socket:") || strings.HasPrefix(rest, "anon_inode:") ||
				rest == "/dev/null" || strings.HasPrefix(rest, pluginDir+"/spies/") || strings.HasPrefix(rest, "/proc/") || strings.HasPrefix(rest, "/sys/fs/cgroup/")
			if !own {
				t.Errorf("it has %s open", rest)
			}
		}
	}
	slices.Sort(names)
	want := []string{
		"LANG", "MAPWRIGHT_PLUGIN", "PLUGIN_MAX_PORT", "PLUGIN_MIN_PORT", "PLUGIN_PROTOCOL_VERSIONS",
		"PLUGIN_UNIX_SOCKET_DIR", "TMPDIR", "TZ",
	}
	if !slices.Equal(names, want) {
		t.Errorf("its environment is %v, want %v", names, want)
	}
}

// checkPrivate wants that nobody else can enter the directories of sockets.
func checkPrivate(t *testing.T, temp string) {
	t.Helper()
	dirs, err := filepath.Glob(filepath.Join(temp, "*"))
	if err != nil || len(dirs) != 1 {
		t.Fatalf("%v in %s, %v", dirs, temp, err)
	}
	info, err := os.Stat(dirs[0])
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o700 {
		t.Errorf("the plugin's directory has mode %o", mode)
	}
}

// shortDir is a temporary directory whose path leaves room for a socket's; a
// test's own has the test's name in it.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "mw")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func TestATemporaryDirectoryTooDeepForASocketIsSaid(t *testing.T) {
	t.Parallel()
	deep := filepath.Join(t.TempDir(), strings.Repeat("deep", 20))
	if err := os.MkdirAll(deep, 0o700); err != nil {
		t.Fatal(err)
	}
	host := pluginhost.New(pluginhost.Config{Dirs: []string{pluginDir}, TempDir: deep})
	p, err := host.Find(testplugins.Good)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := host.Start(t.Context(), p); err == nil || !strings.Contains(err.Error(), "too long for a socket") {
		t.Errorf("got %v", err)
	}
	if left, err := os.ReadDir(deep); err != nil || len(left) != 0 {
		t.Errorf("%v, %v is left over", left, err)
	}
}
