package httpclient_test

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/account/httpclient"
)

// serve answers every request by a function.
func serve(t testing.TB, answer http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(answer)
	t.Cleanup(s.Close)
	return s
}

// client asks a server and does not wait before it asks again.
func client(t testing.TB, address string) *httpclient.Client {
	t.Helper()
	c, err := httpclient.New(address, httpclient.Options{Pause: func(ctx context.Context, _ time.Duration) error { return ctx.Err() }})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func reply(w http.ResponseWriter, status int, kind, body string) {
	w.Header().Set("Content-Type", kind)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body) // the client may be gone
}

func TestAnswersAreWhatTheServerSaid(t *testing.T) {
	t.Parallel()
	for _, want := range []*account.Error{
		{Code: account.CodeGap, Message: "send \"it\" <again> é", Lease: account.LeaseID{1, 2}, From: 77},
		{Code: account.CodeFork, Message: "twice", Lease: account.LeaseID{255}, From: 1},
		{Code: account.CodeEpoch, Message: "restored", Epoch: "0a1b"},
		{Code: account.CodeUnknownLease, Message: "present it", Lease: account.LeaseID{9}},
		{Code: account.CodeSignInNeeded, Message: "sign in"},
		{Code: "a code of next year", Message: "new"},
	} {
		text, err := json.Marshal(account.ProblemOf(want))
		if err != nil {
			t.Fatal(err)
		}
		tries := 0
		s := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			tries++
			reply(w, http.StatusConflict, account.ProblemType+"; charset=utf-8", string(text))
		})
		_, err = client(t, s.URL).Status(t.Context())
		got, ok := errors.AsType[*account.Error](err)
		if !ok || *got != *want {
			t.Errorf("%+v arrives as %+v", want, err)
		}
		if tries != 1 {
			t.Errorf("a server that answered is asked %d times", tries)
		}
	}
}

func TestWhatIsNoAnswer(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		status     int
		kind, body string
		tries      int64
	}{
		"a login page of the hotel":   {http.StatusOK, "text/html", "<h1>Welcome</h1>", 1},
		"a redirect":                  {http.StatusFound, "text/html", "", 1},
		"a proxy without a server":    {http.StatusBadGateway, "text/html", "", 3},
		"a server that could not act": {http.StatusInternalServerError, account.ProblemType, `{"status":500,"detail":"later"}`, 3},
		"an unknown address":          {http.StatusNotFound, "text/plain", "404", 1},
		"half an answer":              {http.StatusOK, "application/json", `{"plan":`, 1},
		"an answer of another kind":   {http.StatusOK, "application/json", `{"available":"many"}`, 1},
		"half a problem":              {http.StatusConflict, account.ProblemType, `{"code":`, 1},
		"nothing":                     {http.StatusNoContent, "", "", 1},
		"an endless answer":           {http.StatusOK, "application/json", `"` + strings.Repeat("x", 9<<20) + `"`, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var tries atomic.Int64
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if tries.Add(1); tc.status == http.StatusFound {
					w.Header().Set("Location", "http://127.0.0.1:1/elsewhere")
				}
				if r.URL.Path != "/v1/status" {
					t.Errorf("%s is asked", r.URL)
				}
				reply(w, tc.status, tc.kind, tc.body)
			})
			_, err := client(t, s.URL).As("secret token").Status(t.Context())
			u, ok := errors.AsType[*httpclient.UnreachableError](err)
			if !ok || account.CodeOf(err) != "" || u.Status != tc.status {
				t.Errorf("the error is %v", err)
			}
			if strings.Contains(fmt.Sprintf("%v %+v", err, err), "secret token") {
				t.Error("the error gives the token away")
			}
			if tries.Load() != tc.tries {
				t.Errorf("it was asked %d times, not %d", tries.Load(), tc.tries)
			}
		})
	}
}

