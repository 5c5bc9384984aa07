package accountserver

import (
	"bufio"
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver/pgtest"
)

// ofStore is the environment of a process of TestProcessesShareOneAccount: the
// seed of a device and the URL of a database.
const ofStore = "ACCOUNTSERVER_TEST_STORE"

// startServer starts a server over a database, as one process of several, and
// opens the test account on the trial: 10 credits, once.
func startServer(ctx context.Context, store Store, url string) (*Server, error) {
	witness, err := OpenWitness(url, 0)
	if err != nil {
		return nil, err
	}
	server, err := serverOver(store, witness)
	if err != nil {
		return nil, err
	}
	return server, server.OpenAccount(ctx, testAccount, "trial")
}

func serverOver(store Store, witness Witness) (*Server, error) {
	plans, err := DefaultPlans()
	if err != nil {
		return nil, err
	}
	key := ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, 32))
	return New(Config{Store: store, Witness: witness, Key: key, Plans: plans, Clock: time.Now, Rand: rand.Reader})
}

// epoch is the one that the server finds its database in.
func (s *Server) epoch(ctx context.Context) (epoch account.Epoch, err error) {
	err = s.update(ctx, func(_ Tx, e account.Epoch) error {
		epoch = e
		return nil
	})
	return epoch, err
}

// TestProcessesShareOneAccount has two processes spend from one account of 10
// credits at the same moment, each a device that asks one of two servers in
// turn: never more than 10 together.
func TestProcessesShareOneAccount(t *testing.T) {
	t.Parallel()
	for _, kind := range []*storeKind{sqliteKind, postgresKind} {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			url := kind.create(t)
			server, err := startServer(t.Context(), kind.open(t, url), url)
			if err != nil {
				t.Fatal(err)
			}
			spent := 0
			for _, p := range startSpenders(t, url, 2) {
				spent += p.spent(t)
			}
			books, err := server.Books(t.Context(), testAccount)
			if err != nil {
				t.Fatal(err)
			}
			wantBooks(t, books, Books{Granted: 10, Posted: 10})
			if spent != 10 {
				t.Errorf("the devices were let spend %d credits of 10", spent)
			}
		})
	}
}

// spender is a process that spends.
type spender struct {
	cmd    *exec.Cmd
	out    *bufio.Reader
	begin  io.Closer
	errors bytes.Buffer
}

// startSpenders starts processes and lets them begin together.
func startSpenders(t *testing.T, url string, n int) []*spender {
	t.Helper()
	list := make([]*spender, n)
	for i := range list {
		p := &spender{cmd: exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestServerProcessSpends$")}
		p.cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d %s", ofStore, i+1, url))
		p.cmd.Stderr = &p.errors
		out, err := p.cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		p.out = bufio.NewReader(out)
		if p.begin, err = p.cmd.StdinPipe(); err != nil {
			t.Fatal(err)
		}
		if err := p.cmd.Start(); err != nil {
			t.Fatal(err)
		}
		list[i] = p
	}
	for _, p := range list {
		if line, err := p.out.ReadString('\n'); line != "ready\n" {
			said, unread := io.ReadAll(p.out)
			t.Fatalf("a process is not ready: %v\n%s%s%s", errors.Join(err, unread), line, said, p.errors.String())
		}
	}
	for _, p := range list {
		if err := p.begin.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return list
}

// spent waits for the process and returns what it spent.
func (p *spender) spent(t *testing.T) (credits int) {
	t.Helper()
	said, err := io.ReadAll(p.out)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Wait(); err != nil {
		t.Fatalf("a process: %v\n%s%s", err, said, p.errors.String())
	}
	if _, err := fmt.Sscanf(string(said), "spent %d\n", &credits); err != nil {
		t.Fatalf("a process says %q: %v", said, err)
	}
	return credits
}

// TestServerProcessSpends is such a process; alone it spends what there is.
func TestServerProcessSpends(t *testing.T) {
	t.Parallel()
	kind := sqliteKind
	seed, url, together := strings.Cut(os.Getenv(ofStore), " ")
	if !together {
		seed, url = "1", kind.create(t)
	}
	if isPostgres(url) {
		kind = postgresKind
	}
	var servers []*world
	for range 2 {
		server, err := startServer(t.Context(), kind.open(t, url), url)
		if err != nil {
			t.Fatal(err)
		}
		w := &world{TB: t, key: server.Key, witness: server.Witness, rand: rand.Reader, now: time.Now()}
		w.serve(testStore{Store: server.Store, kind: kind, url: url})
		servers = append(servers, w)
	}
	c := servers[0].enrol(seed[0])
	if together {
		fmt.Println("ready")
		if _, err := io.Copy(io.Discard, os.Stdin); err != nil {
			t.Fatal(err)
		}
	}
	spent := 0
	for turn := 0; ; turn++ {
		c.w = servers[turn%len(servers)]
		reply := c.sync(1)
		if reply.Lease == nil {
			break
		}
		c.spend(reply.Lease, reply.Lease.N)
		spent += reply.Lease.N
	}
	if !together && spent != 10 {
		t.Errorf("%d credits were spent of 10", spent)
	}
	if together {
		fmt.Printf("spent %d\n", spent)
	}
}

// TestManyServersBeginAtOnce has servers make the tables of one new database,
// its epoch and its account, all at the same moment.
func TestManyServersBeginAtOnce(t *testing.T) {
	t.Parallel()
	for name, url := range map[string]string{
		"sqlite":   sqliteKind.create(t),
		"postgres": pgtest.New(t),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const servers = 4
			epochs := make(chan account.Epoch, servers)
			for range servers {
				go func() {
					epoch, err := begin(t.Context(), url)
					if err != nil {
						t.Error(err)
					}
					epochs <- epoch
				}()
			}
			first := <-epochs
			for range servers - 1 {
				if e := <-epochs; e != first {
					t.Errorf("two epochs began, %s and %s: each device has to hand in its leases again", first, e)
				}
			}
		})
	}
}

// begin starts a server over its own store and tells the epoch.
func begin(ctx context.Context, url string) (epoch account.Epoch, err error) {
	store, err := OpenStore(ctx, url)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	s, err := startServer(ctx, store, url)
	if err != nil {
		return "", err
	}
	return s.epoch(ctx)
}
