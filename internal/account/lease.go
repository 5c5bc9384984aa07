package account

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"
)

// The terms of every lease.
const (
	// SpendFor is how long a device may make new holds on a lease.
	SpendFor = 30 * 24 * time.Hour
	// SettleFor is how long after that its vouchers still count in full.
	SettleFor = 60 * 24 * time.Hour
	// MaxVouchers is how many vouchers a lease takes, unlimited ones too. A
	// hold needs two places: its own and that of the post or void that ends it.
	MaxVouchers = 500
)

// AccountID names an account at its server, in at most 255 bytes.
type AccountID string

// Epoch names one unbroken life of a server's database. It is kept outside
// the database and replaced when that is restored from a backup. Two epochs
// are equal or not; there is no order between them. At most 255 bytes.
type Epoch string

// LeaseID names a lease. Its first 20 bits are the lease's [LeaseID.Tag],
// which begins the numbers of its charges.
type LeaseID [16]byte

// NewLeaseID draws an id. The server draws again where another lease of the
// same account has its tag already: so charge numbers are unique per account.
func NewLeaseID(rand io.Reader) (LeaseID, error) {
	var id LeaseID
	if _, err := io.ReadFull(rand, id[:]); err != nil {
		return LeaseID{}, fmt.Errorf("draw a lease id: %w", err)
	}
	return id, nil
}

// Tag is the four characters between the dashes of this lease's charge
// numbers: "7K3F" in MW-7K3F-21.
func (id LeaseID) Tag() string {
	v := uint32(id[0])<<12 | uint32(id[1])<<4 | uint32(id[2])>>4
	return string([]byte{alphabet[v>>15], alphabet[v>>10&31], alphabet[v>>5&31], alphabet[v&31]})
}

// IsZero tells whether the id names no lease.
func (id LeaseID) IsZero() bool { return id == LeaseID{} }

func (id LeaseID) String() string { return hex.EncodeToString(id[:]) }

// MarshalText writes lower-case hexadecimal.
func (id LeaseID) MarshalText() ([]byte, error) { return hexText(id[:]), nil }

// UnmarshalText reads what MarshalText wrote.
func (id *LeaseID) UnmarshalText(text []byte) error { return unhex(id[:], text, "lease id") }

// Lease is the server's promise to one device: these credits are yours to
// spend without asking.
type Lease struct {
	ID LeaseID `json:"id"`
	// Parent is the lease that this device was given before, or zero.
	Parent    LeaseID   `json:"parent"`
	Account   AccountID `json:"account"`
	DeviceKey DeviceKey `json:"device_key"`
	// Nonce is the one of the request that this lease answers.
	Nonce Nonce `json:"nonce"`
	// Epoch is the server's at the time of issue.
	Epoch Epoch `json:"epoch"`
	// N is the number of credits; 0 where Unlimited, and where a lease only
	// carries the vouchers of free repeats.
	N         int  `json:"n"`
	Unlimited bool `json:"unlimited"`
	// PlanRevision counts the plan changes of the account up to this lease.
	PlanRevision int64 `json:"plan_revision"`

	IssuedAt Instant `json:"issued_at"`
	// SpendUntil ends new holds; what is held then may still be posted.
	SpendUntil Instant `json:"spend_until"`
	// SettleUntil ends settlement: later vouchers are taken at amount 0.
	SettleUntil Instant `json:"settle_until"`

	// Signature is the server's, over everything above.
	Signature Signature `json:"signature"`
}

// Bytes is the canonical encoding without the signature: what is hashed and
// signed.
func (l *Lease) Bytes() []byte {
	e := newEncoder(domainLease)
	e.fixed(l.ID[:])
	e.fixed(l.Parent[:])
	e.text(string(l.Account))
	e.fixed(l.DeviceKey[:])
	e.fixed(l.Nonce[:])
	e.text(string(l.Epoch))
	e.int(int64(l.N))
	e.bool(l.Unlimited)
	e.int(l.PlanRevision)
	e.int(int64(l.IssuedAt))
	e.int(int64(l.SpendUntil))
	e.int(int64(l.SettleUntil))
	return e.b
}

// Hash is the SHA-256 of [Lease.Bytes]. The first voucher carries it.
func (l *Lease) Hash() Hash { return sha256.Sum256(l.Bytes()) }

// MarshalBinary is the stored form: [Lease.Bytes] and the signature.
func (l *Lease) MarshalBinary() ([]byte, error) { return append(l.Bytes(), l.Signature[:]...), nil }

// UnmarshalBinary reads the stored form and checks that it is whole and makes
// sense; it does not check the signature.
func (l *Lease) UnmarshalBinary(b []byte) error {
	d := newDecoder(domainLease, b)
	var v Lease
	d.fixed(v.ID[:])
	d.fixed(v.Parent[:])
	v.Account = AccountID(d.text())
	d.fixed(v.DeviceKey[:])
	d.fixed(v.Nonce[:])
	v.Epoch = Epoch(d.text())
	v.N = int(d.int())
	v.Unlimited = d.bool()
	v.PlanRevision = d.int()
	v.IssuedAt = Instant(d.int())
	v.SpendUntil = Instant(d.int())
	v.SettleUntil = Instant(d.int())
	if err := d.signature(&v.Signature); err != nil {
		return fmt.Errorf("read a lease: %w", err)
	}
	if err := v.check(); err != nil {
		return fmt.Errorf("read a lease: %w", err)
	}
	*l = v
	return nil
}

// maxCredits is far above any allowance and keeps sums of leases in range.
const maxCredits = 1 << 31

func (l *Lease) check() error {
	switch {
	case l.ID.IsZero():
		return errors.New("it has no id")
	case l.DeviceKey.IsZero():
		return errors.New("it names no device")
	case l.Nonce.IsZero():
		return errors.New("it has no nonce")
	case l.N < 0 || l.N > maxCredits:
		return fmt.Errorf("it is for %d credits", l.N)
	case l.Unlimited && l.N != 0:
		return fmt.Errorf("it is unlimited and for %d credits", l.N)
	case l.IssuedAt > l.SpendUntil || l.SpendUntil > l.SettleUntil:
		return errors.New("its dates are out of order")
	}
	if err := checkText("its account", string(l.Account)); err != nil {
		return err
	}
	return checkText("its epoch", string(l.Epoch))
}

// Sign fills in the signature. It refuses a lease that makes no sense.
func (l *Lease) Sign(server ed25519.PrivateKey) error {
	if err := l.check(); err != nil {
		return fmt.Errorf("sign a lease: %w", err)
	}
	copy(l.Signature[:], ed25519.Sign(server, l.Bytes()))
	return nil
}

// Verify tells whether the server signed this lease and it makes sense.
func (l *Lease) Verify(server ServerKey) error {
	if err := l.check(); err != nil {
		return fmt.Errorf("lease %s: %w", l.ID, err)
	}
	if !ed25519.Verify(server[:], l.Bytes(), l.Signature[:]) {
		return fmt.Errorf("lease %s is not signed by this account's server: %w", l.ID, ErrSignature)
	}
	return nil
}
