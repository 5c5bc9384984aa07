package credits

import (
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// ChargeID is the number of a charge, as a person reads it out: MW-7K3F-21.
type ChargeID = account.ChargeID

// Recipe is the SHA-256 of everything that a maker pays for in one layer in
// one format. The caller makes it; equal recipes are the same work.
type Recipe = account.Recipe

// Item is one layer in one format: what a charge pays for.
type Item struct {
	Recipe Recipe
	Format string // svg
	Plugin string // id@version: svg@1.0.0
	Label  string // what the maker calls it; stays on this computer
}

// Quote is what a run would cost now.
type Quote struct {
	Items []QuotedItem
	// Total is what has to be held: the sum of the prices.
	Total int
	// Spendable is what can be held now, here: see [Balance.Spendable].
	Spendable int
	// Missing is Total less Spendable, never below 0, and 0 where Unlimited.
	Missing   int
	Unlimited bool
}

// QuotedItem is an item with its price.
type QuotedItem struct {
	Item
	Price int // 0 or 1
	// Repeats is the paid charge that makes this one free, or empty, and
	// PaidAt the time of it.
	Repeats ChargeID
	PaidAt  time.Time
}

// State is how far a charge is.
type State string

// The states of a charge. Held becomes posted or voided and nothing else.
const (
	Held   State = "held"
	Posted State = "posted"
	Voided State = "voided"
)

// Charge is what one layer in one format costs, and how far that is.
type Charge struct {
	ID     ChargeID
	Run    string
	Recipe Recipe
	Format string
	Plugin string
	Label  string
	// Amount is 0 or 1. It is counted on an unlimited plan too, though nothing
	// is counted down.
	Amount int
	// Free tells that the same work was paid for before, as charge Repeats.
	Free    bool
	Repeats ChargeID
	State   State
	// At is when it was held, EndedAt when it was posted or voided (zero while
	// held), by the clock of this computer as the server corrected it.
	At, EndedAt time.Time
	// Unlimited tells that the lease it is on is not counted down.
	Unlimited bool
	// Waiting tells that the server does not know all of it yet: the next sync
	// tells it. What a device before this one left untold waits for nothing.
	Waiting bool

	lease account.LeaseID
	last  int64 // number of its last voucher
}

// Balance is what the purse knows.
type Balance struct {
	Account  account.AccountID // empty before the first contact with the server
	Plan     string            // id
	PlanName string
	// Unlimited plans have 0 in all numbers of credits but Pending.
	Unlimited bool
	// Allowance is what the plan grants a period, 0 where Unlimited.
	Allowance int
	// Balance is the account's total: what is available to all devices and
	// what they hold, less what is held and spent here.
	Balance int
	// Spendable is what can be spent here and now: OnDevice, and where the
	// server answered last time, what is available there too.
	Spendable int
	// OnDevice is what can be spent here without asking.
	OnDevice int
	// Available is what was at the server for any device, as of AsOf.
	Available int
	// Held is set aside for runs that have not ended.
	Held int
	// Pending is what was spent here and the server does not know yet;
	// Unsynced is the number of all vouchers that it does not know.
	Pending, Unsynced int
	// Reserve is what a sync leaves on this device, where the account has it.
	Reserve int
	// Ready tells that a lease is there to hold on, were it for free repeats.
	Ready bool
	// SpendUntil is when the last of the credits on this device have to be
	// renewed; zero where there is no lease.
	SpendUntil time.Time
	// PeriodEnd is when the next allowance comes; zero where none does.
	PeriodEnd time.Time
	// AsOf is the server's time of the last contact; zero before the first.
	AsOf time.Time
	// Elsewhere is what the account's other devices hold.
	Elsewhere []account.Escrow
	// Frozen says why this purse may not spend any more, or is empty.
	Frozen string
}

// SyncResult is what a sync did.
type SyncResult struct {
	Sent      int // vouchers that the server did not have
	Leases    int // new leases that came to this device
	Granted   int // credits on them
	GivenBack int // credits that went back to the account
}
