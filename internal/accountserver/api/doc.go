// Package api answers account.Service and the sign-in over HTTP, as JSON under
// /v1, and describes that in OpenAPI 3.1 at /openapi.json. Beside it stand
// /healthz, /readyz and /metrics.
//
// It decides nothing about accounts: it finds the session of a token, hands
// the request to internal/accountserver and writes its answer, an account.Error
// as a problem of RFC 9457. It logs neither emails nor passwords, tokens or
// bodies.
package api
