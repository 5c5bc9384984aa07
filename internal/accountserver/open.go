package accountserver

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

const sqliteScheme = "sqlite://"

// sqliteFile is the FILE of sqlite://FILE, which is taken as it is written.
func sqliteFile(url string) (file string, ok bool) {
	file, ok = strings.CutPrefix(url, sqliteScheme)
	return file, ok && file != ""
}

func isPostgres(url string) bool {
	return strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://")
}

// errDatabase does not repeat the URL: a password may be in it.
var errDatabase = errors.New("the URL of the account database is sqlite://FILE or postgres://USER:PASSWORD@HOST/DATABASE")

// OpenStore opens the store at a URL, sqlite://FILE or postgres://…, and makes
// it where there is none. Any number of processes may have it open. Errors:
// *DamagedError.
func OpenStore(ctx context.Context, url string) (store Store, err error) {
	if isPostgres(url) {
		return OpenPostgres(ctx, url)
	}
	file, ok := sqliteFile(url)
	if !ok {
		return nil, errDatabase
	}
	err = withSetupLock(ctx, file+".lock", func() error {
		store, err = OpenSQLite(ctx, file)
		return err
	})
	if err != nil && store != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, err
}

// OpenWitness returns the witness that belongs to the store at a URL: of
// sqlite://FILE the file FILE.epoch, which must not be put back together with
// FILE; of postgres://… the number of [Restores].
func OpenWitness(url string, restores int64) (Witness, error) {
	if restores < 0 {
		return nil, fmt.Errorf("a database can't have been put back %d times", restores)
	}
	if isPostgres(url) {
		return Restores(restores), nil
	}
	file, ok := sqliteFile(url)
	if !ok {
		return nil, errDatabase
	}
	return fileWitness{file + ".epoch"}, nil
}