// TestOnlySafeRequestsAreRepeated cuts the connection before the answer: nobody
// knows whether the server acted.
func TestOnlySafeRequestsAreRepeated(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		ask   func(context.Context, *httpclient.Client) error
		tries int64
	}{
		"sync": {func(ctx context.Context, c *httpclient.Client) error {
			_, err := c.Sync(ctx, account.SyncRequest{Epoch: "e"})
			return err
		}, 3},
		"status": {func(ctx context.Context, c *httpclient.Client) error { _, err := c.Status(ctx); return err }, 3},
		"sign-up": {func(ctx context.Context, c *httpclient.Client) error {
			_, err := c.SignUp(ctx, account.Person{})
			return err
		}, 1},
		"sign-in": {func(ctx context.Context, c *httpclient.Client) error {
			_, err := c.SignIn(ctx, account.Person{})
			return err
		}, 1},
		"sign-out": {func(ctx context.Context, c *httpclient.Client) error { return c.SignOut(ctx) }, 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var tries atomic.Int64
			s := serve(t, func(_ http.ResponseWriter, r *http.Request) {
				tries.Add(1)
				if _, err := io.ReadAll(r.Body); err != nil {
					t.Error(err)
				}
				panic(http.ErrAbortHandler) // cuts the connection
			})
			c, err := httpclient.New(s.URL, httpclient.Options{
				Transport: &http.Transport{DisableKeepAlives: true}, // net/http repeats on its own what a kept connection lost
				Pause:     func(context.Context, time.Duration) error { return nil },
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := tc.ask(t.Context(), c); err == nil || account.CodeOf(err) != "" {
				t.Errorf("the error is %v", err)
			}
			if tries.Load() != tc.tries {
				t.Errorf("it was sent %d times, not %d", tries.Load(), tc.tries)
			}
		})
	}
}

func TestRepeatedRequestHasItsBodyAgain(t *testing.T) {
	t.Parallel()
	var bodies []string
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		text, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if bodies = append(bodies, string(text)); len(bodies) < 3 {
			reply(w, http.StatusServiceUnavailable, "text/plain", "")
			return
		}
		reply(w, http.StatusOK, "application/json", `{"plan":"hobby"}`)
	})
	status, err := client(t, s.URL).ChangePlan(t.Context(), "hobby")
	if err != nil || status.Plan != "hobby" {
		t.Fatalf("%+v, %v", status, err)
	}
	for _, b := range bodies {
		if b != `{"plan":"hobby"}` {
			t.Errorf("it sent %q", b)
		}
	}
}

