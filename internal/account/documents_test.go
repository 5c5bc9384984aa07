package account_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

var update = flag.Bool("update", false, "write the golden files anew")

var (
	serverKey = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, ed25519.SeedSize))
	deviceKey = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{2}, ed25519.SeedSize))
)

func sampleLease(t testing.TB) account.Lease {
	issued := account.InstantOf(time.Date(2026, 3, 1, 12, 0, 0, 5e6, time.UTC))
	l := account.Lease{
		ID: account.LeaseID{0x3c, 0xc7, 0xf1, 9}, Parent: account.LeaseID{7}, Account: "anna",
		DeviceKey: account.DeviceKeyOf(deviceKey), Nonce: account.Nonce{5}, Epoch: "e1", N: 3, PlanRevision: 2,
		IssuedAt: issued, SpendUntil: issued.Add(account.SpendFor), SettleUntil: issued.Add(account.SpendFor + account.SettleFor),
	}
	if err := l.Sign(serverKey); err != nil {
		t.Fatal(err)
	}
	return l
}

func sampleVoucher(t testing.TB) account.Voucher {
	l := sampleLease(t)
	v := account.Voucher{
		Lease: l.ID, Seq: 1, Kind: account.Hold, Charge: account.NumberOf(l.ID, 1), Amount: 1,
		Recipe: account.Recipe{8}, Plugin: "svg@1.0.0", PrevHash: l.Hash(),
	}
	if err := v.Sign(deviceKey); err != nil {
		t.Fatal(err)
	}
	return v
}

func sampleReceipt(t testing.TB) account.Receipt {
	v := sampleVoucher(t)
	r := account.Receipt{Lease: v.Lease, AckedSeq: 1, AckedHash: v.Hash(), Epoch: "e1", ServerTime: 1_772_366_400_123}
	if err := r.Sign(serverKey); err != nil {
		t.Fatal(err)
	}
	return r
}

// The bytes of version 1 are for ever: purses and servers have signed them.
func TestCanonicalBytesStayAsTheyAre(t *testing.T) {
	t.Parallel()
	l, v, r := sampleLease(t), sampleVoucher(t), sampleReceipt(t)
	for name, doc := range map[string]encoding.BinaryMarshaler{"lease": &l, "voucher": &v, "receipt": &r} {
		got, err := doc.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join("testdata", name+".v1")
		if *update {
			if err := os.WriteFile(path, got, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("a %s is encoded as\n%q, it was\n%q", name, got, want)
		}
	}
}

func TestDocumentsSurviveWireAndDisk(t *testing.T) {
	t.Parallel()
	l, v, r := sampleLease(t), sampleVoucher(t), sampleReceipt(t)
	survives(t, &l, &account.Lease{})
	survives(t, &v, &account.Voucher{})
	survives(t, &r, &account.Receipt{})
}

type document interface {
	encoding.BinaryMarshaler
	encoding.BinaryUnmarshaler
}

func survives[D interface {
	document
	*T
}, T comparable](t *testing.T, doc, empty D) {
	t.Helper()
	wire, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(wire, empty); err != nil || *empty != *doc {
		t.Errorf("over the wire %+v became %+v (%v)", *doc, *empty, err)
	}
	var zero T
	*empty = zero
	disk, err := doc.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	if err := empty.UnmarshalBinary(disk); err != nil || *empty != *doc {
		t.Errorf("on disk %+v became %+v (%v)", *doc, *empty, err)
	}
	for cut := range disk {
		if empty.UnmarshalBinary(disk[:cut]) == nil {
			t.Errorf("%d of %d bytes were read as a whole document", cut, len(disk))
		}
	}
	if empty.UnmarshalBinary(append(disk, 0)) == nil {
		t.Error("a document with a byte too many was read")
	}
}

func TestNoFieldOfASignedDocumentCanChange(t *testing.T) {
	t.Parallel()
	l, v, r := sampleLease(t), sampleVoucher(t), sampleReceipt(t)
	server, device := account.ServerKeyOf(serverKey), account.DeviceKeyOf(deviceKey)
	if err := errors.Join(l.Verify(server), v.Verify(device), r.Verify(server)); err != nil {
		t.Fatal(err)
	}
	refused(t, &l, func(d *account.Lease) error { return d.Verify(server) })
	refused(t, &v, func(d *account.Voucher) error { return d.Verify(device) })
	refused(t, &r, func(d *account.Receipt) error { return d.Verify(server) })
	if err := l.Verify(account.ServerKeyOf(deviceKey)); !errors.Is(err, account.ErrSignature) {
		t.Errorf("a lease of another server: %v", err)
	}
}

// refused flips each bit of a document in turn.
func refused[D interface {
	document
	*T
}, T any](t *testing.T, doc D, verify func(D) error) {
	t.Helper()
	b, err := doc.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	for i := range b {
		for bit := range 8 {
			changed := bytes.Clone(b)
			changed[i] ^= 1 << bit
			got := D(new(T))
			if got.UnmarshalBinary(changed) == nil && verify(got) == nil {
				t.Fatalf("bit %d of byte %d can be changed", bit, i)
			}
		}
	}
}

func TestNonsenseIsNotSigned(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*account.Voucher){
		"amount below 0":          func(v *account.Voucher) { v.Amount = -1 },
		"amount above 1":          func(v *account.Voucher) { v.Amount = 2 },
		"repeat that costs":       func(v *account.Voucher) { v.Repeats = v.Charge },
		"number of another hold":  func(v *account.Voucher) { v.Charge = account.NumberOf(v.Lease, 2) },
		"number 0":                func(v *account.Voucher) { v.Seq = 0 },
		"beyond the last voucher": func(v *account.Voucher) { v.Seq = account.MaxVouchers + 1 },
		"unknown kind":            func(v *account.Voucher) { v.Kind = 4 },
		"no charge":               func(v *account.Voucher) { v.Kind, v.Charge = account.Post, "" },
		"plugin name too long":    func(v *account.Voucher) { v.Plugin = string(make([]byte, 256)) },
		"plugin name not UTF-8":   func(v *account.Voucher) { v.Plugin = "\xff" },
		"no lease":                func(v *account.Voucher) { v.Lease = account.LeaseID{} },
	} {
		v := sampleVoucher(t)
		change(&v)
		if v.Sign(deviceKey) == nil {
			t.Errorf("%s: a voucher was signed", name)
		}
	}
	for name, change := range map[string]func(*account.Lease){
		"unlimited with a number": func(l *account.Lease) { l.Unlimited = true },
		"credits below 0":         func(l *account.Lease) { l.N = -1 },
		"over before it began":    func(l *account.Lease) { l.SpendUntil = l.IssuedAt - 1 },
		"settled before its end":  func(l *account.Lease) { l.SettleUntil = l.SpendUntil - 1 },
		"no device":               func(l *account.Lease) { l.DeviceKey = account.DeviceKey{} },
		"no nonce":                func(l *account.Lease) { l.Nonce = account.Nonce{} },
	} {
		l := sampleLease(t)
		change(&l)
		if l.Sign(serverKey) == nil {
			t.Errorf("%s: a lease was signed", name)
		}
	}
}

