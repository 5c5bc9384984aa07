package httpclient

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// Options are what a client can be told beside its server. The zero value is
// for people.
type Options struct {
	// Transport carries the requests; nil is one of its own.
	Transport http.RoundTripper
	// Insecure allows http to another computer, where everybody on the way can
	// read the password.
	Insecure bool
	// Pause waits before a request is repeated; nil waits.
	Pause func(context.Context, time.Duration) error
}

// Client asks one server for one session.
type Client struct {
	base  *url.URL
	http  *http.Client
	pause func(context.Context, time.Duration) error
	token string
}

var _ account.Service = (*Client)(nil)

// answerIn is how long one try of a request may take, redirects excluded: there
// are none.
const answerIn = 60 * time.Second

// New returns a client of the server at an address such as
// https://accounts.example.org, without a session.
func New(address string, o Options) (*Client, error) {
	base, err := url.Parse(strings.TrimSuffix(address, "/"))
	if err != nil || base.Host == "" || base.User != nil || base.RawQuery != "" || base.Fragment != "" {
		return nil, errors.New("the address of an account server looks like https://accounts.example.org")
	}
	if base.Scheme != "https" && (base.Scheme != "http" || !o.Insecure && !loopback(base.Hostname())) {
		return nil, fmt.Errorf("the account server at %s can only be asked over https: over %s others could read the password", base.Host, base.Scheme)
	}
	if o.Transport == nil {
		o.Transport = transport()
	}
	if o.Pause == nil {
		o.Pause = pause
	}
	return &Client{base: base, pause: o.Pause, http: &http.Client{
		Transport: o.Transport, Timeout: answerIn,
		// A token is for this server, not for where it points.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// As is the client with the token of a session.
func (c *Client) As(token string) *Client {
	d := *c
	d.token = token
	return &d
}

// transport is quick to notice that there is no network: working without one is
// usual.
func transport() *http.Transport {
	return &http.Transport{
		Proxy:               http.ProxyFromEnvironment,
		DialContext:         (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSHandshakeTimeout: 5 * time.Second,
		ForceAttemptHTTP2:   true,
		MaxIdleConns:        2,
		IdleConnTimeout:     time.Minute,
	}
}

// loopback tells whether a host is this computer.
func loopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && ip.IsLoopback()
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// An UnreachableError says that no answer of the account server arrived: whether
// it acted is not known.
type UnreachableError struct {
	// Server is its host.
	Server string
	// Status is the HTTP status, 0 where none came.
	Status int
	// Err is what stood in the way.
	Err error
}

func (e *UnreachableError) Error() string {
	return fmt.Sprintf("the account server %s can't be reached: %v", e.Server, e.Err)
}

// Unwrap returns what stood in the way.
func (e *UnreachableError) Unwrap() error { return e.Err }
