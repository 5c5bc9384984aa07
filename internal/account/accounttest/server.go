// Package accounttest has an account server in memory for the tests of
// whatever talks to one, and a network that loses, repeats and reorders.
//
// The server keeps one account and asserts its invariants at every step. It is
// strict where a real one is generous: it refuses what an honest device never
// sends, and remembers that it did. It keeps no sessions and writes nothing.
package accounttest

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// Plans are those of the product.
var Plans = []account.Plan{
	{ID: "trial", Name: "Trial", Allowance: 10, Once: true},
	{ID: "hobby", Name: "Hobby", Allowance: 18},
	{ID: "creator", Name: "Creator", Unlimited: true},
}

// Server is an account.Service for one account.
type Server struct {
	mu     sync.Mutex
	clock  func() time.Time
	random io.Reader
	key    ed25519.PrivateKey
	books  books
	epoch  int
}

// NewServer opens an account on a plan. Everything random comes from the seed.
func NewServer(clock func() time.Time, plan string, seed uint64) *Server {
	var s32 [32]byte
	s32[0], s32[1], s32[2], s32[3] = byte(seed), byte(seed>>8), byte(seed>>16), byte(seed>>24)
	random := rand.NewChaCha8(s32)
	s := &Server{
		clock: clock, random: random, key: ed25519.NewKeyFromSeed(s32[:]), epoch: 1,
		books: books{devices: map[account.DeviceKey]device{}, leases: map[account.LeaseID]*lease{}},
	}
	s.books.changePlan(planOf(plan))
	return s
}

func planOf(id string) *account.Plan {
	for i := range Plans {
		if strings.EqualFold(Plans[i].ID, id) {
			return &Plans[i]
		}
	}
	return nil
}

func (s *Server) now() account.Instant { return account.InstantOf(s.clock()) }

func (s *Server) epochName() account.Epoch { return account.Epoch("epoch " + strconv.Itoa(s.epoch)) }

// Backup is the server's database as it is now.
func (s *Server) Backup() any {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.books.clone()
}

// Restore puts a backup back, as an operator does: a new epoch begins.
func (s *Server) Restore(backup any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books = backup.(books).clone()
	s.epoch++
}

// Totals are the sums of the account's books, in credits.
func (s *Server) Totals() Totals {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books.settle(s.now())
	return s.books.totals()
}

// Charges is what the account knows of each charge.
func (s *Server) Charges() map[account.ChargeID]account.Voucher {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := map[account.ChargeID]account.Voucher{}
	for _, l := range s.books.leases {
		for i := range l.vouchers {
			all[l.vouchers[i].Charge] = l.vouchers[i]
		}
	}
	return all
}

// Check says which invariant of the books is broken.
func (s *Server) Check() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.books.check()
}

// Enrol implements account.Service.
func (s *Server) Enrol(_ context.Context, r account.EnrolRequest) (account.EnrolReply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := r.Verify(); err != nil {
		return account.EnrolReply{}, invalid(err)
	}
	d := s.books.devices[r.Device]
	if d.frozen {
		return account.EnrolReply{}, &account.Error{Code: account.CodeFrozen, Message: "this device is frozen"}
	}
	d.name = r.Name
	s.books.devices[r.Device] = d
	return account.EnrolReply{Account: "account", Server: account.ServerKeyOf(s.key), Epoch: s.epochName()}, nil
}

// Status implements account.Service.
func (s *Server) Status(context.Context) (account.Status, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.books.status(), nil
}

// Plans implements account.Service.
func (s *Server) Plans(context.Context) ([]account.Plan, error) { return slices.Clone(Plans), nil }

// ChangePlan implements account.Service. Every change brings the allowance.
func (s *Server) ChangePlan(_ context.Context, plan string) (account.Status, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := planOf(plan)
	if p == nil {
		return account.Status{}, &account.Error{Code: account.CodeUnknownPlan, Message: "there is no plan " + plan}
	}
	s.books.changePlan(p)
	return s.books.status(), nil
}

// Usage implements account.Service: the charges by number, all on one page.
func (s *Server) Usage(context.Context, string, int) (account.UsagePage, error) {
	var page account.UsagePage
	charges := s.Charges()
	for _, id := range slices.Sorted(maps.Keys(charges)) {
		v := charges[id]
		page.Entries = append(page.Entries, account.UsageEntry{
			Charge: id, State: v.Kind, Amount: v.Amount,
			Plugin: v.Plugin, Recipe: v.Recipe, Repeats: v.Repeats,
		})
	}
	return page, nil
}

