package creditsim

import (
	"maps"
	"slices"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
)

// books is what should be at the server, made of nothing but the requests that
// arrived there and the leases that it answered.
type books struct {
	plan     string
	granted  map[string]int // by plan and period
	leases   map[account.LeaseID]account.Lease
	arrivals map[account.LeaseID][]arrival
	known    map[account.Hash]bool // vouchers
	// restored tells that this is not the server's first life.
	restored bool
}

// arrival is a voucher that the server accepted.
type arrival struct {
	account.Voucher
	hash account.Hash
	// late is one that came after the lease could be settled: it counts 0.
	late bool
}

func newBooks() *books {
	return &books{
		granted: map[string]int{}, leases: map[account.LeaseID]account.Lease{},
		arrivals: map[account.LeaseID][]arrival{}, known: map[account.Hash]bool{},
	}
}

func (b *books) clone() *books {
	c := *b
	c.granted, c.leases, c.known = maps.Clone(b.granted), maps.Clone(b.leases), maps.Clone(b.known)
	c.arrivals = map[account.LeaseID][]arrival{}
	for id, list := range b.arrivals {
		c.arrivals[id] = slices.Clone(list)
	}
	return &c
}

// allowance is what a plan grants in the period of a time: trial once, hobby a
// month.
func (b *books) allowance(now time.Time) {
	switch b.plan {
	case "trial":
		b.granted["trial"] = 10
	case "hobby":
		b.granted["hobby "+now.UTC().Format("2006-01")] = 18
	}
}

func (b *books) grantedInAll() (sum int) {
	for _, n := range b.granted {
		sum += n
	}
	return sum
}

// arrived notes a request that the server took: one that it answered, and one
// that it refused for a fork, of which everything is kept.
func (b *books) arrived(now time.Time, r *account.SyncRequest, reply *account.SyncReply, err error) {
	if code := account.CodeOf(err); err != nil && code != account.CodeFork && code != account.CodeFrozen {
		return
	}
	for _, p := range r.Presented {
		b.leases[p.Lease.ID] = p.Lease
	}
	for i := range r.Vouchers {
		v := r.Vouchers[i]
		if hash := v.Hash(); !b.known[hash] {
			b.known[hash] = true
			late := account.InstantOf(now) > b.leases[v.Lease].SettleUntil
			b.arrivals[v.Lease] = append(b.arrivals[v.Lease], arrival{v, hash, late})
		}
	}
	if err == nil && reply.Lease != nil {
		b.leases[reply.Lease.ID] = *reply.Lease
	}
}

// settled is what the vouchers of a lease that arrived come to.
type settled struct {
	held, posted int
	charges      map[account.ChargeID]accountserver.ChargeState
	cost         map[account.ChargeID]int
}

// settle reads the arrivals of a lease. A charge is the hold that it began
// with: after a fork, two can have one number, and a charge that both branches
// post costs once.
func (b *books) settle(id account.LeaseID) settled {
	s := settled{charges: map[account.ChargeID]accountserver.ChargeState{}, cost: map[account.ChargeID]int{}}
	list := b.arrivals[id]
	byHash := map[account.Hash]*arrival{}
	state := map[account.Hash]accountserver.ChargeState{}
	amount := map[account.Hash]int{}
	for i := range list {
		v := &list[i]
		byHash[v.hash] = v
		hold := v
		for hold.Kind != account.Hold || hold.Charge != v.Charge {
			hold = byHash[hold.PrevHash]
		}
		h := hold.hash
		switch {
		case v.Kind == account.Hold:
			state[h], amount[h] = accountserver.ChargeHeld, v.Amount
		case v.Kind == account.Post && state[h] != accountserver.ChargePosted:
			state[h], amount[h] = accountserver.ChargePosted, v.Amount
		case v.Kind == account.Void && state[h] == accountserver.ChargeHeld:
			state[h] = accountserver.ChargeVoided
		default:
			continue
		}
		if v.late {
			amount[h] = 0
		}
		s.charges[v.Charge], s.cost[v.Charge] = state[h], amount[h]
	}
	for h, is := range state {
		switch is {
		case accountserver.ChargeHeld:
			s.held += amount[h]
		case accountserver.ChargePosted:
			s.posted += amount[h]
		case accountserver.ChargeVoided, accountserver.ChargeRefunded:
		}
	}
	return s
}
