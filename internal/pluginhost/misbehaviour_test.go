package pluginhost_test

import (
	"context"
	"errors"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/mapwright/mapwright/internal/pluginhost"
	"github.com/mapwright/mapwright/internal/pluginhost/testplugins"
	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// Each failure must be told apart, because the maker is told what to do, and
// none may hold up the app.
func TestAPluginThatMisbehavesInExportIsToldApart(t *testing.T) {
	t.Parallel()
	crashed, silent, plugin, contract := is[pluginhost.CrashedError], is[pluginhost.SilentError], is[pluginhost.PluginError], is[pluginhost.ContractError]
	tests := []struct {
		id    string
		as    func(error) bool
		words string // that the error says
	}{
		{testplugins.Crashes, crashed, "I meant to do that"},
		{testplugins.Panics, plugin, "the bed is on fire"},
		{testplugins.Fails, plugin, "this map is too pretty"},
		{testplugins.Hangs, silent, "2s"},
		{testplugins.Spins, silent, "2s"},
		{testplugins.Stops, silent, "2s"},
		{testplugins.Stubborn, silent, "2s"},
		{testplugins.WrongHash, contract, "SHA-256"},
		{testplugins.WrongSize, contract, "bytes"},
		{testplugins.WrongOffset, contract, "where byte"},
		{testplugins.BigPiece, contract, "a piece of file"},
		{testplugins.LongSuffix, contract, "65536 bytes"},
		{testplugins.ManyFiles, contract, "more than 8 files"},
		{testplugins.BigFile, contract, "more than 1048576 bytes"},
		{testplugins.NoDone, contract, "without saying"},
	}
	for _, test := range tests {
		t.Run(test.id, func(t *testing.T) {
			t.Parallel()
			s := start(t, test.id)
			sink := &memory{}
			result, err := s.Export(t.Context(), job(3), sink)
			if !test.as(err) {
				t.Fatalf("got %T %v", err, err)
			}
			if !strings.Contains(err.Error(), test.words) || !strings.Contains(err.Error(), "format "+test.id) {
				t.Errorf("%q does not say %q or the format", err, test.words)
			}
			if len(result.Files) != 0 {
				t.Errorf("a failed export gave files: %+v", result)
			}
			for _, f := range sink.files {
				if f.closed != 1 {
					t.Errorf("file %q was closed %d times", f.suffix, f.closed)
				}
			}
			closesSoon(t, s)
		})
	}
}

// is tells whether an error is of a type.
func is[E error](err error) bool {
	var as E
	return errors.As(err, &as)
}

// closesSoon ends a session and sees its process gone: a stopped one, and one
// that ignores signals, must not hold up the app.
func closesSoon(t *testing.T, s *pluginhost.Session) {
	t.Helper()
	id := pid(t, s)
	before := time.Now()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if took := time.Since(before); took > 2*time.Second {
		t.Errorf("Close took %v", took)
	}
	gone(t, id)
}

func pid(t *testing.T, s *pluginhost.Session) int {
	t.Helper()
	id, err := strconv.Atoi(s.ID())
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// gone fails unless the process ends within a few seconds.
func gone(t *testing.T, pid int) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if !alive(pid) {
			return
		}
	}
	t.Errorf("process %d still runs", pid)
}

// alive tells whether a process runs; a zombie that nobody has reaped does not.
func alive(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return !errors.Is(syscall.Kill(pid, 0), syscall.ESRCH) && !errors.Is(err, os.ErrNotExist)
	}
	after := string(stat[strings.LastIndexByte(string(stat), ')')+1:])
	return !strings.HasPrefix(after, " Z") && !strings.HasPrefix(after, " X")
}

func TestAPluginThatDoesNotStartSaysWhyAndIsGone(t *testing.T) {
	t.Parallel()
	tests := []struct{ id, words string }{
		{testplugins.ExitsAtStart, "the hat can't be found"},
		{testplugins.Mute, "no answer within 2s"},
		{testplugins.StopsAtStart, "no answer within 2s"},
		{testplugins.PrintsFirst, "not the handshake"},
		{testplugins.Elsewhere, "does not listen in the directory"},
	}
	host := pluginhost.New(pluginhost.Config{Dirs: []string{pluginDir}, Deadlines: pluginhost.Deadlines{Start: 2 * time.Second, Describe: 2 * time.Second}})
	for _, test := range tests {
		t.Run(test.id, func(t *testing.T) {
			t.Parallel()
			p, err := host.Find(test.id)
			if err != nil {
				t.Fatal(err)
			}
			_, err = host.Start(t.Context(), p)
			var start pluginhost.StartError
			if !errors.As(err, &start) || !strings.Contains(err.Error(), test.words) {
				t.Errorf("got %T %v, want StartError with %q", err, err, test.words)
			}
			if len(err.Error()) > 2<<10 {
				t.Errorf("the error has %d bytes", len(err.Error()))
			}
			noneRuns(t, test.id)
		})
	}
}

