//go:build unix && !linux

package client

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
)

// setProgram runs what stands at the path: this system can't run an open file.
func setProgram(*exec.Cmd, *os.File) {}

// setProcess gives the child a process group of its own. This system has no
// signal for the death of a parent: package sdk watches for it.
func setProcess(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// finish waits for the end of the process and ends what it left behind.
func (p *process) finish() error {
	err := p.cmd.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reaped = true
	return errors.Join(err, killGroup(p.cmd.Process))
}

// killGroup ends the process and all of its group.
func killGroup(p *os.Process) error {
	if err := syscall.Kill(-p.Pid, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) && !errors.Is(err, syscall.EPERM) {
		return err
	}
	return nil
}
