package accountserver

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/durable"
)

// A Mark tells how far a database has come: its epoch, and in it the number of
// transactions that changed it.
type Mark struct {
	Epoch   account.Epoch
	Changes int64
}

// A Witness keeps the newest mark outside of the database, so that a database
// restored from a backup is noticed: its mark is not the newest. A crash between
// the two looks the same; a new epoch then costs one more sync and no credit.
type Witness interface {
	// Last returns the newest mark. It is false when there is none yet.
	Last() (Mark, bool, error)
	// Keep replaces the newest mark, durably, before it returns.
	Keep(Mark) error
}

// fileWitness keeps the mark in a small text file: "EPOCH CHANGES". It is
// written only while the database is locked for writing, so that two processes
// do not meet in it.
type fileWitness struct{ path string }

func (w fileWitness) Last() (Mark, bool, error) {
	text, err := os.ReadFile(w.path)
	if errors.Is(err, fs.ErrNotExist) {
		return Mark{}, false, nil
	}
	if err != nil {
		return Mark{}, false, fmt.Errorf("the epoch of the account server can't be read: %w", err)
	}
	m, some := parseMark(string(text))
	return m, some, nil
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

func (w fileWitness) Keep(m Mark) error {
	if err := durable.WriteFile(w.path, fmt.Appendf(nil, "%s %d\n", m.Epoch, m.Changes), 0o600); err != nil {
		return fmt.Errorf("the epoch of the account server can't be kept: %w", err)
	}
	return nil
}
