package creditsim

import (
	"context"
	"errors"

	"github.com/mapwright/mapwright/internal/credits"
)

var (
	// errPower is a commit that ended with the program that made it.
	errPower = errors.New("the power failed")
	// errDisk is a commit that the disk refused, or of which it said so.
	errDisk = errors.New("the disk failed")
	// errKeyring is a keyring that is locked.
	errKeyring = errors.New("the keyring is locked")
)

// disk is the log of one program, and all that can happen to it at a commit.
type disk struct {
	credits.Log
	program *program
}

// Load implements credits.Log.
func (l *disk) Load(ctx context.Context, after int64) (credits.Snapshot, error) {
	if l.program.dead() {
		return credits.Snapshot{}, errPower
	}
	return l.Log.Load(ctx, after)
}

// Commit implements credits.Log.
func (l *disk) Commit(ctx context.Context, revision int64, c credits.Change) error {
	p, w := l.program, l.program.device.world
	if p.dead() {
		return errPower
	}
	if w.chance(12) {
		p.busy = true
		w.inside(func() {
			w.note("before a commit of %s:", p)
			w.act()
		})
		p.busy = false
	}
	if w.config.Fault == DiskLies && w.chance(20) {
		w.note("the disk of %s lies", p)
		return nil
	}
	fate := 0
	if !w.calm {
		fate = w.rand.IntN(80)
	}
	switch fate {
	case 1, 2:
		w.note("%s crashes before a commit", p)
		p.crash()
		return errPower
	case 3:
		w.note("the disk refuses a commit of %s", p)
		return errDisk
	}
	if err := l.Log.Commit(ctx, revision, c); err != nil {
		return err
	}
	switch fate {
	case 4, 5:
		w.note("%s crashes after a commit", p)
		p.crash()
		return errPower
	case 6:
		w.note("the disk made a commit of %s and says that it failed", p)
		return errDisk
	}
	return nil
}

// keyring keeps the head of a device's journal outside of its log.
type keyring struct {
	world *world
	head  credits.Head
}

// Load implements credits.HeadKeeper.
func (k *keyring) Load(context.Context) (credits.Head, error) { return k.head, nil }

// Keep implements credits.HeadKeeper.
func (k *keyring) Keep(_ context.Context, h credits.Head) error {
	if k.world.chance(60) {
		k.world.note("the keyring refuses")
		return errKeyring
	}
	k.head = h
	return nil
}
