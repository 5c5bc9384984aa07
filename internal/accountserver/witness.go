package accountserver

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/durable"
)

// A Mark tells how far a database has come: its epoch, and in it a count that
// its witness keeps.
type Mark struct {
	Epoch account.Epoch
	// Changes is the number of transactions that changed the database or,
	// with Restores, how often it was put back.
	Changes int64
}

// A Witness knows from outside of the database which mark is the newest, so
// that a database restored from a backup is noticed: devices then hand in what
// the backup does not have.
type Witness interface {
	// Trusts tells whether a mark of the database is the newest.
	Trusts(Mark) (bool, error)
	// Advance returns the mark of a database that is changed, and remembers it,
	// durably, before it returns. It may be the same one.
	Advance(Mark) (Mark, error)
}

// fileWitness counts every change, and keeps the newest mark in a small text
// file: "EPOCH CHANGES". It is written only while the database is locked for
// writing, so that two processes do not meet in it. A crash between the two
// looks like a restore; a new epoch then costs one more sync and no credit.
type fileWitness struct{ path string }

func (w fileWitness) Trusts(m Mark) (bool, error) {
	text, err := os.ReadFile(w.path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("the epoch of the account server can't be read: %w", err)
	}
	last, some := parseMark(string(text))
	return some && last == m, nil
}

// parseMark is false for what can't be read. That counts as lost: a new epoch
// begins.
func parseMark(text string) (Mark, bool) {
	var m Mark
	if _, err := fmt.Sscan(text, &m.Epoch, &m.Changes); err != nil {
		return Mark{}, false
	}
	return m, true
}

func (w fileWitness) Advance(m Mark) (Mark, error) {
	m.Changes++
	if err := durable.WriteFile(w.path, fmt.Appendf(nil, "%s %d\n", m.Epoch, m.Changes), 0o600); err != nil {
		return m, fmt.Errorf("the epoch of the account server can't be kept: %w", err)
	}
	return m, nil
}

// Restores is the witness of a PostgreSQL database, which many processes use at
// once. They have no file together, and a count of every change would let one
// account wait for another. PostgreSQL itself knows when it was read in from a
// dump, recovered from an archive or taken over by a standby, and the mark with
// it. Only of a copy of its disks put in place it knows nothing. So Restores is
// how often somebody did that: a number that is given to every process at
// start, and raised after each such restore, before the first one starts.
type Restores int64

// Trusts refuses to work with processes that were given a larger number: to
// them the database is another one.
func (r Restores) Trusts(m Mark) (bool, error) {
	if m.Changes > int64(r) {
		return false, fmt.Errorf("this account server was told that its database was put back %d times, another one that it was %d times: start all of them with the larger number", r, m.Changes)
	}
	return m.Changes == int64(r), nil
}

// Advance writes nothing: what is outside of the database does not change with
// it.
func (r Restores) Advance(m Mark) (Mark, error) {
	m.Changes = int64(r)
	return m, nil
}
