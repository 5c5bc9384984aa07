package client

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// A plugin that works slowly must live, one that does nothing must not, and
// the host's own time is not the plugin's.
func TestTheWatchdogBarksOnceAfterSilence(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var barks atomic.Int32
		d := watch(10*time.Second, func() { barks.Add(1) })
		expect := func(want int32, after time.Duration) {
			t.Helper()
			time.Sleep(after)
			synctest.Wait()
			if got := barks.Load(); got != want {
				t.Fatalf("%d barks, want %d", got, want)
			}
		}
		for range 5 {
			expect(0, 9*time.Second)
			d.life()
		}
		d.hold()
		d.hold()
		expect(0, time.Hour)
		d.release()
		d.life()
		expect(0, time.Hour) // the host is still at it
		d.release()
		expect(0, 9*time.Second)
		expect(1, 2*time.Second)
		expect(1, time.Hour)
		d.stop()
		d.life()
		expect(1, time.Hour)
	})
}

func TestWithoutADeadlineNobodyBarks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := watch(0, func() { t.Error("it barks") })
		d.hold()
		d.release()
		d.life()
		time.Sleep(24 * time.Hour)
		d.stop()
	})
}
