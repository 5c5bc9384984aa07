package pluginhost_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/pluginhost"
	"github.com/mapwright/mapwright/internal/pluginhost/testplugins"
	"github.com/mapwright/mapwright/plugins/client"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// Whoever can write to the folder must not slip in another program between
// the check of its hash and its start.
func TestTheProgramThatWasCheckedIsTheOneThatRuns(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("only Linux runs a program by its descriptor")
	}
	dir := t.TempDir()
	path := filepath.Join(copyPlugin(t, dir, testplugins.Good), sdk.ProgramName)
	swap := func(program *os.File) client.Launcher {
		other := path + ".new"
		put(t, other, []byte("#!/bin/sh\necho swapped >&2; exit 1\n"))
		if err := os.Rename(other, path); err != nil {
			t.Error(err)
		}
		return client.Command{Path: program.Name(), Program: program}
	}
	host := pluginhost.New(pluginhost.Config{Dirs: []string{dir}, Deadlines: quick, Launcher: swap})
	p, err := host.Find(testplugins.Good)
	if err != nil {
		t.Fatal(err)
	}
	s, err := host.Start(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	closesSoon(t, s)
}

// A script finds the files beside it by its own path.
func TestAScriptIsRunByItsPath(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	script := []byte("#!/bin/sh\necho \"I am $0\" >&2\nexit 3\n")
	sum := sha256.Sum256(script)
	to := installVersion(t, dir, "script", "1.0.0", func(f *sdk.ManifestFile) {
		f.Files[sdk.ProgramName] = hex.EncodeToString(sum[:])
	})
	put(t, filepath.Join(to, sdk.ProgramName), script)
	host := pluginhost.New(pluginhost.Config{Dirs: []string{dir}, Deadlines: quick})
	p, err := host.Find("script")
	if err != nil {
		t.Fatal(err)
	}
	_, err = host.Start(t.Context(), p)
	var start pluginhost.StartError
	if !errors.As(err, &start) || !strings.Contains(start.Said, "I am "+filepath.Join(to, sdk.ProgramName)) {
		t.Errorf("got %v", err)
	}
}

func TestAFileThatIsNoProgramDoesNotStart(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	sum := sha256.Sum256([]byte("no program"))
	installVersion(t, dir, "text", "1.0.0", func(f *sdk.ManifestFile) { f.Files[sdk.ProgramName] = hex.EncodeToString(sum[:]) })
	host := pluginhost.New(pluginhost.Config{Dirs: []string{dir}, Deadlines: quick})
	p, err := host.Find("text")
	if err != nil {
		t.Fatal(err)
	}
	_, err = host.Start(t.Context(), p)
	var start pluginhost.StartError
	if !errors.As(err, &start) {
		t.Errorf("got %T %v", err, err)
	}
	t.Log(err)
}
