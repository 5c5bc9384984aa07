package credits

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// state is what the purse knows beside its journal. It is replaced as a whole,
// and everything in it but keys and freeze can be had from the server again.
type state struct {
	// Seeds are the Ed25519 seeds that this purse drew, the present one last;
	// empty where the key is given by Config.
	Seeds [][]byte `json:"seeds,omitempty"`

	Account account.AccountID `json:"account,omitempty"`
	// Device is the key that is enrolled at Account.
	Device account.DeviceKey `json:"device"`
	Server account.ServerKey `json:"server"`
	Epoch  account.Epoch     `json:"epoch,omitempty"`
	// Nonce of the lease that was asked for and has not arrived.
	Nonce account.Nonce `json:"nonce"`
	// Reserve is what the maker set; nil is the default.
	Reserve *int  `json:"reserve,omitempty"`
	Clock   clock `json:"clock"`
	// Status is the last one, of the server's time AsOf.
	Status account.Status  `json:"status"`
	AsOf   account.Instant `json:"as_of"`
	Frozen string          `json:"frozen,omitempty"`
	// Leases is how each lease stands with the server.
	Leases map[account.LeaseID]standing `json:"leases,omitempty"`
}

// standing is how a lease stands with the server.
type standing struct {
	// Acked is the number of the last voucher that the server has.
	Acked int64 `json:"acked"`
	// Confirmed is the epoch in which the server said so. In another one it
	// may have less, or not know the lease at all.
	Confirmed account.Epoch `json:"confirmed,omitempty"`
	// Receipt is the one with the highest number, of whatever epoch.
	Receipt *account.Receipt `json:"receipt,omitempty"`
	// Closed ends new holds: the lease goes back. Returned is that the server
	// knows.
	Closed   bool `json:"closed,omitempty"`
	Returned bool `json:"returned,omitempty"`
}

func decodeState(b []byte) (*state, error) {
	s := &state{}
	if len(b) > 0 {
		if err := json.Unmarshal(b, s); err != nil {
			return nil, fmt.Errorf("%w: its state: %w", ErrDamaged, err)
		}
	}
	if s.Leases == nil {
		s.Leases = map[account.LeaseID]standing{}
	}
	return s, nil
}

func (s *state) encode() ([]byte, error) {
	b, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("write the state of the purse: %w", err)
	}
	return b, nil
}

// enrolled tells whether the server knows this device.
func (s *state) enrolled() bool { return s.Account != "" && !s.Device.IsZero() }

// reserve is what a sync leaves on this device: the larger of 3 and a tenth of
// the allowance, unless the maker set it.
func (s *state) reserve() int {
	if s.Reserve != nil {
		return *s.Reserve
	}
	return max(3, s.Status.Allowance/10)
}

// drawKey adds a key of the purse's own.
func (s *state) drawKey(rand io.Reader) error {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(rand, seed); err != nil {
		return fmt.Errorf("draw the key of this device: %w", err)
	}
	s.Seeds = append(s.Seeds, seed)
	return nil
}

// forgetReceipts drops the receipts of leases that are settled: no server will
// ask for them. The rest of a standing stays, for a closed lease stays closed.
func (s *state) forgetReceipts(p *purse, now account.Instant) {
	for id, standing := range s.Leases {
		if l := p.leases[id]; l != nil && now > l.SettleUntil && standing.Receipt != nil {
			standing.Receipt = nil
			s.Leases[id] = standing
		}
	}
}

// clock corrects this computer's time. Someone who sets it back gains no day,
// and someone who once set it forward loses none after the next sync.
type clock struct {
	// Mark is the latest time that this purse has seen.
	Mark account.Instant `json:"mark"`
	// Server and Wall are the server's time and this computer's at the last
	// receipt; 0 before the first.
	Server account.Instant `json:"server"`
	Wall   account.Instant `json:"wall"`
}

// now is the larger of the mark and the server's last time plus what passed
// since. elapsed measures that: monotonic within one process, else by the wall.
func (c clock) now(wall time.Time, elapsed func(since clock) (time.Duration, bool)) account.Instant {
	t := account.InstantOf(wall)
	if c.Server != 0 {
		passed, ok := elapsed(c)
		if !ok {
			passed = time.Duration(t-c.Wall) * time.Millisecond
		}
		t = c.Server.Add(passed)
	}
	return max(c.Mark, t)
}

// keys are the private keys that vouchers of this purse are signed with.
type keys struct {
	given ed25519.PrivateKey
}

// present is the key of this device now.
func (k keys) present(s *state) ed25519.PrivateKey {
	if k.given != nil {
		return k.given
	}
	return ed25519.NewKeyFromSeed(s.Seeds[len(s.Seeds)-1])
}

// of is the key that a lease was issued to, which may be an earlier one.
func (k keys) of(s *state, device account.DeviceKey) (ed25519.PrivateKey, error) {
	if k.given != nil && account.DeviceKeyOf(k.given) == device {
		return k.given, nil
	}
	for _, seed := range s.Seeds {
		if key := ed25519.NewKeyFromSeed(seed); bytes.Equal(key[ed25519.SeedSize:], device[:]) {
			return key, nil
		}
	}
	return nil, errors.New("this purse has not the key that its lease was issued to")
}
