package credits

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"
)

// purseVersion is the user_version of purse.db.
const purseVersion = 1

// applicationID is the application_id of purse.db: "MWpu".
const applicationID = 0x4d577075

const purseSchema = `
CREATE TABLE journal (
	pos    INTEGER PRIMARY KEY,
	kind   INTEGER NOT NULL,
	at     INTEGER NOT NULL,
	body   BLOB NOT NULL,
	run    TEXT NOT NULL,
	format TEXT NOT NULL,
	label  TEXT NOT NULL
) STRICT;
CREATE TABLE purse (
	id       INTEGER PRIMARY KEY CHECK (id = 1),
	revision INTEGER NOT NULL,
	state    BLOB NOT NULL
) STRICT;
INSERT INTO purse (id, revision, state) VALUES (1, 0, x'');
CREATE TRIGGER journal_stays_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_stays_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
`

// sqliteLog is the Log of a real purse. It uses a rollback journal, not a
// write-ahead log: with synchronous=FULL and journal_mode=TRUNCATE SQLite
// syncs the database and then the emptied journal before COMMIT returns, there
// is one file to keep, and it also works where shared memory does not.
type sqliteLog struct {
	db   *sql.DB
	path string
}

// OpenSQLite opens the purse at path, usually purse.db in the data directory,
// and makes it where there is none. Only its owner may read it. Several
// processes may have it open. Error: DamagedFileError, of this and of each
// method of the Log.
func OpenSQLite(ctx context.Context, path string) (Log, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("open the purse %s: %w", path, err)
	}
	f, err := os.OpenFile(abs, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the purse: %w", err)
	}
	if err := f.Close(); err != nil {
		return nil, fmt.Errorf("open the purse: %w", err)
	}
	dsn := url.URL{
		Scheme: "file", Path: filepath.ToSlash(abs),
		RawQuery: "_busy_timeout=20000&_journal_mode=TRUNCATE&_synchronous=FULL",
	}
	db, err := sql.Open("sqlite3", dsn.String())
	if err != nil {
		return nil, fmt.Errorf("open the purse %s: %w", abs, err)
	}
	db.SetMaxOpenConns(1)
	l := &sqliteLog{db: db, path: abs}
	if err := l.prepare(ctx); err != nil {
		return nil, errors.Join(l.failed("open", err), db.Close())
	}
	return l, nil
}

func (l *sqliteLog) failed(doing string, err error) error {
	if lite, ok := errors.AsType[sqlite3.Error](err); ok && (lite.Code == sqlite3.ErrNotADB || lite.Code == sqlite3.ErrCorrupt) {
		return &DamagedFileError{Path: l.path, Err: err}
	}
	return fmt.Errorf("%s the purse %s: %w", doing, l.path, err)
}

// prepare makes the tables of a new purse and refuses a newer or a foreign one.
func (l *sqliteLog) prepare(ctx context.Context) error {
	return l.transact(ctx, "BEGIN IMMEDIATE", func(c *sql.Conn) error {
		var version, app, tables int
		if err := c.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
			return err
		}
		if err := c.QueryRowContext(ctx, "PRAGMA application_id").Scan(&app); err != nil {
			return err
		}
		if err := c.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables); err != nil {
			return err
		}
		switch {
		case app == applicationID && version == purseVersion:
			return nil
		case app == applicationID:
			return fmt.Errorf("it was written by a newer version of Mapwright (%d; this one knows %d): use that one", version, purseVersion)
		case tables > 0:
			return errors.New("this is another kind of database")
		}
		_, err := c.ExecContext(ctx, fmt.Sprintf("%s PRAGMA application_id = %d; PRAGMA user_version = %d;",
			purseSchema, applicationID, purseVersion))
		return err
	})
}

// transact runs work in one transaction and commits it, or rolls it back.
func (l *sqliteLog) transact(ctx context.Context, begin string, work func(*sql.Conn) error) (err error) {
	c, err := l.db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if _, err := c.ExecContext(ctx, begin); err != nil {
		return err
	}
	if err := work(c); err != nil {
		return errors.Join(err, rollback(ctx, c))
	}
	if _, err := c.ExecContext(ctx, "COMMIT"); err != nil {
		return errors.Join(err, rollback(ctx, c))
	}
	return nil
}

// rollback ends a transaction, where SQLite did not end it by itself, as it
// does when the disk is full.
func rollback(ctx context.Context, c *sql.Conn) error {
	over := false
	err := c.Raw(func(driver any) error {
		conn, ok := driver.(interface{ AutoCommit() bool })
		over = ok && conn.AutoCommit()
		return nil
	})
	if err != nil || over {
		return err
	}
	if _, err := c.ExecContext(context.WithoutCancel(ctx), "ROLLBACK"); err != nil {
		return fmt.Errorf("roll back: %w", err)
	}
	return nil
}

// Load implements Log.
func (l *sqliteLog) Load(ctx context.Context, after int64) (Snapshot, error) {
	var s Snapshot
	err := l.transact(ctx, "BEGIN DEFERRED", func(c *sql.Conn) error {
		if err := c.QueryRowContext(ctx, "SELECT revision, state FROM purse").Scan(&s.Revision, &s.State); err != nil {
			return err
		}
		var err error
		s.Entries, err = readEntries(ctx, c, after)
		return err
	})
	if err != nil {
		return Snapshot{}, l.failed("read", err)
	}
	return s, nil
}

func readEntries(ctx context.Context, c *sql.Conn, after int64) (entries []Entry, err error) {
	rows, err := c.QueryContext(ctx,
		"SELECT pos, kind, at, body, run, format, label FROM journal WHERE pos > ? ORDER BY pos", after)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var e Entry
		if err := rows.Scan(&e.Pos, &e.Kind, &e.At, &e.Body, &e.Note.Run, &e.Note.Format, &e.Note.Label); err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, rows.Err()
}

// Commit implements Log. It finishes although ctx is cancelled meanwhile: a
// step is never left half decided.
func (l *sqliteLog) Commit(ctx context.Context, revision int64, c Change) error {
	ctx = context.WithoutCancel(ctx)
	err := l.transact(ctx, "BEGIN IMMEDIATE", func(conn *sql.Conn) error {
		var now, head int64
		if err := conn.QueryRowContext(ctx, "SELECT revision FROM purse").Scan(&now); err != nil {
			return err
		}
		if now != revision {
			return ErrConflict
		}
		if err := conn.QueryRowContext(ctx, "SELECT coalesce(max(pos), 0) FROM journal").Scan(&head); err != nil {
			return err
		}
		for i, e := range c.Entries {
			if _, err := conn.ExecContext(ctx,
				"INSERT INTO journal (pos, kind, at, body, run, format, label) VALUES (?, ?, ?, ?, ?, ?, ?)",
				head+int64(i)+1, e.Kind, e.At, e.Body, e.Note.Run, e.Note.Format, e.Note.Label); err != nil {
				return err
			}
		}
		_, err := conn.ExecContext(ctx, "UPDATE purse SET revision = revision + 1, state = ?", c.State)
		return err
	})
	if errors.Is(err, ErrConflict) {
		return ErrConflict
	}
	if err != nil {
		return l.failed("write", err)
	}
	return nil
}

// Close implements Log.
func (l *sqliteLog) Close() error {
	if err := l.db.Close(); err != nil {
		return l.failed("close", err)
	}
	return nil
}
