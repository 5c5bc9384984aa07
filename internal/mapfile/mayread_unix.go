//go:build unix

package mapfile

import "golang.org/x/sys/unix"

// mayRead asks without opening the file: closing it would take away the locks
// that SQLite holds on it in this process.
func mayRead(path string) error { return unix.Access(path, unix.R_OK) }
