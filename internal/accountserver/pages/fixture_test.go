package pages

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
	"golang.org/x/net/html"
)

const (
	email    = "lena.kraus@kraus-werkstatt.example"
	password = "six boards of birch"
)

// world is an account server with its pages, on 10 March 2026.
type world struct {
	testing.TB
	server *accountserver.Server
	store  accountserver.Store
	site   *httptest.Server
	log    bytes.Buffer
	now    time.Time
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{TB: t, now: time.Date(2026, 3, 10, 9, 12, 0, 0, time.UTC)}
	at := "sqlite://" + filepath.Join(t.TempDir(), "account.db")
	var err error
	if w.store, err = accountserver.OpenStore(t.Context(), at); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.store.Close(); err != nil {
			t.Error(err)
		}
	})
	witness, err := accountserver.OpenWitness(at, 0)
	if err != nil {
		t.Fatal(err)
	}
	plans, err := accountserver.DefaultPlans()
	if err != nil {
		t.Fatal(err)
	}
	w.server, err = accountserver.New(accountserver.Config{
		Store: w.store, Witness: witness, Key: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32)), Plans: plans,
		Clock: func() time.Time { return w.now }, Rand: rand.NewChaCha8([32]byte{1}),
		PasswordCost: accountserver.PasswordCost{MemoryKiB: 64, Passes: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	w.site = httptest.NewServer(w.pages())
	t.Cleanup(w.site.Close)
	return w
}

func (w *world) pages() http.Handler {
	return New(Config{
		Server: w.server, Clock: func() time.Time { return w.now },
		Support: "help@mapwright.example", Log: slog.New(slog.NewTextHandler(&w.log, nil)),
	})
}

// open makes an account and returns its service.
func (w *world) open(email string) (account.AccountID, *accountserver.Session) {
	w.Helper()
	a, err := w.server.SignUp(context.Background(), accountserver.Attempt{Email: email, Password: password})
	if err != nil {
		w.Fatal(err)
	}
	return a.ID, w.server.Session(a.ID)
}

func (w *world) setPlan(id account.AccountID, plan string) {
	w.Helper()
	if _, err := w.server.SetPlan(context.Background(), id, plan); err != nil {
		w.Fatal(err)
	}
}

// computer is a device with one lease and its journal.
type computer struct {
	w       *world
	service *accountserver.Session
	key     ed25519.PrivateKey
	epoch   account.Epoch
	lease   *account.Lease
	journal []account.Voucher
}

// enrol adds a computer that takes credits offline.
func (w *world) enrol(service *accountserver.Session, name string, credits int) *computer {
	w.Helper()
	seed := make([]byte, ed25519.SeedSize)
	if _, err := io.ReadFull(w.server, seed); err != nil {
		w.Fatal(err)
	}
	c := &computer{w: w, service: service, key: ed25519.NewKeyFromSeed(seed)}
	r := account.EnrolRequest{Name: name}
	if err := r.Sign(c.key); err != nil {
		w.Fatal(err)
	}
	reply, err := service.Enrol(context.Background(), r)
	if err != nil {
		w.Fatal(err)
	}
	c.epoch = reply.Epoch
	c.lease = c.sync(account.SyncRequest{Nonce: account.Nonce(seed[:16]), Want: credits}).Lease
	return c
}

func (c *computer) sync(r account.SyncRequest) account.SyncReply {
	c.w.Helper()
	r.Device, r.Epoch = account.DeviceKeyOf(c.key), c.epoch
	reply, err := c.service.Sync(context.Background(), r)
	if err != nil {
		c.w.Fatal(err)
	}
	return reply
}

// send settles one voucher after the other at the server.
func (c *computer) send(v account.Voucher) account.Voucher {
	c.w.Helper()
	v.Lease, v.Seq, v.PrevHash = c.lease.ID, int64(len(c.journal)+1), c.lease.Hash()
	if n := len(c.journal); n > 0 {
		v.PrevHash = c.journal[n-1].Hash()
	}
	if v.Kind == account.Hold {
		v.Charge = account.NumberOf(c.lease.ID, v.Seq)
	}
	if err := v.Sign(c.key); err != nil {
		c.w.Fatal(err)
	}
	c.journal = append(c.journal, v)
	c.sync(account.SyncRequest{Vouchers: []account.Voucher{v}})
	return v
}

