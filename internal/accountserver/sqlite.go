package accountserver

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/sqlite/*.sql
var sqliteMigrations embed.FS

// busyFor is how long a process waits for another one's transaction.
const busyFor = 30 * time.Second

// A DamagedError says that a database is no longer one.
type DamagedError struct {
	// Path is the database file.
	Path string
	// Err is what SQLite found.
	Err error
}

func (e *DamagedError) Error() string {
	return fmt.Sprintf("the account file %s is damaged (%v): put it back from a backup, or move it away and start again; this computer then hands its leases back in", e.Path, e.Err)
}

// Unwrap returns what SQLite found.
func (e *DamagedError) Unwrap() error { return e.Err }

// sqliteStore is a Store in one SQLite file. A rollback journal, not a WAL:
// closed or open, what a backup copies between two transactions is whole.
type sqliteStore struct {
	db   *sql.DB
	path string
}

// OpenSQLite opens the store in the file at path and makes it, or brings it up
// to this version, where needed. Several processes may use one file, but no
// two may open it for the first time at once. Errors: *DamagedError.
func OpenSQLite(ctx context.Context, path string) (Store, error) {
	db, err := sql.Open("sqlite3", sqliteURL(path, "immediate"))
	if err != nil {
		return nil, fmt.Errorf("the account file %s can't be opened: %w", path, err)
	}
	db.SetMaxOpenConns(1) // transactions of this process queue here, not at the file
	s := &sqliteStore{db: db, path: path}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(s.explain(err), db.Close())
	}
	return s, nil
}

// sqliteURL is the data source name of a file. EXTRA syncs the folder too when
// the journal is removed: a commit is durable when it returns.
func sqliteURL(path, lock string) string {
	path = filepath.ToSlash(path)
	if filepath.IsAbs(path) && !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	options := url.Values{
		"_txlock":       {lock},
		"_busy_timeout": {fmt.Sprint(busyFor.Milliseconds())},
		"_foreign_keys": {"1"},
		"_journal_mode": {"DELETE"},
		"_synchronous":  {"EXTRA"},
		// More than there are different statements: a visit reads many small ones.
		"_stmt_cache_size": {"64"},
	}
	return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + options.Encode()
}

func (s *sqliteStore) prepare(ctx context.Context) error {
	var verdict string
	if err := s.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return &DamagedError{Path: s.path, Err: errors.New(verdict)}
	}
	files, err := fs.Sub(sqliteMigrations, "migrations/sqlite")
	if err != nil {
		return err
	}
	migrations, err := goose.NewProvider(goose.DialectSQLite3, s.db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("the migrations of the account file: %w", err)
	}
	if err := s.refuseNewer(ctx, migrations); err != nil {
		return err
	}
	if _, err := migrations.Up(ctx); err != nil {
		return fmt.Errorf("the account file %s can't be brought up to this version: %w", s.path, err)
	}
	return nil
}

// refuseNewer keeps this version's hands off a file of a later one.
func (s *sqliteStore) refuseNewer(ctx context.Context, migrations *goose.Provider) error {
	has, knows, err := migrations.GetVersions(ctx)
	if err != nil {
		return err
	}
	if has > knows {
		return fmt.Errorf("the account file %s is of a newer Mapwright (version %d, this one knows %d): use that one", s.path, has, knows)
	}
	return nil
}

// Update runs fn in a BEGIN IMMEDIATE transaction.
func (s *sqliteStore) Update(ctx context.Context, fn func(Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return s.explain(err)
	}
	if err := fn(&sqlTx{ctx: ctx, tx: tx}); err != nil {
		return s.explain(rollBack(tx, err))
	}
	if err := tx.Commit(); err != nil {
		return s.explain(rollBack(tx, err))
	}
	return nil
}

// rollBack ends a transaction because of err. One that ended by itself, as one
// does whose context was cancelled, is no further error.
func rollBack(tx *sql.Tx, err error) error {
	if failed := tx.Rollback(); failed != nil && !errors.Is(failed, sql.ErrTxDone) {
		return errors.Join(err, failed)
	}
	return err
}

func (s *sqliteStore) Close() error { return s.db.Close() }

// explain turns SQLite's word for damage into a DamagedError.
func (s *sqliteStore) explain(err error) error {
	if damaged, ok := errors.AsType[*DamagedError](err); ok {
		damaged.Path = s.path
		return err
	}
	e, ok := errors.AsType[sqlite3.Error](err)
	if ok && (e.Code == sqlite3.ErrCorrupt || e.Code == sqlite3.ErrNotADB) {
		return &DamagedError{Path: s.path, Err: err}
	}
	return err
}
