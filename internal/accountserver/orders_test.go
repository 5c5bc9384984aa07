package accountserver_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/accountserver/pgtest"
)

// trial is what an account has after its sign-up.
const trial = 10

// A step is one thing that happens in the life of two computers of one account.
type step byte

const (
	exportA step = 'a'
	exportB step = 'b'
	syncA   step = 'A'
	syncB   step = 'B'
	off     step = '-'
	on      step = '+'
)

// orders lists all sequences of up to length steps, each beginning with the
// server on. A switch is only turned to where it is not, and not twice running,
// which changes nothing. The computers are alike, so that A acts first.
func orders(length int) (all [][]step) {
	var extend func(done []step, isOn, acted bool)
	extend = func(done []step, isOn, acted bool) {
		if len(done) > 0 {
			all = append(all, slices.Clone(done))
		}
		if len(done) == length {
			return
		}
		next := func(s step) { extend(append(slices.Clip(done), s), isOn, true) }
		next(exportA)
		next(syncA)
		if acted {
			next(exportB)
			next(syncB)
		}
		switch last := len(done) - 1; {
		case last >= 0 && (done[last] == on || done[last] == off):
		case isOn:
			extend(append(slices.Clip(done), off), false, acted)
		default:
			extend(append(slices.Clip(done), on), true, acted)
		}
	}
	extend(nil, true, false)
	return all
}

// written is an order as the failure of a test shows it.
func written(order []step) string {
	var b strings.Builder
	for _, s := range order {
		b.WriteByte(byte(s))
	}
	return b.String()
}

func TestOrdersAreAll(t *testing.T) {
	t.Parallel()
	var two []string
	for _, o := range orders(2) {
		two = append(two, written(o))
	}
	if got := strings.Join(two, " "); got != "a aa aA ab aB a- A Aa AA Ab AB A- - -a -A" {
		t.Errorf("orders of 2: %s", got)
	}
	seen := map[string]bool{}
	for _, o := range orders(5) {
		seen[written(o)] = true
	}
	for want, listed := range map[string]bool{"abABa": true, "a-ab+": true, "-ab+A": true, "-ba+A": false, "-aAb+": true, "aB-+a": false, "b": false} {
		if seen[want] != listed {
			t.Errorf("%s is listed: %t", want, seen[want])
		}
	}
	if n := len(orders(5)); len(seen) != n {
		t.Errorf("%d orders of 5, %d of them different", n, len(seen))
	}
}

// TestEveryOrderOfTwoComputersSpendsTenAtMost lets two computers of one trial
// export and sync, with the server on and off, in every order there is: off in
// two ways, and with exports that the reserve of a computer is enough for and
// not.
func TestEveryOrderOfTwoComputersSpendsTenAtMost(t *testing.T) {
	t.Parallel()
	length := 3
	if os.Getenv("MAPWRIGHT_SOAK") != "" {
		length = 5
	}
	for name, create := range map[string]func(*testing.T) string{
		"sqlite":   func(t *testing.T) string { return "sqlite://" + filepath.Join(t.TempDir(), "accounts.db") },
		"postgres": func(t *testing.T) string { return pgtest.New(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newShared(t, create(t))
			for _, layers := range []int{2, 4} {
				for _, deaf := range []bool{false, true} {
					for i, order := range orders(length) {
						l := server.life(t, fmt.Sprintf("order%d-%d-%t", i, layers, deaf), layers, deaf)
						for _, s := range order {
							l.live(s)
						}
						l.end()
					}
				}
			}
		})
	}
}
