package mapfile

import (
	"os"
	"path/filepath"
	"time"
)

// Option changes how a map file is opened.
type Option func(*settings)

type settings struct {
	program   string
	now       func() time.Time
	idle      time.Duration
	noWAL     bool
	busyAfter time.Duration
}

func newSettings(options []Option) settings {
	s := settings{
		program: filepath.Base(os.Args[0]), now: time.Now,
		idle: 2 * time.Second, busyAfter: 5 * time.Second,
	}
	for _, o := range options {
		o(&s)
	}
	return s
}

// WithProgram names the program that another writer is told to close; by
// default the name of this one's executable.
func WithProgram(name string) Option { return func(s *settings) { s.program = name } }

// WithClock sets the clock for "since when" and the times of changes.
func WithClock(now func() time.Time) Option { return func(s *settings) { s.now = now } }

// WithoutWAL uses a rollback journal, as is done by itself on network drives
// and in synced folders: see walWorks.
func WithoutWAL() Option { return func(s *settings) { s.noWAL = true } }

// holder is who takes a lock with these settings.
func (s settings) holder() Holder {
	host, err := os.Hostname()
	if err != nil {
		host = "this computer"
	}
	return Holder{PID: os.Getpid(), Host: host, Program: s.program, Since: s.now().Truncate(time.Second)}
}
