//go:build faultpoints

package workshop

import (
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"

	"github.com/mapwright/mapwright/internal/export"
)

// faults reads MAPWRIGHT_FAULT=STEP[:COUNT[:stop]]: at the COUNT-th time that
// an export reaches STEP the program kills itself, or with "stop" stops until
// it gets SIGCONT.
func faults() func(export.Step) {
	want, rest, _ := strings.Cut(os.Getenv("MAPWRIGHT_FAULT"), ":")
	times, what, _ := strings.Cut(rest, ":")
	count, err := strconv.ParseInt(times, 10, 64)
	if err != nil {
		count = 1
	}
	signal := syscall.SIGKILL
	if what == "stop" {
		signal = syscall.SIGSTOP
	}
	var seen atomic.Int64
	return func(s export.Step) {
		if string(s) == want && seen.Add(1) == count {
			if err := syscall.Kill(syscall.Getpid(), signal); err != nil {
				panic(err)
			}
		}
	}
}
