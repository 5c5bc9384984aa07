package client

import (
	"sync"
	"time"
)

// watchdog barks once when nothing has shown life for too long. The time in
// which the plugin waits for the host does not count.
type watchdog struct {
	within time.Duration
	mu     sync.Mutex
	timer  *time.Timer // nil: no deadline, or stopped
	held   int
}

// watch starts a watchdog; 0 never barks.
func watch(within time.Duration, bark func()) *watchdog {
	d := &watchdog{within: within}
	if within > 0 {
		d.timer = time.AfterFunc(within, bark)
	}
	return d
}

// life is a sign of life.
func (d *watchdog) life() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timer != nil && d.held == 0 {
		d.timer.Reset(d.within)
	}
}

// hold stops the time while the host works; each hold needs a release.
func (d *watchdog) hold() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.held++
	if d.timer != nil {
		d.timer.Stop()
	}
}

// release starts the time again.
func (d *watchdog) release() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.held--
	if d.timer != nil && d.held == 0 {
		d.timer.Reset(d.within)
	}
}

// stop ends the watch.
func (d *watchdog) stop() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.timer != nil {
		d.timer.Stop()
		d.timer = nil
	}
}
