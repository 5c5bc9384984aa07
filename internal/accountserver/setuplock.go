package accountserver

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// withSetupLock runs fn while no other process sets up the same data
// directory. The lock is an exclusive transaction on an empty SQLite file of
// its own: it works on every system that SQLite works on, ends with the
// process, and leaves account.db free for the migrations.
func withSetupLock(ctx context.Context, path string, fn func() error) (err error) {
	db, err := sql.Open("sqlite3", sqliteURL(path, "exclusive"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("the data directory can't be locked with %s: %w", path, err)
	}
	return errors.Join(fn(), tx.Rollback())
}
