package api

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// observe bounds a request in time and size, counts it and logs one line of it:
// the route, not the path, and nothing of who asked.
func (h *handler) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		ctx, cancel := context.WithTimeout(r.Context(), actFor)
		defer cancel()
		r = r.WithContext(ctx)
		r.Body = http.MaxBytesReader(w, r.Body, maxSync)
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		seen := &watched{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(seen, r)
		route := cmp.Or(r.Pattern, "none")
		took := time.Since(began)
		h.metrics.served(route, seen.status, took)
		h.Log.Info("request", "route", route, "method", r.Method, "status", seen.status, "ms", took.Milliseconds())
	})
}

// watched remembers the status of an answer.
type watched struct {
	http.ResponseWriter
	status int
}

// WriteHeader notes the status.
func (w *watched) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// metrics counts requests and answers since the start of the process.
type metrics struct {
	mu       sync.Mutex
	requests map[served]int64
	seconds  map[string]float64
	answers  map[account.Code]int64
}

// served is a route with the status of an answer.
type served struct {
	route  string
	status int
}

func newMetrics() *metrics {
	return &metrics{requests: map[served]int64{}, seconds: map[string]float64{}, answers: map[account.Code]int64{}}
}

func (m *metrics) served(route string, status int, took time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.requests[served{route, status}]++
	m.seconds[route] += took.Seconds()
}

func (m *metrics) answered(code account.Code) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.answers[code]++
}

// text is the text format of Prometheus, version 0.0.4.
func (m *metrics) text() []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	var b bytes.Buffer
	fmt.Fprint(&b, "# HELP mapwright_requests_total Requests by route and HTTP status.\n# TYPE mapwright_requests_total counter\n")
	order := func(a, b served) int { return cmp.Or(cmp.Compare(a.route, b.route), cmp.Compare(a.status, b.status)) }
	for _, s := range slices.SortedFunc(maps.Keys(m.requests), order) {
		fmt.Fprintf(&b, "mapwright_requests_total{route=%q,status=\"%d\"} %d\n", s.route, s.status, m.requests[s])
	}
	fmt.Fprint(&b, "# HELP mapwright_request_seconds_total Time spent on requests by route.\n# TYPE mapwright_request_seconds_total counter\n")
	for _, route := range slices.Sorted(maps.Keys(m.seconds)) {
		fmt.Fprintf(&b, "mapwright_request_seconds_total{route=%q} %.6f\n", route, m.seconds[route])
	}
	fmt.Fprint(&b, "# HELP mapwright_refusals_total Answers of the server that were a no, by code.\n# TYPE mapwright_refusals_total counter\n")
	for _, code := range slices.Sorted(maps.Keys(m.answers)) {
		fmt.Fprintf(&b, "mapwright_refusals_total{code=%q} %d\n", code, m.answers[code])
	}
	return b.Bytes()
}
