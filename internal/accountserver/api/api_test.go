package api_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
)

var update = flag.Bool("update", false, "write the golden files")

func TestSignUpSignInSyncSignOut(t *testing.T) {
	t.Parallel()
	h := build(t, nil)
	c, in := h.guest()
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{1}, 32))
	enrol := account.EnrolRequest{Name: "workshop <PC> \u2028 & é"}
	if err := enrol.Sign(key); err != nil {
		t.Fatal(err)
	}
	enrolled, err := c.Enrol(t.Context(), enrol)
	if err != nil || enrolled.Account != in.Account {
		t.Fatalf("enrolled with %+v, %v", enrolled, err)
	}
	reply, err := c.Sync(t.Context(), account.SyncRequest{Device: enrol.Device, Epoch: enrolled.Epoch, Nonce: account.Nonce{1}, Want: 4})
	if err != nil {
		t.Fatal(err)
	}
	if err := reply.Lease.Verify(enrolled.Server); err != nil {
		t.Errorf("the lease did not survive the way: %v", err)
	}
	if err := reply.Receipts[0].Verify(enrolled.Server); err != nil {
		t.Errorf("the receipt did not survive the way: %v", err)
	}
	if reply.Status.Email != email || reply.Status.Available != 6 || reply.Status.Balance() != 10 {
		t.Errorf("the status is %+v", reply.Status)
	}
	devices, err := c.Devices(t.Context())
	if err != nil || len(devices) != 1 || devices[0].Name != enrol.Name || devices[0].Frozen {
		t.Errorf("the computers are %+v, %v", devices, err)
	}
	sessions, err := c.Sessions(t.Context())
	if err != nil || len(sessions) != 1 || !sessions[0].Current || sessions[0] != in.Session {
		t.Errorf("the sessions are %+v, %v", sessions, err)
	}
	if err := c.SignOut(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Status(t.Context()); account.CodeOf(err) != account.CodeSignInNeeded {
		t.Errorf("after signing out the answer is %v", err)
	}
}

func TestPlansAreChangedOnlyWhereTheServerAllows(t *testing.T) {
	t.Parallel()
	for _, allowed := range []bool{false, true} {
		h := build(t, func(c *accountserver.Config) { c.OwnPlans = allowed })
		c, _ := h.guest()
		plans, err := c.Plans(t.Context())
		if err != nil || len(plans) != 3 {
			t.Fatalf("the plans are %v, %v", plans, err)
		}
		status, err := c.ChangePlan(t.Context(), "Creator")
		if allowed && (err != nil || status.Plan != "creator" || !status.Unlimited) {
			t.Errorf("the plan was not changed: %+v, %v", status, err)
		}
		if !allowed && account.CodeOf(err) != account.CodeInvalid {
			t.Errorf("a plan was had for nothing: %+v, %v", status, err)
		}
		if _, err := c.ChangePlan(t.Context(), "platinum"); account.CodeOf(err) != account.CodeUnknownPlan {
			t.Errorf("the answer is %v", err)
		}
	}
}

func TestTokensThatOpenNothing(t *testing.T) {
	t.Parallel()
	h := build(t, nil)
	c, in := h.guest()
	web, err := h.server.SignIn(t.Context(), accountserver.Attempt{Email: email, Password: password}, accountserver.SessionWeb)
	if err != nil {
		t.Fatal(err)
	}
	revoked, err := c.SignIn(t.Context(), mia)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.EndSession(t.Context(), revoked.Session.ID); err != nil {
		t.Fatal(err)
	}
	if err := c.EndSession(t.Context(), revoked.Session.ID); account.CodeOf(err) != account.CodeUnknownSession {
		t.Errorf("ending what is ended: %v", err)
	}
	if err := c.EndSession(t.Context(), "../current"); account.CodeOf(err) != account.CodeInvalid {
		t.Errorf("ending what is no session: %v", err)
	}
	for name, header := range map[string]string{
		"nothing":         "X: y",
		"another scheme":  "Authorization: Basic " + in.Token,
		"no token":        "Authorization: Bearer ",
		"a guess":         "Authorization: Bearer " + strings.Repeat("A", 43),
		"a cut token":     "Authorization: Bearer " + in.Token[:42],
		"the session id":  "Authorization: Bearer " + in.Session.ID,
		"a revoked token": "Authorization: Bearer " + revoked.Token,
		"a web token":     "Authorization: Bearer " + web.Token,
	} {
		got := h.send(http.MethodGet, "/v1/status", "", header)
		if p := got.problem(t); p.Code != account.CodeSignInNeeded || got.status != http.StatusUnauthorized || got.header.Get("WWW-Authenticate") == "" {
			t.Errorf("%s: the answer is %d %s", name, got.status, got.body)
		}
	}
	h.clock.add(181 * 24 * time.Hour)
	if _, err := c.Status(t.Context()); account.CodeOf(err) != account.CodeSignInNeeded {
		t.Errorf("after half a year the answer is %v", err)
	}
}

