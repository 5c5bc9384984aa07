package mapfile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"

	"github.com/mattn/go-sqlite3"
)

// OpenReader opens a map for reading, as it is at this moment: what a writer
// does from then on is not seen, and neither of them waits for the other.
//
// Where the file has a write-ahead log, a read transaction holds the snapshot.
// Where it has none (nobody has it open, or it lies on a network drive), such a
// transaction would keep writers out, so the snapshot is a copy in memory.
func OpenReader(ctx context.Context, path string, options ...Option) (*File, error) {
	real, err := locate(path)
	if err != nil {
		return nil, err
	}
	f := &File{path: real, settings: newSettings(options)}
	if err := f.openRead(ctx, modeRead); err != nil {
		if !errors.Is(explain(path, err), ReadOnly) {
			return nil, explain(path, errors.Join(err, f.Close()))
		}
		// A log or its index can't be made beside the file: a read-only place.
		if err := errors.Join(f.reads.Close(), f.openRead(ctx, modeFrozen)); err != nil {
			return nil, explainRead(path, errors.Join(err, f.Close()))
		}
	}
	return f, nil
}

func (f *File) openRead(ctx context.Context, mode string) error {
	var err error
	if f.reads, err = connect(f.path, mode, f.settings.busyAfter); err != nil {
		return err
	}
	f.reads.SetMaxOpenConns(1)
	version, err := check(ctx, f.reads, f.path)
	if err != nil {
		return err
	}
	f.newer = version > formatVersion
	var journal string
	if err := f.reads.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&journal); err != nil {
		return err
	}
	if journal != "wal" {
		if err := f.copyToMemory(ctx); err != nil {
			return err
		}
	}
	// The transaction lives as long as the reader, not as long as ctx.
	if f.snapshot, err = f.reads.BeginTx(context.WithoutCancel(ctx), &sql.TxOptions{ReadOnly: true}); err != nil {
		return err
	}
	_, err = readValues(ctx, f.snapshot) // a transaction sees nothing before its first read
	return err
}

// copyToMemory replaces the connection to the file by one to a copy.
func (f *File) copyToMemory(ctx context.Context) error {
	db, err := sql.Open(driverName, "file::memory:")
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	if err := backup(ctx, db, f.reads); err != nil {
		return errors.Join(err, db.Close())
	}
	old := f.reads
	f.reads = db
	return old.Close()
}

// backup copies one database into another.
func backup(ctx context.Context, to, from *sql.DB) (err error) {
	target, err := to.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Close()) }()
	source, err := from.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	return target.Raw(func(t any) error {
		return source.Raw(func(s any) error {
			b, err := t.(*sqlite3.SQLiteConn).Backup("main", s.(*sqlite3.SQLiteConn), "main")
			if err != nil {
				return err
			}
			done, err := b.Step(-1)
			if err == nil && !done {
				err = fmt.Errorf("copy the map: not all of it was there: %w", sqlite3.Error{Code: sqlite3.ErrBusy})
			}
			return errors.Join(err, b.Finish())
		})
	})
}

// tidy removes the write-ahead log that the last reader leaves, or a killed
// writer left. If another has the map open, that one does it.
func tidy(path string, s settings) error {
	if _, err := os.Stat(path + "-wal"); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	me := s.holder()
	me.Tidying = true
	lock, err := lockWriter(path, me)
	if err != nil {
		return nil //nolint:nilerr // a writer is there, or nothing can be written here
	}
	db, err := connect(path, modeWrite, s.busyAfter)
	if err == nil {
		err = errors.Join(fold(context.Background(), db), db.Close())
	}
	err = errors.Join(err, lock.Remove())
	if p, ok := problemOf(err); ok && (p == Busy || p == ReadOnly) {
		return nil
	}
	return err
}
