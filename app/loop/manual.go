package loop

import (
	"context"
	"sync"
	"time"
)

// Hand is the UI thread of a test: what was posted runs when the test says so,
// on the test's own goroutine.
type Hand struct {
	loop  *Loop
	mu    sync.Mutex
	queue []func()
}

// Manual gives a loop whose UI thread is the test's goroutine. Close it at the
// end of the test.
func Manual() (*Loop, *Hand) {
	h := &Hand{}
	l := &Loop{post: func(f func()) {
		h.mu.Lock()
		defer h.mu.Unlock()
		h.queue = append(h.queue, f)
	}}
	l.ctx, l.cancel = context.WithCancel(context.Background())
	h.loop = l
	return l, h
}

// Run runs what was posted so far and tells whether there was anything.
func (h *Hand) Run() bool {
	h.mu.Lock()
	queue := h.queue
	h.queue = nil
	h.mu.Unlock()
	for _, f := range queue {
		f()
	}
	return len(queue) > 0
}

// Until runs what is posted until the condition holds; false says that it did
// not within the time. The condition is asked on the test's goroutine.
func (h *Hand) Until(within time.Duration, condition func() bool) bool {
	for deadline := time.Now().Add(within); ; time.Sleep(time.Millisecond) {
		h.Run()
		if condition() {
			return true
		}
		if time.Now().After(deadline) {
			return false
		}
	}
}
