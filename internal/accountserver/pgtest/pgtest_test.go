package pgtest

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// tells is the environment of the binary that TestServerEndsWithItsTests runs.
const tells = "PGTEST_TELLS"

func TestMain(m *testing.M) {
	if how := os.Getenv(tells); how != "" {
		s, err := running()
		if err != nil {
			panic(err)
		}
		fmt.Println(s.dir)
		if how == "panic" {
			panic("as a test may")
		}
		select {} // until it is killed
	}
	os.Exit(m.Run())
}

// TestServerEndsWithItsTests leaves no server and no file behind, however the
// tests end.
func TestServerEndsWithItsTests(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"panic", "kill"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			cmd := exec.CommandContext(t.Context(), os.Args[0])
			cmd.Env = append(os.Environ(), tells+"="+how)
			out, err := cmd.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			dir, err := bufio.NewReader(out).ReadString('\n')
			if err != nil {
				t.Fatal(err)
			}
			dir = strings.TrimSpace(dir)
			if _, err := os.Stat(dir); err != nil && how == "kill" {
				t.Fatalf("the server is not where it says: %v", err)
			}
			if how == "kill" {
				if err := cmd.Process.Kill(); err != nil {
					t.Fatal(err)
				}
			}
			if err := cmd.Wait(); err == nil {
				t.Error("the tests ended well")
			}
			for end := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
				if _, err := os.Stat(dir); os.IsNotExist(err) {
					break
				}
				if time.Now().After(end) {
					t.Fatalf("%s is still there", dir)
				}
			}
			if conn, err := pgx.Connect(context.Background(), (&server{dir: dir}).url("postgres")); err == nil {
				t.Errorf("the server still answers: %v", conn.Close(context.Background()))
			}
		})
	}
}

func TestCopyHasItAllAndIsAnother(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	do := func(url, statement string) {
		t.Helper()
		conn, err := pgx.Connect(ctx, url)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Exec(ctx, statement); err != nil {
			t.Errorf("%s: %v", statement, err)
		}
		if err := conn.Close(ctx); err != nil {
			t.Error(err)
		}
	}
	first := New(t)
	do(first, "CREATE TABLE thing (id INTEGER PRIMARY KEY)")
	second := Copy(t, first)
	do(second, "INSERT INTO thing VALUES (1)")
	do(first, "INSERT INTO thing VALUES (1)")
}
