package accountserver

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"pgregory.net/rapid"
)

// rapidTB is a testing.TB whose failures rapid can shrink.
type rapidTB struct {
	testing.TB
	t *rapid.T
}

func (r rapidTB) Error(args ...any)            { r.t.Error(args...) }
func (r rapidTB) Errorf(f string, args ...any) { r.t.Errorf(f, args...) }
func (r rapidTB) Fatal(args ...any)            { r.t.Fatal(args...) }
func (r rapidTB) Fatalf(f string, args ...any) { r.t.Fatalf(f, args...) }
func (r rapidTB) Helper()                      { r.t.Helper() }
func (r rapidTB) Cleanup(f func())             { r.t.Cleanup(f) }

// machine drives a world with computers that crash, lie still, are copied, and
// a server that is restored. It fails where an invariant does not hold.
type machine struct {
	*world
	backup    func(testing.TB) testStore
	computers []*player
	enrolled  byte
}

// player is a computer with what only it knows.
type player struct {
	*computer
	held   map[account.LeaseID][]account.Voucher
	ended  []account.LeaseID // given back, for good
	copied bool              // it may be caught
}

// misses tells whether the server gave it a receipt of vouchers that a copy of
// it wrote. A purse stops there; here it goes on, as a meddler would.
func (p *player) misses(lease account.LeaseID) bool {
	return p.copied && p.receipt[lease].AckedSeq > int64(len(p.journal[lease]))
}

func TestBooksHoldWhateverComes(t *testing.T) {
	t.Parallel()
	onEachKind(t, func(t *testing.T, kind *storeKind) {
		empty := kind.open(t, kind.create(t)).backup(t)
		rapid.Check(t, func(rt *rapid.T) {
			tb := rapidTB{TB: t, t: rt}
			m := &machine{world: newWorld(tb, empty(tb))}
			rt.Repeat(map[string]func(*rapid.T){
				"":            m.audit,
				"enrol":       m.enrolOne,
				"hold":        m.holdOne,
				"end":         m.endOne,
				"sync":        m.syncOne,
				"part":        m.sendPart,
				"give back":   m.giveBackOne,
				"copy":        m.copyOne,
				"change plan": m.changePlan,
				"wait":        m.wait,
				"back up":     m.backUp,
				"restore":     m.restore,
				"refund":      m.refundOne,
			})
		})
	})
}

func (m *machine) pick(t *rapid.T) *player {
	if len(m.computers) == 0 {
		t.Skip("no computer")
	}
	return rapid.SampledFrom(m.computers).Draw(t, "computer")
}

func (m *machine) enrolOne(t *rapid.T) {
	if len(m.computers) > 3 {
		t.Skip("enough")
	}
	m.enrolled++
	m.computers = append(m.computers, &player{computer: m.enrol(m.enrolled), held: map[account.LeaseID][]account.Voucher{}})
}

// usable is a lease that an honest purse would hold from.
func (m *machine) usable(p *player, l *account.Lease) bool {
	journal, held := p.journal[l.ID], p.held[l.ID]
	spent := 0
	for _, v := range journal {
		if v.Kind == account.Post {
			spent += v.Amount
		}
	}
	return account.InstantOf(m.now) < l.SpendUntil && !slices.Contains(p.ended, l.ID) &&
		len(journal)+len(held)+2 <= account.MaxVouchers && (l.Unlimited || spent+len(held) < l.N)
}

func (m *machine) holdOne(t *rapid.T) {
	p := m.pick(t)
	for _, l := range p.leases {
		if m.usable(p, l) {
			p.held[l.ID] = append(p.held[l.ID], p.hold(l, rapid.Byte().Draw(t, "recipe")))
			return
		}
	}
	t.Skip("no credits")
}

func (m *machine) endOne(t *rapid.T) {
	p := m.pick(t)
	kind := rapid.SampledFrom([]account.Kind{account.Post, account.Post, account.Void}).Draw(t, "kind")
	for _, l := range p.leases {
		if held := p.held[l.ID]; len(held) > 0 {
			p.end(l, held[0], kind)
			p.held[l.ID] = slices.Clone(held[1:])
			return
		}
	}
	t.Skip("nothing is held")
}