// noneRuns fails if a process of a test plugin is left over.
func noneRuns(t *testing.T, id string) {
	t.Helper()
	entries, err := os.ReadDir("/proc")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if exe, err := os.Readlink("/proc/" + e.Name() + "/exe"); err == nil && strings.HasPrefix(exe, pluginDir+"/"+id+"/") {
			if n, err := strconv.Atoi(e.Name()); err == nil {
				gone(t, n)
			}
		}
	}
}

func TestAPluginThatStopsRightAfterTheHandshakeIsEnded(t *testing.T) {
	t.Parallel()
	host := pluginhost.New(pluginhost.Config{Dirs: []string{pluginDir}, Deadlines: pluginhost.Deadlines{Start: 2 * time.Second, Describe: time.Second}})
	p, err := host.Find(testplugins.StopsBetween)
	if err != nil {
		t.Fatal(err)
	}
	before := time.Now()
	_, err = host.Start(t.Context(), p)
	var start pluginhost.StartError
	var silent pluginhost.SilentError
	if !errors.As(err, &start) && !errors.As(err, &silent) {
		t.Errorf("got %T %v", err, err)
	}
	if took := time.Since(before); took > 8*time.Second {
		t.Errorf("it took %v", took)
	}
	noneRuns(t, testplugins.StopsBetween)
}

func TestAPluginThatPrintsALotStillWorks(t *testing.T) {
	t.Parallel()
	for _, id := range []string{testplugins.Prints, testplugins.Floods} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			s := start(t, id)
			sink := &memory{}
			if _, err := s.Export(t.Context(), job(1), sink); err != nil {
				t.Fatal(err)
			}
			if len(s.Said()) > 16<<10 {
				t.Errorf("%d bytes are kept of what it said", len(s.Said()))
			}
		})
	}
}

func TestASlowPluginIsNotEnded(t *testing.T) {
	t.Parallel()
	host := pluginhost.New(pluginhost.Config{Dirs: []string{pluginDir}, Deadlines: pluginhost.Deadlines{Start: 5 * time.Second, Describe: 5 * time.Second, Silence: time.Second}})
	p, err := host.Find(testplugins.Slow)
	if err != nil {
		t.Fatal(err)
	}
	s, err := host.Start(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Export(t.Context(), job(1), &memory{}); err != nil {
		t.Error(err)
	}
	closesSoon(t, s)
}

// While the host traces the next layer, the plugin can't show life.
func TestASlowHostIsNotThePluginsFault(t *testing.T) {
	t.Parallel()
	host := pluginhost.New(pluginhost.Config{Dirs: []string{pluginDir}, Deadlines: pluginhost.Deadlines{Start: 5 * time.Second, Describe: 5 * time.Second, Silence: 500 * time.Millisecond}})
	p, err := host.Find(testplugins.Good)
	if err != nil {
		t.Fatal(err)
	}
	s, err := host.Start(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	j := job(1)
	next := j.Next
	j.Next = func() (*artwork.Layer, error) { time.Sleep(1200 * time.Millisecond); return next() }
	if _, err := s.Export(t.Context(), j, &memory{}); err != nil {
		t.Error(err)
	}
	closesSoon(t, s)
}

func TestCancellingEndsAnExportAtOnce(t *testing.T) {
	t.Parallel()
	for _, id := range []string{testplugins.Hangs, testplugins.Stops} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			s := start(t, id)
			ctx, cancel := context.WithCancel(t.Context())
			var cancelled time.Time
			time.AfterFunc(300*time.Millisecond, func() { cancelled = time.Now(); cancel() })
			if _, err := s.Export(ctx, job(1), &memory{}); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
			if took := time.Since(cancelled); took > time.Second {
				t.Errorf("it took %v", took)
			}
			closesSoon(t, s)
		})
	}
}

func TestWhatAPluginForkedEndsWithIt(t *testing.T) {
	t.Parallel()
	s := start(t, testplugins.Forks)
	children := make(chan int, 2)
	ctx, cancel := context.WithCancel(t.Context())
	sink := &memory{}
	sink.onDiagnose = func(d sdk.Diagnostic) {
		n, err := strconv.Atoi(d.Message)
		if err != nil {
			t.Error(err)
		}
		if children <- n; len(children) == 2 {
			cancel()
		}
	}
	if _, err := s.Export(ctx, job(1), sink); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	closesSoon(t, s)
	for range 2 {
		gone(t, <-children)
	}
}

func TestASuffixReachesTheExportAsThePluginSaidIt(t *testing.T) {
	t.Parallel()
	s := start(t, testplugins.OddSuffix)
	sink := &memory{}
	if _, err := s.Export(t.Context(), job(1), sink); err != nil {
		t.Fatal(err)
	}
	if got := sink.files[0].suffix; got != "../../etc/\x00passwd" {
		t.Errorf("got %q", got)
	}
}

func TestAPluginThatIsNotWhatItsManifestSaysIsRefused(t *testing.T) {
	t.Parallel()
	host := newHost()
	p, err := host.Find(testplugins.Liar)
	if err != nil {
		t.Fatal(err)
	}
	_, err = host.Start(t.Context(), p)
	var contract pluginhost.ContractError
	if !errors.As(err, &contract) || !strings.Contains(err.Error(), "manifest.json") {
		t.Errorf("got %T %v", err, err)
	}
	noneRuns(t, testplugins.Liar)
}
