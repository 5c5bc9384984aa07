package export

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/mapwright/mapwright/internal/durable"
)

// place puts a staged file into the destination and tells where it is now.
// An existing file gives way only if it is as we wrote it, or is the same
// anyhow; else the new one is numbered.
func place(s staging, out string, f stagedFile, w written) (File, error) {
	from := filepath.Join(s.dir, f.Staged)
	stem := strings.TrimSuffix(f.Target, "."+f.Ext)
	for i := 1; ; i++ {
		target := filepath.Join(out, numbered(stem, f.Ext, i))
		err := renameNew(from, target)
		if errors.Is(err, fs.ErrExist) {
			ours, oursErr := w.unchanged(target, f.SHA256)
			if oursErr != nil {
				return File{}, oursErr
			}
			if !ours {
				continue
			}
			if err := os.Rename(from, target); err != nil {
				return File{}, err
			}
			return File{Path: target, Bytes: f.Bytes, SHA256: f.SHA256, Replaced: true}, nil
		}
		if err != nil {
			return File{}, err
		}
		return File{Path: target, Bytes: f.Bytes, SHA256: f.SHA256}, nil
	}
}

// placeAll places files and remembers them. One that can't be placed stays in
// the staging folder and stops no other.
func (e *Exporter) placeAll(s staging, out string, files []stagedFile) ([]File, error) {
	var placed []File
	var all error
	for _, f := range files {
		file, err := place(s, out, f, e.written)
		if err != nil {
			all = errors.Join(all, err)
			continue
		}
		e.Step(StepPlaced)
		placed = append(placed, file)
		e.written.note(file)
	}
	if all == nil {
		all = durable.SyncDir(out)
	}
	return placed, all
}

// findPlaced looks for a file that was put in its place before a crash kept
// it from being noted; "" if there is none.
func findPlaced(out string, f stagedFile) (string, error) {
	stem := strings.TrimSuffix(f.Target, "."+f.Ext)
	for i := 1; ; i++ {
		target := filepath.Join(out, numbered(stem, f.Ext, i))
		sum, err := fileSum(target)
		if errors.Is(err, fs.ErrNotExist) {
			return "", nil
		}
		if err != nil {
			return "", err
		}
		if sum == f.SHA256 {
			return target, nil
		}
	}
}

// fileSum is the SHA-256 of a file, hex.
func fileSum(path string) (sum string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if info, err := f.Stat(); err != nil {
		return "", err
	} else if !info.Mode().IsRegular() {
		return "", nil // a folder or a device is never a file of ours
	}
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", fmt.Errorf("reading %s: %w", path, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