// syncOne syncs as a purse does, until both agree, and then once more: a
// repeated request must change nothing.
func (m *machine) syncOne(t *rapid.T) {
	p := m.pick(t)
	r := p.request(rapid.IntRange(0, 12).Draw(t, "want"))
	r.GiveBack = p.ended
	for range 5 {
		_, err := p.send(r)
		switch account.CodeOf(err) {
		case "":
			if err != nil {
				t.Fatal(err)
			}
			before := m.books()
			if _, err := p.send(r); err != nil {
				t.Fatal(err)
			}
			wantBooks(m.TB, m.books(), before)
			m.wantAll(t, p)
			return
		case account.CodeUnknownDevice:
			p.enrol()
			r.Epoch, r.Presented = p.epoch, p.present()
		case account.CodeEpoch, account.CodeUnknownLease:
			r.Epoch, r.Presented = m.epochNow(), p.present()
		case account.CodeFork, account.CodeFrozen:
			if !p.copied {
				t.Fatalf("an honest computer is frozen: %v", err)
			}
			return
		case account.CodeGap:
			if e, ok := errors.AsType[*account.Error](err); !ok || !p.misses(e.Lease) {
				t.Fatalf("the whole journal has a gap: %v", err)
			}
			return
		default:
			t.Fatalf("an honest computer is answered: %v", err)
		}
	}
	t.Fatal("server and computer did not agree")
}

// wantAll fails where the server lost a voucher that it gave a receipt for.
func (m *machine) wantAll(t *rapid.T, p *player) {
	for id, journal := range p.journal {
		var n int64
		err := m.store.audit.QueryRow(`SELECT COUNT(*) FROM voucher WHERE lease = $1`, id[:]).Scan(&n)
		if err != nil {
			t.Fatal(err)
		}
		if n < int64(len(journal)) || (!p.copied && n != int64(len(journal))) {
			t.Fatalf("the server has %d vouchers of a lease with %d", n, len(journal))
		}
	}
}

// sendPart sends some vouchers in whatever order: lost and late packets.
func (m *machine) sendPart(t *rapid.T) {
	p := m.pick(t)
	r := p.request(0)
	if len(r.Vouchers) == 0 {
		t.Skip("nothing to send")
	}
	r.Vouchers = rapid.SliceOfN(rapid.SampledFrom(r.Vouchers), 1, 5).Draw(t, "vouchers")
	_, err := p.send(r)
	if code := account.CodeOf(err); err != nil && code == "" {
		t.Fatal(err)
	} else if code == account.CodeFork && !p.copied {
		t.Fatalf("late packets look like a fork: %v", err)
	}
}

func (m *machine) giveBackOne(t *rapid.T) {
	p := m.pick(t)
	if len(p.leases) == 0 {
		t.Skip("no lease")
	}
	id := rapid.SampledFrom(p.leases).Draw(t, "lease").ID
	if !slices.Contains(p.ended, id) {
		p.ended = append(slices.Clone(p.ended), id)
	}
}

func (m *machine) copyOne(t *rapid.T) {
	p := m.pick(t)
	if len(m.computers) > 3 {
		t.Skip("enough")
	}
	p.copied = true
	q := *p
	q.computer = p.clone()
	q.held = map[account.LeaseID][]account.Voucher{}
	for id, held := range p.held {
		q.held[id] = slices.Clone(held)
	}
	m.computers = append(m.computers, &q)
}

func (m *machine) changePlan(t *rapid.T) {
	plan := rapid.SampledFrom([]string{"trial", "Hobby", "CREATOR"}).Draw(t, "plan")
	m.changeTo(plan)
}

func (m *machine) wait(t *rapid.T) {
	m.now = m.now.Add(time.Duration(rapid.IntRange(1, 40*24).Draw(t, "hours")) * time.Hour)
}

