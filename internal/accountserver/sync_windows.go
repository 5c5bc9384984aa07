package accountserver

// syncFolder does nothing: NTFS journals renames, and Windows opens no folder
// for syncing.
func syncFolder(string) error { return nil }
