// Command misbehave is a format plugin for tests. Its format id is the name of
// the folder that it is installed in, and says how it misbehaves; package
// testplugins lists the ways.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/hashicorp/go-plugin"

	"github.com/mapwright/mapwright/internal/pluginhost/testplugins"
	"github.com/mapwright/mapwright/plugins/proto/wire"
	"github.com/mapwright/mapwright/plugins/sdk"
)

func main() {
	path, err := os.Executable()
	if err != nil {
		fatal(err)
	}
	id := filepath.Base(filepath.Dir(filepath.Dir(path)))
	if served := len(os.Args) == 1 && os.Getenv(wire.CookieKey) != ""; served {
		atStart(id)
		if breaksContract(id) {
			serveRaw(format{id: id})
		}
	}
	sdk.Serve(format{id: id})
}

func fatal(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// atStart misbehaves before or around the handshake.
func atStart(id string) {
	switch id {
	case testplugins.StopsAtStart:
		stop()
	case testplugins.StopsBetween:
		shakeHandsAndStop()
	case testplugins.Stubborn:
		signal.Ignore(syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	case testplugins.ExitsAtStart:
		fatal(errors.New("the hat can't be found"))
	case testplugins.Mute:
		hang()
	case testplugins.PrintsFirst:
		printLong()
	case testplugins.Elsewhere:
		fmt.Println("1|1|unix|/tmp/elsewhere.sock|grpc|")
		hang()
	}
}

// shakeHandsAndStop listens where it should, says so, and never accepts.
func shakeHandsAndStop() {
	path := filepath.Join(os.Getenv(plugin.EnvUnixSocketDir), "plugin")
	if _, err := net.Listen("unix", path); err != nil {
		fatal(err)
	}
	fmt.Printf("1|1|unix|%s|grpc|\n", path)
	stop()
}

// stop stops the process. Other threads may run on for a moment, and this one
// must not.
func stop() {
	if err := syscall.Kill(os.Getpid(), syscall.SIGSTOP); err != nil {
		fatal(err)
	}
	hang()
}

func hang() {
	for {
		time.Sleep(time.Hour)
	}
}

// printLong prints a line longer than what go-plugin reads, past os.Stdout.
func printLong() {
	line := append(bytes.Repeat([]byte{'x'}, 1<<20), '\n')
	if _, err := os.NewFile(1, "stdout").Write(line); err != nil {
		fatal(err)
	}
}
