package credits_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/account/accounttest"
	"github.com/mapwright/mapwright/internal/credits"
)

const day = 24 * time.Hour

// world is an account server and the computers of its account, with clocks
// that the test sets.
type world struct {
	t      *testing.T
	server *accounttest.Server
	mu     sync.Mutex
	time   time.Time
	seed   byte
}

func newWorld(t *testing.T, plan string) *world {
	t.Helper()
	w := &world{t: t, time: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	w.server = accounttest.NewServer(w.now, plan, 1)
	t.Cleanup(func() {
		if err := w.server.Check(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.time
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.time = w.time.Add(d)
}

// computer is one device: its purse and its wires.
type computer struct {
	*credits.Manager
	w     *world
	log   credits.Log
	wire  *wire
	clock func() time.Time
	rand  *rand.ChaCha8
	heads credits.HeadKeeper
}

// wire is a network cable that can be pulled.
type wire struct {
	account.Service
	pulled bool
}

func (w *wire) Sync(ctx context.Context, r account.SyncRequest) (account.SyncReply, error) {
	if w.pulled {
		return account.SyncReply{}, accounttest.ErrLost
	}
	return w.Service.Sync(ctx, r)
}

func (w *wire) Enrol(ctx context.Context, r account.EnrolRequest) (account.EnrolReply, error) {
	if w.pulled {
		return account.EnrolReply{}, accounttest.ErrLost
	}
	return w.Service.Enrol(ctx, r)
}

func (w *wire) Status(ctx context.Context) (account.Status, error) {
	if w.pulled {
		return account.Status{}, accounttest.ErrLost
	}
	return w.Service.Status(ctx)
}

func (w *world) computer() *computer {
	w.t.Helper()
	w.seed++
	c := &computer{
		w: w, log: &credits.Memory{}, wire: &wire{Service: w.server}, clock: w.now,
		rand: rand.NewChaCha8([32]byte{w.seed}),
	}
	c.open()
	return c
}

// open starts the program anew on what the log has.
func (c *computer) open() {
	c.w.t.Helper()
	m, err := credits.Open(c.w.t.Context(), c.config())
	if err != nil {
		c.w.t.Fatal(err)
	}
	c.Manager = m
}

func (c *computer) config() credits.Config {
	return credits.Config{Log: c.log, Service: c.wire, Clock: c.clock, Rand: c.rand, Name: "laptop", Heads: c.heads}
}

func (c *computer) sync() credits.SyncResult {
	c.w.t.Helper()
	r, err := c.Sync(c.w.t.Context())
	if err != nil {
		c.w.t.Fatal(err)
	}
	return r
}

func (c *computer) balance() credits.Balance {
	c.w.t.Helper()
	b, err := c.Balance(c.w.t.Context())
	if err != nil {
		c.w.t.Fatal(err)
	}
	return b
}

func (c *computer) hold(run string, items ...credits.Item) []credits.ChargeID {
	c.w.t.Helper()
	charges, err := c.Hold(c.w.t.Context(), run, items)
	if err != nil {
		c.w.t.Fatal(err)
	}
	return ids(charges)
}

func (c *computer) post(id ...credits.ChargeID) {
	c.w.t.Helper()
	if err := c.Post(c.w.t.Context(), id); err != nil {
		c.w.t.Fatal(err)
	}
}

func (c *computer) void(id ...credits.ChargeID) {
	c.w.t.Helper()
	if err := c.Void(c.w.t.Context(), id); err != nil {
		c.w.t.Fatal(err)
	}
}

// pay exports one layer in one format from beginning to end.
func (c *computer) pay(what string) credits.ChargeID {
	c.w.t.Helper()
	id := c.hold("run "+what, layer(what))
	c.post(id...)
	return id[0]
}

// wantReason checks why a lease is needed.
func wantReason(t *testing.T, err error, want credits.Reason) {
	t.Helper()
	if e, ok := errors.AsType[*credits.LeaseNeededError](err); !ok || e.Reason != want {
		t.Fatalf("want %q, got: %v", want, err)
	}
}

// spendable is checked after every step that a maker sees.
func (c *computer) wantSpendable(want int) {
	c.w.t.Helper()
	if b := c.balance(); b.Spendable != want {
		c.w.t.Fatalf("%d credits can be spent, not %d: %+v", b.Spendable, want, b)
	}
}

func (c *computer) history() []credits.ChargeID {
	c.w.t.Helper()
	all, err := c.History(c.w.t.Context(), 1000)
	if err != nil {
		c.w.t.Fatal(err)
	}
	return ids(all)
}

func ids(charges []credits.Charge) []credits.ChargeID {
	var list []credits.ChargeID
	for _, c := range charges {
		list = append(list, c.ID)
	}
	return list
}

func layer(what string) credits.Item {
	return credits.Item{Recipe: sha256.Sum256([]byte(what)), Format: "svg", Plugin: "svg@1.0.0", Label: what}
}

func layers(n int) []credits.Item {
	var items []credits.Item
	for i := range n {
		items = append(items, layer(fmt.Sprint("layer ", i)))
	}
	return items
}
