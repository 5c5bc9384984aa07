//go:build !linux

package export

// renameNew renames without replacing: fs.ErrExist if the target is there.
func renameNew(from, to string) error { return renameChecked(from, to) }
