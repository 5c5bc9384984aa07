package accountserver

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

const testAccount account.AccountID = "lena"

// world is a server with one account on hobby, on 10 March 2026.
type world struct {
	testing.TB
	account.Service
	server  *Server
	store   testStore
	witness Witness
	key     ed25519.PrivateKey
	rand    io.Reader
	now     time.Time
}

func newWorld(t testing.TB, store testStore) *world {
	t.Helper()
	seed := [32]byte{1, 2, 3}
	w := &world{
		TB: t, store: store, witness: store.kind.witness(), rand: rand.NewChaCha8(seed),
		now: time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC), key: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32)),
	}
	w.serve(store)
	return w
}

// serve starts a server over a store, with the same key, clock and witness.
func (w *world) serve(store testStore) {
	w.Helper()
	plans, err := DefaultPlans()
	if err != nil {
		w.Fatal(err)
	}
	server, err := New(Config{
		Store: store, Witness: w.witness, Key: w.key, Plans: plans,
		Clock: func() time.Time { return w.now }, Rand: w.rand, PasswordCost: PasswordCost{MemoryKiB: 64, Passes: 1},
		OwnPlans: true,
	})
	if err != nil {
		w.Fatal(err)
	}
	if err := server.OpenAccount(w.Context(), testAccount, "hobby"); err != nil {
		w.Fatal(err)
	}
	w.store, w.server = store, server
	w.reach()
}

// reach opens the service of the account, as its server now answers it.
func (w *world) reach() {
	w.Helper()
	w.Service = w.server.Session(testAccount)
	if w.store.kind.reach != nil {
		w.Service = w.store.kind.reach(w)
	}
}

func (w *world) books() Books {
	w.Helper()
	b, err := w.server.Books(context.Background(), testAccount)
	if err != nil {
		w.Fatal(err)
	}
	return b
}

func (w *world) balance() int {
	w.Helper()
	s, err := w.Status(context.Background())
	if err != nil {
		w.Fatal(err)
	}
	return s.Balance()
}

func (w *world) changeTo(plan string) {
	w.Helper()
	if _, err := w.ChangePlan(context.Background(), plan); err != nil {
		w.Fatal(err)
	}
}

// computer is a device with its journal, as a purse keeps it.
type computer struct {
	w       *world
	key     ed25519.PrivateKey
	epoch   account.Epoch
	nonce   byte
	leases  []*account.Lease
	receipt map[account.LeaseID]account.Receipt
	journal map[account.LeaseID][]account.Voucher
}

func (w *world) enrol(seed byte) *computer {
	w.Helper()
	c := &computer{
		w: w, key: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, 32)),
		receipt: map[account.LeaseID]account.Receipt{}, journal: map[account.LeaseID][]account.Voucher{},
	}
	c.enrol()
	return c
}

func (c *computer) enrol() {
	c.w.Helper()
	r := account.EnrolRequest{Name: "workshop PC"}
	if err := r.Sign(c.key); err != nil {
		c.w.Fatal(err)
	}
	reply, err := c.w.Enrol(context.Background(), r)
	if err != nil {
		c.w.Fatal(err)
	}
	c.epoch = reply.Epoch
}

// clone is a copy of the computer with all its data.
func (c *computer) clone() *computer {
	d := *c
	d.leases = append([]*account.Lease(nil), c.leases...)
	d.receipt, d.journal = map[account.LeaseID]account.Receipt{}, map[account.LeaseID][]account.Voucher{}
	for id, r := range c.receipt {
		d.receipt[id] = r
	}
	for id, vs := range c.journal {
		d.journal[id] = append([]account.Voucher(nil), vs...)
	}
	return &d
}

// write adds a signed voucher to the journal of a lease.
func (c *computer) write(l *account.Lease, v account.Voucher) account.Voucher {
	c.w.Helper()
	journal := c.journal[l.ID]
	v.Lease, v.Seq, v.PrevHash, v.Plugin = l.ID, int64(len(journal)+1), l.Hash(), "svg@1.0.0"
	if len(journal) > 0 {
		v.PrevHash = journal[len(journal)-1].Hash()
	}
	if v.Kind == account.Hold {
		v.Charge = account.NumberOf(l.ID, v.Seq)
	}
	if err := v.Sign(c.key); err != nil {
		c.w.Fatal(err)
	}
	c.journal[l.ID] = append(journal, v)
	return v
}

