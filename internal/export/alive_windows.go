package export

import (
	"errors"

	"golang.org/x/sys/windows"
)

// alive tells whether a process of this id runs; one that can't be told does.
func alive(pid int) bool {
	if pid <= 0 {
		return true
	}
	h, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(pid))
	if err != nil {
		return !errors.Is(err, windows.ERROR_INVALID_PARAMETER)
	}
	_ = windows.CloseHandle(h) // it was only asked for
	return true
}
