package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/hashicorp/go-plugin/runner"
)

// pluginRunner lets go-plugin use a Launcher.
type pluginRunner struct {
	launcher Launcher
	name     string
	said     *tail
	waited   sync.Once
	drained  chan struct{} // closed when all that the plugin printed is in said

	mu      sync.Mutex
	spec    Spec    // set before the start
	process Process // nil before the start
	killed  bool    // nothing may start any more
}

var _ runner.Runner = (*pluginRunner)(nil)

func newRunner(launcher Launcher, name string) *pluginRunner {
	return &pluginRunner{launcher: launcher, name: name, said: &tail{}, drained: make(chan struct{})}
}

// environment is what a plugin gets beside go-plugin's own variables: nothing
// of the host's, and the same on each computer, for the sake of the same bytes.
func environment(dir string) []string {
	return []string{"LANG=C.UTF-8", "TZ=UTC", "TMPDIR=" + dir}
}

// Start implements runner.Runner.
func (r *pluginRunner) Start(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.killed {
		return errors.New("it was ended before it began")
	}
	p, err := r.launcher.Launch(ctx, r.spec)
	if err != nil {
		return err
	}
	r.process = p
	return nil
}

// prepare gives what to start with.
func (r *pluginRunner) prepare(spec Spec) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.spec = spec
}

// directory gives the private directory; "" before there is one.
func (r *pluginRunner) directory() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.spec.Dir
}

// started gives the process, or nil.
func (r *pluginRunner) started() Process {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.process
}

// kill ends the process at once; one that has not started never will.
func (r *pluginRunner) kill() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.killed = true
	if r.process == nil {
		return nil
	}
	return r.process.Kill()
}

// endWait bounds the wait for the last words of a plugin that has hung up.
const endWait = 2 * time.Second

// awaitEnd waits until all that an ended plugin printed has been read. One
// that has only hung up is killed for it.
func (r *pluginRunner) awaitEnd() {
	select {
	case <-r.drained:
	case <-time.After(endWait):
		if err := r.kill(); err != nil {
			r.said.add("it can't be ended: " + err.Error() + "\n")
		}
	}
}

// Stdout implements runner.Runner.
func (r *pluginRunner) Stdout() io.ReadCloser {
	return &handshakeReader{ReadCloser: r.started().Stdout(), rest: r.said}
}

// Stderr implements runner.Runner.
func (r *pluginRunner) Stderr() io.ReadCloser {
	stderr := r.started().Stderr()
	return struct {
		io.Reader
		io.Closer
	}{io.TeeReader(stderr, r.said), stderr}
}

// Wait implements runner.AttachedRunner. Go-plugin calls it when both pipes
// have ended.
func (r *pluginRunner) Wait(context.Context) error {
	err := r.started().Wait()
	r.waited.Do(func() { close(r.drained) })
	return err
}

// Kill implements runner.AttachedRunner.
func (r *pluginRunner) Kill(context.Context) error { return r.kill() }

// ID implements runner.AttachedRunner.
func (r *pluginRunner) ID() string {
	if p := r.started(); p != nil {
		return p.ID()
	}
	return ""
}

// Name implements runner.Runner.
func (r *pluginRunner) Name() string { return r.name }

// Diagnose implements runner.Runner: what the plugin said is kept elsewhere.
func (r *pluginRunner) Diagnose(context.Context) string { return "" }

// PluginToHost implements runner.AddrTranslator. It lets a plugin name nothing
// but a socket in its own directory: it must not lead the host to another's.
func (r *pluginRunner) PluginToHost(network, address string) (string, string, error) {
	switch {
	case network == "unix" && filepath.Dir(filepath.Clean(address)) == filepath.Clean(r.directory()):
		return network, address, nil
	case network == "tcp" && runtime.GOOS == "windows":
		host, _, err := net.SplitHostPort(address)
		if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
			return "", "", fmt.Errorf("it listens at %s, which is not this computer", address)
		}
		return network, address, nil
	}
	return "", "", errors.New("it does not listen in the directory that it was given")
}

// HostToPlugin implements runner.AddrTranslator.
func (r *pluginRunner) HostToPlugin(network, address string) (string, string, error) {
	return network, address, nil
}
