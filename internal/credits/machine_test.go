package credits_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/account/accounttest"
	"github.com/mapwright/mapwright/internal/credits"
	"pgregory.net/rapid"
)

// errPower is a commit that a power failure cut off.
var errPower = errors.New("power failed")

// shaky is a Log whose commits fail before or after they are made, or let
// another process go first.
type shaky struct {
	credits.Log
	next func() int
	// meanwhile is what another process does.
	meanwhile func()
}

func (l *shaky) Commit(ctx context.Context, revision int64, c credits.Change) error {
	switch l.next() {
	case 1:
		return errPower
	case 2:
		if err := l.Log.Commit(ctx, revision, c); err != nil {
			return err
		}
		return errPower
	case 3:
		l.meanwhile()
	}
	return l.Log.Commit(ctx, revision, c)
}

// machine is an account whose devices and server do everything that can
// happen, in any order.
type machine struct {
	t       *rapid.T
	time    time.Time
	server  *accounttest.Server
	backup  any
	purses  []*purse
	calm    bool // nothing fails any more
	nested  bool // a program acts in the middle of a commit of the other
	elapsed time.Duration
	runs    int
	rand    *rand.Rand
}

// purse is one device, with two programs that use it.
type purse struct {
	log      *credits.Memory
	random   *rand.ChaCha8
	programs [2]*credits.Manager
	skew     time.Duration
}

func newMachine(t *rapid.T) *machine {
	m := &machine{
		t: t, time: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
		rand: rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)),
	}
	plan := rapid.SampledFrom([]string{"trial", "hobby", "creator"}).Draw(t, "plan")
	m.server = accounttest.NewServer(func() time.Time { return m.time }, plan, 7)
	m.backup = m.server.Backup()
	for i := range 2 {
		p := &purse{log: &credits.Memory{}, random: rand.NewChaCha8([32]byte{byte(i)})}
		m.purses = append(m.purses, p)
		m.restart(p, 0)
		m.restart(p, 1)
	}
	return m
}

// restart is a program that crashed and begins anew.
func (m *machine) restart(p *purse, program int) {
	log := &shaky{Log: p.log, next: func() int {
		if m.calm {
			return 0
		}
		return max(0, m.rand.IntN(20)-16)
	}}
	log.meanwhile = func() {
		if other := p.programs[1-program]; other != nil && !m.nested {
			m.nested = true
			m.lenient(other.Sync(context.Background()))
			m.nested = false
		}
	}
	for {
		c, err := credits.Open(context.Background(), credits.Config{
			Log: log, Clock: func() time.Time { return m.time.Add(p.skew) },
			Rand: p.random, Service: &accounttest.Network{Service: m.server, Next: m.fate},
		})
		if errors.Is(err, errPower) {
			continue
		}
		if err != nil {
			m.t.Fatalf("a purse does not open: %v", err)
		}
		p.programs[program] = c
		return
	}
}

func (m *machine) fate() accounttest.Fate {
	if m.calm || m.rand.IntN(3) > 0 {
		return accounttest.Arrives
	}
	return accounttest.Fate(m.rand.IntN(5))
}

// lenient fails the test for whatever is not a failure that the test made.
func (m *machine) lenient(_ any, err error) bool {
	if err == nil {
		return true
	}
	if e, ok := errors.AsType[*credits.LeaseNeededError](err); ok && e.Reason != credits.PurseFrozen {
		return false
	}
	if _, ok := errors.AsType[*credits.NotEnoughError](err); ok {
		return false
	}
	if errors.Is(err, errPower) || errors.Is(err, credits.ErrUnreachable) {
		return false
	}
	m.t.Fatalf("%v", err)
	return false
}

func (m *machine) pick() (*purse, *credits.Manager) {
	p := m.purses[m.rand.IntN(len(m.purses))]
	return p, p.programs[m.rand.IntN(2)]
}

func (m *machine) export(*rapid.T) {
	_, c := m.pick()
	m.runs++
	run := fmt.Sprint("run ", m.runs)
	var items []credits.Item
	for range 1 + m.rand.IntN(5) {
		items = append(items, layer(fmt.Sprint(m.rand.IntN(30))))
	}
	charges, err := c.Hold(context.Background(), run, items)
	if m.lenient(nil, err) && len(charges) != len(items) {
		m.t.Fatalf("%d items, %d charges", len(items), len(charges))
	}
	if held := m.charges(c, run); err != nil && len(held) != 0 && len(held) != len(items) {
		m.t.Fatalf("a part of a run was held: %d of %d", len(held), len(items))
	}
}

func (m *machine) charges(c *credits.Manager, run string) []credits.Charge {
	list, err := c.Pending(context.Background(), run)
	if err != nil {
		m.t.Fatal(err)
	}
	return list
}

func (m *machine) finish(*rapid.T) {
	_, c := m.pick()
	held, err := c.Running(context.Background())
	if err != nil || len(held) == 0 {
		return
	}
	run := ids(m.charges(c, held[m.rand.IntN(len(held))].Run))
	if m.rand.IntN(3) > 0 {
		err = c.Post(context.Background(), run)
	} else {
		err = c.Void(context.Background(), run)
	}
	m.lenient(nil, err)
}

