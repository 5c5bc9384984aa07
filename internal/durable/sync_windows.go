package durable

// SyncDir does nothing on Windows, which offers no way to flush a folder; NTFS
// keeps its names in a journal.
func SyncDir(string) error { return nil }
