package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/go-plugin/runner"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	exportv1 "github.com/mapwright/mapwright/plugins/proto/mapwright/export/v1"
	"github.com/mapwright/mapwright/plugins/proto/wire"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// Deadlines say how long a plugin may be silent; 0 is without end.
type Deadlines struct {
	Start    time.Duration // until it can be talked to
	Describe time.Duration // until it answers Describe or Validate
	Silence  time.Duration // since its last byte, progress, or reading of a job
}

// DefaultDeadlines are for plugins that makers use.
func DefaultDeadlines() Deadlines {
	return Deadlines{Start: 5 * time.Second, Describe: 2 * time.Second, Silence: 10 * time.Second}
}

// Config says what to start and how.
type Config struct {
	// Format is the id that errors name.
	Format string
	// Launcher starts the program.
	Launcher Launcher
	// Deadlines of this plugin; the zero value has none.
	Deadlines Deadlines
	// Limits of what it may write; what is 0 is MaxFiles and MaxFileBytes.
	Limits sdk.Limits
	// TempDir is where its private directory is made; "" is the system's. Its
	// path may have about 60 bytes, because systems keep a socket's to 100.
	TempDir string
	// Logger hears of starts and ends; nil: nobody does.
	Logger *slog.Logger
}

// Client is a plugin that runs.
type Client struct {
	config  Config
	plugin  *plugin.Client
	runner  *pluginRunner
	service exportv1.ExportServiceClient
}

// goPluginMargin is what go-plugin's own deadline is longer than ours.
const goPluginMargin = time.Second

// noDeadline stands for none where go-plugin needs one.
const noDeadline = 24 * time.Hour

// Start starts a plugin and waits until it can be talked to. The error is
// StartError, or ctx's if that ended first. Whoever starts must Close.
func Start(ctx context.Context, config Config) (*Client, error) {
	if config.Launcher == nil {
		return nil, errors.New("client: Config has no Launcher")
	}
	if config.Logger == nil {
		config.Logger = slog.New(slog.DiscardHandler)
	}
	c := &Client{config: config}
	c.prepare()
	within, cancel := deadline(ctx, config.Deadlines.Start)
	defer cancel()
	connected := make(chan error, 1)
	go func() { connected <- c.connect() }()
	var err error
	select {
	case err = <-connected:
	case <-within.Done():
		err = errors.Join(c.runner.kill(), <-connected)
		err = fmt.Errorf("no answer within %v: %w", config.Deadlines.Start, err)
	}
	if err == nil {
		config.Logger.Debug("plugin started", "format", config.Format, "pid", c.runner.ID())
		return c, nil
	}
	err = errors.Join(err, c.Close())
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return nil, StartError{Format: config.Format, Said: c.Said(), Err: err}
}

// prepare sets up go-plugin's client.
func (c *Client) prepare() {
	timeout := noDeadline
	if c.config.Deadlines.Start > 0 {
		timeout = c.config.Deadlines.Start + goPluginMargin
	}
	c.runner = newRunner(c.config.Launcher, c.config.Format)
	c.plugin = plugin.NewClient(&plugin.ClientConfig{
		HandshakeConfig: wire.Handshake(),
		VersionedPlugins: map[int]plugin.PluginSet{
			wire.Version1: {wire.PluginName: clientPlugin{}},
		},
		RunnerFunc: func(_ hclog.Logger, cmd *exec.Cmd, dir string) (runner.Runner, error) {
			// Go-plugin has made dir with mode 0700, within TempDir.
			c.runner.prepare(Spec{Dir: dir, Env: append(cmd.Env, environment(dir)...)})
			return c.runner, checkSocket(dir)
		},
		StartTimeout:     timeout,
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		Logger:           hclog.NewNullLogger(),
		SyncStdout:       c.runner.said,
		SyncStderr:       c.runner.said,
		SkipHostEnv:      true,
		UnixSocketConfig: &plugin.UnixSocketConfig{TempDir: c.config.TempDir},
		GRPCDialOptions: []grpc.DialOption{
			grpc.WithDefaultCallOptions(
				grpc.MaxCallRecvMsgSize(wire.MaxMessage), grpc.MaxCallSendMsgSize(wire.MaxMessage)),
		},
	})
}

// The longest path of a Unix socket, in bytes, is 103 on macOS and 107 on
// Linux; go-plugin's sockets are named "plugin" and up to 10 digits.
const maxSocketDir = 103 - len("/plugin0123456789")

// checkSocket tells where a socket would not fit, which the plugin itself can
// only call an invalid argument.
func checkSocket(dir string) error {
	if len(dir) > maxSocketDir && runtime.GOOS != "windows" {
		return fmt.Errorf("the path of its temporary directory %s is too long for a socket: use a shorter one", dir)
	}
	return nil
}