func (c *computer) hold(plugin string) account.Voucher {
	c.w.Helper()
	return c.send(account.Voucher{Kind: account.Hold, Amount: 1, Recipe: account.Recipe{byte(len(c.journal))}, Plugin: plugin})
}

func (c *computer) end(hold account.Voucher, kind account.Kind) account.ChargeID {
	c.w.Helper()
	hold.Kind = kind
	return c.send(hold).Charge
}

// again is a free repeat of a paid charge.
func (c *computer) again(plugin string, paid account.ChargeID) {
	c.w.Helper()
	c.end(c.send(account.Voucher{Kind: account.Hold, Repeats: paid, Plugin: plugin}), account.Post)
}

// browser is a person with a cookie jar, who follows links and sends forms.
type browser struct {
	w *world
	http.Client
}

func (w *world) browser() *browser {
	w.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.Fatal(err)
	}
	return &browser{w: w, Client: http.Client{Jar: jar}}
}

// answer is a page as it arrived.
type answer struct {
	*http.Response
	text string
	doc  *html.Node
}

func (b *browser) do(r *http.Request) answer {
	b.w.Helper()
	response, err := b.Do(r)
	if err != nil {
		b.w.Fatal(err)
	}
	body, err := io.ReadAll(response.Body)
	if err != nil {
		b.w.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		b.w.Fatal(err)
	}
	doc, err := html.Parse(bytes.NewReader(body))
	if err != nil {
		b.w.Fatal(err)
	}
	return answer{response, string(body), doc}
}

func (b *browser) get(path string) answer {
	b.w.Helper()
	r, err := http.NewRequestWithContext(b.w.Context(), http.MethodGet, b.w.site.URL+path, http.NoBody)
	if err != nil {
		b.w.Fatal(err)
	}
	return b.do(r)
}

func (b *browser) post(path string, form url.Values) answer {
	b.w.Helper()
	r, err := http.NewRequestWithContext(b.w.Context(), http.MethodPost, b.w.site.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.w.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.do(r)
}

// send fills in the form of a page that leads to an action, and sends it.
func (b *browser) send(page answer, action string, typed url.Values) answer {
	b.w.Helper()
	for form := range nodes(page.doc, "form") {
		if attribute(form, "action") != action {
			continue
		}
		values := url.Values{}
		for input := range nodes(form, "input") {
			values.Set(attribute(input, "name"), attribute(input, "value"))
		}
		for name, value := range typed {
			values[name] = value
		}
		return b.post(action, values)
	}
	b.w.Fatalf("%s has no form for %s:\n%s", page.Request.URL, action, page.text)
	return answer{}
}

func (b *browser) signIn(email string) answer {
	b.w.Helper()
	a := b.send(b.get("/sign-in"), "/sign-in", url.Values{"email": {email}, "password": {password}})
	if a.Request.URL.Path != "/plan" {
		b.w.Fatalf("signing in led to %s:\n%s", a.Request.URL, a.text)
	}
	return a
}

// nodes are the elements of a name below a node.
func nodes(n *html.Node, name string) func(func(*html.Node) bool) {
	return func(yield func(*html.Node) bool) {
		for d := range n.Descendants() {
			if d.Type == html.ElementNode && d.Data == name && !yield(d) {
				return
			}
		}
	}
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// words is what a person reads on a page, with single spaces.
func (a answer) words() string { return wordsOf(a.doc) }

func wordsOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.Data != "title" {
			b.WriteString(d.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// byClass is what is read in the elements of a class.
func (a answer) byClass(class string) (list []string) {
	for d := range a.doc.Descendants() {
		for _, c := range strings.Fields(attribute(d, "class")) {
			if c == class {
				list = append(list, wordsOf(d))
			}
		}
	}
	return list
}

func (a answer) want(t testing.TB, status int, texts ...string) {
	t.Helper()
	if a.StatusCode != status {
		t.Errorf("%s answered %d, not %d", a.Request.URL, a.StatusCode, status)
	}
	for _, text := range texts {
		if !strings.Contains(a.words(), text) {
			t.Errorf("%s does not say %q:\n%s", a.Request.URL, text, a.words())
		}
	}
}
