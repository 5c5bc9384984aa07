package e2e

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// password is that of everybody in these tests.
const password = "correct horse"

// accountsProgram builds the account server once.
var accountsProgram = sync.OnceValue(func() string {
	program := filepath.Join(built, "mapwright-accounts")
	goBuild(program, "../cmd/mapwright-accounts")
	return program
})

// accounts is an account server that can be killed, and started again where it
// was.
type accounts struct {
	t       *testing.T
	dir     string
	address string
	process *exec.Cmd // nil while it is off
}

func newAccounts(t *testing.T) *accounts {
	t.Helper()
	a := &accounts{t: t, dir: t.TempDir(), address: "127.0.0.1:0"}
	t.Cleanup(a.kill)
	a.start()
	return a
}

var listening = regexp.MustCompile(`msg=listening address=(\S+)`)

func (a *accounts) start() {
	a.t.Helper()
	if a.process != nil {
		return
	}
	a.process = exec.Command(accountsProgram(), "serve", "--data-dir", a.dir, "--listen", a.address)
	stderr, err := a.process.StderrPipe()
	if err != nil {
		a.t.Fatal(err)
	}
	if err := a.process.Start(); err != nil {
		a.t.Fatal(err)
	}
	address := make(chan string, 1)
	go func() {
		defer close(address)
		for lines := bufio.NewScanner(stderr); lines.Scan(); {
			if m := listening.FindStringSubmatch(lines.Text()); m != nil {
				address <- m[1]
			}
		}
	}()
	select {
	case a.address = <-address:
	case <-time.After(30 * time.Second):
	}
	if a.address == "" {
		a.t.Fatal("the account server does not listen")
	}
}

// kill ends the server without a word.
func (a *accounts) kill() {
	a.t.Helper()
	if a.process == nil {
		return
	}
	if err := a.process.Process.Kill(); err != nil {
		a.t.Fatal(err)
	}
	_ = a.process.Wait() // it was killed
	a.process = nil
}

