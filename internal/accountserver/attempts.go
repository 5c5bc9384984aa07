package accountserver

import (
	"net/netip"
	"sync"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// A rate is how often something may be tried: so many times at once, and once
// more each interval.
type rate struct {
	burst int
	every time.Duration
}

// How often one address may try one email, and how often any.
var (
	pairRate    = rate{burst: 10, every: time.Minute}
	addressRate = rate{burst: 100, every: 6 * time.Second}
)

// maxTracked bounds the memory of attempts. Beyond it some are forgotten.
const maxTracked = 100_000

// attempt is who tries what; the email is empty for all emails of an address.
type attempt struct{ address, email string }

// attempts slows down guessing. It remembers for this process and this run
// only: a restart forgives.
type attempts struct {
	mu sync.Mutex
	// due is when the bucket of an attempt is full again; one that is not
	// here is full.
	due map[attempt]time.Time
}

// admit counts an attempt, or refuses it with CodeTooMany.
func (a *attempts) admit(now time.Time, address, email string) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	address = network(address)
	pair, all := attempt{address, email}, attempt{address: address}
	if a.full(now, pair, pairRate) || a.full(now, all, addressRate) {
		return &account.Error{Code: account.CodeTooMany, Message: "this was tried too often: try again in a few minutes"}
	}
	a.count(now, pair, pairRate)
	a.count(now, all, addressRate)
	return nil
}

// full tells whether another attempt would be more than the rate allows.
func (a *attempts) full(now time.Time, who attempt, r rate) bool {
	return a.due[who].Add(r.every).Sub(now) > time.Duration(r.burst)*r.every
}

func (a *attempts) count(now time.Time, who attempt, r rate) {
	if len(a.due) >= maxTracked {
		a.sweep(now)
	}
	from := a.due[who]
	if from.Before(now) {
		from = now
	}
	a.due[who] = from.Add(r.every)
}

// sweep makes room: what is full again goes, and if nothing is, some others.
func (a *attempts) sweep(now time.Time) {
	for who, due := range a.due {
		if !due.After(now) {
			delete(a.due, who)
		}
	}
	for who := range a.due {
		if len(a.due) < maxTracked*9/10 {
			return
		}
		delete(a.due, who)
	}
}

// forget ends the count of an address and email that signed in.
func (a *attempts) forget(address, email string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.due, attempt{network(address), email})
}

// network is what counts as one address: of IPv6 the 64 bits that one
// household has.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is4() {
		return ip.String()
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return ip.String()
	}
	return prefix.String()
}