// Sync implements account.Service.
func (s *Server) Sync(_ context.Context, r account.SyncRequest) (account.SyncReply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	next := s.books.clone() // taken whole or not at all
	next.settle(now)
	d, known := next.devices[r.Device]
	switch {
	case !known:
		return account.SyncReply{}, &account.Error{Code: account.CodeUnknownDevice, Message: "this device is not enrolled"}
	case d.frozen:
		return account.SyncReply{}, &account.Error{Code: account.CodeFrozen, Message: "this device is frozen"}
	case r.Epoch != s.epochName():
		return account.SyncReply{}, &account.Error{Code: account.CodeEpoch, Epoch: s.epochName(), Message: "the server was restored"}
	}
	named, err := s.take(&next, &r, now)
	if account.CodeOf(err) == account.CodeFork {
		s.books.devices[r.Device] = device{name: d.name, frozen: true}
	}
	if err != nil {
		return account.SyncReply{}, err
	}
	granted, err := s.grant(&next, &r, now)
	if err != nil {
		return account.SyncReply{}, err
	}
	reply, err := s.reply(&next, &r, named, granted, now)
	if err != nil {
		return account.SyncReply{}, err
	}
	if err := next.check(); err != nil {
		return account.SyncReply{}, err
	}
	s.books = next
	return reply, nil
}

// take brings what the request tells into the books.
func (s *Server) take(b *books, r *account.SyncRequest, now account.Instant) (named map[account.LeaseID]bool, err error) {
	named = map[account.LeaseID]bool{}
	for _, p := range r.Presented {
		if err := p.Lease.Verify(account.ServerKeyOf(s.key)); err != nil {
			return nil, invalid(err)
		}
		b.adopt(p.Lease, now)
		named[p.Lease.ID] = true
	}
	for i := range r.Vouchers {
		v := &r.Vouchers[i]
		if err := v.Verify(r.Device); err != nil {
			return nil, invalid(err)
		}
		if err := b.voucher(v); err != nil {
			return nil, err
		}
		named[v.Lease] = true
	}
	for _, id := range r.GiveBack {
		l := b.leases[id]
		if l == nil {
			return nil, &account.Error{Code: account.CodeUnknownLease, Lease: id, Message: "unknown lease"}
		}
		b.giveBack(l)
		named[id] = true
	}
	return named, nil
}

func (s *Server) grant(b *books, r *account.SyncRequest, now account.Instant) (*account.Lease, error) {
	unspent, places, unlimited := 0, 0, false
	var parent account.LeaseID
	for _, id := range b.order {
		l := b.leases[id]
		if l.DeviceKey != r.Device {
			continue
		}
		if l.Nonce == r.Nonce {
			return &l.Lease, nil
		}
		parent = l.ID
		if b.open(l, now) && l.Unlimited == b.plan.Unlimited {
			unspent += l.escrow
			places += account.MaxVouchers - len(l.vouchers) - l.running
			unlimited = unlimited || l.Unlimited
		}
	}
	n := min(max(r.Want-unspent, 0), b.available, account.MaxVouchers/2)
	needed := n > 0 || places < r.Room
	if b.plan.Unlimited {
		n = 0
		needed = r.Want+r.Room > 0 && !unlimited || places < r.Room
	}
	if !needed {
		return nil, nil
	}
	granted := account.Lease{
		Parent: parent, Account: "account", DeviceKey: r.Device, Nonce: r.Nonce, Epoch: s.epochName(),
		N: n, Unlimited: b.plan.Unlimited, PlanRevision: b.revision, IssuedAt: now,
		SpendUntil: now.Add(account.SpendFor), SettleUntil: now.Add(account.SpendFor + account.SettleFor),
	}
	var err error
	for granted.ID.IsZero() || b.hasTag(granted.ID.Tag()) {
		if granted.ID, err = account.NewLeaseID(s.random); err != nil {
			return nil, err
		}
	}
	if err := granted.Sign(s.key); err != nil {
		return nil, err
	}
	b.available -= n
	b.add(&lease{Lease: granted, escrow: n})
	return &granted, nil
}

func (s *Server) reply(b *books, r *account.SyncRequest, named map[account.LeaseID]bool, granted *account.Lease,
	now account.Instant,
) (account.SyncReply, error) {
	reply := account.SyncReply{Lease: granted, ServerTime: now, Epoch: s.epochName(), Status: b.status()}
	for _, id := range b.order {
		l := b.leases[id]
		if l.DeviceKey != r.Device || !named[id] && !b.open(l, now) {
			continue
		}
		c := l.chain()
		receipt := account.Receipt{Lease: id, AckedSeq: c.Seq, AckedHash: c.Hash, Epoch: s.epochName(), ServerTime: now}
		if granted != nil {
			receipt.NextLease = granted.ID
		}
		if err := receipt.Sign(s.key); err != nil {
			return account.SyncReply{}, err
		}
		reply.Receipts = append(reply.Receipts, receipt)
	}
	return reply, nil
}

func invalid(err error) error {
	return &account.Error{Code: account.CodeInvalid, Message: fmt.Sprintf("the request is wrong: %v", err)}
}
