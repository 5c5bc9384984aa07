package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/account/httpclient"
)

// asProgram makes the test binary be the program.
const asProgram = "MAPWRIGHT_ACCOUNTS_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) == "" {
		os.Exit(m.Run())
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// process is a running server.
type process struct {
	testing.TB
	cmd     *exec.Cmd
	address string

	mu  sync.Mutex
	log bytes.Buffer
}

var listening = regexp.MustCompile(`msg=listening address=(\S+)`)

// start starts a server over a data directory and waits until it listens.
func start(t testing.TB, dir string, args ...string) *process {
	t.Helper()
	args = append([]string{"serve", "--listen", "127.0.0.1:0", "--data-dir", dir}, args...)
	p := &process{TB: t, cmd: exec.Command(os.Args[0], args...)}
	p.cmd.Env = append(os.Environ(), asProgram+"=1")
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if p.cmd.ProcessState == nil {
			if err := p.cmd.Process.Kill(); err != nil {
				t.Error(err)
			}
			_ = p.cmd.Wait() // it was killed
		}
	})
	found := make(chan string, 1)
	go p.read(stderr, found)
	select {
	case p.address = <-found:
	case <-time.After(30 * time.Second):
		t.Fatalf("the server does not listen; it says\n%s", p.said())
	}
	return p
}

func (p *process) read(stderr io.Reader, found chan<- string) {
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		p.mu.Lock()
		p.log.WriteString(lines.Text() + "\n")
		p.mu.Unlock()
		if m := listening.FindStringSubmatch(lines.Text()); m != nil {
			found <- m[1]
		}
	}
}

func (p *process) said() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.String()
}

// stop tells the server to stop and returns its exit code.
func (p *process) stop() int {
	p.Helper()
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		p.Fatal(err)
	}
	_ = p.cmd.Wait() // the exit code says it all
	return p.cmd.ProcessState.ExitCode()
}

func (p *process) client() *httpclient.Client {
	p.Helper()
	c, err := httpclient.New("http://"+p.address, httpclient.Options{})
	if err != nil {
		p.Fatal(err)
	}
	return c
}

var mia = account.Person{Email: "mia@example.org", Password: "correct horse"}

// computer is a device with a key and what the server told it.
type computer struct {
	testing.TB
	service account.Service
	key     ed25519.PrivateKey
	epoch   account.Epoch
}

func enrol(t testing.TB, service account.Service, seed byte) *computer {
	t.Helper()
	c := &computer{TB: t, service: service, key: ed25519.NewKeyFromSeed(bytes.Repeat([]byte{seed}, 32))}
	r := account.EnrolRequest{Name: "workshop"}
	if err := r.Sign(c.key); err != nil {
		t.Fatal(err)
	}
	reply, err := service.Enrol(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	c.epoch = reply.Epoch
	return c
}

// sync sends vouchers and wants credits, as the nonce-th lease.
func (c *computer) sync(nonce byte, want int, vouchers ...account.Voucher) (account.SyncReply, error) {
	r := account.SyncRequest{Device: account.DeviceKeyOf(c.key), Epoch: c.epoch, Vouchers: vouchers, Want: want}
	if want > 0 {
		r.Nonce = account.Nonce{nonce}
	}
	return c.service.Sync(context.Background(), r)
}

// spend holds and posts a credit of a new lease.
func (c *computer) spend(l *account.Lease) []account.Voucher {
	c.Helper()
	hold := account.Voucher{
		Lease: l.ID, Seq: 1, Kind: account.Hold, Charge: account.NumberOf(l.ID, 1), Amount: 1, Plugin: "svg@1.0.0", PrevHash: l.Hash(),
	}
	if err := hold.Sign(c.key); err != nil {
		c.Fatal(err)
	}
	post := hold
	post.Seq, post.Kind, post.PrevHash = 2, account.Post, hold.Hash()
	if err := post.Sign(c.key); err != nil {
		c.Fatal(err)
	}
	return []account.Voucher{hold, post}
}

// admin runs a command beside the server, in this process.
func admin(t testing.TB, dir string, want int, args ...string) string {
	t.Helper()
	var out, errs strings.Builder
	args = append([]string{"admin", "--data-dir", dir}, args...)
	if code := run(context.Background(), args, &out, &errs); code != want {
		t.Errorf("%s exits with %d: %s", strings.Join(args, " "), code, errs.String())
	}
	return out.String() + errs.String()
}
