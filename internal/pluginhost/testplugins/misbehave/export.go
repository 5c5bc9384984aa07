package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"

	"github.com/mapwright/mapwright/internal/pluginhost/testplugins"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// inExport holds what each plugin does in Export before, or instead of, its
// work.
var inExport = map[string]func(sdk.Output) error{
	testplugins.Crashes: func(out sdk.Output) error {
		if err := begin(out); err != nil {
			return err
		}
		if _, err := fmt.Fprintln(os.NewFile(2, "stderr"), "I meant to do that"); err != nil {
			return err
		}
		os.Exit(7)
		return nil
	},
	testplugins.Panics:   func(sdk.Output) error { panic("the bed is on fire") },
	testplugins.Fails:    func(sdk.Output) error { return errors.New("this map is too pretty") },
	testplugins.Hangs:    beginAnd(hang),
	testplugins.Stubborn: beginAnd(hang),
	testplugins.Stops:    beginAnd(stop),
	testplugins.Spins: func(out sdk.Output) error {
		for {
			if err := out.Progress(0.5); err != nil {
				return err
			}
		}
	},
	testplugins.Prints:    func(sdk.Output) error { printLong(); return nil },
	testplugins.Floods:    flood,
	testplugins.OddSuffix: func(out sdk.Output) error { return write(out, "../../etc/\x00passwd", "text") },
	testplugins.ManyFiles: func(out sdk.Output) error {
		for i := range 9 {
			if err := write(out, fmt.Sprint(i), "text"); err != nil {
				return err
			}
		}
		return nil
	},
	testplugins.BigFile: func(out sdk.Output) error { return write(out, "", strings.Repeat("x", 1<<20+1)) },
	testplugins.Spies:   spy,
	testplugins.Forks:   fork,
	testplugins.Slow:    slow,
}

// ends holds the plugins that have written their files by then.
var ends = map[string]bool{
	testplugins.OddSuffix: true, testplugins.ManyFiles: true,
	testplugins.BigFile: true, testplugins.Spies: true, testplugins.Slow: true,
}

func beginAnd(then func()) func(sdk.Output) error {
	return func(out sdk.Output) error {
		if err := begin(out); err != nil {
			return err
		}
		then()
		return nil
	}
}

// flood writes to both ends of stderr: the one that go-plugin put in place of
// os.Stderr, and the descriptor.
func flood(sdk.Output) error {
	line := append(bytes.Repeat([]byte("blah "), 100), '\n')
	for _, to := range []io.Writer{os.Stderr, os.Stdout, os.NewFile(2, "stderr")} {
		for range 4 << 20 / len(line) {
			if _, err := to.Write(line); err != nil {
				return err
			}
		}
	}
	return nil
}

// spy writes all that a plugin can see of its host.
func spy(out sdk.Output) error {
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	var seen strings.Builder
	fmt.Fprintf(&seen, "stdin %q\ndir %s\n", input, dir)
	for _, v := range os.Environ() {
		fmt.Fprintf(&seen, "env %s\n", v)
	}
	descriptors, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return err
	}
	for _, d := range descriptors {
		if to, err := os.Readlink("/proc/self/fd/" + d.Name()); err == nil {
			fmt.Fprintf(&seen, "fd %s\n", to)
		}
	}
	return write(out, "", seen.String())
}

// fork starts children that keep the plugin's pipes and says their ids.
func fork(out sdk.Output) error {
	for range 2 {
		child := exec.Command("/bin/sleep", "600")
		child.Stdout, child.Stderr = os.NewFile(1, "stdout"), os.NewFile(2, "stderr")
		if err := child.Start(); err != nil {
			return err
		}
		if err := out.Diagnose(sdk.Diagnostic{Severity: sdk.Info, Message: fmt.Sprint(child.Process.Pid)}); err != nil {
			return err
		}
	}
	hang()
	return nil
}
