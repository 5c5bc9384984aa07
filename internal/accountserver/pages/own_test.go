package pages

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
)

// everyPage are the pages of a person who is signed in.
var everyPage = []string{"/plan", "/usage", "/devices", "/sessions", "/credits", "/nowhere", "/sign-out"}

func TestEveryPageIsWholeAndLocked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.workshop()
	b := w.browser()
	doors := []answer{b.get("/sign-in"), b.get("/sign-up"), b.get("/credits"), b.get("/nowhere")}
	b.signIn(email)
	for _, path := range everyPage {
		doors = append(doors, b.get(path))
	}
	for _, a := range doors {
		checkHTML(t, a.text)
		for name, want := range map[string]string{
			"Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
			"X-Content-Type-Options":  "nosniff", "Referrer-Policy": "same-origin", "Cache-Control": "no-store",
			"Content-Type": "text/html; charset=utf-8",
		} {
			if got := a.Header.Get(name); got != want {
				t.Errorf("%s has %s: %q", a.Request.URL, name, got)
			}
		}
	}
	for path, kind := range map[string]string{styleAddress: "text/css; charset=utf-8", iconPath: "image/svg+xml"} {
		if a := b.get(path); a.StatusCode != http.StatusOK || a.Header.Get("Content-Type") != kind || a.text == "" {
			t.Errorf("%s answered %d as %s", path, a.StatusCode, a.Header.Get("Content-Type"))
		}
	}
}

func TestPagesWithoutSignInLeadToIt(t *testing.T) {
	t.Parallel()
	b := newWorld(t).browser()
	for _, path := range []string{"/", "/plan", "/usage", "/devices", "/sessions"} {
		if a := b.get(path); a.Request.URL.Path != "/sign-in" {
			t.Errorf("%s led to %s", path, a.Request.URL)
		}
	}
}

func TestPlanTellsTheBalanceAndWhereItIs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.workshop()
	b := w.browser()
	a := b.signIn(email)
	a.want(t, http.StatusOK, "14 credits", "Hobby your plan", "18 more on 1 April 2026",
		"On the server, for any of your computers 8 credits", "Ready offline on Workshop PC 3 credits", "Ready offline on Attic laptop 3 credits",
		"Plans are not sold on this page. Write to help@mapwright.example", "∞ unlimited")
	if got := a.byClass("figure"); !strings.HasPrefix(got[0], "Balance: 14 credits") {
		t.Errorf("the corner shows %q", got)
	}
	for form := range nodes(a.doc, "form") {
		if action := attribute(form, "action"); action != "/sign-out" {
			t.Errorf("the plan page has a form for %s", action)
		}
	}
}

func TestUnlimitedShowsInfinity(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, _ := w.workshop()
	w.setPlan(id, "creator")
	b := w.browser()
	a := b.signIn(email)
	a.want(t, http.StatusOK, "∞ unlimited Creator", "Creator your plan")
	if got := a.byClass("figure"); !strings.HasPrefix(got[0], "Balance: ∞ unlimited") {
		t.Errorf("the corner shows %q", got)
	}
	b.get("/usage").want(t, http.StatusOK, "nothing is taken from a balance")
	b.get("/devices").want(t, http.StatusOK, "unlimited")
}

func TestLowBalanceIsSaid(t *testing.T) {
	t.Parallel()
	for left, says := range map[int]string{0: "No credits are left.", 1: "Your credits run low.", 3: "Your credits run low.", 4: ""} {
		w := newWorld(t)
		_, service := w.open(email)
		c := w.enrol(service, "PC", 10)
		for range 10 - left {
			c.end(c.hold("svg@1.0.0"), account.Post)
		}
		a := w.browser().signIn(email)
		a.want(t, http.StatusOK, says)
		if marked := len(a.byClass("note")) > 0; marked != (says != "") {
			t.Errorf("with %d credits the note is there: %v", left, marked)
		}
	}
}

