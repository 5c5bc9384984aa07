package mapfile

import (
	"context"
	"database/sql"
	"errors"
	"iter"
	"os"
	"sync"
	"time"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/durable"
	"github.com/paulmach/orb"
)

// File is a map file, open for changes or for reading. It is a carto.Store.
type File struct {
	path     string
	settings settings
	reads    *sql.DB // several connections; one for a reader
	snapshot *sql.Tx // what a reader reads from; nil for a writer
	writes   *sql.DB // one connection; nil for a reader
	lock     *durable.Lock
	opened   os.FileInfo // the file as it was opened for changes
	wal      bool
	newer    bool

	writing sync.Mutex // held for the length of an Update, a checkpoint or Close
	idle    *time.Timer

	mu     sync.Mutex // over what follows; an Update may read the map, so it is held briefly
	closed bool
}

var _ carto.Store = (*File)(nil)

// Open opens a map for changes. It fails at once with a *LockedError if
// another writer has it (a reader that only tidies up is waited for), and with an *Error if it is no sound map file. A file
// of a newer format opens for reading only: Notice says so, Update refuses.
func Open(ctx context.Context, path string, options ...Option) (*File, error) {
	s := newSettings(options)
	real, err := locate(path)
	if err != nil {
		return nil, err
	}
	lock, err := awaitWriter(ctx, real, s.holder())
	if err != nil {
		return nil, err
	}
	f := &File{path: real, settings: s, lock: lock}
	if err := f.openWrite(ctx); err != nil {
		return nil, explain(path, errors.Join(err, f.Close()))
	}
	return f, nil
}

func (f *File) openWrite(ctx context.Context) error {
	var err error
	if f.writes, err = connect(f.path, modeWrite, f.settings.busyAfter); err != nil {
		return err
	}
	f.writes.SetMaxOpenConns(1)
	version, err := check(ctx, f.writes, f.path)
	if err != nil {
		return err
	}
	f.newer = version > formatVersion
	if !f.newer {
		if err := f.prepareWrites(ctx); err != nil {
			return err
		}
	}
	if f.reads, err = connect(f.path, modeRead, f.settings.busyAfter); err != nil {
		return err
	}
	f.opened, err = os.Stat(f.path)
	return err
}

// inPlace tells whether the file is still the one under its name. SQLite goes on
// writing into one that was deleted, and all of that would be lost.
func (f *File) inPlace() error {
	now, err := os.Stat(f.path)
	switch {
	case errors.Is(err, os.ErrNotExist), err == nil && !os.SameFile(now, f.opened):
		return &Error{Path: f.path, Problem: Gone}
	}
	return err
}

// prepareWrites makes sure that the file can be changed, and takes to the
// write-ahead log where that can be had.
func (f *File) prepareWrites(ctx context.Context) error {
	tx, err := f.writes.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := tx.Rollback(); err != nil {
		return err
	}
	want := "DELETE"
	if !f.settings.noWAL && walWorks(f.path) {
		want = "WAL"
	}
	got, err := journal(ctx, f.writes, want)
	f.wal = got == "wal"
	return err
}

// Path is the file's name, with symbolic links followed.
func (f *File) Path() string { return f.path }

// Notice is a sentence that the maker should see, or "".
func (f *File) Notice() string {
	if f.newer {
		return (&Error{Path: f.path, Problem: Newer}).Error()
	}
	return ""
}

// source is where to read from.
func (f *File) source() (querier, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.closed:
		return nil, &Error{Path: f.path, Problem: Closed}
	case f.snapshot != nil:
		return f.snapshot, nil
	default:
		return f.reads, nil
	}
}

// Map reads everything but the features.
func (f *File) Map(ctx context.Context) (*carto.Map, error) {
	q, err := f.source()
	if err != nil {
		return nil, err
	}
	if f.snapshot != nil {
		m, err := readMap(ctx, q)
		return m, explain(f.path, err)
	}
	tx, err := f.reads.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, explain(f.path, err)
	}
	m, err := readMap(ctx, tx)
	return m, explain(f.path, errors.Join(err, rollback(tx)))
}

