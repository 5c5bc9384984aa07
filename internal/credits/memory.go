package credits

import (
	"context"
	"slices"
	"sync"
)

// Memory is a Log for tests and simulators: it forgets everything when the
// program ends. The zero value is an empty one.
type Memory struct {
	mu sync.Mutex
	s  Snapshot
}

// Load implements Log.
func (l *Memory) Load(_ context.Context, after int64) (Snapshot, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.s
	s.Entries = slices.Clone(s.Entries[min(after, int64(len(s.Entries))):])
	return s, nil
}

// Commit implements Log.
func (l *Memory) Commit(_ context.Context, revision int64, c Change) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if revision != l.s.Revision {
		return ErrConflict
	}
	for _, e := range c.Entries {
		e.Pos = int64(len(l.s.Entries)) + 1
		l.s.Entries = append(l.s.Entries, e)
	}
	l.s.State = slices.Clone(c.State)
	l.s.Revision++
	return nil
}

// Close implements Log.
func (l *Memory) Close() error { return nil }

// Clone is a copy that goes its own way: a backup, or a cloned computer.
func (l *Memory) Clone() *Memory {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.s
	s.Entries = slices.Clone(s.Entries)
	return &Memory{s: s}
}