func TestUsageTellsEachCharge(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, service := w.open(email)
	c := w.enrol(service, "Workshop PC", 10)
	paid := c.end(c.hold("svg@1.0.0"), account.Post)
	c.again("svg@1.0.1", paid)
	c.end(c.hold("dxf@2.1.0"), account.Void)
	back := c.end(c.hold("pdf@1.2.0"), account.Post)
	if err := w.server.Refund(t.Context(), id, back); err != nil {
		t.Fatal(err)
	}
	waiting := c.hold("lbrn2@0.9.0").Charge
	b := w.browser()
	b.signIn(email)
	a := b.get("/usage")
	var rows []string
	for row := range nodes(a.doc, "tr") {
		rows = append(rows, wordsOf(row))
	}
	for text, want := range map[string]string{
		"done": string(paid) + " svg 1.0.0 Workshop PC 10 March 2026, 09:12 UTC done 1 credit",
		"free": "svg 1.0.1 Workshop PC 10 March 2026, 09:12 UTC free again paid by " + string(paid) + " 0 credits",
		"void": "dxf 2.1.0 Workshop PC 10 March 2026, 09:12 UTC not made 0 credits",
		"back": string(back) + " pdf 1.2.0 Workshop PC 10 March 2026, 09:12 UTC refunded 0 credits",
		"held": string(waiting) + " lbrn2 0.9.0 Workshop PC 10 March 2026, 09:12 UTC waiting 1 credit",
	} {
		if !slices.ContainsFunc(rows, func(r string) bool { return strings.Contains(r, want) }) {
			t.Errorf("%s: no line says %q:\n%s", text, want, strings.Join(rows, "\n"))
		}
	}
	if len(rows) != 6 {
		t.Errorf("there are %d lines, not a head and 5 charges", len(rows))
	}
}

func TestUsageIsReadToItsEndInPages(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, service := w.open(email)
	w.setPlan(id, "creator")
	c := w.enrol(service, "Workshop PC", 1)
	const made = 2*chargesAPage + 3
	for range made {
		c.end(c.hold("svg@1.0.0"), account.Post)
	}
	b := w.browser()
	b.signIn(email)
	seen := map[string]bool{}
	sizes := []int{}
	for at := "/usage"; at != ""; {
		a := b.get(at)
		a.want(t, http.StatusOK)
		numbers := a.byClass("charge")
		for _, n := range numbers {
			seen[n] = true
		}
		sizes, at = append(sizes, len(numbers)), ""
		for link := range nodes(a.doc, "a") {
			if attribute(link, "rel") == "next" {
				at = attribute(link, "href")
			}
		}
	}
	if len(seen) != made || !slices.Equal(sizes, []int{chargesAPage, chargesAPage, 3}) {
		t.Errorf("%d charges were listed, in parts of %v", len(seen), sizes)
	}
	b.get("/usage?before=1").want(t, http.StatusOK, "That was all", "Newest")
	for _, place := range []string{"x", "0", "-1", "99999999999999999999", "'"} {
		b.get("/usage?before="+place).want(t, http.StatusNotFound, "There is no such part of the list", "Begin with the newest")
	}
}

func TestNothingYetSaysHowToBegin(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open(email)
	b := w.browser()
	b.signIn(email)
	b.get("/usage").want(t, http.StatusOK, "Nothing yet")
	b.get("/devices").want(t, http.StatusOK, "No computer yet", "Sign in as "+email)
}

func TestDevicesTellWhatEachHolds(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, service := w.workshop()
	w.now = w.now.Add(time.Minute)
	copied := w.enrol(service, "Spare", 1)
	twin := *copied
	copied.hold("svg@1.0.0")
	fork(t, &twin)
	b := w.browser()
	b.signIn(email)
	rows := b.get("/devices").byClass("row")
	for i, want := range [][]string{{"Workshop PC since 10 March 2026", "3 credits"}, {"Attic laptop", "3 credits"}, {"Spare", "stopped", "0 credits"}} {
		for _, text := range want {
			if i >= len(rows) || !strings.Contains(rows[i], text) {
				t.Errorf("line %d does not say %q: %q", i, text, rows)
			}
		}
	}
}

// fork spends from a copy of a computer.
func fork(t *testing.T, c *computer) {
	t.Helper()
	v := account.Voucher{
		Lease: c.lease.ID, Seq: 1, PrevHash: c.lease.Hash(), Kind: account.Hold, Amount: 1,
		Charge: account.NumberOf(c.lease.ID, 1), Recipe: account.Recipe{99}, Plugin: "png@1.0.0",
	}
	if err := v.Sign(c.key); err != nil {
		t.Fatal(err)
	}
	r := account.SyncRequest{Device: account.DeviceKeyOf(c.key), Epoch: c.epoch, Vouchers: []account.Voucher{v}}
	if _, err := c.service.Sync(t.Context(), r); account.CodeOf(err) != account.CodeFork {
		t.Fatalf("the copy was answered %v", err)
	}
}

