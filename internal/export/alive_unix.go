//go:build unix

package export

import (
	"errors"

	"golang.org/x/sys/unix"
)

// alive tells whether a process of this id runs; one that can't be told does.
func alive(pid int) bool {
	return pid <= 0 || !errors.Is(unix.Kill(pid, 0), unix.ESRCH)
}
