package pages

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/account"
)

func TestHostileNamesAreText(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const hostile = `"><script>alert(1)</script>'{{.}}<b id=main>&amp;`
	bad := strings.ReplaceAll(hostile, " ", "/") + "@example.org"
	_, service := w.open(bad)
	c := w.enrol(service, hostile+"\u202e\x01", 2)
	c.end(c.hold(`<i>@"onload=x`), account.Post)
	w.enrol(service, " ", 1)
	b := w.browser()
	b.signIn(bad)
	for _, path := range everyPage {
		a := b.get(path)
		checkHTML(t, a.text)
		if strings.Contains(a.text, "<script") || strings.Contains(a.text, "<b id") || strings.Contains(a.text, "<i>") {
			t.Errorf("%s lets a name be HTML:\n%s", path, a.text)
		}
	}
	b.get("/devices").want(t, http.StatusOK, hostile, "a computer without a name")
	b.get("/usage").want(t, http.StatusOK, hostile)
	b.get("/plan").want(t, http.StatusOK, bad)
	door := w.browser()
	a := door.send(door.get("/sign-in"), "/sign-in", url.Values{"email": {hostile}, "password": {password}})
	checkHTML(t, a.text)
	a.want(t, http.StatusUnprocessableEntity)
}

func TestErrorsSayWhatToDo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open(email)
	b := w.browser()
	plan := b.signIn(email)
	b.get("/nowhere/at/all").want(t, http.StatusNotFound, "There is no such page", "Go to your account")
	a := b.get("/sign-out")
	a.want(t, http.StatusMethodNotAllowed, "This address is for a form")
	if allow := a.Header.Get("Allow"); allow != "POST" {
		t.Errorf("allowed is %q", allow)
	}
	b.post("/plan", nil).want(t, http.StatusMethodNotAllowed)
	long := url.Values{"email": {strings.Repeat("x", maxForm)}}
	b.post("/sign-in", long).want(t, http.StatusRequestEntityTooLarge, "The form is too long")
	if err := w.store.Close(); err != nil {
		t.Fatal(err)
	}
	for _, a := range []answer{b.get("/plan"), b.send(plan, "/sign-out", nil)} {
		a.want(t, http.StatusInternalServerError, "Your credits are safe", "Try again")
		checkHTML(t, a.text)
		if strings.Contains(a.text, "sql") || strings.Contains(a.text, "database") {
			t.Errorf("the page tells what is inside:\n%s", a.text)
		}
	}
	if !strings.Contains(w.log.String(), "database is closed") {
		t.Errorf("the log does not say why: %s", w.log.String())
	}
}

func TestWithoutSupportThePagesStillSayWhomToAsk(t *testing.T) {
	t.Parallel()
	for support, want := range map[string]string{
		"": "ask those who run this server", "the print shop": "the print shop",
		"help@example.org": `href="mailto:help@example.org"`, "https://help.example": `href="https://help.example"`,
		"javascript:alert(1)": "Help: javascript:alert(1)",
	} {
		w := newWorld(t)
		answered := httptest.NewRecorder()
		New(Config{Server: w.server, Clock: w.server.Clock, Support: support}).
			ServeHTTP(answered, httptest.NewRequest(http.MethodGet, "/credits", http.NoBody))
		text := answered.Body.String()
		if !strings.Contains(text, want) || strings.Contains(text, `href="javascript`) {
			t.Errorf("with %q help is not %q:\n%s", support, want, text)
		}
		checkHTML(t, text)
	}
}
