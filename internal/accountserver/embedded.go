package accountserver

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// The files of the embedded server in the data directory.
const (
	databaseFile = "account.db"
	keyFile      = "account.key"
	epochFile    = "account.epoch"
	lockFile     = "account.lock"
)

// embeddedPlan is the one that an embedded account begins on.
const embeddedPlan = "hobby"

// Embedded is the account server inside the app, for people without an account
// elsewhere: one account, no open port, the same code as any other server. It
// is a demonstration, not protection: who owns the disk owns the key.
type Embedded struct {
	*Session
	store Store
}

// OpenEmbedded opens the account in a data directory, which must exist, and
// makes it where there is none. Several processes may have it open at once.
// Errors: *DamagedError.
func OpenEmbedded(ctx context.Context, dir string, clock func() time.Time, rand io.Reader) (*Embedded, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("the data directory has no absolute name: %w", err)
	}
	var e *Embedded
	err = withSetupLock(ctx, filepath.Join(dir, lockFile), func() error {
		e, err = openEmbedded(ctx, dir, clock, rand)
		return err
	})
	if err != nil && e != nil {
		return nil, errors.Join(err, e.Close())
	}
	return e, err
}

func openEmbedded(ctx context.Context, dir string, clock func() time.Time, rand io.Reader) (*Embedded, error) {
	plans, err := DefaultPlans()
	if err != nil {
		return nil, err
	}
	database := filepath.Join(dir, databaseFile)
	key, err := embeddedKey(filepath.Join(dir, keyFile), database, rand)
	if err != nil {
		return nil, err
	}
	store, err := OpenSQLite(ctx, database)
	if err != nil {
		return nil, err
	}
	server, err := New(Config{
		Store: store, Witness: fileWitness{filepath.Join(dir, epochFile)},
		Key: key, Plans: plans, Clock: clock, Rand: rand,
	})
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	id := embeddedAccount(account.ServerKeyOf(key))
	if err := server.OpenAccount(ctx, id, embeddedPlan); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	session := server.Session(id)
	session.ownPlan = true
	return &Embedded{Session: session, store: store}, nil
}

// embeddedKey loads the signing key. A database without its key is refused: a
// new key would not know the leases that the old one signed.
func embeddedKey(path, database string, rand io.Reader) ([]byte, error) {
	_, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Stat(database); err == nil {
			return nil, fmt.Errorf("%s is missing, which signed what is in %s: put it back from a backup, or move %s away too and begin a new account",
				path, database, databaseFile)
		}
	}
	return loadKey(path, rand)
}

// embeddedAccount names the account by the key, so that it is the same one
// after account.db was lost, and leases of it can be handed back in.
func embeddedAccount(key account.ServerKey) account.AccountID {
	sum := sha256.Sum256(key[:])
	return account.AccountID("embedded-" + hex.EncodeToString(sum[:8]))
}

// Close ends the use of the data directory.
func (e *Embedded) Close() error { return e.store.Close() }
