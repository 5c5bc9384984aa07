package accountserver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// The files of a server for many accounts in its data directory; the database
// may stand elsewhere.
const (
	serverDatabaseFile = "accounts.db"
	serverKeyFile      = "accounts.key"
	serverLockFile     = "accounts.lock"
)

// Setup says where a server for many accounts keeps what it is made of.
type Setup struct {
	// DataDir holds the signing key and, unless Database says otherwise, the
	// database. It must exist.
	DataDir string
	// Database is the URL of the store; empty is a SQLite file in DataDir.
	Database string
	// Restores is how often a copy of the database's disks was put in place:
	// see [Restores].
	Restores int64
	// OwnPlans is that of Config.
	OwnPlans bool
	Clock    func() time.Time
	Rand     io.Reader
}

// Opened is a server with the store that it opened.
type Opened struct{ *Server }

// Open opens a server for many accounts, and makes its database and key where
// there are none. Several processes may have it open at once, also on several
// computers with one PostgreSQL database: those need the same key. Errors:
// *DamagedError.
func Open(ctx context.Context, setup Setup) (*Opened, error) {
	dir, err := filepath.Abs(setup.DataDir)
	if err != nil {
		return nil, fmt.Errorf("the data directory has no absolute name: %w", err)
	}
	if setup.Database == "" {
		setup.Database = sqliteScheme + filepath.Join(dir, serverDatabaseFile)
	}
	store, err := OpenStore(ctx, setup.Database)
	if err != nil {
		return nil, err
	}
	server, err := setup.server(ctx, store, dir)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return &Opened{server}, nil
}

func (setup Setup) server(ctx context.Context, store Store, dir string) (*Server, error) {
	plans, err := DefaultPlans()
	if err != nil {
		return nil, err
	}
	witness, err := OpenWitness(setup.Database, setup.Restores)
	if err != nil {
		return nil, err
	}
	config := Config{Store: store, Witness: witness, Plans: plans, Clock: setup.Clock, Rand: setup.Rand, OwnPlans: setup.OwnPlans}
	err = withSetupLock(ctx, filepath.Join(dir, serverLockFile), func() error {
		config.Key, err = serverKey(ctx, store, filepath.Join(dir, serverKeyFile), setup.Rand)
		return err
	})
	if err != nil {
		return nil, err
	}
	return New(config)
}

// serverKey loads the signing key. A new one is made for a new database only:
// it would not know the leases that another one signed.
func serverKey(ctx context.Context, store Store, path string, random io.Reader) ([]byte, error) {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return loadKey(path, random)
	}
	used := false
	err := store.Update(ctx, func(tx Tx) error {
		people, err := tx.Credentials("", 1)
		used = len(people) > 0
		return err
	})
	if err != nil {
		return nil, err
	}
	if used {
		return nil, fmt.Errorf("%s is missing, and the database has accounts already: copy it from the server that made them, or from a backup", path)
	}
	return loadKey(path, random)
}

// Close ends the use of the store.
func (o *Opened) Close() error { return o.Store.Close() }

// AccountOf finds an account by the email of its person.
func (s *Server) AccountOf(ctx context.Context, email string) (account.AccountID, error) {
	c, ok, err := s.FindCredential(ctx, email)
	if err == nil && !ok {
		err = ErrNoAccount
	}
	return c.Account, err
}

// ErrNoAccount says that an email has no account.
var ErrNoAccount = errors.New("there is no account with this email")
