//go:build faultpoints

package workshop

import (
	"os"
	"os/signal"
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
	var seen atomic.Int64
	return func(s export.Step) {
		if string(s) != want || seen.Add(1) != count {
			return
		}
		if what == "stop" {
			stopUntilContinued()
			return
		}
		send(syscall.SIGKILL)
		select {} // until it takes effect
	}
}

// stopUntilContinued returns after SIGCONT: a SIGSTOP to oneself takes effect
// only some time after it was sent.
func stopUntilContinued() {
	continued := make(chan os.Signal, 1)
	signal.Notify(continued, syscall.SIGCONT)
	defer signal.Stop(continued)
	send(syscall.SIGSTOP)
	<-continued
}

func send(s syscall.Signal) {
	if err := syscall.Kill(syscall.Getpid(), s); err != nil {
		panic(err)
	}
}
