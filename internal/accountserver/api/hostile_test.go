package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver/api"
)

// TestSlowPeersAreLeft opens connections that never finish what they say. Each
// would hold a place for ever.
func TestSlowPeersAreLeft(t *testing.T) {
	t.Parallel()
	h := build(t, nil)
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	limits := api.Limits{Headers: 300 * time.Millisecond, Request: 600 * time.Millisecond, Answer: time.Second, Idle: 300 * time.Millisecond, HeaderBytes: 1 << 10}
	log := slog.New(slog.NewTextHandler(h.log, nil))
	handler, err := api.New(api.Config{Server: h.server, Log: log, Limits: limits})
	if err != nil {
		t.Fatal(err)
	}
	server := api.Listener(handler, log, limits)
	go func() { _ = server.Serve(listener) }() // it ends with the test
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
	const head = "POST /v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
	for name, tc := range map[string]struct{ says, hears string }{
		"says nothing":           {"", ""},
		"begins headers":         {"GET /v1/sta", ""},
		"never ends the headers": {head, ""},
		"never sends its body":   {head + "Content-Length: 100\r\n\r\n{", "HTTP/1.1 408"},
		"sends chunks for ever":  {head + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n", "HTTP/1.1 408"},
		"has too many headers":   {head + strings.Repeat("X: "+strings.Repeat("y", 1000)+"\r\n", 8) + "\r\n", "HTTP/1.1 431"},
		"stays when it is done":  {"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 200"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			began := time.Now()
			peer, err := new(net.Dialer).DialContext(t.Context(), "tcp", listener.Addr().String())
			if err != nil {
				t.Fatal(err)
			}
			defer func() {
				if err := peer.Close(); err != nil {
					t.Error(err)
				}
			}()
			if err := peer.SetDeadline(began.Add(10 * time.Second)); err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(peer, tc.says); err != nil {
				t.Fatal(err)
			}
			heard, _ := io.ReadAll(bufio.NewReader(peer)) // a reset is an end too
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("it is waited for %v", took)
			}
			if !strings.HasPrefix(string(heard), tc.hears) {
				t.Errorf("it hears %q", heard)
			}
		})
	}
}

// FuzzRequest sends any body to every operation that takes one, from a person
// who signed in. Whatever comes, the answer is one that a client understands,
// and the books agree.
func FuzzRequest(f *testing.F) {
	const hex16, hex32, hex64 = "00000000000000000000000000000001", "%032d%032d", "%064d%064d"
	device, signature := fmt.Sprintf(hex32, 1, 2), fmt.Sprintf(hex64, 1, 2)
	for _, seed := range []string{
		`{"email":"mia@example.org","password":"correct horse"}`,
		`{"plan":"hobby"}`,
		`{"device":"` + device + `","name":"PC","signature":"` + signature + `"}`,
		`{"device":"` + device + `","epoch":"e","nonce":"` + hex16 + `","want":3,"room":2,"give_back":["` + hex16 + `"]}`,
		`{"device":"` + device + `","epoch":"e","nonce":"` + hex16 + `","want":0,"room":0,"vouchers":[{"lease":"` + hex16 + `","seq":1,"kind":"hold",` +
			`"charge":"MW-7K3F-21","amount":1,"recipe":"` + device + `","plugin":"svg@1.0.0","prev_hash":"` + device + `","signature":"` + signature + `"}]}`,
		`{"device":"` + device + `","epoch":"e","nonce":"` + hex16 + `","want":9e99,"room":-1,"presented":[{}]}`,
		`null`, `[[[[`, "{\"email\":\"\xff\",\"password\":\"\\ud800\"}", strings.Repeat(`{"a":`, 5000),
	} {
		f.Add(seed)
	}
	h := build(f, nil)
	_, in := h.guest()
	handler := h.web.Config.Handler
	f.Fuzz(func(t *testing.T, body string) {
		h.clock.add(time.Minute) // not to be slowed down
		for _, route := range []string{"POST /v1/accounts", "POST /v1/sessions", "POST /v1/devices", "POST /v1/sync", "PUT /v1/plan"} {
			method, path, _ := strings.Cut(route, " ")
			r := httptest.NewRequestWithContext(context.Background(), method, path, strings.NewReader(body))
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Authorization", "Bearer "+in.Token)
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			if w.Code >= http.StatusInternalServerError {
				t.Errorf("%s answers %d %s", route, w.Code, w.Body)
			}
			if w.Code < http.StatusBadRequest {
				continue
			}
			var p account.Problem
			if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || p.Answer() == nil {
				t.Errorf("%s answers %d %s", route, w.Code, w.Body)
			}
		}
		if h.clock.time().Sub(time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)) > 24*time.Hour { // the session goes on while it is used
			h.clock.add(-23 * time.Hour)
		}
		if _, err := h.server.Books(context.Background(), in.Account); err != nil {
			t.Error(err)
		}
	})
}
