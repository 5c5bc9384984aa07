package e2e

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/accountserver/pgtest"
)

// TestTwoComputersNeverSpendMoreThanTheAccountHas turns the server on and off
// while two computers spend one trial, on each of its databases.
func TestTwoComputersNeverSpendMoreThanTheAccountHas(t *testing.T) {
	t.Parallel()
	rounds := 4
	if soak() {
		rounds = 200
	}
	first := uint64(time.Now().UnixNano())
	for i := range rounds {
		seed := first + uint64(i)
		kind, database := "SQLite", ""
		if i%2 == 1 {
			kind, database = "PostgreSQL", pgtest.New(t)
		}
		t.Run(fmt.Sprintf("seed %d on %s", seed, kind), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 0))
			a := newAccountsOn(t, database)
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