func TestChainTakesOnlyTheNextVoucher(t *testing.T) {
	t.Parallel()
	l, first := sampleLease(t), sampleVoucher(t)
	c := account.ChainOf(&l)
	next, err := c.Next(&first)
	if err != nil || next.Seq != 1 || next.Hash != first.Hash() {
		t.Fatalf("%+v, %v", next, err)
	}
	other := first
	other.Lease = account.LeaseID{1}
	gap := first
	gap.Seq = 3
	for name, v := range map[string]*account.Voucher{"the same again": &first, "of another lease": &other, "with a gap": &gap} {
		if _, err := next.Next(v); !errors.Is(err, account.ErrChain) {
			t.Errorf("%s: %v", name, err)
		}
	}
	fork := first
	fork.PrevHash = account.Hash{1}
	if _, err := c.Next(&fork); !errors.Is(err, account.ErrChain) {
		t.Errorf("behind another voucher: %v", err)
	}
}

func TestEnrolmentProvesTheKey(t *testing.T) {
	t.Parallel()
	r := account.EnrolRequest{Name: "workshop"}
	if err := r.Sign(deviceKey); err != nil {
		t.Fatal(err)
	}
	if err := r.Verify(); err != nil {
		t.Fatal(err)
	}
	r.Name = "another"
	if err := r.Verify(); !errors.Is(err, account.ErrSignature) {
		t.Fatalf("%v", err)
	}
}

func FuzzLease(f *testing.F) {
	l := sampleLease(f)
	fuzz(f, &l)
}

func FuzzVoucher(f *testing.F) {
	v := sampleVoucher(f)
	fuzz(f, &v)
}

func FuzzReceipt(f *testing.F) {
	r := sampleReceipt(f)
	fuzz(f, &r)
}

// fuzz holds that whatever is read is written again as the same bytes: there
// is one encoding of each document.
func fuzz[D interface {
	document
	*T
}, T any](f *testing.F, sample D) {
	b, err := sample.MarshalBinary()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Add(b[:len(b)/2])
	f.Fuzz(func(t *testing.T, b []byte) {
		doc := D(new(T))
		if doc.UnmarshalBinary(b) != nil {
			return
		}
		again, err := doc.MarshalBinary()
		if err != nil || !bytes.Equal(again, b) {
			t.Fatalf("%q was read, %q is written (%v)", b, again, err)
		}
	})
}

func FuzzChargeID(f *testing.F) {
	f.Add("MW-7K3F-21")
	f.Add(string(account.NumberOf(account.LeaseID{1, 2, 3}, 77)))
	f.Fuzz(func(t *testing.T, s string) {
		id, err := account.ParseChargeID(s)
		if err != nil {
			return
		}
		if again, err := account.ParseChargeID(string(id)); err != nil || again != id {
			t.Fatalf("%q is read as %s, that as %s (%v)", s, id, again, err)
		}
	})
}
