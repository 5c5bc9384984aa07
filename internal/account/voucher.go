package account

import (
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
)

// Kind is what a voucher does to its charge.
type Kind byte

// The kinds of voucher. A charge is one HOLD and then one POST or one VOID.
const (
	Hold Kind = 1 // the credit is set aside, before a plugin starts
	Post Kind = 2 // the credit is spent, before a file gets its name
	Void Kind = 3 // the credit is free again, nothing was made
)

var kindNames = map[Kind]string{Hold: "hold", Post: "post", Void: "void"}

func (k Kind) String() string {
	if name, ok := kindNames[k]; ok {
		return name
	}
	return fmt.Sprintf("kind %d", byte(k))
}

// MarshalText writes hold, post or void.
func (k Kind) MarshalText() ([]byte, error) {
	if _, ok := kindNames[k]; !ok {
		return nil, fmt.Errorf("there is no voucher of %v", k)
	}
	return []byte(k.String()), nil
}

// UnmarshalText reads hold, post or void.
func (k *Kind) UnmarshalText(text []byte) error {
	for kind, name := range kindNames {
		if name == string(text) {
			*k = kind
			return nil
		}
	}
	return fmt.Errorf("there is no voucher of kind %q", text)
}

// Voucher is one step of one charge, in the chain of its lease.
type Voucher struct {
	Lease LeaseID `json:"lease"`
	// Seq counts the vouchers of the lease from 1, without gaps.
	Seq  int64 `json:"seq"`
	Kind Kind  `json:"kind"`
	// Charge is NumberOf(Lease, Seq) in a HOLD; POST and VOID, which are on
	// the same lease as their HOLD, repeat its number.
	Charge ChargeID `json:"charge"`
	// Amount in credits, 0 or 1. VOID has that of its HOLD. POST has it too, or
	// 0 with Repeats: the same recipe was paid for by another run meanwhile, so
	// the held credit is free again and nothing is spent.
	Amount int    `json:"amount"`
	Recipe Recipe `json:"recipe"`
	// Repeats is the paid charge of a free repeat, or empty. Amount is 0 then.
	Repeats ChargeID `json:"repeats,omitempty"`
	// Plugin is id@version of the format plugin: svg@1.0.0.
	Plugin string `json:"plugin"`
	// PrevHash is the hash of the voucher before, or for the first of the lease.
	PrevHash Hash `json:"prev_hash"`

	// Signature is the device's, over everything above.
	Signature Signature `json:"signature"`
}

// Bytes is the canonical encoding without the signature: what is hashed and
// signed.
func (v *Voucher) Bytes() []byte {
	e := newEncoder(domainVoucher)
	e.fixed(v.Lease[:])
	e.int(v.Seq)
	e.byte(byte(v.Kind))
	e.text(string(v.Charge))
	e.int(int64(v.Amount))
	e.fixed(v.Recipe[:])
	e.text(string(v.Repeats))
	e.text(v.Plugin)
	e.fixed(v.PrevHash[:])
	return e.b
}

// Hash is the SHA-256 of [Voucher.Bytes]: a link of the chain.
func (v *Voucher) Hash() Hash { return sha256.Sum256(v.Bytes()) }

// MarshalBinary is the stored form: [Voucher.Bytes] and the signature.
func (v *Voucher) MarshalBinary() ([]byte, error) { return append(v.Bytes(), v.Signature[:]...), nil }

// UnmarshalBinary reads the stored form and checks that it is whole and makes
// sense; it does not check the signature.
func (v *Voucher) UnmarshalBinary(b []byte) error {
	d := newDecoder(domainVoucher, b)
	var w Voucher
	d.fixed(w.Lease[:])
	w.Seq = d.int()
	w.Kind = Kind(d.byte())
	w.Charge = ChargeID(d.text())
	w.Amount = int(d.int())
	d.fixed(w.Recipe[:])
	w.Repeats = ChargeID(d.text())
	w.Plugin = d.text()
	d.fixed(w.PrevHash[:])
	if err := d.signature(&w.Signature); err != nil {
		return fmt.Errorf("read a voucher: %w", err)
	}
	if err := w.check(); err != nil {
		return fmt.Errorf("read a voucher: %w", err)
	}
	*v = w
	return nil
}

func (v *Voucher) check() error {
	_, known := kindNames[v.Kind]
	switch {
	case v.Lease.IsZero():
		return errors.New("it names no lease")
	case v.Seq < 1 || v.Seq > MaxVouchers:
		return fmt.Errorf("it is number %d of its lease; they go from 1 to %d", v.Seq, MaxVouchers)
	case !known:
		return fmt.Errorf("there is no voucher of %v", v.Kind)
	case v.Amount < 0 || v.Amount > 1:
		return fmt.Errorf("a layer in a format costs 0 or 1 credits, not %d", v.Amount)
	case v.Repeats != "" && v.Amount != 0:
		return errors.New("a free repeat has an amount")
	case v.Kind == Hold && v.Charge != NumberOf(v.Lease, v.Seq):
		return fmt.Errorf("the charge of this hold is %s, not %q", NumberOf(v.Lease, v.Seq), v.Charge)
	}
	if err := v.Charge.check(); err != nil {
		return err
	}
	if v.Repeats != "" {
		if err := v.Repeats.check(); err != nil {
			return err
		}
	}
	return checkText("its plugin", v.Plugin)
}

// Sign fills in the signature. It refuses a voucher that makes no sense.
func (v *Voucher) Sign(device ed25519.PrivateKey) error {
	if err := v.check(); err != nil {
		return fmt.Errorf("sign a voucher: %w", err)
	}
	copy(v.Signature[:], ed25519.Sign(device, v.Bytes()))
	return nil
}

// Verify tells whether the device signed this voucher and it makes sense by
// itself; whether it fits its chain is [Chain.Next].
func (v *Voucher) Verify(device DeviceKey) error {
	if err := v.check(); err != nil {
		return fmt.Errorf("voucher %d of lease %s: %w", v.Seq, v.Lease, err)
	}
	if !ed25519.Verify(device[:], v.Bytes(), v.Signature[:]) {
		return fmt.Errorf("voucher %d of lease %s is not signed by its device: %w", v.Seq, v.Lease, ErrSignature)
	}
	return nil
}

// Chain is the end of a lease's vouchers: the last number and its hash.
type Chain struct {
	Lease LeaseID
	Seq   int64
	Hash  Hash
}

// ChainOf is the chain of a lease that has no voucher yet.
func ChainOf(l *Lease) Chain { return Chain{Lease: l.ID, Hash: l.Hash()} }

// Next is the chain after v. It is an error where v does not follow.
func (c Chain) Next(v *Voucher) (Chain, error) {
	switch {
	case v.Lease != c.Lease:
		return c, fmt.Errorf("voucher %d belongs to lease %s, not %s: %w", v.Seq, v.Lease, c.Lease, ErrChain)
	case v.Seq != c.Seq+1:
		return c, fmt.Errorf("lease %s: voucher %d can not follow %d: %w", c.Lease, v.Seq, c.Seq, ErrChain)
	case v.PrevHash != c.Hash:
		return c, fmt.Errorf("lease %s: voucher %d follows another voucher %d: %w", c.Lease, v.Seq, c.Seq, ErrChain)
	}
	return Chain{Lease: c.Lease, Seq: v.Seq, Hash: v.Hash()}, nil
}
