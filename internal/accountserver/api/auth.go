package api

import (
	"context"
	"net"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"
	"github.com/mapwright/mapwright/internal/accountserver"
)

// bearer names the security scheme in the document.
const bearer = "session"

// visitor is the session that asks.
type visitor struct {
	accountserver.SessionRecord
	token string
}

type visitorKey struct{}

// visitorOf is the session that asks, in an operation that is signed in.
func visitorOf(ctx context.Context) visitor {
	v, ok := ctx.Value(visitorKey{}).(visitor)
	if !ok {
		panic("an operation for people who signed in is not registered as one")
	}
	return v
}

// signedIn makes an operation one for people who signed in.
func (h *handler) signedIn(api huma.API, op huma.Operation) huma.Operation {
	op.Security = []map[string][]string{{bearer: {}}}
	op.Errors = append(op.Errors, http.StatusUnauthorized)
	op.Middlewares = append(op.Middlewares, func(ctx huma.Context, next func(huma.Context)) {
		token := bearerToken(ctx.Header("Authorization"))
		record, err := h.Server.Authenticate(ctx.Context(), token, accountserver.SessionAPI)
		if err != nil {
			h.refuse(api, ctx, err)
			return
		}
		next(huma.WithValue(ctx, visitorKey{}, visitor{SessionRecord: record, token: token}))
	})
	return op
}

// refuse answers before the operation is reached.
func (h *handler) refuse(api huma.API, ctx huma.Context, err error) {
	p := h.fail(err)
	for name, values := range p.headers {
		ctx.SetHeader(name, values[0])
	}
	ctx.SetHeader("Content-Type", p.ContentType(""))
	ctx.SetStatus(p.Status)
	if err := api.Marshal(ctx.BodyWriter(), "application/json", p); err != nil {
		h.Log.Debug("an answer was not taken", "error", err)
	}
}

// bearerToken is the token of an Authorization header (RFC 6750, section 2.1).
func bearerToken(header string) string {
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

type addressKey struct{}

// addressed notes where requests come from.
func (h *handler) addressed(ctx huma.Context, next func(huma.Context)) {
	r, _ := humago.Unwrap(ctx)
	next(huma.WithValue(ctx, addressKey{}, Address(r, h.BehindProxy)))
}

// addressOf is empty where no address was noted.
func addressOf(ctx context.Context) string {
	address, _ := ctx.Value(addressKey{}).(string)
	return address
}

// Address is the IP address that a request comes from: the peer's or, behind a
// proxy, the last one of X-Forwarded-For.
func Address(r *http.Request, behindProxy bool) string {
	if behindProxy {
		hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if last := strings.TrimSpace(hops[len(hops)-1]); last != "" {
			return last
		}
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
