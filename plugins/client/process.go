package client

import (
	"context"
	"io"
)

// Launcher starts the program of a plugin. It is the seam for a host that
// confines what it starts.
type Launcher interface {
	// Launch starts the program with spec's environment and no other, and
	// standard input empty. Ctx is of the start alone.
	Launch(ctx context.Context, spec Spec) (Process, error)
}

// Spec is what a plugin is started with.
type Spec struct {
	// Env is its whole environment.
	Env []string
	// Dir is a private directory, the only one that it needs to write to: its
	// socket is made there. It is removed after the process has ended.
	Dir string
}

// Process is a plugin that runs.
type Process interface {
	// Stdout and Stderr are what it prints. They end at the latest soon after
	// the process does, even if a child of it keeps them open.
	Stdout() io.ReadCloser
	Stderr() io.ReadCloser
	// ID is the process id.
	ID() string
	// Wait returns when the process has ended, with an error unless it ended
	// by itself with status 0. It may be called more than once.
	Wait() error
	// Kill ends the process and what it has started, also if it is stopped. It
	// does not wait, and does nothing for one that has ended.
	Kill() error
}