func TestWithoutANetworkItSaysSoAtOnce(t *testing.T) {
	t.Parallel()
	listener, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	c, err := httpclient.New("http://"+address, httpclient.Options{
		Pause: func(context.Context, time.Duration) error { t.Error("it waits for a network"); return nil },
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Status(t.Context())
	if u, ok := errors.AsType[*httpclient.UnreachableError](err); !ok || u.Status != 0 || u.Server != address {
		t.Errorf("the error is %v", err)
	}
}

func TestGivenUpRequestEnds(t *testing.T) {
	t.Parallel()
	began := make(chan struct{})
	s := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		close(began)
		<-r.Context().Done()
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-began
		cancel()
	}()
	if _, err := client(t, s.URL).Status(ctx); !errors.Is(err, context.Canceled) || account.CodeOf(err) != "" {
		t.Errorf("the error is %v", err)
	}
}

func TestAddressesThatATokenIsSentTo(t *testing.T) {
	t.Parallel()
	for address, tc := range map[string]struct{ plain, insecure bool }{
		"https://accounts.example.org":     {true, true},
		"https://accounts.example.org/x/":  {true, true},
		"http://127.0.0.1:8750":            {true, true},
		"http://[::1]:8750":                {true, true},
		"http://localhost:8750":            {true, true},
		"http://accounts.example.org":      {false, true},
		"http://127.0.0.1.example.org":     {false, true},
		"ftp://accounts.example.org":       {false, false},
		"https://user:pass@example.org":    {false, false},
		"https://":                         {false, false},
		"accounts.example.org":             {false, false},
		"https://example.org/?next=x":      {false, false},
		"https://example.org\r\nX: y":      {false, false},
		"":                                 {false, false},
		"http://localhost.example.org:443": {false, true},
	} {
		for _, insecure := range []bool{false, true} {
			_, err := httpclient.New(address, httpclient.Options{Insecure: insecure})
			if want := insecure && tc.insecure || !insecure && tc.plain; (err == nil) != want {
				t.Errorf("%q with insecure %t: %v", address, insecure, err)
			}
		}
	}
}

// TestSignedBytesSurviveJSON sends documents with all that text may hold: what
// is signed is the same after the way.
func TestSignedBytesSurviveJSON(t *testing.T) {
	t.Parallel()
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{3}, 32))
	odd := "\u2028 <&> \\ \" \x01\x7f é e\u0301 \U0001F5FA " + strings.Repeat("x", 200)
	lease := account.Lease{
		ID: account.LeaseID{1}, Account: account.AccountID(odd), DeviceKey: account.DeviceKeyOf(key), Nonce: account.Nonce{2},
		Epoch: account.Epoch(odd), N: 1 << 31, PlanRevision: 1<<63 - 1, IssuedAt: -62135596800000, SpendUntil: 1, SettleUntil: 253402300799999,
	}
	if err := lease.Sign(key); err != nil {
		t.Fatal(err)
	}
	receipt := account.Receipt{Lease: lease.ID, AckedSeq: 500, AckedHash: lease.Hash(), Epoch: lease.Epoch, ServerTime: 1}
	if err := receipt.Sign(key); err != nil {
		t.Fatal(err)
	}
	voucher := account.Voucher{
		Lease: lease.ID, Seq: 1, Kind: account.Hold, Charge: account.NumberOf(lease.ID, 1), Amount: 1, Plugin: odd, PrevHash: lease.Hash(),
	}
	if err := voucher.Sign(key); err != nil {
		t.Fatal(err)
	}
	sent := account.SyncRequest{
		Device: lease.DeviceKey, Epoch: lease.Epoch, Nonce: lease.Nonce, Want: 3, Room: 4, GiveBack: []account.LeaseID{lease.ID},
		Presented: []account.Presented{{Lease: lease, Receipt: &receipt}, {Lease: lease}}, Vouchers: []account.Voucher{voucher},
	}
	answer := account.SyncReply{Receipts: []account.Receipt{receipt}, Lease: &lease, ServerTime: 5, Epoch: lease.Epoch, Status: account.Status{Plan: "hobby"}}
	var heard account.SyncRequest
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if err := json.NewDecoder(r.Body).Decode(&heard); err != nil {
			t.Error(err)
		}
		text, err := json.Marshal(answer)
		if err != nil {
			t.Error(err)
		}
		reply(w, http.StatusOK, "application/json", string(text))
	})
	got, err := client(t, s.URL).Sync(t.Context(), sent)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sent, heard); diff != "" {
		t.Errorf("the request changed:\n%s", diff)
	}
	if diff := cmp.Diff(answer, got); diff != "" {
		t.Errorf("the answer changed:\n%s", diff)
	}
	if err := errors.Join(heard.Vouchers[0].Verify(lease.DeviceKey), got.Lease.Verify(account.ServerKeyOf(key)), got.Receipts[0].Verify(account.ServerKeyOf(key))); err != nil {
		t.Error(err)
	}
}

// FuzzAnswer lets a server answer anything. The client says what it is, or that
// it is none, and takes nothing else for an answer.
func FuzzAnswer(f *testing.F) {
	f.Add(200, "application/json", `{"receipts":null,"server_time":"2026-03-10T09:00:00.000Z","epoch":"e","status":{}}`)
	f.Add(409, account.ProblemType, `{"title":"Conflict","status":409,"detail":"d","code":"gap","lease":"00000000000000000000000000000001","from":3}`)
	f.Add(500, account.ProblemType, `{}`)
	f.Add(302, "text/html; charset", `<`)
	f.Fuzz(func(t *testing.T, status int, kind, body string) {
		if status < 200 || status > 599 {
			t.Skip()
		}
		c, err := httpclient.New("http://localhost", httpclient.Options{
			Transport: answering{status, kind, body}, Pause: func(context.Context, time.Duration) error { return nil },
		})
		if err != nil {
			t.Fatal(err)
		}
		_, err = c.Sync(context.Background(), account.SyncRequest{})
		_, unreachable := errors.AsType[*httpclient.UnreachableError](err)
		if err != nil && unreachable == (account.CodeOf(err) != "") {
			t.Errorf("%d %q %q is taken for %v", status, kind, body, err)
		}
		if err == nil && status/100 != 2 {
			t.Errorf("%d is taken for a yes", status)
		}
	})
}

type answering struct {
	status     int
	kind, body string
}

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: a.status, Status: fmt.Sprint(a.status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header: http.Header{"Content-Type": {a.kind}}, Body: io.NopCloser(strings.NewReader(a.body)),
	}, nil
}