func TestSessionsCanBeEnded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id, _ := w.open(email)
	lost := w.browser()
	lost.signIn(email)
	program, err := w.server.SignIn(t.Context(), accountserver.Attempt{Email: email, Password: password}, accountserver.SessionAPI)
	if err != nil {
		t.Fatal(err)
	}
	b := w.browser()
	b.signIn(email)
	list := b.get("/sessions")
	rows := list.byClass("row")
	if len(rows) != 3 || !strings.HasPrefix(rows[0], "Browser this one") || !strings.Contains(strings.Join(rows, "; "), "Mapwright on a computer") {
		t.Fatalf("the sessions are %q", rows)
	}
	if strings.Contains(list.text, program.Token) {
		t.Error("the page shows a token")
	}
	end := func(session string) answer { return b.send(list, "/sessions/revoke", url.Values{"session": {session}}) }
	end(program.ID.String()).want(t, http.StatusOK, "That session has ended.")
	if _, err := w.server.Authenticate(t.Context(), program.Token, accountserver.SessionAPI); account.CodeOf(err) != account.CodeSignInNeeded {
		t.Errorf("the program is still signed in: %v", err)
	}
	end(program.ID.String()).want(t, http.StatusOK, "was over already")
	end("no session").want(t, http.StatusBadRequest, "Nothing was changed")
	sessions, err := w.server.Sessions(t.Context(), id)
	if err != nil || len(sessions) != 2 {
		t.Fatal(sessions, err)
	}
	for _, s := range sessions { // the own one, too
		end(s.ID.String())
	}
	for name, who := range map[string]*browser{"the lost one": lost, "this one": b} {
		if a := who.get("/plan"); a.Request.URL.Path != "/sign-in" {
			t.Errorf("%s is still signed in: %s", name, a.Request.URL)
		}
	}
}

func TestSessionsOfOthersAreNotEnded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.open(email)
	victim, _ := w.open("karl@example.org")
	w.browser().signIn("karl@example.org")
	sessions, err := w.server.Sessions(t.Context(), victim)
	if err != nil {
		t.Fatal(err)
	}
	b := w.browser()
	b.signIn(email)
	b.send(b.get("/sessions"), "/sessions/revoke", url.Values{"session": {sessions[0].ID.String()}}).want(t, http.StatusOK, "was over already")
	if left, err := w.server.Sessions(t.Context(), victim); err != nil || len(left) != 1 {
		t.Errorf("the other's sessions are %v (%v)", left, err)
	}
}

func TestInitials(t *testing.T) {
	t.Parallel()
	for email, want := range map[string]string{
		"lena@example.org": "L", "lena.kraus@example.org": "LK", "l.m.kraus@example.org": "LM", "lena+mapwright@x": "LM",
		"42@example.org": "?", "émile_zola@x": "ÉZ", "": "?", "<b>@x": "B", "r2d2@x": "RD",
	} {
		p := person{Status: account.Status{Email: email}}
		if got := p.Initials(); got != want {
			t.Errorf("of %q they are %q, not %q", email, got, want)
		}
	}
}

// workshop is an account that was used: 14 of 18 credits on Hobby are left, 3
// each on two computers.
func (w *world) workshop() (account.AccountID, *accountserver.Session) {
	w.Helper()
	id, service := w.open(email)
	w.setPlan(id, "hobby")
	pc := w.enrol(service, "Workshop PC", 7)
	w.now = w.now.Add(time.Minute)
	w.enrol(service, "Attic laptop", 3)
	var paid account.ChargeID
	for i, plugin := range []string{"svg@1.0.0", "dxf@1.2.0", "svg@1.0.0", "lbrn2@0.9.1"} {
		paid = pc.end(pc.hold(plugin), account.Post)
		if i == 1 {
			pc.again(plugin, paid)
			pc.end(pc.hold("pdf@1.1.0"), account.Void)
		}
	}
	if got := fmt.Sprint(pc.balance()); got != "14" {
		w.Fatalf("the workshop has %s credits", got)
	}
	return id, service
}

func (c *computer) balance() int {
	c.w.Helper()
	s, err := c.service.Status(c.w.Context())
	if err != nil {
		c.w.Fatal(err)
	}
	return s.Balance()
}
