package accountserver_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/account/httpclient"
	"github.com/mapwright/mapwright/internal/accountserver"
	"github.com/mapwright/mapwright/internal/accountserver/api"
	"github.com/mapwright/mapwright/internal/credits"
)

// line is the way to a server that can be switched off.
type line struct {
	http.RoundTripper
	off bool
	// deaf lets requests arrive while it is off, and loses the answers.
	deaf bool
}

var errOff = errors.New("the server is off")

// RoundTrip implements http.RoundTripper.
func (l *line) RoundTrip(r *http.Request) (*http.Response, error) {
	if !l.off {
		return l.RoundTripper.RoundTrip(r)
	}
	if !l.deaf {
		return nil, errOff
	}
	reply, err := l.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	return nil, errors.Join(errOff, reply.Body.Close())
}

// shared is a server over HTTP that has one account for each order.
type shared struct {
	*accountserver.Server
	web *httptest.Server
}

func newShared(t *testing.T, url string) *shared {
	t.Helper()
	store, err := accountserver.OpenStore(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	plans, err := accountserver.DefaultPlans()
	if err != nil {
		t.Fatal(err)
	}
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	server, err := accountserver.New(accountserver.Config{
		Store: store, Witness: accountserver.Restores(0), Key: key, Plans: plans, Clock: time.Now, Rand: rand.Reader,
		PasswordCost: accountserver.PasswordCost{MemoryKiB: 8, Passes: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	handler, err := api.New(api.Config{Server: server, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(handler)
	t.Cleanup(func() {
		web.Close()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return &shared{server, web}
}

// life is one order, lived by two computers of an account of its own.
type life struct {
	*testing.T
	server  *shared
	account account.AccountID
	line    *line
	purses  [2]*credits.Manager
	layers  int // of an export
	lived   []step
}

func (s *shared) life(t *testing.T, name string, layers int, deaf bool) *life {
	t.Helper()
	who := accountserver.Attempt{Email: name + "@example.org", Password: "correct horse", Address: name}
	opened, err := s.SignUp(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	l := &life{T: t, server: s, account: opened.ID, layers: layers, line: &line{RoundTripper: s.web.Client().Transport, deaf: deaf}}
	for i := range l.purses {
		in, err := s.SignIn(t.Context(), who, accountserver.SessionAPI)
		if err != nil {
			t.Fatal(err)
		}
		client, err := httpclient.New(s.web.URL, httpclient.Options{
			Transport: l.line, Pause: func(context.Context, time.Duration) error { return nil },
		})
		if err != nil {
			t.Fatal(err)
		}
		l.purses[i], err = credits.Open(t.Context(), credits.Config{
			Log: &credits.Memory{}, Service: client.As(in.Token), Clock: time.Now, Rand: rand.Reader, Name: string(rune('A' + i)),
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// live does a step and looks at everything.
func (l *life) live(s step) {
	l.Helper()
	l.lived = append(l.lived, s)
	switch s {
	case on, off:
		l.line.off = s == off
	case syncA, syncB:
		l.sync(int(s - syncA))
	case exportA, exportB:
		l.export(int(s - exportA))
	}
	l.look()
}

func (l *life) failf(format string, args ...any) {
	l.Helper()
	l.Fatalf("after %s: %s", written(l.lived), fmt.Sprintf(format, args...))
}

func (l *life) sync(who int) {
	l.Helper()
	_, err := l.purses[who].Sync(l.Context())
	if !l.line.off && err != nil || l.line.off && !errors.Is(err, credits.ErrUnreachable) {
		l.failf("the sync says %v", err)
	}
}

// export spends on new work: what is there for it, here or at a server that
// answers, is enough, and nothing else is.
func (l *life) export(who int) {
	l.Helper()
	there := l.balance(who).OnDevice
	if !l.line.off {
		there += int(l.books().Available)
	}
	before := l.spent()
	items := make([]credits.Item, l.layers)
	for i := range items {
		items[i].Plugin = "svg@1.0.0"
		if _, err := rand.Read(items[i].Recipe[:]); err != nil {
			l.Fatal(err)
		}
	}
	charges, err := l.purses[who].Hold(l.Context(), rand.Text(), items)
	if (err == nil) != (there >= l.layers) {
		l.failf("%d credits are there for an export of %d, which says: %v", there, l.layers, err)
	}
	if err != nil {
		if after := l.spent(); after != before {
			l.failf("a refused export cost %d", after-before)
		}
		return
	}
	var ids []credits.ChargeID
	for _, c := range charges {
		ids = append(ids, c.ID)
	}
	if err := l.purses[who].Post(l.Context(), ids); err != nil {
		l.Fatal(err)
	}
	if _, err := l.purses[who].Sync(l.Context()); err != nil && !l.line.off { // as a workshop does after an export
		l.failf("the sync after the export says %v", err)
	}
}

func (l *life) balance(who int) credits.Balance {
	l.Helper()
	b, err := l.purses[who].Balance(l.Context())
	if err != nil {
		l.Fatal(err)
	}
	return b
}

func (l *life) books() accountserver.Books {
	l.Helper()
	b, err := l.server.Books(l.Context(), l.account)
	if err != nil {
		l.failf("%v", err)
	}
	return b
}

// posted are the charges in the journals of both computers. None may be held.
func (l *life) posted() map[account.ChargeID]int {
	l.Helper()
	all := map[account.ChargeID]int{}
	for _, p := range l.purses {
		history, err := p.History(l.Context(), 1000)
		if err != nil {
			l.Fatal(err)
		}
		for _, c := range history {
			if c.State != credits.Posted {
				l.failf("charge %s is %s", c.ID, c.State)
			}
			all[c.ID] = c.Amount
		}
	}
	return all
}

func (l *life) spent() (sum int) {
	l.Helper()
	for _, amount := range l.posted() {
		sum += amount
	}
	return sum
}

// look checks what holds at every moment.
func (l *life) look() {
	l.Helper()
	spent, books := l.spent(), l.books()
	if err := books.Check(); err != nil {
		l.failf("%v", err)
	}
	if spent > trial {
		l.failf("%d credits of %d are spent", spent, trial)
	}
	if sum := spent + l.balance(0).OnDevice + l.balance(1).OnDevice; sum > trial {
		l.failf("%d spent and what both can spend alone are %d of %d", spent, sum, trial)
	}
	if books.Granted > trial || books.Suspense != 0 || books.Posted > int64(spent) {
		l.failf("%d are spent, and the books say %+v", spent, books)
	}
}

// end switches the server on and lets all be settled.
func (l *life) end() {
	l.Helper()
	for _, s := range []step{on, syncA, syncB, syncA} {
		l.live(s)
	}
	posted, books := l.posted(), l.books()
	spent := l.spent()
	if books.Posted != int64(spent) || books.Granted != trial || books.Available+books.Escrow != int64(trial-spent) {
		l.failf("%d are spent, and the books say %+v", spent, books)
	}
	onDevices := 0
	for who := range l.purses {
		b := l.balance(who)
		onDevices += b.OnDevice
		if b.Balance != trial-spent || b.Unsynced != 0 || b.Pending != 0 || b.Frozen != "" {
			l.failf("%d are spent, and computer %d knows %+v", spent, who, b)
		}
	}
	if int64(onDevices) != books.Escrow {
		l.failf("%d credits are on the computers, and the books say %+v", onDevices, books)
	}
	page, err := l.server.Session(l.account).Usage(l.Context(), "", 1000)
	if err != nil {
		l.Fatal(err)
	}
	for _, e := range page.Entries {
		if amount, ok := posted[e.Charge]; !ok || e.State != account.Post || e.Amount != amount {
			l.failf("the server has charge %+v, the computers %d (%t)", e, amount, ok)
		}
	}
	if len(page.Entries) != len(posted) {
		l.failf("the server has %d charges, the computers %d", len(page.Entries), len(posted))
	}
}
