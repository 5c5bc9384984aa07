package client

import (
	"errors"
	"os"
	"os/exec"
)

// setProgram runs what stands at the path: this system can't run an open file.
func setProgram(*exec.Cmd, *os.File) {}

// setProcess leaves the child as it is.
func setProcess(*exec.Cmd) {}

// finish waits for the end of the process.
func (p *process) finish() error {
	err := p.cmd.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reaped = true
	return err
}

// killGroup ends the process alone: what it has started needs a job object.
func killGroup(p *os.Process) error {
	if err := p.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}
