package account

import (
	"context"
	"crypto/ed25519"
	"fmt"
)

// Service is what an account server answers to one account: the one that the
// session, or the embedded server, is open for. The embedded server implements
// it in process, a client over HTTP. All methods can be repeated without harm.
//
// Every error is either an [*Error], the server's answer, or means that no
// answer arrived.
type Service interface {
	// Enrol makes a device known to the account. The same key again changes
	// its name only. Errors: CodeSignInNeeded, CodeFrozen (a key whose device
	// had a fork), CodeInvalid.
	Enrol(ctx context.Context, r EnrolRequest) (EnrolReply, error)
	// Sync takes vouchers and brings receipts and, if wanted, a lease. A
	// request is taken whole or, with an error, not at all; only the record of
	// a fork stays. Errors: CodeUnknownDevice, CodeUnknownLease, CodeEpoch,
	// CodeGap, CodeFork, CodeFrozen, CodeSignInNeeded, CodeInvalid.
	Sync(ctx context.Context, r SyncRequest) (SyncReply, error)
	// Status is the account as it stands. Errors: CodeSignInNeeded.
	Status(ctx context.Context) (Status, error)
	// Plans lists what there is to choose from, cheapest first. Errors:
	// CodeSignInNeeded.
	Plans(ctx context.Context) ([]Plan, error)
	// ChangePlan sets the plan by its id, ignoring case. Errors:
	// CodeUnknownPlan, CodeSignInNeeded.
	ChangePlan(ctx context.Context, plan string) (Status, error)
	// Usage lists the charges of all devices of the account, the newest first:
	// at most limit of those before the cursor; an empty cursor begins.
	// Errors: CodeSignInNeeded, CodeInvalid (a cursor that is none).
	Usage(ctx context.Context, before string, limit int) (UsagePage, error)
}

// MaxSyncVouchers is how many vouchers one SyncRequest may carry.
const MaxSyncVouchers = 1000

// EnrolRequest asks to add a device to the account.
type EnrolRequest struct {
	Device DeviceKey `json:"device"`
	// Name is how the person tells this computer from others, in at most 255
	// bytes.
	Name string `json:"name"`
	// Signature is the device's, over everything above: it has the private key.
	Signature Signature `json:"signature"`
}

// Bytes is what the signature is over.
func (r *EnrolRequest) Bytes() []byte {
	e := newEncoder(domainEnrol)
	e.fixed(r.Device[:])
	e.text(r.Name)
	return e.b
}

// Sign fills in the device and the signature.
func (r *EnrolRequest) Sign(device ed25519.PrivateKey) error {
	if err := checkText("the name of this computer", r.Name); err != nil {
		return err
	}
	r.Device = DeviceKeyOf(device)
	copy(r.Signature[:], ed25519.Sign(device, r.Bytes()))
	return nil
}

// Verify tells whether the device itself asks.
func (r *EnrolRequest) Verify() error {
	if err := checkText("the name of this computer", r.Name); err != nil {
		return err
	}
	if !ed25519.Verify(r.Device[:], r.Bytes(), r.Signature[:]) {
		return fmt.Errorf("enrol a device: %w", ErrSignature)
	}
	return nil
}

// EnrolReply is what a device has to keep.
type EnrolReply struct {
	Account AccountID `json:"account"`
	// Server is the key that all leases and receipts of this account are
	// signed with.
	Server ServerKey `json:"server"`
	Epoch  Epoch     `json:"epoch"`
}

