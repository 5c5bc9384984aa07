package credits

import (
	"context"
	"errors"

	"github.com/mapwright/mapwright/internal/account"
)

// ErrConflict is what Commit returns when the log is no longer at the revision
// that the change was made for. Nothing was written; read again and decide
// again.
var ErrConflict = errors.New("another process wrote to the purse meanwhile")

// Log is where a purse is kept. Several managers, in several processes, may
// use one at a time.
type Log interface {
	// Load reads, as of one moment, the state and the entries after a
	// position, in order.
	Load(ctx context.Context, after int64) (Snapshot, error)
	// Commit appends the entries and replaces the state, all or nothing. When
	// it returns nil, they survive a power failure. It returns ErrConflict
	// where the log's revision is another one. Any other error leaves open
	// whether the change was made; the next Load shows it.
	Commit(ctx context.Context, revision int64, c Change) error
	// Close lets go of the log.
	Close() error
}

// Snapshot is what a Log holds at one moment.
type Snapshot struct {
	// Revision counts the commits.
	Revision int64
	// State is what the last Commit wrote, empty before the first.
	State []byte
	// Entries after the position asked for; the first of all has Pos 1.
	Entries []Entry
}

// Change is what one Commit writes.
type Change struct {
	Entries []Entry // Pos is given by the log
	State   []byte
}

// EntryKind tells what the body of an entry is.
type EntryKind byte

// The kinds of entry. Their numbers are on disk.
const (
	EntryLease   EntryKind = 1
	EntryVoucher EntryKind = 2
)

// Entry is one thing that happened to the purse and is never unwritten.
type Entry struct {
	Pos  int64
	Kind EntryKind
	// At is this computer's opinion of the time.
	At account.Instant
	// Body is the binary form of an account.Lease or account.Voucher.
	Body []byte
	// Note stays on this computer.
	Note Note
}

// Note says in the maker's words what a HOLD is for. It is never sent.
type Note struct {
	Run    string
	Format string
	Label  string
}
