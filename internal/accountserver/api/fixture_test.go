package api_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/account/httpclient"
	"github.com/mapwright/mapwright/internal/accountserver"
	"github.com/mapwright/mapwright/internal/accountserver/api"
)

const (
	email    = "mia@example.org"
	password = "correct horse"
)

var mia = account.Person{Email: email, Password: password}

// house is a server over HTTP, on 10 March 2026.
type house struct {
	testing.TB
	server *accountserver.Server
	web    *httptest.Server
	log    *safeBuffer
	clock  *clock
}

// clock is a time that a test sets while the server reads it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) time() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// safeBuffer is a log that is read while it is written.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

func build(t testing.TB, change func(*accountserver.Config)) *house {
	t.Helper()
	path := filepath.Join(t.TempDir(), "accounts.db")
	store, err := accountserver.OpenStore(context.Background(), "sqlite://"+path)
	if err != nil {
		t.Fatal(err)
	}
	witness, err := accountserver.OpenWitness("sqlite://"+path, 0)
	if err != nil {
		t.Fatal(err)
	}
	plans, err := accountserver.DefaultPlans()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{TB: t, log: &safeBuffer{}, clock: &clock{now: time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)}}
	config := accountserver.Config{
		Store: store, Witness: witness, Key: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32)), Plans: plans,
		Clock: h.clock.time, Rand: rand.NewChaCha8([32]byte{9}),
		PasswordCost: accountserver.PasswordCost{MemoryKiB: 64, Passes: 1},
	}
	if change != nil {
		change(&config)
	}
	if h.server, err = accountserver.New(config); err != nil {
		t.Fatal(err)
	}
	handler, err := api.New(api.Config{
		Server: h.server, Version: "test", Log: slog.New(slog.NewTextHandler(h.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		t.Fatal(err)
	}
	h.web = httptest.NewServer(handler)
	t.Cleanup(func() {
		h.web.Close()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// visitor is a client without a session.
func (h *house) visitor() *httpclient.Client {
	h.Helper()
	c, err := httpclient.New(h.web.URL, httpclient.Options{Transport: h.web.Client().Transport})
	if err != nil {
		h.Fatal(err)
	}
	return c
}

// guest is a client that signed up and in.
func (h *house) guest() (*httpclient.Client, account.SignedIn) {
	h.Helper()
	c := h.visitor()
	if _, err := c.SignUp(context.Background(), mia); err != nil {
		h.Fatal(err)
	}
	in, err := c.SignIn(context.Background(), mia)
	if err != nil {
		h.Fatal(err)
	}
	return c.As(in.Token), in
}

// answer is what came back of a request that was written by hand.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) problem(t testing.TB) account.Problem {
	t.Helper()
	var p account.Problem
	if a.header.Get("Content-Type") != account.ProblemType {
		t.Fatalf("%d %s is no problem: %s", a.status, a.header.Get("Content-Type"), a.body)
	}
	if err := json.Unmarshal([]byte(a.body), &p); err != nil {
		t.Fatal(err)
	}
	if p.Status != a.status || p.Title == "" || p.Detail == "" {
		t.Errorf("the problem of %d is %s", a.status, a.body)
	}
	return p
}

// send sends a request by hand; headers are "Name: value".
func (h *house) send(method, path, body string, headers ...string) answer {
	h.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, h.web.URL+path, strings.NewReader(body))
	if err != nil {
		h.Fatal(err)
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Set(name, value)
	}
	reply, err := h.web.Client().Do(r)
	if err != nil {
		h.Fatal(err)
	}
	text, err := io.ReadAll(reply.Body)
	if err != nil {
		h.Fatal(err)
	}
	if err := reply.Body.Close(); err != nil {
		h.Fatal(err)
	}
	return answer{status: reply.StatusCode, header: reply.Header, body: string(text)}
}
