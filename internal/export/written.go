package export

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
)

// written remembers which files we wrote, so that an export may replace its
// own earlier file and never one that somebody changed. It is a list of JSON
// lines, the last one of a path counting; losing it costs nothing but a " (2)".
type written struct{ path string }

type writtenLine struct {
	Path   string `json:"path"`
	SHA256 string `json:"sha256"`
}

// unchanged tells whether the file at target is as we last wrote it, or holds
// exactly what is to be written now.
func (w written) unchanged(target, sum string) (bool, error) {
	now, err := fileSum(target)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil || now == "" {
		return false, err
	}
	if now == sum {
		return true, nil
	}
	last, err := w.last(target)
	return last == now, err
}

// last is the SHA-256 of what we last wrote to target, "" if nothing.
func (w written) last(target string) (sum string, err error) {
	f, err := os.Open(w.path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var l writtenLine
		if json.Unmarshal(lines.Bytes(), &l) == nil && l.Path == target { // a torn line counts for nothing
			sum = l.SHA256
		}
	}
	return sum, nil
}

// note adds a file in its place. It is not worth an error: what is lost with a
// line is only that a later export may not replace this file.
func (w written) note(f File) {
	line, err := json.Marshal(writtenLine{f.Path, f.SHA256})
	if err != nil {
		return
	}
	file, err := os.OpenFile(w.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	_, _ = file.Write(append(line, '\n'))
	_ = file.Close()
}
