package mapfile

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// onNetwork tells whether a folder lies on another computer.
func onNetwork(folder string) bool {
	root, err := windows.UTF16PtrFromString(filepath.VolumeName(folder) + `\`)
	if err != nil {
		return true // the journal that works everywhere
	}
	switch windows.GetDriveType(root) {
	case windows.DRIVE_FIXED, windows.DRIVE_REMOVABLE, windows.DRIVE_RAMDISK:
		return false
	}
	return true
}
