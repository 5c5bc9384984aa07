package mapfile

import (
	"path/filepath"
	"strings"
)

// walWorks tells whether a write-ahead log is safe where a file lies. It needs
// memory shared between processes, which network drives lack, and folders that
// are copied by a sync service would be copied without it.
func walWorks(path string) bool {
	for part := range strings.SplitSeq(filepath.ToSlash(strings.ToLower(path)), "/") {
		for _, synced := range []string{"dropbox", "onedrive", "google drive", "googledrive", "my drive", "nextcloud", "owncloud", "mobile documents", "icloud drive", "seafile", "syncthing"} {
			if strings.HasPrefix(part, synced) {
				return false
			}
		}
	}
	return !onNetwork(filepath.Dir(path))
}
