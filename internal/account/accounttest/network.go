package accounttest

import (
	"context"
	"errors"
	"sync"

	"github.com/mapwright/mapwright/internal/account"
)

// ErrLost is what a caller sees when a request or its answer was lost: it can
// not know which.
var ErrLost = errors.New("connection lost")

// Fate is what happens to one call.
type Fate int

// The fates of a call.
const (
	Arrives Fate = iota
	RequestLost
	ReplyLost
	Doubled // the request arrives twice; the first answer is taken
	Delayed // the request is lost, and arrives before the next call
)

// Network lies between a device and its server. Next decides each call's fate.
type Network struct {
	Service account.Service
	Next    func() Fate

	mu   sync.Mutex
	late []func()
}

// travel lets a call meet its fate.
func travel[R any](n *Network, call func() (R, error)) (R, error) {
	var lost R
	n.mu.Lock()
	late := n.late
	n.late = nil
	n.mu.Unlock()
	for _, c := range late {
		c()
	}
	switch n.Next() {
	case RequestLost:
		return lost, ErrLost
	case Delayed:
		n.mu.Lock()
		n.late = append(n.late, func() { _, _ = call() }) // nobody waits for this answer
		n.mu.Unlock()
		return lost, ErrLost
	case ReplyLost:
		if _, err := call(); err != nil {
			return lost, errors.Join(ErrLost, errors.New("and the answer was no"))
		}
		return lost, ErrLost
	case Doubled:
		r, err := call()
		_, _ = call() // nobody waits for the second answer
		return r, err
	}
	return call()
}

// Enrol implements account.Service.
func (n *Network) Enrol(ctx context.Context, r account.EnrolRequest) (account.EnrolReply, error) {
	return travel(n, func() (account.EnrolReply, error) { return n.Service.Enrol(ctx, r) })
}

// Sync implements account.Service.
func (n *Network) Sync(ctx context.Context, r account.SyncRequest) (account.SyncReply, error) {
	return travel(n, func() (account.SyncReply, error) { return n.Service.Sync(ctx, r) })
}

// Status implements account.Service.
func (n *Network) Status(ctx context.Context) (account.Status, error) {
	return travel(n, func() (account.Status, error) { return n.Service.Status(ctx) })
}

// Plans implements account.Service.
func (n *Network) Plans(ctx context.Context) ([]account.Plan, error) {
	return travel(n, func() ([]account.Plan, error) { return n.Service.Plans(ctx) })
}

// ChangePlan implements account.Service.
func (n *Network) ChangePlan(ctx context.Context, plan string) (account.Status, error) {
	return travel(n, func() (account.Status, error) { return n.Service.ChangePlan(ctx, plan) })
}

// Usage implements account.Service.
func (n *Network) Usage(ctx context.Context, before string, limit int) (account.UsagePage, error) {
	return travel(n, func() (account.UsagePage, error) { return n.Service.Usage(ctx, before, limit) })
}
