//go:build !linux && !darwin && !windows

package mapfile

// onNetwork can't be told here, so the journal that works everywhere is used.
func onNetwork(string) bool { return true }