// admin runs a command of those who run the server.
func (a *accounts) admin(args ...string) string {
	a.t.Helper()
	out, err := exec.Command(accountsProgram(), append([]string{"admin", "--data-dir", a.dir}, args...)...).CombinedOutput()
	if err != nil {
		a.t.Fatalf("mapwright-accounts admin %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// posted is what the server knows to be spent, after it checked its books.
func (a *accounts) posted(email string) int {
	a.t.Helper()
	a.admin("books")
	var found struct {
		Books struct{ Posted int }
	}
	text := a.admin("find", email, "--json")
	if err := json.Unmarshal([]byte(text), &found); err != nil {
		a.t.Fatalf("%v: %s", err, text)
	}
	return found.Books.Posted
}

// shop is a computer that knows the server; nobody is signed in there.
func (a *accounts) shop(t *testing.T) *shop {
	t.Helper()
	s := newShop(t)
	s.env = []string{"MAPWRIGHT_ACCOUNT=http://" + a.address, "PASSWORD=" + password}
	return s
}

func (s *shop) sign(how, email string) outcome {
	s.t.Helper()
	return s.must("account", how, "--email", email, "--password-env", "PASSWORD")
}

// contactJSON is what credits show says of the server.
type contactJSON struct {
	creditsJSON
	AsOf    string `json:"as_of"`
	Server  string `json:"server"`
	Reached bool   `json:"reached"`
}

func (s *shop) show() contactJSON {
	s.t.Helper()
	return decode[contactJSON](s.t, s.must("credits", "show", "--json"))
}

// settled syncs and checks that the server is where this computer is.
func (s *shop) settled(balance int) {
	s.t.Helper()
	s.must("credits", "sync")
	c := s.show()
	if c.Balance == nil || *c.Balance != balance || c.Unsynced != 0 || c.Pending != 0 || !c.Reached {
		s.t.Errorf("after the sync: %+v with balance %v, want %d, all of it synced", c, c.Balance, balance)
	}
}

func (s *shop) postedHere() int {
	s.t.Helper()
	sum := 0
	for _, c := range s.history() {
		if c.State == "posted" {
			sum += c.Credits
		}
	}
	return sum
}

// sessions lists the files with a session.
func (s *shop) sessions() []string {
	s.t.Helper()
	found, err := filepath.Glob(filepath.Join(s.data, "servers", "*", "session.json"))
	if err != nil {
		s.t.Fatal(err)
	}
	return found
}

func TestSignUpGivesTenCreditsAndKeepsItsTokenToItself(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	s := a.shop(t)
	hint := []string{"sign in: mapwright account sign-in --email"}
	for _, args := range [][]string{
		{"credits", "show"},
		{"credits", "sync"},
		{"credits", "reserve", "5"},
		{"account", "status"},
		{"account", "sign-out"},
		{"export", s.hamlet(), "--layers", "lanes", "--formats", "svg", "--out", s.path("out")},
	} {
		s.refuses(5, hint, args...)
	}
	said := s.sign("sign-up", "mia@example.org")
	if c := s.show(); c.Plan != "trial" || c.Balance == nil || *c.Balance != 10 || c.Server != "http://"+a.address || !c.Reached {
		t.Errorf("after the sign-up: %+v", c)
	}
	who := decode[struct{ Email, Plan, Server string }](t, s.must("account", "status", "--json"))
	if who.Email != "mia@example.org" || who.Plan != "trial" || who.Server != "http://"+a.address {
		t.Errorf("account status: %+v", who)
	}
	files := s.sessions()
	if len(files) != 1 {
		t.Fatalf("sessions are kept in %v, want one file", files)
	}
	info, err := os.Stat(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("the session can be read by %v", info.Mode())
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	var kept struct{ Token string }
	if err := json.Unmarshal(text, &kept); err != nil || kept.Token == "" {
		t.Fatalf("no token is kept: %v", err)
	}
	for _, o := range []outcome{said, s.must("account", "status"), s.must("account", "status", "--json"), s.must("credits", "sync")} {
		if strings.Contains(o.stdout+o.stderr, kept.Token) || strings.Contains(o.stdout+o.stderr, password) {
			t.Error("a secret is printed")
		}
	}
}

func TestWhatASignInRefusesHasItsExitCode(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	s := a.shop(t)
	s.sign("sign-up", "mia@example.org")
	s.env = append(s.env, "WRONG=battery staple", "SHORT=horse")
	for _, c := range []struct {
		code int
		says string
		args string
	}{
		{1, "account", "account sign-up --email mia@example.org --password-env PASSWORD"},
		{2, "10 characters", "account sign-up --email ada@example.org --password-env SHORT"},
		{5, "wrong", "account sign-in --email mia@example.org --password-env WRONG"},
		{2, "EMPTY", "account sign-in --email mia@example.org --password-env EMPTY"},
		{2, "--email", "account sign-in --password-env PASSWORD"},
		{2, "embedded account", "account plan creator"},
		{2, "https", "--account http://accounts.example.org credits show"},
		{2, "https", "--account frobnicate credits show"},
		{2, "--account", "--account= account sign-in --email mia@example.org --password-env PASSWORD"},
	} {
		s.refuses(c.code, []string{c.says}, strings.Fields(c.args)...)
	}
	if c := s.show(); c.Balance == nil || *c.Balance != 10 {
		t.Errorf("after refusals: %+v", c)
	}
	a.kill()
	s.refuses(5, []string{"can't be reached"}, "account", "sign-in", "--email", "mia@example.org", "--password-env", "PASSWORD")
	s.refuses(5, []string{"can't be reached"}, "account", "status")
}

func TestTheEmbeddedAccountAndOneElsewhereNeverMix(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	s := a.shop(t)
	m := s.hamlet()
	s.sign("sign-up", "mia@example.org")
	s.export(m, "lanes", "svg")
	there := s.env
	s.env = nil
	if got := s.balance(); got != 18 {
		t.Errorf("the embedded account has %d, want its 18", got)
	}
	if got := s.export(m, "lanes", "svg"); got.spent() != 1 {
		t.Errorf("what another account paid for costs %d in the embedded one, want 1", got.spent())
	}
	// A run that broke off is the business of the account that paid for it.
	s.env = append([]string{"MAPWRIGHT_FAULT=posted"}, there...)
	if o := s.run("export", m, "--layers", "ponds", "--formats", "svg", "--out", s.path("broken")); o.code == 0 {
		t.Fatal("the export did not break off")
	}
	s.env = nil
	s.must("credits", "sync")
	s.env = there
	s.must("credits", "sync")
	if got := s.tree("broken"); len(got) != 1 || got[0] != "hamlet.svg" {
		t.Errorf("what was paid for is not there: %v", got)
	}
	s.settled(8)
	s.env = nil
	s.settledEmbedded(17)
}

func (s *shop) settledEmbedded(balance int) {
	s.t.Helper()
	if got := s.balance(); got != balance {
		s.t.Errorf("the embedded account has %d, want %d", got, balance)
	}
}

func TestExportsGoOnWithoutTheServerAndSettleWhenItIsBack(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	s := a.shop(t)
	m := s.hamlet()
	s.sign("sign-up", "mia@example.org")
	s.must("credits", "reserve", "5")
	a.kill()

	if got := s.export(m, "lanes,ponds", "svg,png"); got.spent() != 4 || got.Credits.Unsynced == 0 {
		t.Errorf("offline: spent %d, %+v", got.spent(), got.Credits)
	}
	c := s.show()
	if c.Reached || c.AsOf == "" || c.Unsynced != 8 || c.Pending != 4 || *c.Balance != 6 || *c.Spendable != 1 {
		t.Errorf("offline: %+v, balance %d, spendable %d", c, *c.Balance, *c.Spendable)
	}
	if o := s.must("credits", "show"); !strings.Contains(o.stderr, "can't be reached") || !strings.Contains(o.stderr, "as of 2") {
		t.Errorf("credits show is silent about the server:\n%s%s", o.stdout, o.stderr)
	}
	before := len(s.history())
	s.refuses(4, []string{"2 credits", "1 missing", "can't be reached"}, "export", m, "--layers", "trees", "--formats", "svg,png", "--out", s.path("more"))
	if len(s.history()) != before || len(s.tree("more")) != 0 {
		t.Errorf("a refused export left %v and %v", s.history(), s.tree("more"))
	}
	s.refuses(5, []string{"can't be reached"}, "credits", "sync")
	s.refuses(5, []string{"can't be reached"}, "credits", "reserve", "3")
	s.export(m, "trees", "svg")
	s.refuses(4, []string{"1 missing"}, "export", m, "--layers", "trees", "--formats", "png", "--out", s.path("more"))
	if got := s.export(m, "lanes", "png"); got.spent() != 0 {
		t.Errorf("a repeat costs %d offline, want 0", got.spent())
	}

	a.start()
	s.settled(5)
	if got := a.posted("mia@example.org"); got != 5 {
		t.Errorf("the books of the server have %d spent, want 5", got)
	}
	s.export(m, "trees", "png")
	s.settled(4)
}

func TestAServerThatHangsHoldsUpNoExport(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	s := a.shop(t)
	m := s.hamlet()
	s.sign("sign-up", "mia@example.org")
	a.kill()
	var config net.ListenConfig
	silent, err := config.Listen(t.Context(), "tcp", a.address) // whoever connects waits
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	if got := s.export(m, "lanes", "svg"); got.spent() != 1 {
		t.Errorf("spent %d, want 1", got.spent())
	}
	if took := time.Since(begun); took > 30*time.Second {
		t.Errorf("the export took %v", took)
	}
	if err := silent.Close(); err != nil {
		t.Fatal(err)
	}
	a.start()
	s.settled(9)
}

func TestAComputerThatWasNeverOnlineHasNothingToSpend(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	first, second := a.shop(t), a.shop(t)
	first.sign("sign-up", "mia@example.org")
	second.sign("sign-in", "mia@example.org")
	second.must("credits", "reserve", "0")
	a.kill()
	o := second.run("export", second.hamlet(), "--layers", "lanes", "--formats", "svg", "--out", second.path("out"))
	if o.code != 4 && o.code != 5 || len(second.tree("out")) != 0 {
		t.Errorf("exit %d, files %v\n%s", o.code, second.tree("out"), o.stderr)
	}
}

// TestTwoComputersNeverSpendMoreThanTheAccountHas turns the server on and off
// while two computers spend one trial.
func TestTwoComputersNeverSpendMoreThanTheAccountHas(t *testing.T) {
	t.Parallel()
	rounds := 4
	if soak() {
		rounds = 200
	}
	first := uint64(time.Now().UnixNano())
	for i := range rounds {
		seed := first + uint64(i)
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 0))
			a := newAccounts(t)
			shops := []*shop{a.shop(t), a.shop(t)}
			shops[0].sign("sign-up", "mia@example.org")
			shops[1].sign("sign-in", "mia@example.org")
			maps := []string{shops[0].hamlet(), shops[1].hamlet()}
			for step := range 16 {
				who := r.IntN(2)
				spendAStep(t, r, a, shops[who], maps[who], step)
				if sum := shops[0].postedHere() + shops[1].postedHere(); sum > 10 {
					t.Fatalf("step %d: %d credits of 10 are spent", step, sum)
				}
			}
			a.start()
			shops[0].must("credits", "sync")
			shops[1].must("credits", "sync")
			sum := shops[0].postedHere() + shops[1].postedHere()
			shops[0].settled(10 - sum)
			shops[1].settled(10 - sum)
			if got := a.posted("mia@example.org"); got != sum || sum == 0 {
				t.Errorf("the books of the server have %d spent, the computers %d", got, sum)
			}
		})
	}
}