// SyncRequest is everything that a device says to the server.
//
// The server takes it in this order: Presented, Vouchers, GiveBack, then the
// grant. It grants at most one lease, and none for a Nonce that has one
// already (which it returns again, whatever is wanted now). Of what the device
// has on open leases (those of the present plan revision and as unlimited as the
// plan is, before SpendUntil and not given back), counted after Vouchers:
//
//   - on a plan with a number: n = what Want is above the unspent credits, but
//     no more than the account has available and than MaxVouchers/2. A lease is
//     granted if n > 0 or if the free voucher places are fewer than Room.
//   - on an unlimited plan: an unlimited lease is granted if Want or Room is
//     above 0 and no open lease is unlimited, or the places on those are fewer
//     than Room.
type SyncRequest struct {
	Device DeviceKey `json:"device"`
	// Epoch is the last one that the device was told.
	Epoch Epoch `json:"epoch"`
	// Nonce of the lease that is asked for. A device keeps it, durably and
	// before it sends it, until it has stored a lease with it.
	Nonce Nonce `json:"nonce"`
	// Want is how many unspent credits the device wants to hold after this.
	Want int `json:"want"`
	// Room is how many free places for vouchers it wants to have after this,
	// also where no credits are left: a free repeat needs two.
	Room int `json:"room"`
	// GiveBack names leases on which the device, durably and before it sent
	// this, ended all new holds. What is unspent there returns to the account;
	// what is held is posted or voided later as usual. A hold that arrives for
	// such a lease later, at a number above those known at the time, is a fork.
	GiveBack []LeaseID `json:"give_back,omitempty"`
	// Presented is empty unless the epoch changed or a lease was unknown: then
	// all leases of the device that can still be settled. The server adopts
	// those it does not have.
	Presented []Presented `json:"presented,omitempty"`
	// Vouchers, those of one lease in the order of their numbers, at most
	// MaxSyncVouchers. Ones that the server has already change nothing.
	Vouchers []Voucher `json:"vouchers,omitempty"`
}

// Presented is a lease with its last receipt: the server's own word about
// what it once knew.
type Presented struct {
	Lease   Lease    `json:"lease"`
	Receipt *Receipt `json:"receipt,omitempty"`
}

// SyncReply is the server's answer.
type SyncReply struct {
	// Receipts, one for each open lease of the device, the new one among them,
	// and one for each other lease that the request names anywhere.
	Receipts []Receipt `json:"receipts"`
	// Lease is the one of the request's nonce, where there is one.
	Lease *Lease `json:"lease,omitempty"`
	// ServerTime is that of the receipts, which are signed; this one is there
	// for a device that has no lease yet.
	ServerTime Instant `json:"server_time"`
	Epoch      Epoch   `json:"epoch"`
	Status     Status  `json:"status"`
}

// Status is the account as the server sees it.
type Status struct {
	Account AccountID `json:"account"`
	// Email is empty for an embedded account.
	Email string `json:"email,omitempty"`
	// Plan is the id, PlanName what people read.
	Plan     string `json:"plan"`
	PlanName string `json:"plan_name"`
	// PlanRevision counts plan changes. Leases of an earlier one are not open.
	PlanRevision int64 `json:"plan_revision"`
	Unlimited    bool  `json:"unlimited"`
	// Allowance is what the plan grants a period, 0 where Unlimited.
	Allowance int `json:"allowance"`
	// Available is what no lease has: credits that any device may still lease.
	Available int `json:"available"`
	// Escrow is what devices hold unspent on leases of the present plan
	// revision, as far as the server knows. Available and all Escrow together
	// are the balance.
	Escrow []Escrow `json:"escrow,omitempty"`
	// PeriodEnd is when the next allowance comes, 0 where none does.
	PeriodEnd Instant `json:"period_end"`
}

// Escrow is what one device holds.
type Escrow struct {
	Device  DeviceKey `json:"device"`
	Name    string    `json:"name"`
	Credits int       `json:"credits"`
}

// Balance is what the account has in all: available and in escrow.
func (s *Status) Balance() int {
	sum := s.Available
	for _, e := range s.Escrow {
		sum += e.Credits
	}
	return sum
}

// Plan is one that an account can be on.
type Plan struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Unlimited bool   `json:"unlimited"`
	// Allowance is the credits of a period, 0 where Unlimited.
	Allowance int `json:"allowance"`
	// Once is a plan whose allowance comes a single time, not every month.
	Once bool `json:"once"`
}

// UsagePage is a part of the list of charges.
type UsagePage struct {
	Entries []UsageEntry `json:"entries"`
	// Next is the cursor of the following page, empty at the end.
	Next string `json:"next,omitempty"`
}

// UsageEntry is one charge as the server knows it.
type UsageEntry struct {
	Charge     ChargeID  `json:"charge"`
	Device     DeviceKey `json:"device"`
	DeviceName string    `json:"device_name"`
	// State is what the last voucher of the charge said.
	State Kind `json:"state"`
	// Refunded charges were posted; their credits went back to the account.
	Refunded bool `json:"refunded,omitempty"`

	Amount  int      `json:"amount"`
	Plugin  string   `json:"plugin"`
	Recipe  Recipe   `json:"recipe"`
	Repeats ChargeID `json:"repeats,omitempty"`
	// At is when that voucher arrived at the server.
	At Instant `json:"at"`
}
