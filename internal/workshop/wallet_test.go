package workshop

import (
	"crypto/ed25519"
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/accountserver"
	"github.com/mapwright/mapwright/internal/accountserver/api"
	"github.com/mapwright/mapwright/internal/credits"
)

const (
	mia      = "mia@example.org"
	password = "correct horse"
)

// accounts is an account server that can be made silent.
type accounts struct {
	*accountserver.Server
	address  string
	silent   atomic.Bool
	requests atomic.Int64
}

func newAccounts(t *testing.T) *accounts {
	t.Helper()
	url := "sqlite://" + filepath.Join(t.TempDir(), "accounts.db")
	store, err := accountserver.OpenStore(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	witness, err := accountserver.OpenWitness(url, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, key, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	plans, err := accountserver.DefaultPlans()
	if err != nil {
		t.Fatal(err)
	}
	a := &accounts{}
	a.Server, err = accountserver.New(accountserver.Config{
		Store: store, Witness: witness, Key: key, Plans: plans, Clock: time.Now, Rand: rand.Reader,
		PasswordCost: accountserver.PasswordCost{MemoryKiB: 64, Passes: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	handler, err := api.New(api.Config{Server: a.Server, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		a.requests.Add(1)
		if a.silent.Load() {
			panic(http.ErrAbortHandler) // the connection breaks
		}
		handler.ServeHTTP(rw, r)
	}))
	a.address = web.URL
	t.Cleanup(func() {
		web.Close()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

// computer is a workshop without a map.
func computer(t *testing.T) *Workshop {
	t.Helper()
	return opened(t, Config{DataDir: t.TempDir()})
}

func opened(t *testing.T, c Config) *Workshop {
	t.Helper()
	w, err := Open(c)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// again is the program started anew.
func again(t *testing.T, w *Workshop) *Workshop {
	t.Helper()
	return opened(t, w.Config)
}

// signedUp is a computer that Mia signed up on.
func signedUp(t *testing.T, a *accounts) *Workshop {
	t.Helper()
	w := computer(t)
	if _, err := w.SignUpAt(t.Context(), a.address, mia, password); err != nil {
		t.Fatal(err)
	}
	return w
}

func wallet(t *testing.T, w *Workshop) Purse {
	t.Helper()
	p, err := w.Wallet(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// spend pays for new work without asking a server.
func spend(t *testing.T, w *Workshop, layers ...string) {
	t.Helper()
	err := w.withWallet(t.Context(), func(p *purse) error {
		var items []credits.Item
		for _, label := range layers {
			i := credits.Item{Label: label, Format: "svg", Plugin: "svg@1.0.0"}
			if _, err := rand.Read(i.Recipe[:]); err != nil {
				return err
			}
			items = append(items, i)
		}
		charges, err := p.credits.Hold(t.Context(), rand.Text(), items)
		if err != nil {
			return err
		}
		var ids []credits.ChargeID
		for _, c := range charges {
			ids = append(ids, c.ID)
		}
		return p.credits.Post(t.Context(), ids)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheWindowKnowsItsCreditsWithoutAskingAnybody(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	w := signedUp(t, a)
	w = again(t, w)
	before := a.requests.Load()
	p := wallet(t, w)
	if b := p.Balance; b.Spendable != 3 || b.OnDevice != 3 || b.Available != 7 || b.Balance != 10 || b.Allowance != 10 || b.AsOf.IsZero() || !b.PeriodEnd.IsZero() {
		t.Errorf("%+v", b)
	}
	if c := p.Contact; c != (Contact{Server: a.address, Session: SessionOpen, Email: mia}) {
		t.Errorf("%+v", c)
	}
	if !p.Low() {
		t.Error("3 credits are not low")
	}
	spend(t, w, "roads", "water")
	if _, err := w.History(t.Context(), 10); err != nil {
		t.Error(err)
	}
	if b := wallet(t, w).Balance; b.OnDevice != 1 || b.Pending != 2 || b.Unsynced != 4 || b.Balance != 8 {
		t.Errorf("after two exports: %+v", b)
	}
	if n := a.requests.Load() - before; n != 0 {
		t.Errorf("the server was asked %d times", n)
	}
}

func TestTheWindowRemembersWhetherTheServerAnswered(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	w := again(t, signedUp(t, a))
	if _, err := w.Credits(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p := wallet(t, w); !p.Contact.Asked || !p.Contact.Reached || p.Balance.Spendable != 10 || p.Low() {
		t.Errorf("after an answer: %+v", p)
	}
	a.silent.Store(true)
	if _, err := w.Credits(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p := wallet(t, w); !p.Contact.Asked || p.Contact.Reached || p.Balance.Spendable != 3 || p.Balance.Balance != 10 {
		t.Errorf("after silence: %+v", p)
	}
	a.silent.Store(false)
	if _, err := w.Sync(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p := wallet(t, w); !p.Contact.Reached || p.Balance.Spendable != 10 {
		t.Errorf("after it is back: %+v", p)
	}
}

func TestTheBuiltInAccountIsKnownAtOnce(t *testing.T) {
	t.Parallel()
	w := computer(t)
	p := wallet(t, w)
	if p.Contact != (Contact{Session: SessionBuiltIn, Asked: true, Reached: true}) || p.Balance.Spendable != 18 || p.Balance.PeriodEnd.IsZero() || p.Balance.PlanName != "Hobby" {
		t.Errorf("%+v", p)
	}
	if _, err := w.ChangePlan(t.Context(), "creator"); err != nil {
		t.Fatal(err)
	}
	if p := wallet(t, w); !p.Balance.Unlimited || p.Low() {
		t.Errorf("unlimited: %+v", p)
	}
}

// endSessions signs mia out everywhere, from the server's side.
func (a *accounts) endSessions(t *testing.T) {
	t.Helper()
	id, err := a.AccountOf(t.Context(), mia)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.RevokeSessions(t.Context(), id); err != nil {
		t.Fatal(err)
	}
}

func TestASessionThatIsOverStaysOverWithoutTheServer(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	w := signedUp(t, a)
	spend(t, w, "roads")
	a.endSessions(t)
	if p := wallet(t, w); p.Contact.Session != SessionOpen {
		t.Errorf("nobody was asked, and yet %+v", p.Contact)
	}
	if _, err := w.Credits(t.Context()); Explain(err).Code != CodeSignIn {
		t.Errorf("asked with a session that is over: %v", err)
	}
	a.silent.Store(true)
	w = again(t, w)
	if _, err := w.Credits(t.Context()); err == nil || Explain(err).Code != CodeSignIn {
		t.Errorf("with a silent server: %v", err)
	}
	if p := wallet(t, w); p.Contact.Session != SessionOver || p.Contact.Email != mia || p.Balance.Spendable != 0 || p.Balance.OnDevice != 2 || p.Low() {
		t.Errorf("%+v", p)
	}
	a.silent.Store(false)
	if _, err := w.SignInAt(t.Context(), a.address, mia, password); err != nil {
		t.Fatal(err)
	}
	if p := wallet(t, w); p.Contact.Session != SessionOpen || p.Balance.Spendable != 9 || p.Balance.Unsynced != 0 {
		t.Errorf("signed in again: %+v", p)
	}
}

func TestOtherComputersAreToldByName(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	signedUp(t, a)
	w := computer(t)
	if _, err := w.SignInAt(t.Context(), a.address, mia, password); err != nil {
		t.Fatal(err)
	}
	b := wallet(t, w).Balance
	if len(b.Elsewhere) != 1 || b.Elsewhere[0].Credits != 3 || b.Elsewhere[0].Name == "" || b.OnDevice != 3 || b.Available != 4 {
		t.Errorf("%+v", b)
	}
}

func TestASignOutTellsWhatWaitsThoughTheSessionIsOver(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	w := signedUp(t, a)
	spend(t, w, "roads")
	a.endSessions(t)
	out, err := w.SignOut(t.Context())
	if err != nil || out.Unsynced != 2 || !out.Reached {
		t.Errorf("%+v, %v", out, err)
	}
	if p := wallet(t, w); p.Contact != (Contact{Server: a.address, Session: SessionNone}) || p.Low() {
		t.Errorf("%+v", p)
	}
}
