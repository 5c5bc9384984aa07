package e2e

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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
	env     []string
	address string
	process *exec.Cmd // nil while it is off
}

// newAccounts starts one with a database of its own.
func newAccounts(t *testing.T) *accounts {
	t.Helper()
	return newAccountsOn(t, "")
}

// newAccountsOn starts one on the database of a URL; empty is one of its own.
func newAccountsOn(t *testing.T, database string) *accounts {
	t.Helper()
	a := &accounts{
		t: t, dir: t.TempDir(), address: "127.0.0.1:0",
		env: append(os.Environ(), "MAPWRIGHT_ACCOUNTS_DATABASE="+database),
	}
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
	a.process.Env = a.env
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
	cmd := exec.Command(accountsProgram(), append([]string{"admin", "--data-dir", a.dir}, args...)...)
	cmd.Env = a.env
	out, err := cmd.CombinedOutput()
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
