package api

import (
	"log/slog"
	"net/http"
	"time"
)

// Limits is how long a peer may take, and how much it may say before its
// request is known.
type Limits struct {
	// Headers and Request is how long those may take to arrive, Answer how long
	// everything may take after the headers, Idle how long a connection waits
	// for its next request.
	Headers, Request, Answer, Idle time.Duration
	// HeaderBytes is the most that the headers may have.
	HeaderBytes int
}

// DefaultLimits leave a slow line time for a full sync.
var DefaultLimits = Limits{
	Headers: 5 * time.Second, Request: 20 * time.Second, Answer: 60 * time.Second, Idle: 2 * time.Minute, HeaderBytes: 16 << 10,
}

// Listener is the HTTP server for the handler; the caller starts and stops it.
func Listener(handler http.Handler, log *slog.Logger, l Limits) *http.Server {
	return &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: l.Headers, ReadTimeout: l.Request, WriteTimeout: l.Answer, IdleTimeout: l.Idle,
		MaxHeaderBytes: l.HeaderBytes,
		ErrorLog:       slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}
