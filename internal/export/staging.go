package export

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"github.com/mapwright/mapwright/internal/durable"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// staging is the hidden folder of the destination that a run's files are
// written into: on the same file system, so that a rename puts them in place.
type staging struct{ dir string }

// stagingPath names the folder of a run. The name tells a person who finds it
// what it is.
func stagingPath(out, run string) string {
	return filepath.Join(out, ".mapwright-"+run)
}

func createStaging(path string) (staging, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return staging{}, err
	}
	if err := os.Mkdir(path, 0o777); err != nil {
		return staging{}, err
	}
	return staging{path}, durable.SyncDir(filepath.Dir(path))
}

// stagedPrefix begins the names of the files of job i in the staging folder.
func stagedPrefix(i int) string { return strconv.Itoa(i) + "-" }

// discard deletes the files of a job that will not be put in place.
func (s staging) discard(files []stagedFile) error {
	var all error
	for _, f := range files {
		if err := os.Remove(filepath.Join(s.dir, f.Staged)); err != nil && !errors.Is(err, os.ErrNotExist) {
			all = errors.Join(all, err)
		}
	}
	return all
}

// sink takes the files of one call of a plugin into the staging folder. It
// implements the host's side of sdk.Output.
type sink struct {
	staging  staging
	prefix   string // of the names in the staging folder
	stem     string // of the files in the destination, without suffix
	ext      string
	names    names
	progress func(float64)
	first    func() // called once, before the first byte is written

	mu          sync.Mutex
	err         error // the first error of the file system
	open        []*sinkFile
	diagnostics []sdk.Diagnostic
}

// Create starts a file. The plugin's suffix is cleaned: it can't leave the
// folder or hide the file.
func (s *sink) Create(suffix string) (io.WriteCloser, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.open) == 0 && s.first != nil {
		s.first()
	}
	stem := s.stem
	if suffix != "" {
		stem += "-" + CleanName(suffix)
	}
	name := s.prefix + "-" + strconv.Itoa(len(s.open))
	f, err := os.OpenFile(filepath.Join(s.staging.dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		s.err = errors.Join(s.err, err)
		return nil, err
	}
	file := &sinkFile{sink: s, file: f, sum: sha256.New(), staged: stagedFile{Staged: name, Target: s.names.take(stem, s.ext), Ext: s.ext}}
	s.open = append(s.open, file)
	return file, nil
}

// Progress passes on how much of the call is done.
func (s *sink) Progress(done float64) {
	if s.progress != nil {
		s.progress(min(max(done, 0), 1))
	}
}

// Diagnose keeps what the plugin tells the maker.
func (s *sink) Diagnose(d sdk.Diagnostic) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.diagnostics = append(s.diagnostics, d)
}

// failed tells what the file system refused, if anything: then the plugin is
// not to blame.
func (s *sink) failed() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// fail remembers an error of the file system and returns it.
func (s *sink) fail(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = errors.Join(s.err, err)
	return err
}

// finish gives the files once all are durable; a plugin that left one open or
// made none has failed.
func (s *sink) finish() ([]stagedFile, error) {
	if len(s.open) == 0 {
		return nil, errors.New("the plugin made no file")
	}
	var files []stagedFile
	for _, f := range s.open {
		if !f.closed {
			return nil, fmt.Errorf("the plugin did not finish %s", f.staged.Target)
		}
		files = append(files, f.staged)
	}
	if err := durable.SyncDir(s.staging.dir); err != nil {
		return nil, s.fail(err)
	}
	return files, nil
}

// abandon closes and deletes what was written.
func (s *sink) abandon() error {
	var all error
	for _, f := range s.open {
		if !f.closed {
			all = errors.Join(all, f.file.Close())
		}
		all = errors.Join(all, s.staging.discard([]stagedFile{f.staged}))
	}
	s.open = nil
	return all
}

// sinkFile is one file on its way into the staging folder.
type sinkFile struct {
	sink   *sink
	file   *os.File
	sum    hash.Hash
	staged stagedFile
	closed bool
}

func (f *sinkFile) Write(p []byte) (int, error) {
	n, err := f.file.Write(p)
	f.sum.Write(p[:n]) // a hash never fails to write
	f.staged.Bytes += int64(n)
	if err != nil {
		return n, f.sink.fail(fmt.Errorf("writing %s: %w", f.staged.Target, err))
	}
	return n, nil
}

// Close makes the file durable.
func (f *sinkFile) Close() error {
	if f.closed {
		return nil
	}
	f.closed = true
	f.staged.SHA256 = hex.EncodeToString(f.sum.Sum(nil))
	if err := errors.Join(f.file.Sync(), f.file.Close()); err != nil {
		return f.sink.fail(fmt.Errorf("writing %s: %w", f.staged.Target, err))
	}
	return nil
}
