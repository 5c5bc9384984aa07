package mapfile

import "golang.org/x/sys/unix"

// onNetwork tells whether a folder lies on another computer.
func onNetwork(folder string) bool {
	var s unix.Statfs_t
	if err := unix.Statfs(folder, &s); err != nil {
		return true // the journal that works everywhere
	}
	return s.Flags&unix.MNT_LOCAL == 0
}