func (c *computer) hold(l *account.Lease, recipe byte) account.Voucher {
	return c.write(l, account.Voucher{Kind: account.Hold, Amount: 1, Recipe: account.Recipe{recipe}})
}

// end posts or voids what v holds.
func (c *computer) end(l *account.Lease, hold account.Voucher, kind account.Kind) account.Voucher {
	return c.write(l, account.Voucher{Kind: kind, Charge: hold.Charge, Amount: hold.Amount, Recipe: hold.Recipe, Repeats: hold.Repeats})
}

// spend holds and posts n credits.
func (c *computer) spend(l *account.Lease, n int) {
	for i := range n {
		c.end(l, c.hold(l, byte(i)), account.Post)
	}
}

// request sends the whole journal, which a server must be able to bear.
func (c *computer) request(want int) account.SyncRequest {
	r := account.SyncRequest{Device: account.DeviceKeyOf(c.key), Epoch: c.epoch, Want: want}
	if want > 0 {
		c.nonce++
		r.Nonce = account.Nonce{c.nonce, 1}
	}
	for _, l := range c.leases {
		r.Vouchers = append(r.Vouchers, c.journal[l.ID]...)
	}
	return r
}

// send syncs and keeps what comes back.
func (c *computer) send(r account.SyncRequest) (account.SyncReply, error) {
	reply, err := c.w.Sync(context.Background(), r)
	if err != nil {
		return reply, err
	}
	c.epoch = reply.Epoch
	for _, receipt := range reply.Receipts {
		if err := receipt.Verify(account.ServerKeyOf(c.w.key)); err != nil {
			c.w.Error(err)
		}
		c.receipt[receipt.Lease] = receipt
	}
	if reply.Lease != nil && !c.has(reply.Lease.ID) {
		if err := reply.Lease.Verify(account.ServerKeyOf(c.w.key)); err != nil {
			c.w.Error(err)
		}
		c.leases = append(c.leases, reply.Lease)
	}
	return reply, nil
}

func (c *computer) has(id account.LeaseID) bool {
	for _, l := range c.leases {
		if l.ID == id {
			return true
		}
	}
	return false
}

// sync sends everything and wants credits; it must succeed.
func (c *computer) sync(want int) account.SyncReply {
	c.w.Helper()
	reply, err := c.send(c.request(want))
	if err != nil {
		c.w.Fatal(err)
	}
	return reply
}

// lease syncs for a new lease.
func (c *computer) lease(want int) *account.Lease {
	c.w.Helper()
	reply := c.sync(want)
	if reply.Lease == nil {
		c.w.Fatalf("no lease came for %d credits", want)
	}
	return reply.Lease
}

// present is what a computer sends to a server that forgot.
func (c *computer) present() []account.Presented {
	var list []account.Presented
	for _, l := range c.leases {
		p := account.Presented{Lease: *l}
		if r, ok := c.receipt[l.ID]; ok {
			p.Receipt = &r
		}
		list = append(list, p)
	}
	return list
}

func wantCode(t testing.TB, err error, code account.Code) {
	t.Helper()
	if account.CodeOf(err) != code {
		t.Fatalf("the answer is %v, not %s", err, code)
	}
}

// wantRefusal is wantCode for a test that looks at the rest of the answer.
func wantRefusal(t testing.TB, err error, code account.Code) *account.Error {
	t.Helper()
	wantCode(t, err, code)
	var e *account.Error
	if !errors.As(err, &e) {
		t.Fatalf("the answer is %v, not an *account.Error", err)
	}
	return e
}

// wantFailure wants a server that could not act. From elsewhere it is not heard
// why.
func (w *world) wantFailure(err, why error) {
	w.Helper()
	there := w.store.kind.reach == nil && errors.Is(err, why)
	elsewhere := w.store.kind.reach != nil && err != nil && account.CodeOf(err) == ""
	if !there && !elsewhere {
		w.Fatalf("the server fails with %v, not with %v", err, why)
	}
}

func wantBooks(t testing.TB, got, want Books) {
	t.Helper()
	if got != want {
		t.Errorf("the books are\n%+v, not\n%+v", got, want)
	}
}
