package creditsim_test

import (
	"errors"
	"flag"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/creditsim"
)

var (
	oneSeed = flag.Uint64("creditsim.seed", 0, "replay this seed alone")
	howLong = flag.Duration("creditsim.for", 20*time.Second, "how long to try seeds")
)

// steps is how many things happen in one world.
const steps = 90

// soakSeeds is how many worlds a soak lives through.
const soakSeeds = 20_000

// memoryDir is a folder for databases. They need not outlive this computer:
// what crashes here are programs, so a memory disk is as good as any.
func memoryDir(t *testing.T) string {
	t.Helper()
	const shared = "/dev/shm"
	dir, err := os.MkdirTemp(shared, "creditsim")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

func run(t *testing.T, dir string, seed uint64, fault creditsim.Fault) ([]string, error) {
	t.Helper()
	return creditsim.Run(t.Context(), creditsim.Config{Seed: seed, Steps: steps, Dir: dir, Fault: fault})
}

func TestSeeds(t *testing.T) {
	dir := memoryDir(t)
	if *oneSeed != 0 {
		told, err := run(t, dir, *oneSeed, creditsim.Sound)
		for _, line := range told {
			t.Log(line)
		}
		if err != nil {
			t.Fatal(err)
		}
		return
	}
	soak := os.Getenv("MAPWRIGHT_SOAK") == "1"
	seed, begun := uint64(0), time.Now()
	for soak && seed < soakSeeds || time.Since(begun) < *howLong {
		seed++
		if _, err := run(t, dir, seed, creditsim.Sound); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d seeds in %s", seed, time.Since(begun).Round(time.Second))
}

// A seed that fails is of use only where it fails again.
func TestSameSeedDoesTheSame(t *testing.T) {
	t.Parallel()
	dir := memoryDir(t)
	for seed := uint64(1); seed <= 3; seed++ {
		first, err := run(t, dir, seed, creditsim.Sound)
		if err != nil {
			t.Fatal(err)
		}
		again, err := run(t, dir, seed, creditsim.Sound)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(first, again) {
			t.Errorf("seed %d went two ways:\n%q\n%q", seed, first, again)
		}
	}
}

// A simulator that finds nothing has to show that it would.
func TestWhatIsBrokenOnPurposeIsFound(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]creditsim.Fault{
		"a disk that lies":                        creditsim.DiskLies,
		"an epoch that is restored with the rest": creditsim.WitnessRestored,
		"a server that forgets nonces":            creditsim.DoubleGrant,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := memoryDir(t)
			for seed := uint64(1); seed <= 60; seed++ {
				_, err := run(t, dir, seed, fault)
				if failure, ok := errors.AsType[*creditsim.FailureError](err); ok {
					t.Logf("seed %d, %d lines: %v", seed, len(failure.Steps), failure.Err)
					return
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			t.Error("it was not found in 60 seeds")
		})
	}
}
