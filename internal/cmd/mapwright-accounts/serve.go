package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"

	"github.com/mapwright/mapwright/internal/accountserver"
	"github.com/mapwright/mapwright/internal/accountserver/api"
	"github.com/mapwright/mapwright/internal/accountserver/pages"
	"github.com/spf13/cobra"
)

// endIn is how long requests may go on when the server is told to stop.
const endIn = 20 * time.Second

// door is how the server is reached.
type door struct {
	listen, cert, key, support string
	behindProxy                bool
}

func (c *command) serve() *cobra.Command {
	var d door
	cmd := &cobra.Command{
		Use: "serve", Short: "Answer requests until interrupted", Args: cobra.NoArgs,
		Long: `Answer requests until interrupted: the API under /v1, its description at
/openapi.json, the account pages, and /healthz, /readyz, /metrics, which a proxy
should keep to itself. Logs go to stderr, a line a request, without a secret.`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if (d.cert == "") != (d.key == "") {
				return c.usage("--tls-cert and --tls-key go together")
			}
			return c.with(cmd.Context(), func(server *accountserver.Opened) error { return c.run(cmd.Context(), server.Server, d) })
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&d.listen, "listen", "127.0.0.1:8750", "address and port")
	flags.StringVar(&d.cert, "tls-cert", "", "certificate chain (PEM)")
	flags.StringVar(&d.key, "tls-key", "", "its private key (PEM)")
	flags.BoolVar(&d.behindProxy, "behind-proxy", false, "a proxy before it does TLS and writes X-Forwarded-For")
	flags.StringVar(&d.support, "support", "", "where people ask for help: an email or a web address")
	flags.BoolVar(&c.setup.OwnPlans, "own-plans", false, "let everybody change their plan for nothing: for demonstrations")
	return cmd
}

// run serves until ctx ends, and lets requests end then.
func (c *command) run(ctx context.Context, server *accountserver.Server, d door) error {
	log := slog.New(slog.NewTextHandler(c.errs, nil))
	handler, err := api.New(api.Config{
		Server: server, Log: log, Version: version, BehindProxy: d.behindProxy,
		Pages: pages.New(pages.Config{
			Server: server, Clock: server.Clock, Support: d.support, Log: log,
			Address: func(r *http.Request) string { return api.Address(r, d.behindProxy) },
		}),
	})
	if err != nil {
		return err
	}
	listener, err := d.open(ctx)
	if err != nil {
		return err
	}
	web := api.Listener(handler, log, api.DefaultLimits)
	ended := make(chan error, 1)
	go func() {
		if d.cert != "" {
			ended <- web.ServeTLS(listener, d.cert, d.key)
			return
		}
		ended <- web.Serve(listener)
	}()
	log.Info("listening", "address", listener.Addr().String(), "tls", d.cert != "", "version", version)
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	log.Info("stopping")
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), endIn)
	defer cancel()
	err = web.Shutdown(ending)
	if served := <-ended; !errors.Is(served, http.ErrServerClosed) {
		err = errors.Join(err, served)
	}
	return err
}

// open listens. Without TLS that is for this computer, or a proxy, alone:
// passwords come this way.
func (d door) open(ctx context.Context) (net.Listener, error) {
	if d.cert == "" && !d.behindProxy && !loopback(d.listen) {
		return nil, fmt.Errorf("on %s passwords could be read on the way: give --tls-cert and --tls-key, or --behind-proxy where a proxy does TLS", d.listen)
	}
	var config net.ListenConfig
	return config.Listen(ctx, "tcp", d.listen)
}

// loopback tells whether an address is reached from this computer only.
func loopback(address string) bool {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}
