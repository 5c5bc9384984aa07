package accountserver

import (
	"context"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// Store keeps everything that the server knows. What it promises is tested by
// one set of tests that runs over every store.
type Store interface {
	// Update runs fn in one transaction: all of it is durable when Update
	// returns nil, and nothing of it is kept when fn or Update fails. Of two
	// updates that read an account or its credential first, one sees the end of
	// the other. Where two get in each other's way, fn is run again, so it sets
	// anew whatever it hands out.
	Update(ctx context.Context, fn func(Tx) error) error
	// Close ends the use of the store.
	Close() error
}

// Tx is one transaction of a store. A lookup that finds nothing is false, not
// an error. It is used by one goroutine and only until fn of Update returns.
type Tx interface {
	ledgerTx
	leaseTx
	chargeTx
	credentialTx

	// Mark tells how far the database has come; false when it is new, or known
	// to be put back from a backup.
	Mark() (Mark, bool, error)
	// LockMark is Mark, locked against other updates.
	LockMark() (Mark, bool, error)
	// SetMark replaces the mark.
	SetMark(Mark) error
	// Changed tells whether this transaction wrote anything.
	Changed() bool

	// Account returns an account, locked against other updates.
	Account(account.AccountID) (Account, bool, error)
	// PutAccount adds an account or replaces the one of its id.
	PutAccount(Account) error

	// Device returns the device of a key.
	Device(account.DeviceKey) (Device, bool, error)
	// Devices lists an account's devices, the first enrolled first.
	Devices(account.AccountID) ([]Device, error)
	// PutDevice adds a device or replaces the one of its key.
	PutDevice(Device) error
}

type ledgerTx interface {
	// AddAllowance notes that an allowance was granted. It is false, and
	// nothing is noted, where that plan and period had theirs.
	AddAllowance(Allowance) (bool, error)
	// Append writes a balanced transaction into the ledger.
	Append(Transaction) error
	// Books sums up an account.
	Books(account.AccountID) (Books, error)
	// Escrow is what the ledger says a lease has left, held credits included.
	Escrow(account.AccountID, account.LeaseID) (int64, error)
}

type leaseTx interface {
	// Lease returns a lease by its id.
	Lease(account.LeaseID) (Lease, bool, error)
	// LeaseOfNonce returns the lease that answered a device's nonce.
	LeaseOfNonce(account.DeviceKey, account.Nonce) (Lease, bool, error)
	// LastLease returns the lease that a device was given last.
	LastLease(account.DeviceKey) (Lease, bool, error)
	// Leases lists an account's leases that are not expired, the oldest first.
	Leases(account.AccountID) ([]Lease, error)
	// LatestRevision is the highest plan revision of an account's leases.
	LatestRevision(account.AccountID) (int64, error)
	// TagTaken tells whether a lease of the account begins its charge numbers
	// so.
	TagTaken(account.AccountID, string) (bool, error)
	// AddLease adds a lease; SetLease replaces its state.
	AddLease(Lease) error
	// SetLease replaces the state of a lease, not the document.
	SetLease(Lease) error

	// Voucher returns an accepted voucher of a lease by number and hash.
	Voucher(account.LeaseID, int64, account.Hash) (account.Voucher, bool, error)
	// NumberTaken tells whether a lease has any voucher of this number.
	NumberTaken(account.LeaseID, int64) (bool, error)
	// AddVoucher keeps an accepted voucher for ever.
	AddVoucher(account.Voucher, account.Hash, time.Time) error
}

type chargeTx interface {
	// Charge returns the charge that a hold of a lease opened.
	Charge(account.LeaseID, account.Hash) (Charge, bool, error)
	// ChargesOfID lists the charges of a number: one, or more after a fork.
	ChargesOfID(account.AccountID, account.ChargeID) ([]Charge, error)
	// PutCharge adds or replaces a charge and makes it the newest.
	PutCharge(Charge) error
	// Held is the credits and the number of the charges held on a lease.
	Held(account.LeaseID) (credits int64, charges int64, err error)
	// Charges lists an account's charges, the newest first, from before the
	// turn; a turn of 0 begins.
	Charges(id account.AccountID, before int64, limit int) ([]Charge, error)
}

type credentialTx interface {
	// AddCredential adds the credential of an account that has none. It is
	// false, and nothing is added, where the email has an account.
	AddCredential(Credential) (bool, error)
	// SetCredential replaces the password and the confirmation of an account.
	SetCredential(Credential) error
	// Credential returns the credential of an account, locked against other
	// updates.
	Credential(account.AccountID) (Credential, bool, error)
	// CredentialOfEmail finds an account by its email in the normal form.
	CredentialOfEmail(string) (Credential, bool, error)
	// Credentials lists by email at most limit of those after an email; an
	// empty one begins.
	Credentials(after string, limit int) ([]Credential, error)

	// AddSession adds a session that is opened by the token of this hash.
	AddSession(SessionRecord, account.Hash) error
	// SessionOfToken finds a session by the hash of its token.
	SessionOfToken(account.Hash) (SessionRecord, bool, error)
	// SessionsOf lists an account's sessions, the newest first.
	SessionsOf(account.AccountID) ([]SessionRecord, error)
	// UseSession replaces when a session was used and when it expires.
	UseSession(SessionRecord) error
	// EndSession removes a session of an account; false where it has none such.
	EndSession(account.AccountID, SessionID) (bool, error)
	// EndSessions removes the sessions of an account that expire before a
	// moment.
	EndSessions(account.AccountID, time.Time) error
}

// Account is a person or a firm with a plan.
type Account struct {
	ID account.AccountID
	// Plan is a plan's id; PlanRevision counts its changes.
	Plan         string
	PlanRevision int64
	OpenedAt     time.Time
	// ForgivenAt is when the loss of ForgivenDevice was forgiven, or zero.
	ForgivenAt     account.Instant
	ForgivenDevice account.DeviceKey
}

// Allowance is what a plan granted in a period.
type Allowance struct {
	Account   account.AccountID
	Plan      Plan
	Period    string
	GrantedAt time.Time
}

// Device is a computer of an account.
type Device struct {
	Key        account.DeviceKey
	Account    account.AccountID
	Name       string
	EnrolledAt time.Time
	// FrozenAt is when it was caught spending twice, or zero.
	FrozenAt account.Instant
}

// LeaseState is what may still happen to a lease.
type LeaseState string

// The states of a lease.
const (
	// LeaseOpen may be spent from.
	LeaseOpen LeaseState = "open"
	// LeaseReturned was given back: what is held on it may be settled.
	LeaseReturned LeaseState = "returned"
	// LeaseFrozen had a fork: its vouchers are taken, its credits stay.
	LeaseFrozen LeaseState = "frozen"
	// LeaseExpired is past SettleUntil: vouchers are taken at amount 0.
	LeaseExpired LeaseState = "expired"
)

// Lease is a lease with what the server knows about its vouchers.
type Lease struct {
	account.Lease
	State LeaseState
	// ReturnedSeq is the last voucher known when it was given back.
	ReturnedSeq int64
	// Acked is the end of its chain.
	Acked account.Chain
}

// ChargeState is what became of a charge.
type ChargeState string

// The states of a charge.
const (
	ChargeHeld     ChargeState = "held"
	ChargePosted   ChargeState = "posted"
	ChargeVoided   ChargeState = "voided"
	ChargeRefunded ChargeState = "refunded"
)

// Charge is what the vouchers made of a charge.
type Charge struct {
	Lease account.LeaseID
	// Hold is the hash of the voucher that opened it.
	Hold    account.Hash
	Account account.AccountID
	ID      account.ChargeID
	Recipe  account.Recipe
	Repeats account.ChargeID
	Plugin  string
	// Credits is what it holds or cost.
	Credits int64
	State   ChargeState
	// Turn orders the charges of an account by their last change; PutCharge
	// sets it.
	Turn int64
	// At is when the last voucher arrived.
	At time.Time
	// Device made it; Charges fills it in.
	Device account.DeviceKey
}
