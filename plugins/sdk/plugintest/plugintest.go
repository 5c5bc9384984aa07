package plugintest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/mapwright/mapwright/plugins/client"
	"github.com/mapwright/mapwright/plugins/proto/wire"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// Run checks a format within its own test program, which is started again as
// the plugin. Call it first in a test of its own.
func Run(t *testing.T, format sdk.Format) {
	t.Helper()
	if os.Getenv(wire.CookieKey) == wire.CookieValue {
		sdk.Serve(format) // we are the plugin; it does not return
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := format.Manifest().Check(); err != nil {
		t.Fatal(err)
	}
	var pattern []string
	for _, part := range strings.Split(t.Name(), "/") {
		pattern = append(pattern, "^"+regexp.QuoteMeta(part)+"$")
	}
	runChecks(t, Subject{
		Launcher: client.Command{Path: self, Args: []string{"-test.run=" + strings.Join(pattern, "/")}},
		Manifest: format.Manifest(),
	})
}

// RunProgram checks the executable of a plugin.
func RunProgram(t *testing.T, path string) {
	t.Helper()
	subject, err := Program(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Run("answers by hand", func(t *testing.T) {
		if err := byHand(t.Context(), path); err != nil {
			t.Error(err)
		}
	})
	runChecks(t, subject)
}

func runChecks(t *testing.T, s Subject) {
	t.Helper()
	for _, check := range Checks() {
		t.Run(check.Name, func(t *testing.T) {
			if err := check.Do(t.Context(), s); err != nil {
				t.Error(err)
			}
		})
	}
}

// Subject is a plugin to check.
type Subject struct {
	Launcher client.Launcher
	Manifest sdk.Manifest
}

// Check is one thing that a plugin must do; the error says what it does instead.
type Check struct {
	Name string
	Do   func(ctx context.Context, s Subject) error
}

// byHandTimeout is how long a program may take to answer on its own.
const byHandTimeout = 10 * time.Second

// Program makes a subject of an executable: it asks for its manifest and checks
// the hash in it, and the manifest.json beside it where there is one.
func Program(ctx context.Context, path string) (Subject, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return Subject{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, byHandTimeout)
	defer cancel()
	out, err := exec.CommandContext(ctx, path, "manifest").Output()
	if err != nil {
		return Subject{}, fmt.Errorf("%s manifest: %w", path, err)
	}
	file, err := sdk.ReadManifest(out)
	if err != nil {
		return Subject{}, fmt.Errorf("%s manifest: %w", path, err)
	}
	program, err := os.ReadFile(path)
	if err != nil {
		return Subject{}, err
	}
	if sum := sha256.Sum256(program); file.Files[sdk.ProgramName] != hex.EncodeToString(sum[:]) {
		return Subject{}, fmt.Errorf("%s manifest: it does not hold the program's own SHA-256", path)
	}
	installed, err := os.ReadFile(filepath.Join(filepath.Dir(path), sdk.ManifestName))
	if err == nil && !bytes.Equal(installed, out) {
		return Subject{}, fmt.Errorf("%s beside %s is not what the program prints: write it again", sdk.ManifestName, path)
	}
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return Subject{}, err
	}
	return Subject{Launcher: client.Command{Path: path}, Manifest: file.Manifest}, nil
}

// byHand wants that a program started by hand says what it is and ends.
func byHand(ctx context.Context, path string) error {
	ctx, cancel := context.WithTimeout(ctx, byHandTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, path)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return errors.New("started by hand, it does not end")
	case err == nil:
		return errors.New("started by hand, it ends as if it had done something")
	case !strings.Contains(said.String(), "plugin"):
		return fmt.Errorf("started by hand, it does not say that it is a plugin: %q", said.String())
	}
	return nil
}
