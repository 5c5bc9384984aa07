//go:build geos

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// command measures a whole process.
func command(env []string, args ...string) func(context.Context) (cost, error) {
	return func(ctx context.Context) (cost, error) {
		cmd := exec.CommandContext(ctx, args[0], args[1:]...)
		cmd.Env = append(os.Environ(), env...)
		var said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &said, &said
		start := time.Now()
		err := cmd.Run()
		took := time.Since(start)
		if err != nil {
			return cost{}, fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, said.String())
		}
		return cost{millis: took.Seconds() * 1000, peak: peak(cmd)}, nil
	}
}

// peak is the most memory that a finished process had, MB.
func peak(cmd *exec.Cmd) float64 {
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return float64(usage.Maxrss) / 1024
}

// before runs something that is not measured ahead of what is.
func before(first func() error, then func(context.Context) (cost, error)) func(context.Context) (cost, error) {
	return func(ctx context.Context) (cost, error) {
		if err := first(); err != nil {
			return cost{}, err
		}
		return then(ctx)
	}
}

// childCommand makes this program do one job of the kernel and print how many
// milliseconds it took, reading the input not counted: a process of its own,
// so that its memory can be told.
const childCommand = "child"

func child(args ...string) func(context.Context) (cost, error) {
	return func(ctx context.Context) (cost, error) {
		self, err := os.Executable()
		if err != nil {
			return cost{}, err
		}
		cmd := exec.CommandContext(ctx, self, append([]string{childCommand}, args...)...)
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return cost{}, err
		}
		millis, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
		return cost{millis, peak(cmd)}, err
	}
}
