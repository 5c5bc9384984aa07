package credits

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// Config is what a Manager works with. Log, Clock and Rand are required.
type Config struct {
	Log Log
	// Service is the account server; nil is one that can not be reached.
	Service account.Service
	// Clock is the time of this computer. Where its times have a monotonic
	// reading, as those of time.Now, setting the clock changes nothing until
	// the program ends.
	Clock func() time.Time
	// Rand is where keys and nonces come from: crypto/rand.Reader.
	Rand io.Reader
	// Key is the device's. Nil: the purse draws one and keeps it in its state,
	// which belongs where everything is in one data directory.
	Key ed25519.PrivateKey
	// Name is how the account's owner tells this computer from others.
	Name string
	// Online tells that the server answered another manager of this purse last
	// time: what is available there counts as spendable, until it is silent.
	Online bool
	// Heads keeps the journal's head outside the purse, so that a purse that
	// was set back is noticed at once. Nil: the server notices at the next sync.
	Heads HeadKeeper
}

// HeadKeeper remembers the head of the journal in another place than the Log:
// the keyring of the operating system.
type HeadKeeper interface {
	// Load returns the kept head, the zero Head where there is none.
	Load(ctx context.Context) (Head, error)
	// Keep replaces it.
	Keep(ctx context.Context, h Head) error
}

// Manager is the purse of this computer. Its methods may be called from
// several goroutines, and several managers may share one Log.
//
// A method that writes returns after what it wrote is durable. Where it
// returns an error of the Log (a full disk), Charge and Pending tell what was
// written after all.
type Manager struct {
	config Config
	keys   keys

	mu       sync.Mutex
	purse    *purse
	revision int64
	stored   []byte // the state as the log has it
	kept     Head   // what Heads knew when this manager opened
	anchor   anchor
	online   bool // the server answered last time
}

// anchor is the last receipt of this process: from it time is measured
// without looking at the wall clock.
type anchor struct {
	server account.Instant
	wall   time.Time
}

// Open reads the purse. It does not ask the server for anything.
func Open(ctx context.Context, config Config) (*Manager, error) {
	if config.Log == nil || config.Clock == nil || config.Rand == nil {
		return nil, errors.New("open the purse: log, clock and randomness are required")
	}
	m := &Manager{config: config, keys: keys{given: config.Key}, purse: newPurse(), online: config.Online}
	if config.Heads != nil {
		var err error
		if m.kept, err = config.Heads.Load(ctx); err != nil {
			return nil, fmt.Errorf("read the head of the journal: %w", err)
		}
	}
	err := m.update(ctx, func(d *draft) error {
		if m.keys.given == nil && len(d.state.Seeds) == 0 {
			if err := d.state.drawKey(config.Rand); err != nil {
				return err
			}
		}
		if d.purse.head.Pos < m.kept.Pos {
			d.freeze("the journal on this computer was set back")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}

// draft is a change in the making: the purse as it is, with what was added.
type draft struct {
	*Manager
	state   *state
	now     account.Instant
	entries []Entry
}

// update lets decide change the purse and makes that durable. Where another
// process was faster, decide is asked again about the purse as it is then.
func (m *Manager) update(ctx context.Context, decide func(*draft) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		d, err := m.draft(ctx)
		if err != nil {
			return err
		}
		if err := decide(d); err != nil {
			m.forget(d)
			return err
		}
		err = m.commit(ctx, d)
		if errors.Is(err, ErrConflict) {
			continue
		}
		return err
	}
}

// view lets read look at the purse as it is now.
func (m *Manager) view(ctx context.Context, read func(*draft) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	d, err := m.draft(ctx)
	if err != nil {
		return err
	}
	return read(d)
}

// draft reads what was written since the last time.
func (m *Manager) draft(ctx context.Context) (*draft, error) {
	s, err := m.config.Log.Load(ctx, m.purse.head.Pos)
	if err != nil {
		return nil, err
	}
	rolledBack := false
	for i := range s.Entries {
		if err := m.purse.apply(&s.Entries[i]); err != nil {
			m.purse = newPurse()
			return nil, err
		}
		rolledBack = rolledBack || m.purse.head.Pos == m.kept.Pos && m.purse.head != m.kept
	}
	m.revision, m.stored = s.Revision, s.State
	st, err := decodeState(s.State)
	if err != nil {
		return nil, err
	}
	d := &draft{Manager: m, state: st, now: st.Clock.now(m.config.Clock(), m.elapsed)}
	if rolledBack {
		d.freeze("the journal on this computer was replaced by another one")
	}
	return d, nil
}

// elapsed is the monotonic time since a receipt, where this process saw it.
func (m *Manager) elapsed(since clock) (time.Duration, bool) {
	if m.anchor.server == 0 || m.anchor.server != since.Server {
		return 0, false
	}
	return m.config.Clock().Sub(m.anchor.wall), true
}

// commit writes the draft, if it changed anything.
func (m *Manager) commit(ctx context.Context, d *draft) error {
	unmarked, err := d.state.encode()
	if err != nil {
		m.forget(d)
		return err
	}
	if len(d.entries) == 0 && bytes.Equal(unmarked, m.stored) {
		return nil
	}
	d.state.Clock.Mark = max(d.state.Clock.Mark, d.now)
	d.state.forgetReceipts(m.purse, d.now)
	b, err := d.state.encode()
	if err != nil {
		m.forget(d)
		return err
	}
	if err := m.config.Log.Commit(ctx, m.revision, Change{Entries: d.entries, State: b}); err != nil {
		m.forget(d)
		return err
	}
	m.revision++
	m.stored = b
	if m.config.Heads != nil && len(d.entries) > 0 {
		if err := m.config.Heads.Keep(ctx, m.purse.head); err != nil {
			return fmt.Errorf("keep the head of the journal: %w", err)
		}
	}
	return nil
}

// forget takes back what a draft did in memory: the journal is read anew.
func (m *Manager) forget(d *draft) {
	if len(d.entries) > 0 {
		m.purse = newPurse()
	}
}

func (d *draft) freeze(why string) {
	if d.state.Frozen == "" {
		d.state.Frozen = why
	}
}

// add puts an entry behind the journal and applies its rules.
func (d *draft) add(kind EntryKind, body []byte, n Note) error {
	e := Entry{Pos: d.purse.head.Pos + 1, Kind: kind, At: d.now, Body: body, Note: n}
	d.entries = append(d.entries, e)
	return d.purse.apply(&e)
}

// voucher completes, signs and adds the next voucher of a lease.
func (d *draft) voucher(l *lease, v account.Voucher, n Note) error {
	v.Lease, v.Seq, v.PrevHash = l.ID, l.chain.Seq+1, l.chain.Hash
	if v.Kind == account.Hold {
		v.Charge = account.NumberOf(l.ID, v.Seq)
	}
	key, err := d.keys.of(d.state, l.DeviceKey)
	if err != nil {
		return err
	}
	if err := v.Sign(key); err != nil {
		return err
	}
	body, err := v.MarshalBinary()
	if err != nil {
		return err
	}
	return d.add(EntryVoucher, body, n)
}
