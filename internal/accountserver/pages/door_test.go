package pages

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/accountserver"
)

func TestSignUpLeadsToAPlanWithCredits(t *testing.T) {
	t.Parallel()
	b := newWorld(t).browser()
	first := b.get("/")
	first.want(t, http.StatusOK, "Sign in")
	door := b.get("/sign-up")
	plan := b.send(door, "/sign-up", url.Values{"email": {email}, "password": {password}, "again": {password}})
	plan.want(t, http.StatusOK, "Your account is ready", "10 credits", "Trial your plan", email)
	if plan.Request.Method != http.MethodGet || plan.Request.URL.Path != "/plan" {
		t.Errorf("the form was answered by %s %s, so that loading again sends it again", plan.Request.Method, plan.Request.URL)
	}
	if got := plan.byClass("figure"); len(got) != 1 || !strings.HasPrefix(got[0], "Balance: 10 credits") {
		t.Errorf("the corner shows %q", got)
	}
	if got := plan.byClass("disc"); len(got) == 0 || got[0] != "LK" {
		t.Errorf("the initials are %q", got)
	}
	out := b.send(plan, "/sign-out", nil)
	if out.Request.URL.Path != "/sign-in" {
		t.Errorf("signing out led to %s", out.Request.URL)
	}
	if again := b.get("/plan"); again.Request.URL.Path != "/sign-in" {
		t.Errorf("after signing out, /plan is %s", again.Request.URL)
	}
}

func TestDoorSaysBesideTheFieldWhatIsWrong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open("taken@example.org")
	for name, c := range map[string]struct {
		page   string
		typed  url.Values
		status int
		field  string
		says   string
	}{
		"sign up, no email yet":  {"/sign-up", url.Values{"password": {password}, "again": {password}}, 422, "email", "Type your email address."},
		"sign up, no email":      {"/sign-up", url.Values{"email": {"lena"}, "password": {password}, "again": {password}}, 422, "email", "This is no email address: one looks like lena@example.org."},
		"sign up, no password":   {"/sign-up", url.Values{"email": {email}}, 422, "password", "Choose a password."},
		"sign up, 9 characters":  {"/sign-up", url.Values{"email": {email}, "password": {"123456789"}, "again": {"123456789"}}, 422, "password", "A password needs at least 10 characters."},
		"sign up, two passwords": {"/sign-up", url.Values{"email": {email}, "password": {password}, "again": {"six boards of brich"}}, 422, "again", "This is not the same password."},
		"sign up, email taken":   {"/sign-up", url.Values{"email": {"Taken@example.org"}, "password": {password}, "again": {password}}, 409, "email", "There is an account with this email."},
		"sign in, no email":      {"/sign-in", url.Values{"password": {password}}, 422, "email", "Type your email address."},
		"sign in, no password":   {"/sign-in", url.Values{"email": {email}}, 422, "password", "Type your password."},
		"sign in, wrong":         {"/sign-in", url.Values{"email": {"taken@example.org"}, "password": {"seven boards"}}, 422, "", "The email or the password is wrong."},
		"sign in, unknown":       {"/sign-in", url.Values{"email": {email}, "password": {"seven boards"}}, 422, "", "The email or the password is wrong."},
	} {
		t.Run(name, func(t *testing.T) {
			b := w.browser()
			a := b.send(b.get(c.page), c.page, c.typed)
			a.want(t, c.status, c.says)
			checkHTML(t, a.text)
			if !strings.HasPrefix(titleOf(a), "Problem: ") {
				t.Errorf("a screen reader hears the title %q", titleOf(a))
			}
			for input := range nodes(a.doc, "input") {
				id := attribute(input, "id")
				if attribute(input, "type") == "password" && attribute(input, "value") != "" {
					t.Error("the password came back")
				}
				if id == "email" && attribute(input, "value") != c.typed.Get("email") {
					t.Errorf("of the email %q, %q is left", c.typed.Get("email"), attribute(input, "value"))
				}
				if marked := attribute(input, "aria-invalid") != ""; id != "" && (id == c.field) != marked {
					t.Errorf("the field %s is marked: %v", id, marked)
				}
				if id != "" && id == c.field && !strings.Contains(attribute(input, "aria-describedby"), id+"-problem") {
					t.Errorf("the field %s is described by %q", id, attribute(input, "aria-describedby"))
				}
			}
			for _, typed := range c.typed["password"] {
				if strings.Contains(a.text, typed) {
					t.Error("the page shows the password")
				}
			}
		})
	}
}

func TestTenCharactersAreEnough(t *testing.T) {
	t.Parallel()
	b := newWorld(t).browser()
	a := b.send(b.get("/sign-up"), "/sign-up", url.Values{"email": {email}, "password": {"1234567890"}, "again": {"1234567890"}})
	a.want(t, http.StatusOK, "Your account is ready")
}

func TestGuessingIsSlowedDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open(email)
	b := w.browser()
	door := b.get("/sign-in")
	var last answer
	for range 11 {
		last = b.send(door, "/sign-in", url.Values{"email": {email}, "password": {"seven boards"}})
	}
	last.want(t, http.StatusTooManyRequests, "This was tried too often: try again in a few minutes.")
	if last.Header.Get("Retry-After") == "" {
		t.Error("programs are not told when to try again")
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, _ := w.open(email)
	b := w.browser()
	plan := b.signIn(email)
	mallory := w.browser()
	foreign := hidden(mallory.get("/sign-in"))
	sessions, err := w.server.Sessions(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for name, token := range map[string]string{"no token": "", "a made-up token": "x", "a token of another browser": foreign} {
		form := url.Values{"token": {token}, "session": {sessions[0].ID.String()}, "email": {email}, "password": {password}, "again": {password}}
		for _, path := range []string{"/sign-in", "/sign-up", "/sign-out", "/sessions/revoke"} {
			b.post(path, form).want(t, http.StatusForbidden, "This form is out of date", "Nothing was changed")
			t.Log(name, path)
		}
	}
	noCookie := w.browser()
	noCookie.post("/sign-in", url.Values{"token": {formToken("")}, "email": {email}, "password": {password}}).want(t, http.StatusForbidden)
	if again := b.get("/plan"); again.Request.URL.Path != "/plan" {
		t.Error("a form of another site signed the person out")
	}
	if left, err := w.server.Sessions(t.Context(), id); err != nil || len(left) != 1 {
		t.Errorf("sessions are %v (%v)", left, err)
	}
	b.send(plan, "/sign-out", nil).want(t, http.StatusOK, "Sign in")
}

func TestTheTokenOfAPageIsNotTheSecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open(email)
	b := w.browser()
	plan := b.signIn(email)
	here, err := url.Parse(w.site.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, cookie := range b.Jar.Cookies(here) {
		if strings.Contains(plan.text, cookie.Value) {
			t.Errorf("the page shows the cookie %s", cookie.Name)
		}
	}
}

func TestSignInLeadsBackButNeverAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open(email)
	for from, want := range map[string]string{
		"/usage":                              "/usage",
		"/devices":                            "/devices",
		"/sessions":                           "/sessions",
		"/sign-in?next=https://evil.example/": "/plan",
		"/sign-in?next=//evil.example":        "/plan",
		"/sign-in?next=/sign-out":             "/plan",
	} {
		b := w.browser()
		a := b.send(b.get(from), "/sign-in", url.Values{"email": {email}, "password": {password}})
		if a.Request.URL.Host != b.get("/plan").Request.URL.Host || a.Request.URL.Path != want {
			t.Errorf("from %s a sign-in leads to %s", from, a.Request.URL)
		}
	}
}

func TestCookiesAreForThisSiteAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open(email)
	for host, secure := range map[string]bool{
		"accounts.example.org": true, "192.168.1.4:8080": true, "localhost.example.org": true, "": true,
		"localhost:8080": false, "127.0.0.1": false, "[::1]:8080": false, "mapwright.localhost": false,
	} {
		r := httptest.NewRequest(http.MethodGet, "/sign-in", http.NoBody)
		r.Host = host
		answered := httptest.NewRecorder()
		w.pages().ServeHTTP(answered, r)
		form := answered.Result().Cookies()[0]
		in := url.Values{"token": {formToken(form.Value)}, "email": {email}, "password": {password}}
		r = httptest.NewRequest(http.MethodPost, "/sign-in", strings.NewReader(in.Encode()))
		r.Host = host
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.AddCookie(form)
		answered = httptest.NewRecorder()
		w.pages().ServeHTTP(answered, r)
		if answered.Code != http.StatusSeeOther {
			t.Fatalf("at %q signing in answered %d", host, answered.Code)
		}
		for _, c := range append(answered.Result().Cookies(), form) {
			if c.Secure != secure || strings.HasPrefix(c.Name, "__Host-") != secure {
				t.Errorf("at %q the cookie %s is secure: %v", host, c.Name, c.Secure)
			}
			if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
				t.Errorf("at %q the cookie is %v", host, c)
			}
		}
	}
}

func TestACookieIsNoKeyToTheAPI(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open(email)
	api, err := w.server.SignIn(t.Context(), accountserver.Attempt{Email: email, Password: password}, accountserver.SessionAPI)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodGet, "/plan", http.NoBody)
	r.Host = "localhost"
	r.AddCookie(&http.Cookie{Name: sessionCookie, Value: api.Token})
	answered := httptest.NewRecorder()
	w.pages().ServeHTTP(answered, r)
	if answered.Code != http.StatusSeeOther {
		t.Errorf("the token of a program opened a page: %d", answered.Code)
	}
}

func hidden(a answer) string {
	for input := range nodes(a.doc, "input") {
		if attribute(input, "name") == tokenField {
			return attribute(input, "value")
		}
	}
	return ""
}

func titleOf(a answer) string {
	for n := range nodes(a.doc, "title") {
		if n.FirstChild != nil {
			return n.FirstChild.Data
		}
	}
	return ""
}

func TestSigningOutAndTimeEndTheSessionItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, _ := w.open(email)
	b := w.browser()
	b.send(b.signIn(email), "/sign-out", nil)
	if left, err := w.server.Sessions(t.Context(), id); err != nil || len(left) != 0 {
		t.Errorf("after signing out, a copied cookie still opens %v (%v)", left, err)
	}
	b.signIn(email)
	for _, days := range []int{13, 13} { // each use moves the end
		w.now = w.now.AddDate(0, 0, days)
		if a := b.get("/plan"); a.Request.URL.Path != "/plan" {
			t.Fatalf("used within 14 days, the session is over: %s", a.Request.URL)
		}
	}
	w.now = w.now.AddDate(0, 0, 15)
	if a := b.get("/plan"); a.Request.URL.Path != "/sign-in" {
		t.Errorf("15 days after its last use, the session opens %s", a.Request.URL)
	}
}
