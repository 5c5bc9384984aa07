//go:build geos

package main

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// between is how often the probe asks for the thread of the window.
const between = 5 * time.Millisecond

// clock notes what held the thread of the window, and how long the probe waited
// for it.
type clock struct {
	mu     sync.Mutex
	phases []*spans
	watch  sync.RWMutex // held while the bench itself looks at the window
}

// spans are what a phase consists of.
type spans struct {
	name      string
	callbacks []span
	waits     []span
}

type span struct {
	name     string
	from, to time.Time
}

func (s span) took() time.Duration { return s.to.Sub(s.from) }

// begin begins the next phase.
func (c *clock) begin(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.phases = append(c.phases, &spans{name: name})
}

// held is the window's meter: it is told at the end of a callback.
func (c *clock) held(what string, took time.Duration) {
	now := time.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.phases[len(c.phases)-1]
	s.callbacks = append(s.callbacks, span{what, now.Add(-took), now})
}

// do lets a hand do something on the thread of the window, as a callback of
// ours.
func (c *clock) do(what string, f func()) {
	fyne.DoAndWait(func() {
		began := time.Now()
		f()
		c.held(what, time.Since(began))
	})
}

// look reads the window while the probe waits: that is no work of the window.
func (c *clock) look(f func()) {
	c.watch.Lock()
	defer c.watch.Unlock()
	fyne.DoAndWait(f)
}

// probe asks for the thread all the time until done is closed.
func (c *clock) probe(done <-chan struct{}) {
	ticker := time.NewTicker(between)
	defer ticker.Stop()
	for {
		select {
		case <-done:
			return
		case <-ticker.C:
		}
		c.watch.RLock()
		asked := time.Now()
		fyne.DoAndWait(func() {
			now := time.Now()
			c.mu.Lock()
			defer c.mu.Unlock()
			s := c.phases[len(c.phases)-1]
			s.waits = append(s.waits, span{"", asked, now})
		})
		c.watch.RUnlock()
	}
}

// report sums the phases up, and all of them in one.
func (c *clock) report() held {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := spans{name: whole}
	var h held
	for _, s := range c.phases {
		h.Phases = append(h.Phases, s.phase())
		all.callbacks = append(all.callbacks, s.callbacks...)
		all.waits = append(all.waits, s.waits...)
	}
	h.Phases = append(h.Phases, all.phase())
	return h
}

func (s *spans) phase() phase {
	p := phase{Name: s.name, Callbacks: len(s.callbacks), Waits: len(s.waits)}
	longest := map[string]time.Duration{}
	for _, c := range s.callbacks {
		longest[c.name] = max(longest[c.name], c.took())
	}
	for name, took := range longest {
		p.All = append(p.All, callback{name, millis(took)})
	}
	slices.SortFunc(p.All, func(a, b callback) int { return cmp.Or(cmp.Compare(b.Millis, a.Millis), cmp.Compare(a.Name, b.Name)) })
	if len(p.All) > 0 {
		p.Longest = p.All[0]
	}
	p.Callbacks99, p.Waits99 = percentile99(s.callbacks), percentile99(s.waits)
	var worst span
	for _, w := range s.waits {
		if w.took() > worst.took() {
			worst = w
		}
	}
	p.LongestWait = millis(worst.took())
	p.OursInIt = millis(within(s.callbacks, worst))
	return p
}

// within is how long callbacks ran in a span. One that lies in another counts
// once.
func within(callbacks []span, in span) (sum time.Duration) {
	ordered := slices.SortedFunc(slices.Values(callbacks), func(a, b span) int { return a.from.Compare(b.from) })
	at := in.from
	for _, c := range ordered {
		from, to := c.from, c.to
		if from.Before(at) {
			from = at
		}
		if to.After(in.to) {
			to = in.to
		}
		if to.After(from) {
			sum += to.Sub(from)
			at = to
		}
	}
	return sum
}

func percentile99(all []span) float64 {
	if len(all) == 0 {
		return 0
	}
	took := make([]time.Duration, len(all))
	for i, s := range all {
		took[i] = s.took()
	}
	slices.Sort(took)
	return millis(took[(len(took)*99)/100])
}

func millis(d time.Duration) float64 { return d.Seconds() * 1000 }