func (m *machine) sync(*rapid.T) {
	_, c := m.pick()
	m.lenient(c.Sync(context.Background()))
}

func (m *machine) reserve(*rapid.T) {
	_, c := m.pick()
	m.lenient(nil, c.SetReserve(context.Background(), m.rand.IntN(8)))
}

func (m *machine) crash(*rapid.T) {
	p := m.purses[m.rand.IntN(len(m.purses))]
	m.restart(p, m.rand.IntN(2))
}

// pass lets days go by: leases end, but none is past its settlement.
func (m *machine) pass(*rapid.T) {
	d := time.Duration(m.rand.Int64N(int64(20 * day)))
	if m.elapsed += d; m.elapsed < 85*day {
		m.time = m.time.Add(d)
	}
}

// turn sets a device's clock wrong by up to a year.
func (m *machine) turn(*rapid.T) {
	p, _ := m.pick()
	p.skew = time.Duration(m.rand.Int64N(int64(730*day))) - 365*day
}

func (m *machine) save(*rapid.T) { m.backup = m.server.Backup() }

func (m *machine) restore(*rapid.T) { m.server.Restore(m.backup) }

func (m *machine) plan(*rapid.T) {
	plan := accounttest.Plans[m.rand.IntN(len(accounttest.Plans))].ID
	if _, err := m.server.ChangePlan(context.Background(), plan); err != nil {
		m.t.Fatal(err)
	}
}

// check is what has to hold after every step.
func (m *machine) check(*rapid.T) {
	if err := m.server.Check(); err != nil {
		m.t.Fatal(err)
	}
	for _, p := range m.purses {
		for _, c := range p.programs {
			b, err := c.Balance(context.Background())
			if err != nil {
				m.t.Fatal(err)
			}
			if b.Frozen != "" || b.OnDevice < 0 || b.Held < 0 || b.Balance < 0 || b.Spendable < b.OnDevice {
				m.t.Fatalf("%+v", b)
			}
		}
	}
}

// settle lets everything arrive and compares the two sides.
func (m *machine) settle() {
	m.calm = true
	known := m.purses[0].programs[0]
	paid, unlimited := 0, 0
	for i := range 2 { // twice: the second sync of a device sees the first of the other
		for _, p := range m.purses {
			p.skew = 0
			if _, err := p.programs[i].Sync(context.Background()); err != nil {
				m.t.Fatalf("the last sync: %v", err)
			}
		}
	}
	server := m.server.Charges()
	for _, p := range m.purses {
		limited, rest := m.compare(p, server)
		paid += limited
		unlimited += rest
	}
	totals := m.server.Totals()
	if totals.Posted != paid || totals.Unlimited != unlimited {
		m.t.Fatalf("the devices spent %d and %d unlimited, the server has %+v", paid, unlimited, totals)
	}
	b, err := known.Balance(context.Background())
	if err != nil {
		m.t.Fatal(err)
	}
	status, err := m.server.Status(context.Background())
	if err != nil {
		m.t.Fatal(err)
	}
	if !b.Unlimited && b.Balance != status.Balance() {
		m.t.Fatalf("the device shows %+v, the server has %d", b, status.Balance())
	}
}

// compare checks every charge of a device at the server, and that no work was
// paid for twice.
func (m *machine) compare(p *purse, server map[credits.ChargeID]account.Voucher) (limited, unlimited int) {
	history, err := p.programs[1].History(context.Background(), 1<<30)
	if err != nil {
		m.t.Fatal(err)
	}
	want := map[credits.State]account.Kind{credits.Held: account.Hold, credits.Posted: account.Post, credits.Voided: account.Void}
	paid := map[credits.Recipe]credits.ChargeID{}
	for _, c := range history {
		if v, ok := server[c.ID]; !ok || v.Kind != want[c.State] || v.Amount != c.Amount {
			m.t.Fatalf("the device has %+v, the server %+v", c, v)
		}
		if c.State != credits.Posted || c.Amount == 0 {
			continue
		}
		if first, twice := paid[c.Recipe]; twice {
			m.t.Fatalf("%s and %s paid for the same work", first, c.ID)
		}
		paid[c.Recipe] = c.ID
		if c.Unlimited {
			unlimited++
		} else {
			limited++
		}
	}
	return limited, unlimited
}

func TestNoCreditIsLostOrSpentTwiceWhateverHappens(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		m := newMachine(t)
		t.Repeat(map[string]func(*rapid.T){
			"export": m.export, "more exports": m.export, "finish": m.finish, "finish another": m.finish,
			"sync": m.sync, "reserve": m.reserve, "crash": m.crash, "days": m.pass, "clock": m.turn,
			"backup": m.save, "restore": m.restore, "plan": m.plan, "": m.check,
		})
		m.settle()
	})
}
