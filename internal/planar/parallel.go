package planar

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// inParallel calls f for every number below n, on as many goroutines as there
// are processors. After an error it starts no more calls, and returns the
// error of the lowest number that has one.
func inParallel(n int, f func(i int) error) error {
	workers := min(runtime.GOMAXPROCS(0), n)
	if workers <= 1 {
		for i := range n {
			if err := f(i); err != nil {
				return err
			}
		}
		return nil
	}
	errs := make([]error, n)
	var next atomic.Int64
	var failed atomic.Bool
	var wg sync.WaitGroup
	work := func() {
		for !failed.Load() {
			i := int(next.Add(1)) - 1
			if i >= n {
				return
			}
			if errs[i] = f(i); errs[i] != nil {
				failed.Store(true)
			}
		}
	}
	// The caller is one of them: to sleep, and be woken on a processor that is
	// busy already, may take longer than the work.
	for range workers - 1 {
		wg.Go(work)
	}
	work()
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// shares is in how many shares so many items are worth a goroutine each: to wake
// another processor for a few costs more than to look at them.
func shares(items int) int {
	const atLeast, most = 1 << 12, 16
	return min(items/atLeast+1, most)
}

// inShares calls f with each of n shares of so many items. It is for what cannot
// fail, and is over so soon that it need not be cancelled.
func inShares(items, n int, f func(share, from, to int)) {
	err := inParallel(n, func(k int) error {
		f(k, k*items/n, (k+1)*items/n)
		return nil
	})
	if err != nil {
		panic(err) // no call returns one
	}
}
