package pages

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
)

// Server is what the pages ask of the account server; *accountserver.Server is
// one.
type Server interface {
	// Reader draws random bytes, also for several goroutines at once.
	io.Reader

	SignUp(context.Context, accountserver.Attempt) (accountserver.Account, error)
	SignIn(context.Context, accountserver.Attempt, accountserver.SessionKind) (accountserver.SignedIn, error)
	SignOut(ctx context.Context, token string) error
	Authenticate(ctx context.Context, token string, kind accountserver.SessionKind) (accountserver.SessionRecord, error)

	Sessions(context.Context, account.AccountID) ([]accountserver.SessionRecord, error)
	RevokeSession(context.Context, account.AccountID, accountserver.SessionID) error
	Devices(context.Context, account.AccountID) ([]accountserver.Device, error)
	// Session answers one account: Status, Plans and Usage of it are shown.
	Session(account.AccountID) *accountserver.Session
}

var _ Server = (*accountserver.Server)(nil)

// Config is what the pages are made of. Server and Clock are required.
type Config struct {
	Server Server
	Clock  func() time.Time

	// Support is where people ask for help and for another plan: an email
	// address or a web address. Empty, the pages speak of those who run the
	// server.
	Support string
	// Address is the IP address that a request came from, to slow down
	// guessing. Nil takes the one of the connection, which behind a proxy is
	// the proxy's.
	Address func(*http.Request) string
	// Log hears of what went wrong; nil is slog.Default.
	Log *slog.Logger
}

// site serves the pages of one Config.
type site struct {
	Config
	help contact
}

// New returns the pages, for the root of a host. They leave alone only what
// the caller's mux sends elsewhere: every other path is a page or a 404.
func New(c Config) http.Handler {
	if c.Server == nil || c.Clock == nil {
		panic("the account pages need a server and a clock")
	}
	if c.Address == nil {
		c.Address = peerAddress
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	s := &site{Config: c, help: contactOf(c.Support)}
	mux := http.NewServeMux()
	for path, page := range s.routes() {
		mux.Handle(path, s.handler(page))
	}
	mux.HandleFunc("GET "+stylePath, serveAsset("text/css; charset=utf-8", style))
	mux.HandleFunc("GET "+iconPath, serveAsset("image/svg+xml", icon))
	return secured(mux)
}

// route is what one path answers. Pages that are not open are for people who
// are signed in.
type route struct {
	get, post func(*call) error
	open      bool
}

// The paths of the pages.
const (
	homePath     = "/{$}"
	signUpPath   = "/sign-up"
	signInPath   = "/sign-in"
	signOutPath  = "/sign-out"
	planPath     = "/plan"
	usagePath    = "/usage"
	devicesPath  = "/devices"
	sessionsPath = "/sessions"
	revokePath   = "/sessions/revoke"
	creditsPath  = "/credits"
	stylePath    = "/style.css"
	iconPath     = "/icon.svg"
)

func (s *site) routes() map[string]route {
	return map[string]route{
		homePath:     {get: s.home},
		signUpPath:   {get: s.signUpForm, post: s.signUp, open: true},
		signInPath:   {get: s.signInForm, post: s.signIn, open: true},
		signOutPath:  {post: s.signOut},
		planPath:     {get: s.plan},
		usagePath:    {get: s.usage},
		devicesPath:  {get: s.devices},
		sessionsPath: {get: s.sessions},
		revokePath:   {post: s.revoke},
		creditsPath:  {get: s.credits, open: true},
		"/":          {get: s.nowhere, post: s.nowhere, open: true},
	}
}

// policy lets a page load its style and its icon, send its forms to this
// server, and nothing else.
const policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// secured says to the browser what the pages never do.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

func peerAddress(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
