package account

import (
	"crypto/ed25519"
	"errors"
	"fmt"
)

// Receipt is the server's word that it has all vouchers of a lease up to a
// number.
type Receipt struct {
	Lease LeaseID `json:"lease"`
	// AckedSeq is the last voucher that the server has; 0 where it has none.
	AckedSeq int64 `json:"acked_seq"`
	// AckedHash is that voucher's hash, or the lease's where AckedSeq is 0.
	AckedHash Hash  `json:"acked_hash"`
	Epoch     Epoch `json:"epoch"`
	// ServerTime is the time at the server when it answered.
	ServerTime Instant `json:"server_time"`
	// NextLease is the lease that came with the same answer, or zero.
	NextLease LeaseID `json:"next_lease"`

	// Signature is the server's, over everything above.
	Signature Signature `json:"signature"`
}

// Bytes is the canonical encoding without the signature: what is signed.
func (r *Receipt) Bytes() []byte {
	e := newEncoder(domainReceipt)
	e.fixed(r.Lease[:])
	e.int(r.AckedSeq)
	e.fixed(r.AckedHash[:])
	e.text(string(r.Epoch))
	e.int(int64(r.ServerTime))
	e.fixed(r.NextLease[:])
	return e.b
}

// MarshalBinary is the stored form: [Receipt.Bytes] and the signature.
func (r *Receipt) MarshalBinary() ([]byte, error) { return append(r.Bytes(), r.Signature[:]...), nil }

// UnmarshalBinary reads the stored form and checks that it is whole and makes
// sense; it does not check the signature.
func (r *Receipt) UnmarshalBinary(b []byte) error {
	d := newDecoder(domainReceipt, b)
	var v Receipt
	d.fixed(v.Lease[:])
	v.AckedSeq = d.int()
	d.fixed(v.AckedHash[:])
	v.Epoch = Epoch(d.text())
	v.ServerTime = Instant(d.int())
	d.fixed(v.NextLease[:])
	if err := d.signature(&v.Signature); err != nil {
		return fmt.Errorf("read a receipt: %w", err)
	}
	if err := v.check(); err != nil {
		return fmt.Errorf("read a receipt: %w", err)
	}
	*r = v
	return nil
}

func (r *Receipt) check() error {
	switch {
	case r.Lease.IsZero():
		return errors.New("it names no lease")
	case r.AckedSeq < 0 || r.AckedSeq > MaxVouchers:
		return fmt.Errorf("it acknowledges voucher %d; they go to %d", r.AckedSeq, MaxVouchers)
	}
	return checkText("its epoch", string(r.Epoch))
}

// Sign fills in the signature. It refuses a receipt that makes no sense.
func (r *Receipt) Sign(server ed25519.PrivateKey) error {
	if err := r.check(); err != nil {
		return fmt.Errorf("sign a receipt: %w", err)
	}
	copy(r.Signature[:], ed25519.Sign(server, r.Bytes()))
	return nil
}

// Verify tells whether the server signed this receipt and it makes sense.
func (r *Receipt) Verify(server ServerKey) error {
	if err := r.check(); err != nil {
		return fmt.Errorf("receipt of lease %s: %w", r.Lease, err)
	}
	if !ed25519.Verify(server[:], r.Bytes(), r.Signature[:]) {
		return fmt.Errorf("a receipt of lease %s is not signed by this account's server: %w", r.Lease, ErrSignature)
	}
	return nil
}
