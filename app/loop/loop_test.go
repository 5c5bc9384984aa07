package loop_test

import (
	"context"
	"testing"
	"time"

	"github.com/mapwright/mapwright/app/loop"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestResultsArriveOnTheUIThread(t *testing.T) {
	t.Parallel()
	l, hand := loop.Manual()
	defer l.Close()
	got := 0 // only the test's goroutine touches it, or the race detector tells
	l.Go(func(context.Context) { l.UI("result", func() { got = 7 }) })
	if !hand.Until(10*time.Second, func() bool { return got == 7 }) {
		t.Fatal("the result never arrived")
	}
}

func TestClosingEndsWorkAndItsResults(t *testing.T) {
	t.Parallel()
	l, hand := loop.Manual()
	l.Go(func(ctx context.Context) {
		<-ctx.Done()
		l.UI("late", func() { t.Error("a result came after the window was closed") })
	})
	l.Every(time.Millisecond, func(context.Context) {})
	l.Close()
	hand.Run()
}

func TestOnePieceOfWorkIsStopped(t *testing.T) {
	t.Parallel()
	l, _ := loop.Manual()
	defer l.Close()
	stopped := make(chan struct{})
	stop := l.Start(func(ctx context.Context) { <-ctx.Done(); close(stopped) })
	stop()
	<-stopped
}