func (m *machine) backUp(*rapid.T) { m.backup = m.store.backup(m.TB) }

func (m *machine) restore(t *rapid.T) {
	if m.backup == nil {
		t.Skip("no backup")
	}
	m.serve(m.backup(m.TB))
}

func (m *machine) refundOne(t *rapid.T) {
	for _, u := range m.usage() {
		if u.State == account.Post {
			if err := m.server.Refund(m.Context(), testAccount, u.Charge); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Skip("nothing is spent")
}

// audit sums the ledger by itself, in SQL, without the server's code.
func (m *machine) audit(t *rapid.T) {
	for _, check := range []struct{ name, count string }{
		{
			"transactions that do not balance",
			`SELECT COUNT(*) FROM (SELECT entry_of FROM ledger_entry GROUP BY entry_of HAVING SUM(credits) <> 0) wrong`,
		},
		{
			"accounts whose books do not agree",
			`SELECT COUNT(*) FROM (SELECT account FROM ledger_entry GROUP BY account HAVING SUM(credits) <> 0) wrong`,
		},
		{
			"books on the wrong side",
			`SELECT COUNT(*) FROM (SELECT book FROM ledger_entry GROUP BY account, book, lease
			 HAVING CASE WHEN book IN ('granted', 'suspense') THEN SUM(credits) > 0 ELSE SUM(credits) < 0 END) wrong`,
		},
		{
			"balances that are not the sum of their entries",
			`SELECT COUNT(*) FROM balance b WHERE book <> 'unlimited' AND credits <> (SELECT COALESCE(SUM(credits), 0) FROM ledger_entry e
			 WHERE e.account = b.account AND e.book = b.book AND e.lease = b.lease)`,
		},
		{
			"charges that cost twice",
			`SELECT COUNT(*) FROM charge c JOIN lease l ON l.id = c.lease GROUP BY c.account, c.id
			 HAVING (SELECT COUNT(*) FROM ledger_transaction x WHERE x.charge = c.id AND x.kind = 'post') >
			        COUNT(*) FILTER (WHERE c.state IN ('posted', 'refunded'))`,
		},
		{
			"honest leases that hold more than they have",
			`SELECT COUNT(*) FROM lease l WHERE l.state IN ('open', 'returned')
			 AND (SELECT COUNT(*) FROM ledger_entry e WHERE e.lease = l.id) > 0
			 AND (SELECT COALESCE(SUM(credits), 0) FROM charge c WHERE c.lease = l.id AND c.state = 'held') >
			     (SELECT SUM(credits) FROM ledger_entry e WHERE e.lease = l.id)`,
		},
		{
			"allowances granted twice",
			`SELECT ABS((SELECT COALESCE(SUM(credits), 0) FROM allowance) + (SELECT COALESCE(SUM(credits), 0) FROM ledger_entry WHERE book = 'granted'))`,
		},
		{
			"posted credits that no charge cost",
			`SELECT ABS((SELECT COALESCE(SUM(c.credits), 0) FROM charge c WHERE c.state = 'posted') -
			 (SELECT COALESCE(SUM(credits), 0) FROM ledger_entry WHERE book = 'posted') -
			 (SELECT COALESCE(SUM(unlimited), 0) FROM ledger_transaction))`,
		},
		{
			"suspense without a copy or a restore",
			fmt.Sprintf(`SELECT COUNT(*) FROM ledger_entry WHERE book = 'suspense' AND %v`, !m.excused()),
		},
	} {
		var n int
		if err := m.store.audit.QueryRow(check.count).Scan(&n); err != nil && err != sql.ErrNoRows {
			t.Fatalf("%s: %v", check.name, err)
		}
		if n != 0 {
			t.Fatalf("there are %s: %d", check.name, n)
		}
	}
}

// excused tells whether something happened that may cost the server credits.
func (m *machine) excused() bool {
	return m.backup != nil || slices.ContainsFunc(m.computers, func(p *player) bool { return p.copied })
}
