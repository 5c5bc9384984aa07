// Package loop puts work off the UI thread and its results back on it. Everything
// in the window that may take long goes through it, so that nothing holds the
// window up, everything ends when the window closes, and tests can run the same
// code without a race.
package loop

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// Loop runs work beside the UI thread. Make one with New, or in tests with
// Manual.
type Loop struct {
	ctx    context.Context
	cancel context.CancelFunc
	post   func(func())
	work   sync.WaitGroup
	meter  Meter
}

// Meter is told how long a callback held the UI thread.
type Meter func(what string, held time.Duration)

// New gives a loop over Fyne's UI thread. The meter may be nil.
func New(meter Meter) *Loop {
	l := &Loop{post: fyne.Do, meter: meter}
	l.ctx, l.cancel = context.WithCancel(context.Background())
	return l
}

// Go runs f beside the UI thread. Its context ends when the loop is closed.
func (l *Loop) Go(f func(ctx context.Context)) {
	l.work.Add(1)
	go func() {
		defer l.work.Done()
		f(l.ctx)
	}()
}

// Start is Go with a way to stop this one piece of work.
func (l *Loop) Start(f func(ctx context.Context)) (stop context.CancelFunc) {
	ctx, cancel := context.WithCancel(l.ctx)
	l.work.Add(1)
	go func() {
		defer l.work.Done()
		defer cancel()
		f(ctx)
	}()
	return cancel
}

// UI runs f on the UI thread, soon. It is called beside the UI thread; what
// names f for the meter. After Close nothing runs any more.
func (l *Loop) UI(what string, f func()) {
	l.post(func() {
		if l.ctx.Err() == nil {
			l.Held(what, f)
		}
	})
}

// Held runs f, which is on the UI thread already, and tells the meter how long
// that took. Handlers of the pointer and the keyboard that do more than change
// a field go through it.
func (l *Loop) Held(what string, f func()) {
	if l.meter == nil {
		f()
		return
	}
	began := time.Now()
	f()
	l.meter(what, time.Since(began))
}

// Every calls f beside the UI thread after each interval until the loop is
// closed.
func (l *Loop) Every(interval time.Duration, f func(ctx context.Context)) {
	l.Go(func(ctx context.Context) {
		ticker := time.NewTicker(interval)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
				f(ctx)
			}
		}
	})
}

// Close ends all work and waits for it.
func (l *Loop) Close() {
	l.cancel()
	l.work.Wait()
}