// Features yields the features of a layer in the order of their ids. A box
// that is empty or zero means all; else the R-tree finds those whose bounds
// touch it. While the map is open for changes, what is yielded is as it was
// when the reading began.
func (f *File) Features(ctx context.Context, layer carto.LayerID, box orb.Bound) iter.Seq2[carto.Feature, error] {
	return func(yield func(carto.Feature, error) bool) {
		q, err := f.source()
		if err != nil {
			yield(carto.Feature{}, err)
			return
		}
		features := readFeatures(ctx, q, layer, box)
		if f.writes != nil && !f.wal {
			features = gathered(features) // an open cursor would keep writers out
		}
		for feature, err := range features {
			if !yield(feature, explain(f.path, err)) {
				return
			}
		}
	}
}

// gathered reads everything before it yields anything.
func gathered(features iter.Seq2[carto.Feature, error]) iter.Seq2[carto.Feature, error] {
	return func(yield func(carto.Feature, error) bool) {
		var all []carto.Feature
		for f, err := range features {
			if err != nil {
				yield(carto.Feature{}, err)
				return
			}
			all = append(all, f)
		}
		for _, f := range all {
			if !yield(f, nil) {
				return
			}
		}
	}
}

// Revision changes with every durable change of the layer's features, by
// whatever program: triggers in the file count them.
func (f *File) Revision(ctx context.Context, layer carto.LayerID) (string, error) {
	q, err := f.source()
	if err != nil {
		return "", err
	}
	revision, err := readRevision(ctx, q, layer)
	return revision, explain(f.path, err)
}

// Update runs change in one transaction. When it returns nil, all of it is on
// the disk; else nothing of it is, and the map is as before. change may read
// the map, which is then as it was before; it must not call Update or Close.
func (f *File) Update(ctx context.Context, change func(carto.Tx) error) (err error) {
	f.writing.Lock()
	defer f.writing.Unlock()
	if _, err := f.source(); err != nil {
		return err
	}
	switch {
	case f.newer:
		return &Error{Path: f.path, Problem: Newer}
	case f.writes == nil:
		return &Error{Path: f.path, Problem: ReadOnly, Err: errors.New("it was opened for reading")}
	}
	defer func() { err = explain(f.path, err) }()
	if err := f.inPlace(); err != nil {
		return err
	}
	if err := f.transact(ctx, change); err != nil {
		return err
	}
	f.whenIdle()
	return nil
}

func (f *File) transact(ctx context.Context, change func(carto.Tx) error) (err error) {
	sqlTx, err := f.writes.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	committed := false
	defer func() {
		if !committed { // also when change panics
			err = errors.Join(err, rollback(sqlTx))
		}
	}()
	tx := &transaction{ctx: ctx, sql: sqlTx, now: f.settings.now(), touched: map[string]*touched{}}
	if err = change(tx); err != nil {
		return err
	}
	if err = tx.finish(); err != nil {
		return err
	}
	err = sqlTx.Commit()
	committed = err == nil
	return err
}

// rollback ends a transaction that may have ended by itself.
func rollback(tx *sql.Tx) error {
	if err := tx.Rollback(); !errors.Is(err, sql.ErrTxDone) {
		return err
	}
	return nil
}

// whenIdle moves the write-ahead log into the file when no change has followed
// for a while, so that little is left to do when the map closes.
func (f *File) whenIdle() {
	if !f.wal {
		return
	}
	if f.idle != nil {
		f.idle.Reset(f.settings.idle)
		return
	}
	f.idle = time.AfterFunc(f.settings.idle, func() {
		f.writing.Lock()
		defer f.writing.Unlock()
		if _, err := f.source(); err != nil {
			return // closed
		}
		var busy, logged, moved int
		if f.writes.QueryRow("PRAGMA wal_checkpoint(PASSIVE)").Scan(&busy, &logged, &moved) != nil {
			return // nothing is lost: closing does it, and says what is wrong
		}
	})
}

// Close ends the use of the map and leaves one file, unless others still read it.
func (f *File) Close() error {
	f.writing.Lock()
	defer f.writing.Unlock()
	f.mu.Lock()
	was := f.closed
	f.closed = true
	f.mu.Unlock()
	if was {
		return nil
	}
	if f.idle != nil {
		f.idle.Stop()
	}
	var errs []error
	if f.snapshot != nil {
		errs = append(errs, rollback(f.snapshot))
	}
	if f.reads != nil {
		errs = append(errs, f.reads.Close())
	}
	if f.writes != nil {
		if f.wal {
			errs = append(errs, fold(context.Background(), f.writes))
		}
		errs = append(errs, f.writes.Close())
	}
	if f.lock != nil {
		errs = append(errs, f.lock.Remove())
	} else {
		errs = append(errs, tidy(f.path, f.settings))
	}
	return explain(f.path, errors.Join(errs...))
}
