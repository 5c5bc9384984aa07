package profile

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

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/accountserver"
	"github.com/mapwright/mapwright/internal/accountserver/api"
	"github.com/mapwright/mapwright/internal/workshop"
)

// server is an account server over HTTP, which can be silent.
func server(t *testing.T) (address string, silent *atomic.Bool) {
	t.Helper()
	need := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	url := "sqlite://" + filepath.Join(t.TempDir(), "accounts.db")
	store, err := accountserver.OpenStore(t.Context(), url)
	need(err)
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	witness, err := accountserver.OpenWitness(url, 0)
	need(err)
	_, key, err := ed25519.GenerateKey(nil)
	need(err)
	plans, err := accountserver.DefaultPlans()
	need(err)
	books, err := accountserver.New(accountserver.Config{
		Store: store, Witness: witness, Key: key, Plans: plans, Clock: time.Now, Rand: rand.Reader,
		PasswordCost: accountserver.PasswordCost{MemoryKiB: 64, Passes: 1},
	})
	need(err)
	handler, err := api.New(api.Config{Server: books, Log: slog.New(slog.DiscardHandler)})
	need(err)
	silent = &atomic.Bool{}
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if silent.Load() {
			panic(http.ErrAbortHandler) // the connection breaks
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(web.Close)
	t.Cleanup(http.DefaultTransport.(*http.Transport).CloseIdleConnections)
	return web.URL, silent
}

func TestAPersonGoesFromTheBuiltInAccountToOneAtAServerAndBack(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(look.Theme{Mode: look.Light})
	address, silent := server(t)
	shop, err := workshop.Open(workshop.Config{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	win := test.NewTempWindow(t, newAvatar(10))
	win.Resize(fyne.NewSize(900, 800))
	l, hand := loop.Manual()
	t.Cleanup(l.Close)
	said := map[string]string{}
	c := New(win, l, shop, Options{Every: time.Hour, Notify: func(n stage.Notice) { said[n.Title] = n.Text }})
	until := func(what string, condition func() bool) {
		t.Helper()
		if !hand.Until(20*time.Second, func() bool { return condition() && !c.asking }) {
			t.Fatalf("%s never came: %s, %v", what, c.label(), said)
		}
	}
	until("the built-in account", func() bool { return c.label() == "18" })
	c.changePlan("creator")
	until("another plan", func() bool { return c.label() == "∞" })
	if got := said["You are on Creator"]; got != "Your exports are unlimited. 18 credits of Hobby expired." {
		t.Errorf("the change of plan says %q", got)
	}

	fill(c.signing(true), address, "mia@example.org", "correct horse battery")
	until("the trial", func() bool { return c.label() == "10" })
	if _, email := c.person(); email != "mia@example.org" {
		t.Errorf("the person is %q", email)
	}
	c.reserve(7)
	until("7 credits here", func() bool { return c.Purse().Balance.OnDevice == 7 && said["7 credits ready offline"] != "" })

	silent.Store(true)
	c.Update()
	until("the cloud", func() bool { return c.facts.offline() })
	if c.label() != "7" || said["Offline"] != "You can go on working. 7 credits are ready on this computer." {
		t.Errorf("offline the corner shows %s and says %q", c.label(), said["Offline"])
	}
	wrong := c.signing(false)
	fill(wrong, address, "mia@example.org", "correct horse battery")
	until("words at the field", func() bool { return wrong.stop == nil && wrong.server.words.Visible() })
	wrong.leave()

	silent.Store(false)
	c.Update()
	until("the server", func() bool { return c.label() == "10" })
	wrong = c.signing(false)
	fill(wrong, address, "mia@example.org", "not my password")
	until("words at the password", func() bool { return wrong.stop == nil && wrong.password.words.Visible() })
	wrong.leave()

	c.forget()
	until("the built-in account", func() bool { return c.facts.builtIn() && c.label() == "∞" })
	if said["Signed out"] != "The account built into the app is used now." {
		t.Errorf("signing out says %q", said["Signed out"])
	}
}
