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
	for range workers {
		wg.Go(func() {
			for !failed.Load() {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				if errs[i] = f(i); errs[i] != nil {
					failed.Store(true)
				}
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// sideBySide is inParallel for what cannot fail, and is over so soon that it need
// not be cancelled.
func sideBySide(n int, f func(i int)) {
	err := inParallel(n, func(i int) error {
		f(i)
		return nil
	})
	if err != nil {
		panic(err) // no call returns one
	}
}
