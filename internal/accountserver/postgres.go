package accountserver

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

//go:embed migrations/postgres/*.sql
var postgresMigrations embed.FS

const (
	// rowLock lets others refer to the row meanwhile, as a new session refers
	// to its account, but not lock or change it.
	rowLock = " FOR NO KEY UPDATE"
	// maxConnections bounds what one process takes of the database's own limit,
	// which is 100 where nobody changed it.
	maxConnections = 16
	// maxTries is how often a transaction is run that the database gives up for
	// another one.
	maxTries = 8
	// migrationLock is the advisory lock of whoever migrates: any number that
	// nobody else uses in this database.
	migrationLock = 0x6d617077 // "mapw"
)

// sessionSettings hold for each connection, unless the URL sets them.
var sessionSettings = map[string]string{
	"application_name": "mapwright-accounts",
	// A receipt promises that its vouchers are kept.
	"synchronous_commit": "on",
	// A process that hangs gives up the accounts that it has locked.
	"idle_in_transaction_session_timeout": fmt.Sprint(2 * busyFor.Milliseconds()),
	"lock_timeout":                        fmt.Sprint(busyFor.Milliseconds()),
}

// postgresStore is a Store in a PostgreSQL database that any number of
// processes use at once. Nothing of it is kept in the process.
type postgresStore struct {
	db *sql.DB
	// name is the database in messages, without its password.
	name string
}

// OpenPostgres opens the store in the database at a URL (postgres://USER:PASSWORD@HOST/DATABASE)
// and makes its tables, or brings them up to this version, where needed. Any
// number of processes may do so at once.
func OpenPostgres(ctx context.Context, url string) (Store, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("the URL of the account database: %w", err)
	}
	for name, value := range sessionSettings {
		if _, given := config.RuntimeParams[name]; !given {
			config.RuntimeParams[name] = value
		}
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(maxConnections)
	db.SetMaxIdleConns(maxConnections)
	db.SetConnMaxIdleTime(time.Minute)
	s := &postgresStore{db: db, name: fmt.Sprintf("%s at %s", config.Database, config.Host)}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(s.explain(err), db.Close())
	}
	return s, nil
}

// prepare brings the tables up to this version, one process at a time.
func (s *postgresStore) prepare(ctx context.Context) (err error) {
	locked, err := s.db.Conn(ctx)
	if err != nil {
		return err
	}
	// The lock ends with its connection, so that one is closed for good.
	defer func() { err = errors.Join(err, discard(locked)) }()
	if _, err := locked.ExecContext(ctx, `SELECT pg_advisory_lock($1)`, migrationLock); err != nil {
		return err
	}
	files, err := fs.Sub(postgresMigrations, "migrations/postgres")
	if err != nil {
		return err
	}
	migrations, err := goose.NewProvider(goose.DialectPostgres, s.db, files, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("the migrations of the account database: %w", err)
	}
	has, knows, err := migrations.GetVersions(ctx)
	if err != nil {
		return err
	}
	if has > knows {
		return fmt.Errorf("it is of a newer Mapwright (version %d, this one knows %d): use that one", has, knows)
	}
	_, err = migrations.Up(ctx)
	return err
}

// discard closes a connection instead of giving it back to the pool.
func discard(conn *sql.Conn) error {
	err := conn.Raw(func(any) error { return driver.ErrBadConn })
	if errors.Is(err, driver.ErrBadConn) {
		return nil
	}
	return errors.Join(err, conn.Close())
}

// Update runs fn in a READ COMMITTED transaction, and again where PostgreSQL
// gave it up for another one. Each statement sees what was committed before it,
// and [postgresTx.Account] comes first, so that what follows of an account is
// newer than every other transaction of it. REPEATABLE READ would see the
// account as it was before the lock was waited for.
func (s *postgresStore) Update(ctx context.Context, fn func(Tx) error) error {
	for try := 1; ; try++ {
		again, err := s.try(ctx, fn)
		if err == nil || !again || try == maxTries {
			return s.explain(err)
		}
		select {
		case <-time.After(rand.N(time.Duration(try) * 20 * time.Millisecond)):
		case <-ctx.Done():
			return s.explain(err)
		}
	}
}

// try runs fn once, and tells whether it may succeed when it is run again:
// nothing of it was kept, for a reason that passes.
func (s *postgresStore) try(ctx context.Context, fn func(Tx) error) (again bool, err error) {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		_, unreachable := errors.AsType[*pgconn.ConnectError](err)
		return !unreachable, err // an idle connection may have ended meanwhile
	}
	if err := fn(&postgresTx{sqlTx{ctx: ctx, tx: tx, lock: rowLock}}); err != nil {
		return givenUp(err), rollBack(tx, err)
	}
	if err := tx.Commit(); err != nil {
		return givenUp(err), rollBack(tx, err)
	}
	return false, nil
}

// givenUp tells whether PostgreSQL ended a transaction in favour of another:
// serialization_failure or deadlock_detected (its manual, appendix A).
func givenUp(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (e.Code == "40001" || e.Code == "40P01")
}

func (s *postgresStore) Close() error { return s.db.Close() }

// explain says of an error of the database which one it is.
func (s *postgresStore) explain(err error) error {
	if damaged, ok := errors.AsType[*DamagedError](err); ok {
		return fmt.Errorf("the account database %s holds what no account server wrote (%w): put it back from a backup", s.name, damaged.Err)
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return fmt.Errorf("the account database %s can't be reached: %w", s.name, err)
	}
	if _, ok := errors.AsType[*pgconn.PgError](err); ok {
		return fmt.Errorf("the account database %s: %w", s.name, err)
	}
	return err
}
