package client

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"sync"
	"time"
)

// afterlife is how long the pipes of an ended process may stay open.
const afterlife = 500 * time.Millisecond

// Command is a Launcher that runs a program of this computer, unconfined.
type Command struct {
	// Path of the program.
	Path string
	// Program, where it is not nil, is the opened file to run in place of what
	// stands at Path by then, on systems that can do so.
	Program *os.File
	// Args are its arguments.
	Args []string
}

// Launch implements Launcher.
func (c Command) Launch(ctx context.Context, spec Spec) (Process, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	outRead, outWrite, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	errRead, errWrite, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(err, outRead.Close(), outWrite.Close())
	}
	cmd := exec.Command(c.Path, c.Args...)
	cmd.Env, cmd.Dir = spec.Env, spec.Dir
	cmd.Stdout, cmd.Stderr = outWrite, errWrite
	setProgram(cmd, c.Program)
	setProcess(cmd)

	p := &process{cmd: cmd, stdout: outRead, stderr: errRead, ended: make(chan struct{})}
	started := make(chan error, 1)
	go p.run(started)
	err = <-started
	closed := errors.Join(outWrite.Close(), errWrite.Close())
	if err != nil {
		return nil, errors.Join(err, closed, outRead.Close(), errRead.Close())
	}
	return p, nil
}

// process is a started Command.
type process struct {
	cmd            *exec.Cmd
	stdout, stderr *os.File
	ended          chan struct{} // closed when the process has ended
	err            error         // of the process, set before ended is closed

	mu     sync.Mutex
	reaped bool // its id may be another process's by now
}

// run starts the process and stays until it has ended. Where the system ends a
// child with the thread that started it, that thread must live as long: it is
// locked to this goroutine.
func (p *process) run(started chan<- error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := p.cmd.Start(); err != nil {
		started <- err
		return
	}
	started <- nil
	p.err = p.finish()
	close(p.ended)
	time.AfterFunc(afterlife, func() {
		// Whoever reads has met the end, or would wait for a grandchild: a
		// second Close is no news.
		_, _ = p.stdout.Close(), p.stderr.Close()
	})
}

func (p *process) Stdout() io.ReadCloser { return p.stdout }
func (p *process) Stderr() io.ReadCloser { return p.stderr }
func (p *process) ID() string            { return strconv.Itoa(p.cmd.Process.Pid) }

func (p *process) Wait() error {
	<-p.ended
	return p.err
}

func (p *process) Kill() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.reaped {
		return nil
	}
	return killGroup(p.cmd.Process)
}
