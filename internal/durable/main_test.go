package durable_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/durable"
)

// The variables that make the test binary another process.
const (
	holdLock    = "MAPWRIGHT_TEST_HOLD" // the lock that it holds
	rewriteFile = "MAPWRIGHT_TEST_REWRITE"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(holdLock); path != "" {
		exit(hold(path))
	}
	if path := os.Getenv(rewriteFile); path != "" {
		exit(rewrite(path))
	}
	os.Exit(m.Run())
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// hold takes a lock, says so, and frees it when its input ends.
func hold(path string) error {
	l, err := durable.TryLock(path, 0o600)
	if err != nil {
		return err
	}
	if err := l.Sign([]byte("the other")); err != nil {
		return err
	}
	fmt.Println("held")
	if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
		return err
	}
	return l.Remove()
}

// rewrite replaces a file until it is killed. Each version is one letter,
// longer than a page and a pipe.
func rewrite(path string) error {
	for n := 0; ; n++ {
		if err := durable.WriteFile(path, version(n), 0o600); err != nil {
			return err
		}
		if n == 0 {
			fmt.Println("began")
		}
	}
}

func version(n int) []byte { return bytes.Repeat([]byte{'a' + byte(n%26)}, 300_000) }

// process is another process of the test binary.
type process struct {
	*exec.Cmd
	in io.WriteCloser
}

// begin starts a process and waits for its first line.
func begin(t *testing.T, variable, path string) process {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), variable+"="+path)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatalf("the other process did not begin: %v, %v", err, cmd.Wait())
	}
	return process{cmd, in}
}

// end lets a process end by itself.
func (p process) end(t *testing.T) {
	t.Helper()
	if err := errors.Join(p.in.Close(), p.Wait()); err != nil {
		t.Error(err)
	}
}

// kill ends a process as a power failure or kill -9 would.
func (p process) kill(t *testing.T, after time.Duration) {
	t.Helper()
	time.Sleep(after)
	if err := p.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	var ended *exec.ExitError
	if err := p.Wait(); !errors.As(err, &ended) || ended.Exited() {
		t.Fatalf("the other process ended by itself: %v", err)
	}
}

// wantNames checks what a folder holds.
func wantNames(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("the folder holds %q, want %q", got, want)
	}
}