// connect starts the program and connects; it returns soon after a kill.
func (c *Client) connect() error {
	protocol, err := c.plugin.Client()
	if err != nil {
		return startError(err)
	}
	service, err := protocol.Dispense(wire.PluginName)
	if err != nil {
		return err
	}
	c.service = service.(exportv1.ExportServiceClient)
	return nil
}

// startError puts into our words what go-plugin says to authors of plugins, in
// many lines.
func startError(err error) error {
	for start, words := range map[string]string{
		"Unrecognized remote plugin message": "the first line that it prints is not the handshake",
		"incompatible API version":           "it speaks another version of the plugin contract than this app",
		"incompatible core API version":      "it speaks another version of go-plugin than this app",
		"unsupported plugin protocol":        "it does not speak gRPC",
		"plugin exited before":               "it ended before it could be talked to",
	} {
		if strings.HasPrefix(err.Error(), start) {
			return errors.New(words)
		}
	}
	return err
}

// Describe asks the plugin what it is.
func (c *Client) Describe(ctx context.Context) (sdk.Manifest, error) {
	ctx, cancel := deadline(ctx, c.config.Deadlines.Describe)
	defer cancel()
	res, err := c.service.Describe(ctx, &exportv1.DescribeRequest{})
	if err != nil {
		return sdk.Manifest{}, c.callError(ctx, err)
	}
	file, err := sdk.ReadManifest(res.GetManifestJson())
	if err != nil {
		return sdk.Manifest{}, c.broken("what it says of itself: %v", err)
	}
	return file.Manifest, nil
}

// Validate asks the plugin what is wrong with options; what they lack has its
// default.
func (c *Client) Validate(ctx context.Context, options sdk.Options) ([]sdk.FieldError, error) {
	data, err := json.Marshal(options)
	if err != nil {
		return nil, fmt.Errorf("format %s: the options can't be sent: %w", c.config.Format, err)
	}
	ctx, cancel := deadline(ctx, c.config.Deadlines.Describe)
	defer cancel()
	res, err := c.service.Validate(ctx, &exportv1.ValidateRequest{OptionsJson: data})
	if err != nil {
		return nil, c.callError(ctx, err)
	}
	var wrong []sdk.FieldError
	for _, e := range res.GetErrors() {
		wrong = append(wrong, sdk.FieldError{Field: e.GetField(), Message: e.GetMessage()})
	}
	return wrong, nil
}

// Said gives the last lines that the plugin printed.
func (c *Client) Said() string { return c.runner.said.String() }

// ID is the plugin's process id.
func (c *Client) ID() string { return c.runner.ID() }

// closeWait bounds the wait for go-plugin's goroutines once the process is dead.
const closeWait = 5 * time.Second

// Close ends the plugin at once, and removes its private directory. It may be
// called more than once.
func (c *Client) Close() error {
	// The process dies first: go-plugin asks it kindly, which blocks for ever
	// on one that is stopped.
	killErr := c.runner.kill()
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		c.plugin.Kill()
	}()
	var waitErr error
	select {
	case <-closed:
	case <-time.After(closeWait):
		waitErr = fmt.Errorf("format %s: the plugin's process %s does not end", c.config.Format, c.ID())
	}
	return errors.Join(killErr, waitErr, os.RemoveAll(c.runner.directory()))
}

// deadline is a context with a deadline of our own, if d is above 0.
func deadline(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if d <= 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeoutCause(ctx, d, silence{d})
}

// silence is the cause of a context that a plugin's silence ended.
type silence struct{ waited time.Duration }

func (s silence) Error() string { return fmt.Sprintf("silent for %v", s.waited) }

// callError says what the error of a call means.
func (c *Client) callError(ctx context.Context, err error) error {
	var quiet silence
	cause := context.Cause(ctx)
	if errors.As(cause, &quiet) {
		return SilentError{Format: c.config.Format, For: quiet.waited}
	}
	if cause != nil {
		return cause
	}
	switch s := status.Convert(err); s.Code() {
	case codes.Unavailable:
		c.runner.awaitEnd()
		return CrashedError{Format: c.config.Format, Said: c.Said()}
	case codes.ResourceExhausted, codes.Unimplemented:
		return c.broken("%s", s.Message())
	default:
		return PluginError{Format: c.config.Format, Message: s.Message()}
	}
}

func (c *Client) broken(format string, args ...any) error {
	return ContractError{Format: c.config.Format, Message: fmt.Sprintf(format, args...)}
}

// clientPlugin gives go-plugin our end of the service.
type clientPlugin struct{ plugin.NetRPCUnsupportedPlugin }

// GRPCServer implements plugin.GRPCPlugin; the plugin's end is package sdk.
func (clientPlugin) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error {
	return errors.New("a host has no plugin end")
}

// GRPCClient implements plugin.GRPCPlugin.
func (clientPlugin) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, conn *grpc.ClientConn) (any, error) {
	return exportv1.NewExportServiceClient(conn), nil
}
