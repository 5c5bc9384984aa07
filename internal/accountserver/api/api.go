package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
)

// Config is what the handler is made of. Server and Log are required.
type Config struct {
	Server *accountserver.Server
	// Log gets a line a request, and what went wrong inside.
	Log *slog.Logger
	// Version is the program's, for the OpenAPI document.
	Version string
	// BehindProxy takes the address of a request from the last entry of
	// X-Forwarded-For, which a proxy wrote. Without a proxy anybody could.
	BehindProxy bool
	// Limits is DefaultLimits where it is zero.
	Limits Limits
	// Pages answers whatever is not of the API. Without it that is not found.
	Pages http.Handler
}

// The most that bodies have, in bytes. A full sync is 1,000 vouchers of about
// 900 bytes, and the leases of years.
const (
	maxSync  = 4 << 20
	maxOther = 16 << 10
)

// actFor is how long a request may take.
const actFor = 30 * time.Second

// handler is one API over one server.
type handler struct {
	Config
	metrics *metrics
}

// New returns the handler of the API and of what is beside it.
func New(c Config) (http.Handler, error) {
	if c.Server == nil || c.Log == nil {
		return nil, errors.New("the account API needs a server and a log")
	}
	if c.Limits == (Limits{}) {
		c.Limits = DefaultLimits
	}
	h := &handler{Config: c, metrics: newMetrics()}
	mux := http.NewServeMux()
	api := humago.New(mux, describe(c.Version))
	h.people(api)
	h.purse(api)
	document, err := json.MarshalIndent(api.OpenAPI(), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("describe the account API: %w", err)
	}
	mux.HandleFunc("GET /openapi.json", func(w http.ResponseWriter, _ *http.Request) {
		h.write(w, "application/openapi+json", document)
	})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { h.write(w, plain, []byte("ok\n")) })
	mux.HandleFunc("GET /readyz", h.ready)
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) { h.write(w, plain, h.metrics.text()) })
	mux.HandleFunc("/v1/", h.nowhere)
	if c.Pages != nil {
		mux.Handle("/", c.Pages)
	}
	return h.observe(mux), nil
}

const plain = "text/plain; charset=utf-8"

// write sends a whole body.
func (h *handler) write(w http.ResponseWriter, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	if _, err := w.Write(body); err != nil {
		h.Log.Debug("an answer was not taken", "error", err)
	}
}

// nowhere answers a program that asks what this server does not know.
func (h *handler) nowhere(w http.ResponseWriter, _ *http.Request) {
	text, err := json.Marshal(noAnswer(http.StatusNotFound, "this account server does not know the question: it may be an older one"))
	if err != nil {
		h.Log.Error("a problem can't be written", "error", err)
	}
	w.Header().Set("Content-Type", account.ProblemType)
	w.WriteHeader(http.StatusNotFound)
	if _, err := w.Write(text); err != nil {
		h.Log.Debug("an answer was not taken", "error", err)
	}
}

// ready tells whether the database answers.
func (h *handler) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 5*time.Second)
	defer cancel()
	if err := h.Server.Ready(ctx); err != nil {
		h.Log.Error("not ready", "error", err)
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	h.write(w, plain, []byte("ok\n"))
}

// operation is what all operations have in common. id is the name in the
// document, what its sentence.
func (h *handler) operation(id, method, path string, status int, what string, errors ...int) huma.Operation {
	return huma.Operation{
		OperationID: id, Method: method, Path: path, DefaultStatus: status, Summary: what,
		MaxBodyBytes: maxOther, BodyReadTimeout: h.Limits.Request, RejectUnknownQueryParameters: true,
		Errors: append(errors, http.StatusUnprocessableEntity, http.StatusInternalServerError, http.StatusServiceUnavailable),
	}
}