func TestRequestsThatAreNotUnderstood(t *testing.T) {
	t.Parallel()
	h := build(t, nil)
	_, in := h.guest()
	session := "Authorization: Bearer " + in.Token
	for name, tc := range map[string]struct {
		method, path, body string
		status             int
	}{
		"no JSON":               {http.MethodPost, "/v1/sync", "{", http.StatusBadRequest},
		"no body":               {http.MethodPost, "/v1/sync", "", http.StatusBadRequest},
		"a list":                {http.MethodPost, "/v1/sync", "[]", http.StatusUnprocessableEntity},
		"a missing field":       {http.MethodPut, "/v1/plan", `{}`, http.StatusUnprocessableEntity},
		"a field too many":      {http.MethodPut, "/v1/plan", `{"plan":"hobby","free":true}`, http.StatusUnprocessableEntity},
		"a number for a name":   {http.MethodPut, "/v1/plan", `{"plan":7}`, http.StatusUnprocessableEntity},
		"a body of a megabyte":  {http.MethodPut, "/v1/plan", `{"plan":"` + strings.Repeat("x", 1<<20) + `"}`, http.StatusRequestEntityTooLarge},
		"a sync of 5 megabytes": {http.MethodPost, "/v1/sync", `{"epoch":"` + strings.Repeat("x", 5<<20) + `"}`, http.StatusRequestEntityTooLarge},
		"a page of nothing":     {http.MethodGet, "/v1/usage?limit=0", "", http.StatusUnprocessableEntity},
		"a page of a million":   {http.MethodGet, "/v1/usage?limit=1000000", "", http.StatusUnprocessableEntity},
		"a cursor that is none": {http.MethodGet, "/v1/usage?before=x", "", http.StatusUnprocessableEntity},
		"an unknown parameter":  {http.MethodGet, "/v1/usage?after=3", "", http.StatusUnprocessableEntity},
		"a short device key":    {http.MethodPost, "/v1/devices", `{"device":"00","name":"","signature":"00"}`, http.StatusUnprocessableEntity},
	} {
		got := h.send(tc.method, tc.path, tc.body, session)
		if p := got.problem(t); got.status != tc.status || p.Code != account.CodeInvalid {
			t.Errorf("%s: the answer is %d %s", name, got.status, got.body)
		}
	}
	if got := h.send(http.MethodPost, "/v1/sync", "{}", session, "Content-Type: text/xml"); got.problem(t).Code != account.CodeInvalid {
		t.Errorf("XML: the answer is %d %s", got.status, got.body)
	}
	for _, method := range []string{http.MethodGet, http.MethodPatch} {
		if got := h.send(method, "/v1/tomorrow", "", session); got.status != http.StatusNotFound || got.problem(t).Code != "" {
			t.Errorf("what a later version asks: the answer is %d %s", got.status, got.body)
		}
	}
	if got := h.send(http.MethodGet, "/v2/status", "", session); got.status != http.StatusNotFound {
		t.Errorf("what is not there: the answer is %d", got.status)
	}
}

func TestGuessingPasswordsEnds(t *testing.T) {
	t.Parallel()
	h := build(t, nil)
	c, _ := h.guest()
	var err error
	for range 20 {
		_, err = c.SignIn(t.Context(), account.Person{Email: email, Password: "a wrong password"})
		if account.CodeOf(err) != account.CodeSignInRefused {
			break
		}
	}
	if account.CodeOf(err) != account.CodeTooMany {
		t.Errorf("after 20 guesses the answer is %v", err)
	}
	// An address that the peer made up does not help where there is no proxy.
	got := h.send(http.MethodPost, "/v1/sessions", `{"email":"`+email+`","password":"another guess"}`, "X-Forwarded-For: 192.0.2.9")
	if p := got.problem(t); p.Code != account.CodeTooMany || got.header.Get("Retry-After") == "" {
		t.Errorf("with another address in a header the answer is %s", got.body)
	}
}

