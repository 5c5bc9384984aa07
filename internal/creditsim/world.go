package creditsim

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
)

const theAccount account.AccountID = "lena"

var plans = []string{"trial", "hobby", "creator"}

// world is an account server and the devices of one account.
type world struct {
	ctx    context.Context
	config Config
	dir    string
	// restores and copies tell what may happen here beside the usual; sqlite
	// that purses are files.
	restores, copies, sqlite bool

	rand *rand.Rand // of this step
	step int
	now  time.Time
	calm bool // nothing fails any more
	deep int  // how many actions are inside of one another

	server                 *accountserver.Server
	store                  accountserver.Store
	path                   string // of its database
	witness                *witness
	random                 *rand.ChaCha8 // the server's
	key                    ed25519.PrivateKey
	books                  *books // what should be at the server
	backup                 *backup
	changed                bool // the plan, at least once
	databases, runs, fresh int

	devices []*device
	late    []func() // requests that are still on their way

	trace   []string
	failure error // the first rule that did not hold
	err     error // what the simulator could not do
}

// backup is the server's database as it once was, with the model of it.
type backup struct {
	data    []byte
	books   *books
	witness witness
}

// newWorld draws a world. Three of eight are honest and keep their server, as
// many restore it, two have devices that are copied or set back.
func newWorld(ctx context.Context, c Config) (*world, error) {
	shape := rand.New(rand.NewPCG(c.Seed, 0))
	manners := shape.IntN(8)
	w := &world{
		ctx: ctx, config: c, rand: shape, witness: &witness{}, books: newBooks(),
		now:      time.Date(2026, 1, 1+shape.IntN(40), shape.IntN(24), 0, 0, 0, time.UTC),
		restores: manners >= 3 && manners < 7, copies: manners >= 6, sqlite: shape.IntN(8) == 0,
		key:    ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize)),
		random: rand.NewChaCha8([32]byte{1}), calm: true,
	}
	var err error
	if w.dir, err = os.MkdirTemp(c.Dir, "seed"); err != nil {
		return w, fmt.Errorf("make a folder for the databases: %w", err)
	}
	if err := w.serve(nil); err != nil {
		return w, errors.Join(err, w.close())
	}
	plan := plans[shape.IntN(len(plans))]
	if err := w.server.OpenAccount(ctx, theAccount, plan); err != nil {
		return w, errors.Join(err, w.close())
	}
	w.books.plan = plan
	w.note("%s at %s, restores %t, copies %t, files %t", plan, w.now.Format(time.DateTime), w.restores, w.copies, w.sqlite)
	w.visit()
	w.save()
	w.calm = false
	for range 1 + shape.IntN(3) {
		w.addDevice()
	}
	return w, w.err
}

// serve opens the server over a database with this content, or a new one.
func (w *world) serve(data []byte) error {
	w.databases++
	w.path = filepath.Join(w.dir, fmt.Sprintf("account%d.db", w.databases))
	if data != nil {
		if err := os.WriteFile(w.path, data, 0o600); err != nil {
			return fmt.Errorf("restore the server: %w", err)
		}
	}
	store, err := accountserver.OpenSQLite(w.ctx, w.path)
	if err != nil {
		return err
	}
	w.store = store
	offered, err := accountserver.DefaultPlans()
	if err != nil {
		return err
	}
	w.server, err = accountserver.New(accountserver.Config{
		Store: &forgetful{Store: store, world: w}, Witness: w.witness, Key: w.key, Plans: offered,
		Clock: func() time.Time { return w.now }, Rand: w.random,
	})
	return err
}

func (w *world) close() error {
	var errs []error
	for _, d := range w.devices {
		errs = append(errs, d.close())
	}
	if w.store != nil {
		errs = append(errs, w.store.Close())
	}
	return errors.Join(append(errs, os.RemoveAll(w.dir))...)
}

// save makes a backup of the server.
func (w *world) save() {
	data, err := os.ReadFile(w.path)
	if err != nil {
		w.stop(err)
		return
	}
	w.backup = &backup{data: data, books: w.books.clone(), witness: *w.witness}
}

// restore puts the backup in the place of the server's database.
func (w *world) restore() {
	if err := w.store.Close(); err != nil {
		w.stop(err)
		return
	}
	w.books = w.backup.books.clone()
	w.books.restored = true
	if w.config.Fault == WitnessRestored {
		*w.witness = w.backup.witness
	}
	if err := w.serve(w.backup.data); err != nil {
		w.stop(err)
		return
	}
	w.visit()
}

// note writes a line of the trace; the lines of what happens inside of another
// action are set in.
func (w *world) note(format string, args ...any) {
	line := fmt.Sprintf(format, args...)
	for range w.deep {
		line = "  " + line
	}
	w.trace = append(w.trace, fmt.Sprintf("%d: %s", w.step, line))
}

// broken records that a rule does not hold.
func (w *world) broken(format string, args ...any) {
	if w.failure == nil {
		w.failure = fmt.Errorf(format, args...)
	}
}

// stop records that the simulator itself can not go on.
func (w *world) stop(err error) {
	if err != nil && w.err == nil {
		w.err = err
	}
}

// chance is true once in n times, and never when everything is calm.
func (w *world) chance(n int) bool { return !w.calm && w.rand.IntN(n) == 0 }

// inside lets something happen in the middle of something else, but not in the
// middle of that again.
func (w *world) inside(do func()) {
	if w.deep > 0 {
		return
	}
	w.deep++
	do()
	w.deep--
}

// witness remembers the epoch outside of the server's database.
type witness struct {
	mark accountserver.Mark
	has  bool
}

// Trusts implements accountserver.Witness.
func (k *witness) Trusts(m accountserver.Mark) (bool, error) { return k.has && k.mark == m, nil }

// Advance implements accountserver.Witness: it counts every change, as the
// witness of one process with its own file does.
func (k *witness) Advance(m accountserver.Mark) (accountserver.Mark, error) {
	m.Changes++
	k.mark, k.has = m, true
	return m, nil
}

// errServer is a server whose last transaction was lost.
var errServer = errors.New("the server crashed")

// forgetful is the server's store. Now and then the server crashes when all is
// done but the commit: its witness is then ahead of its database.
type forgetful struct {
	accountserver.Store
	world *world
}

func (s *forgetful) Update(ctx context.Context, fn func(accountserver.Tx) error) error {
	return s.Store.Update(ctx, func(tx accountserver.Tx) error {
		if s.world.config.Fault == DoubleGrant {
			tx = nonceless{tx}
		}
		if err := fn(tx); err != nil {
			return err
		}
		if tx.Changed() && s.world.chance(40) {
			s.world.note("the server crashes before its commit")
			return errServer
		}
		return nil
	})
}

// nonceless is a transaction that finds no lease by its nonce.
type nonceless struct{ accountserver.Tx }

func (nonceless) LeaseOfNonce(account.DeviceKey, account.Nonce) (l accountserver.Lease, ok bool, err error) {
	return l, false, nil
}
