package client

import (
	"errors"
	"os"
	"os/exec"
	"syscall"

	"golang.org/x/sys/unix"
)

// setProgram runs the opened program: it becomes descriptor 3 of the child, and
// what stands at the path by then does not matter.
func setProgram(cmd *exec.Cmd, program *os.File) {
	if program != nil {
		cmd.ExtraFiles = []*os.File{program}
		cmd.Path = "/proc/self/fd/3"
	}
}

// setProcess gives the child a process group of its own, and has the kernel
// kill it when the thread that starts it ends, which is when the host does.
func setProcess(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}

// finish waits for the end of the process, ends what it left behind while its
// id still names its group, and releases the id.
func (p *process) finish() error {
	for {
		err := unix.Waitid(unix.P_PID, p.cmd.Process.Pid, nil, unix.WEXITED|unix.WNOWAIT, nil)
		if !errors.Is(err, unix.EINTR) {
			break // any other error is for exec.Cmd.Wait to tell
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.reaped = true
	killErr := killGroup(p.cmd.Process)
	return errors.Join(p.cmd.Wait(), killErr)
}

// killGroup ends the process and all of its group.
func killGroup(p *os.Process) error {
	if err := unix.Kill(-p.Pid, unix.SIGKILL); err != nil && !errors.Is(err, unix.ESRCH) {
		return err
	}
	return nil
}