// TestNothingSecretIsLoggedOrEchoed sends secrets in every place where one may
// come, rightly or by mistake.
func TestNothingSecretIsLoggedOrEchoed(t *testing.T) {
	t.Parallel()
	h := build(t, nil)
	c, in := h.guest()
	if _, err := c.Status(t.Context()); err != nil {
		t.Fatal(err)
	}
	const secret = "hunter2hunter2"
	session := "Authorization: Bearer " + in.Token
	said := ""
	for _, body := range []string{
		`{"email":"` + email + `","password":"` + secret + `"}`,
		`{"email":"` + email + `","password":["` + secret + `"]}`,
		`{"email":"` + email + `","passwort":"` + secret + `"}`,
		`{"email":{"` + secret + `":1},"password":"` + secret + `"}`,
		`"` + secret + `"`, secret, `{"email":"` + email + `","password":"` + secret,
	} {
		for _, path := range []string{"/v1/accounts", "/v1/sessions", "/v1/sync"} {
			said += h.send(http.MethodPost, path, body, session).body
		}
	}
	said += h.send(http.MethodGet, "/v1/status?password="+secret, "", session).body
	said += h.send(http.MethodDelete, "/v1/sessions/"+secret, "", session).body
	said += h.send(http.MethodGet, "/"+secret, "").body
	said += h.send(http.MethodGet, "/metrics", "").body
	log := h.log.String()
	if !strings.Contains(log, "POST /v1/sessions") {
		t.Fatalf("the log is\n%s", log)
	}
	for name, what := range map[string]string{
		"a password": password, "a mistyped password": secret, "a token": in.Token, "an email": email, "part of an email": "mia@",
	} {
		if strings.Contains(log, what) {
			t.Errorf("%s is in the log", name)
		}
	}
	for _, what := range []string{password, secret, in.Token} {
		if i := strings.Index(said, what); i >= 0 {
			t.Errorf("an answer repeats a secret: …%s…", said[max(i-100, 0):i+len(what)])
		}
	}
}

func TestFailureInsideTellsNothing(t *testing.T) {
	t.Parallel()
	h := build(t, nil)
	c, in := h.guest()
	if err := h.server.Store.Close(); err != nil {
		t.Fatal(err)
	}
	got := h.send(http.MethodGet, "/v1/status", "", "Authorization: Bearer "+in.Token)
	if p := got.problem(t); got.status != http.StatusInternalServerError || p.Code != "" || strings.Contains(got.body, "sql") {
		t.Errorf("the answer is %d %s", got.status, got.body)
	}
	if _, err := c.Status(t.Context()); err == nil || account.CodeOf(err) != "" {
		t.Errorf("to the client it is %v", err)
	}
	if !strings.Contains(h.log.String(), "level=ERROR") {
		t.Error("the log does not say what went wrong")
	}
	if got := h.send(http.MethodGet, "/readyz", ""); got.status != http.StatusServiceUnavailable {
		t.Errorf("the server says that it is ready: %d", got.status)
	}
	if got := h.send(http.MethodGet, "/healthz", ""); got.status != http.StatusOK {
		t.Errorf("the process is not alive: %d", got.status)
	}
}

func TestMetricsCount(t *testing.T) {
	t.Parallel()
	h := build(t, nil)
	h.guest()
	h.send(http.MethodGet, "/v1/status", "")
	got := h.send(http.MethodGet, "/metrics", "").body
	for _, line := range []string{
		`mapwright_requests_total{route="POST /v1/accounts",status="201"} 1`,
		`mapwright_requests_total{route="GET /v1/status",status="401"} 1`,
		`mapwright_refusals_total{code="sign_in_needed"} 1`,
		`# TYPE mapwright_requests_total counter`,
	} {
		if !strings.Contains(got, line+"\n") {
			t.Errorf("%s is missing in\n%s", line, got)
		}
	}
}

func TestOpenAPIDocument(t *testing.T) {
	t.Parallel()
	h := build(t, nil)
	got := h.send(http.MethodGet, "/openapi.json", "").body
	const golden = "testdata/openapi.json"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Error("the API is described otherwise than in " + golden + ": if clients in the field can bear that, run with -update")
	}
	var document struct {
		OpenAPI string `json:"openapi"`
		Paths   map[string]map[string]any
	}
	if err := json.Unmarshal([]byte(got), &document); err != nil {
		t.Fatal(err)
	}
	if document.OpenAPI != "3.1.0" || len(document.Paths) != 10 {
		t.Errorf("OpenAPI %s with %d paths", document.OpenAPI, len(document.Paths))
	}
}
