package raster

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// inParallel works on as many goroutines as there are processors. On each it
// asks once for what to do, calls that with numbers of 0 to n-1, each of them
// once in all, and gives the error of the lowest number that failed.
func inParallel(n int, worker func() (do func(i int) error)) error {
	workers := min(n, runtime.GOMAXPROCS(0))
	if workers <= 1 {
		do := worker()
		for i := range n {
			if err := do(i); err != nil {
				return err
			}
		}
		return nil
	}
	errs := make([]error, n)
	var next atomic.Int64
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			do := worker()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				errs[i] = do(i)
			}
		})
	}
	all.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