// spendAStep does one of the things that happen in a life with a bad line.
func spendAStep(t *testing.T, r *rand.Rand, a *accounts, s *shop, m string, step int) {
	t.Helper()
	var o outcome
	switch r.IntN(6) {
	case 0:
		a.kill()
		return
	case 1:
		a.start()
		return
	case 2:
		o = s.run("credits", "reserve", fmt.Sprint(r.IntN(8)))
	default:
		layers := []string{"lanes", "lanes,ponds", "trees,lanes,ponds"}[r.IntN(3)]
		s.must("layer", "set", m, "lanes", fmt.Sprintf("simplify=0.%d", step+1)) // never free
		o = s.run("export", m, "--layers", layers, "--formats", "svg", "--out", s.path("out"))
	}
	if o.code != 0 && o.code != 4 && o.code != 5 {
		t.Fatalf("step %d: exit %d\n%s", step, o.code, o.stderr)
	}
}

func TestSignOutAndInGoesOnWithThePurse(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	s := a.shop(t)
	m := s.hamlet()
	s.sign("sign-up", "mia@example.org")
	s.export(m, "lanes", "svg")
	s.must("account", "sign-out")
	if got := s.sessions(); len(got) != 0 {
		t.Errorf("%v is left after the sign-out", got)
	}
	if got := a.admin("sessions", "mia@example.org"); strings.Contains(got, "api") {
		t.Errorf("the server still has the session: %s", got)
	}
	s.refuses(5, []string{"sign in: mapwright account sign-in --email"}, "export", m, "--layers", "ponds", "--formats", "svg", "--out", s.path("out"))

	s.sign("sign-up", "ada@example.org")
	if got := s.export(m, "lanes", "svg"); got.spent() != 1 {
		t.Errorf("what Mia paid for costs Ada %d, want 1", got.spent())
	}
	s.export(m, "ponds", "svg")
	a.kill()
	s.export(m, "trees", "svg")
	if o := s.must("account", "sign-out"); !strings.Contains(o.stderr, "could not be told") || !strings.Contains(o.stderr, "not yet synced") {
		t.Errorf("the sign-out offline is silent: %s", o.stderr)
	}
	a.start()

	s.sign("sign-in", "Mia@Example.org")
	if got := s.export(m, "lanes", "svg"); got.spent() != 0 {
		t.Errorf("what Mia paid for costs her %d again", got.spent())
	}
	s.settled(9)
	s.sign("sign-in", "ada@example.org")
	s.settled(7)
}

func TestARevokedSessionSpendsNoMore(t *testing.T) {
	t.Parallel()
	a := newAccounts(t)
	s := a.shop(t)
	m := s.hamlet()
	s.sign("sign-up", "mia@example.org")
	s.must("credits", "reserve", "5")
	a.admin("revoke", "mia@example.org")
	hint := []string{"is over", "sign in: mapwright account sign-in --email mia@example.org"}
	for _, args := range [][]string{
		{"credits", "sync"},
		{"credits", "show"},
		{"account", "status"},
		{"export", m, "--layers", "lanes", "--formats", "svg", "--out", s.path("out")},
	} {
		s.refuses(5, hint, args...)
	}
	if got := s.tree("out"); len(got) != 0 {
		t.Errorf("a session that is over made %v", got)
	}
	s.sign("sign-in", "mia@example.org")
	s.export(m, "lanes", "svg")
	s.settled(9)
}
