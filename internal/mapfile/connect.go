package mapfile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mattn/go-sqlite3"
)

// The ways to open a database file.
const (
	modeWrite  = "mode=rw"
	modeRead   = "mode=ro"
	modeFrozen = "mode=ro&immutable=1" // on read-only media, where no one can write
	modeCreate = "mode=rwc"
)

// connect opens a database; nothing is read yet. A commit is on the disk when
// it returns (synchronous FULL).
func connect(path, mode string, busy time.Duration) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	slashed := filepath.ToSlash(abs)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/… on Windows
	}
	name := (&url.URL{Path: slashed}).EscapedPath()
	return sql.Open(driverName, fmt.Sprintf("file://%s?%s&_txlock=immediate&_sync=FULL&_busy_timeout=%d",
		name, mode, busy.Milliseconds()))
}

// locate gives the file that a name leads to, or says that there is none that
// may be read.
func locate(path string) (string, error) {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", explainRead(path, err)
	}
	info, err := os.Stat(real)
	if err != nil {
		return "", explainRead(path, err)
	}
	if info.IsDir() {
		return "", &Error{Path: path, Problem: IsFolder}
	}
	if err := mayRead(real); err != nil {
		return "", explainRead(path, err)
	}
	return real, nil
}

// journal sets the journal mode and gives the one that is then in use. A mode
// that can't be had now is no error.
func journal(ctx context.Context, db *sql.DB, mode string) (string, error) {
	var got string
	err := db.QueryRowContext(ctx, "PRAGMA journal_mode = "+mode).Scan(&got)
	var lite sqlite3.Error
	if errors.As(err, &lite) && (lite.Code == sqlite3.ErrBusy || lite.Code == sqlite3.ErrLocked) {
		err = db.QueryRowContext(ctx, "PRAGMA journal_mode").Scan(&got)
	}
	return strings.ToLower(got), err
}

// fold brings all of a map into its one file: what the write-ahead log holds is
// moved, and the log and its index are removed. While somebody still reads the
// map they stay, and the last reader does this.
func fold(ctx context.Context, db *sql.DB) error {
	if _, err := db.ExecContext(ctx, "PRAGMA busy_timeout = 100"); err != nil {
		return err
	}
	// A connection opens the log when it first reads; before that a checkpoint
	// fails as "locked".
	var busy, logged, moved int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_master").Scan(&logged); err != nil {
		return err
	}
	if err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &logged, &moved); err != nil {
		return err
	}
	_, err := journal(ctx, db, "DELETE")
	return err
}
