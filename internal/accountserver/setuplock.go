package accountserver

import (
	"context"
	"errors"
	"fmt"

	"github.com/mapwright/mapwright/internal/durable"
)

// withSetupLock runs fn while no other process sets up the same data
// directory, and waits busyFor for one that does. The lock has a file of its
// own, which stays: account.db is free for the migrations.
func withSetupLock(ctx context.Context, path string, fn func() error) error {
	waiting, cancel := context.WithTimeout(ctx, busyFor)
	defer cancel()
	lock, err := durable.WaitLock(waiting, path, 0o644)
	if err != nil {
		return fmt.Errorf("the data directory can't be locked with %s: %w", path, err)
	}
	return errors.Join(fn(), lock.Close())
}
