package accountserver

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// Config is what a Server is made of. All of it down to Rand is required.
type Config struct {
	Store   Store
	Witness Witness
	// Key signs leases and receipts.
	Key   ed25519.PrivateKey
	Plans Plans
	Clock func() time.Time
	Rand  io.Reader

	// OwnPlans lets every account change its own plan: for demonstrations and
	// tests, where nobody is paid for one.
	OwnPlans bool
	// PasswordCost is DefaultPasswordCost where it is zero.
	PasswordCost PasswordCost
}

// Server keeps the accounts of one store.
type Server struct {
	Config
	random   sync.Mutex // Rand need not be safe for two goroutines
	hashers  hashers
	attempts attempts
}

// New returns a server over an open store.
func New(c Config) (*Server, error) {
	if c.Store == nil || c.Witness == nil || c.Key == nil || len(c.Plans) == 0 || c.Clock == nil || c.Rand == nil {
		return nil, errors.New("an account server needs a store, a witness, a key, plans, a clock and randomness")
	}
	if c.PasswordCost == (PasswordCost{}) {
		c.PasswordCost = DefaultPasswordCost
	}
	return &Server{Config: c, hashers: newHashers(), attempts: attempts{due: map[attempt]time.Time{}}}, nil
}

// Read draws random bytes.
func (s *Server) Read(p []byte) (int, error) {
	s.random.Lock()
	defer s.random.Unlock()
	return io.ReadFull(s.Rand, p)
}

// update runs fn in a transaction of the store and gives it the epoch. What
// changed is noted at the witness before it is committed.
func (s *Server) update(ctx context.Context, fn func(Tx, account.Epoch) error) error {
	return s.Store.Update(ctx, func(tx Tx) error {
		mark, err := s.mark(tx)
		if err != nil {
			return err
		}
		if err := fn(tx, mark.Epoch); err != nil || !tx.Changed() {
			return err
		}
		next, err := s.Witness.Advance(mark)
		if err != nil || next == mark {
			return err
		}
		return tx.SetMark(next)
	})
}

// mark is how far the database has come. It begins a new epoch where the
// witness does not trust that. Of several processes that notice, one begins it:
// the others see it at the second look.
func (s *Server) mark(tx Tx) (Mark, error) {
	for _, look := range []func() (Mark, bool, error){tx.Mark, tx.LockMark} {
		mark, has, err := look()
		if err != nil {
			return Mark{}, err
		}
		if !has {
			continue
		}
		if trusted, err := s.Witness.Trusts(mark); trusted || err != nil {
			return mark, err
		}
	}
	name := make([]byte, 8)
	if _, err := s.Read(name); err != nil {
		return Mark{}, fmt.Errorf("name an epoch: %w", err)
	}
	mark := Mark{Epoch: account.Epoch(hex.EncodeToString(name))}
	return mark, tx.SetMark(mark)
}

// OpenAccount adds an account on a plan, unless there is one of this id.
func (s *Server) OpenAccount(ctx context.Context, id account.AccountID, plan string) error {
	p, ok := s.Plans.Find(plan)
	if !ok {
		return s.unknownPlan(plan)
	}
	return s.update(ctx, func(tx Tx, _ account.Epoch) error {
		if _, ok, err := tx.Account(id); ok || err != nil {
			return err
		}
		return tx.PutAccount(Account{ID: id, Plan: p.ID, OpenedAt: s.Clock()})
	})
}

// SetPlan puts an account on a plan: a hand for people who run a server. The
// answer for a plan that is not there is CodeUnknownPlan.
func (s *Server) SetPlan(ctx context.Context, id account.AccountID, plan string) (account.Status, error) {
	session := Session{server: s, id: id, ownPlan: true}
	return session.ChangePlan(ctx, plan)
}

// Devices lists the computers of an account, the first enrolled first.
func (s *Server) Devices(ctx context.Context, id account.AccountID) (list []Device, err error) {
	err = s.visit(ctx, id, func(v *visit) error {
		list, err = v.Devices(id)
		return err
	})
	return list, err
}
