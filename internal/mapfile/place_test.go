package mapfile

import (
	"path/filepath"
	"testing"
)

func TestSyncedFoldersGetAJournalThatIsSafeThere(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	for _, folder := range []string{"Dropbox", "OneDrive - Makers Ltd", "Google Drive", "Nextcloud"} {
		if walWorks(filepath.Join(home, folder, "map.gpkg")) {
			t.Errorf("a write-ahead log in %s", folder)
		}
	}
}
