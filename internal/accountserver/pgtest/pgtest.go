// Package pgtest gives tests a real PostgreSQL. The first database that a test
// binary asks for starts a server of its own, in a private folder and on a Unix
// socket; it ends with the binary, also when that panics or is killed. It uses
// no PostgreSQL that runs already, and no TCP port.
package pgtest

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

//go:embed server.sh
var serverScript string

// startWithin is how long a new server has to answer.
const startWithin = 60 * time.Second

// server is one running PostgreSQL.
type server struct {
	dir string
	// alive keeps the server running while it is open.
	alive io.WriteCloser
	// ended is closed when the server is no more.
	ended chan struct{}
}

// running is the server of this test binary.
var running = sync.OnceValues(start)

// databases counts the databases of this test binary, to name them.
var databases atomic.Int64

// New makes an empty database, removes it when the test ends, and returns its
// URL.
func New(t testing.TB) string {
	t.Helper()
	return until(t, "template0")
}

// Shared is New for all tests of the binary: it stays until the server ends.
func Shared(t testing.TB) string {
	t.Helper()
	s, name := create(t, "template0")
	return s.url(name)
}

// Copy makes a database of everything in another, and removes it when the test
// ends. It waits a few seconds for those who are still connected to the other.
func Copy(t testing.TB, of string) string {
	t.Helper()
	u, err := url.Parse(of)
	if err != nil {
		t.Fatal(err)
	}
	return until(t, strings.TrimPrefix(u.Path, "/"))
}

// until makes a database and removes it when the test ends.
func until(t testing.TB, template string) string {
	t.Helper()
	s, name := create(t, template)
	t.Cleanup(func() {
		if err := s.do(context.Background(), "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return s.url(name)
}

func create(t testing.TB, template string) (s *server, name string) {
	t.Helper()
	s, err := running()
	if err != nil {
		t.Fatal(err)
	}
	name = fmt.Sprintf("test%d", databases.Add(1))
	if err := s.do(t.Context(), "CREATE DATABASE "+name+" TEMPLATE "+template); err != nil {
		t.Fatal(err)
	}
	return s, name
}

// url is where a database of the server is reached.
func (s *server) url(database string) string {
	u := url.URL{Scheme: "postgres", User: url.User("tests"), Path: "/" + database, RawQuery: url.Values{"host": {s.dir}}.Encode()}
	return u.String()
}

// do runs one statement for the whole server.
func (s *server) do(ctx context.Context, statement string) (err error) {
	conn, err := pgx.Connect(ctx, s.url("postgres"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	_, err = conn.Exec(ctx, statement)
	return err
}

// start starts a server and waits until it answers.
func start() (*server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "mapwright-pg-")
	if err != nil {
		return nil, err
	}
	command, err := ordinary(dir)
	if err != nil {
		return nil, err
	}
	command = append(command, "sh", "-c", serverScript, "sh", bin, dir)
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = dir
	s := &server{dir: dir, ended: make(chan struct{})}
	if s.alive, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("PostgreSQL can't be started: %w", err)
	}
	go func() {
		defer close(s.ended)
		if err := cmd.Wait(); err != nil {
			fmt.Fprintf(os.Stderr, "the PostgreSQL of the tests ended: %v\n", err)
		}
	}()
	return s, s.wait()
}

// wait returns when the server answers.
func (s *server) wait() error {
	ctx, cancel := context.WithTimeout(context.Background(), startWithin)
	defer cancel()
	for {
		err := s.do(ctx, "SELECT 1")
		if err == nil {
			return nil
		}
		select {
		case <-time.After(20 * time.Millisecond):
			continue
		case <-s.ended:
		case <-ctx.Done():
		}
		return s.failure(err)
	}
}

// failure is err with what the server said itself, and ends the server.
func (s *server) failure(err error) error {
	said, unread := os.ReadFile(filepath.Join(s.dir, "log"))
	return errors.Join(fmt.Errorf("the PostgreSQL of the tests does not answer: %w\n%s", err, said), unread, s.alive.Close(), os.RemoveAll(s.dir))
}

// programs finds the folder of PostgreSQL's programs, the newest version first.
func programs() (string, error) {
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	if len(found) == 0 {
		return "", errors.New("PostgreSQL is missing, which the tests of the account server need: run make test-deps")
	}
	return filepath.Dir(found[len(found)-1]), nil
}

// ordinary is the beginning of a command that gives up root, as PostgreSQL
// demands, and gives dir to the user that it runs as. For others it is empty.
func ordinary(dir string) ([]string, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	who, err := user.Lookup("postgres")
	if err != nil {
		if who, err = user.Lookup("nobody"); err != nil {
			return nil, fmt.Errorf("PostgreSQL does not run as root, and there is no other user: %w", err)
		}
	}
	uid, err := strconv.Atoi(who.Uid)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.Atoi(who.Gid)
	if err != nil {
		return nil, err
	}
	if err := os.Chown(dir, uid, gid); err != nil {
		return nil, err
	}
	return []string{"setpriv", "--reuid", who.Uid, "--regid", who.Gid, "--clear-groups"}, nil
}
