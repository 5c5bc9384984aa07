package mapfile

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
)

// Create makes the file of a map, with its layers and without features, and
// closes it. It fails with Exists if there is a file of that name. The file
// appears whole or not at all.
func Create(ctx context.Context, path string, m *carto.Map, options ...Option) error {
	s := newSettings(options)
	switch info, err := os.Lstat(path); {
	case err == nil && info.IsDir():
		return &Error{Path: path, Problem: IsFolder}
	case err == nil:
		return &Error{Path: path, Problem: Exists}
	case !errors.Is(err, os.ErrNotExist):
		return &Error{Path: path, Problem: CannotBeMade, Err: err}
	}
	temporary, err := temporaryName(path)
	if err != nil {
		return &Error{Path: path, Problem: CannotBeMade, Err: err}
	}
	if err := write(ctx, temporary, m, s); err != nil {
		return cannotMake(path, errors.Join(err, remove(temporary)))
	}
	if err := publish(temporary, path); err != nil {
		return cannotMake(path, errors.Join(err, remove(temporary)))
	}
	return nil
}

// cannotMake keeps the problems that say what to do.
func cannotMake(path string, err error) error {
	if problem, ok := problemOf(err); ok && (problem == DiskFull || problem == Exists) {
		return &Error{Path: path, Problem: problem}
	}
	return &Error{Path: path, Problem: CannotBeMade, Err: err}
}

// temporaryName makes an empty file beside path. Unlike os.CreateTemp, which
// makes files for their owner alone, it leaves to the umask who may read it.
func temporaryName(path string) (string, error) {
	folder, base := filepath.Dir(path), strings.TrimSuffix(filepath.Base(path), ".gpkg")
	for {
		name := filepath.Join(folder, "."+base+"."+rand.Text()[:10]+".part")
		f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o666)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		return name, f.Close()
	}
}

// remove takes a temporary file away, with what SQLite keeps beside it.
func remove(path string) error {
	var errs []error
	for _, suffix := range []string{"", "-journal", "-wal", "-shm"} {
		if err := os.Remove(path + suffix); err != nil && !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// write makes the database.
func write(ctx context.Context, path string, m *carto.Map, s settings) (err error) {
	db, err := connect(path, modeCreate, s.busyAfter)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	db.SetMaxOpenConns(1)
	sqlTx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	tx := &transaction{ctx: ctx, sql: sqlTx, now: s.now(), touched: map[string]*touched{}}
	if err := tx.begin(m); err != nil {
		return errors.Join(err, rollback(sqlTx))
	}
	return sqlTx.Commit()
}

// begin fills an empty database.
func (tx *transaction) begin(m *carto.Map) error {
	if m.ID == "" {
		return errors.New("the map has no id")
	}
	if err := createSchema(tx.sql); err != nil {
		return err
	}
	if err := tx.PutMap(m); err != nil {
		return err
	}
	for i, l := range m.Layers {
		if err := tx.PutLayer(l, i); err != nil {
			return fmt.Errorf("layer %q: %w", l.Name, err)
		}
	}
	return tx.finish()
}

// publish gives the finished file its name, and never replaces one. A hard
// link does both at once; file systems without them get a check and a rename.
func publish(temporary, path string) error {
	err := os.Link(temporary, path)
	switch {
	case err == nil:
		return os.Remove(temporary)
	case errors.Is(err, os.ErrExist):
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return os.ErrExist
	}
	return os.Rename(temporary, path)
}
