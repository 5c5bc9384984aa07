package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
)

// in and out are a request and an answer that are their body alone.
type (
	in[T any]  struct{ Body T }
	out[T any] struct{ Body T }
)

// people registers what is about the person: sign-up, sign-in, sessions.
func (h *handler) people(api huma.API) {
	open := func(op huma.Operation) huma.Operation {
		op.Middlewares = append(op.Middlewares, h.addressed)
		return op
	}
	huma.Register(api, open(h.operation("sign-up", http.MethodPost, "/v1/accounts", http.StatusCreated,
		"Open an account on the trial plan", http.StatusConflict, http.StatusTooManyRequests)), h.signUp)
	huma.Register(api, open(h.operation("sign-in", http.MethodPost, "/v1/sessions", http.StatusCreated,
		"Sign in: open a session", http.StatusForbidden, http.StatusTooManyRequests)), h.signIn)
	huma.Register(api, h.signedIn(api, h.operation("sign-out", http.MethodDelete, "/v1/sessions/current", http.StatusNoContent,
		"Sign out: end this session")), h.signOut)
	huma.Register(api, h.signedIn(api, h.operation("list-sessions", http.MethodGet, "/v1/sessions", http.StatusOK,
		"List the sessions of the account, the newest first")), h.sessions)
	huma.Register(api, h.signedIn(api, h.operation("end-session", http.MethodDelete, "/v1/sessions/{id}", http.StatusNoContent,
		"End a session of the account", http.StatusNotFound)), h.endSession)
}

func attemptOf(ctx context.Context, p account.Person) accountserver.Attempt {
	return accountserver.Attempt{Email: p.Email, Password: p.Password, Address: addressOf(ctx)}
}

func (h *handler) signUp(ctx context.Context, r *in[account.Person]) (*out[account.Opened], error) {
	a, err := h.Server.SignUp(ctx, attemptOf(ctx, r.Body))
	if err != nil {
		return nil, h.fail(err)
	}
	return &out[account.Opened]{account.Opened{Account: a.ID}}, nil
}

func (h *handler) signIn(ctx context.Context, r *in[account.Person]) (*out[account.SignedIn], error) {
	s, err := h.Server.SignIn(ctx, attemptOf(ctx, r.Body), accountserver.SessionAPI)
	if err != nil {
		return nil, h.fail(err)
	}
	return &out[account.SignedIn]{account.SignedIn{Account: s.Account, Token: s.Token, Session: sessionInfo(s.SessionRecord, s.ID)}}, nil
}

func (h *handler) signOut(ctx context.Context, _ *struct{}) (*struct{}, error) {
	if err := h.Server.SignOut(ctx, visitorOf(ctx).token); err != nil {
		return nil, h.fail(err)
	}
	return nil, nil
}

func (h *handler) sessions(ctx context.Context, _ *struct{}) (*out[account.Sessions], error) {
	v := visitorOf(ctx)
	records, err := h.Server.Sessions(ctx, v.Account)
	if err != nil {
		return nil, h.fail(err)
	}
	list := make([]account.SessionInfo, len(records))
	for i, r := range records {
		list[i] = sessionInfo(r, v.ID)
	}
	return &out[account.Sessions]{account.Sessions{Sessions: list}}, nil
}

type sessionPath struct {
	ID string `path:"id"`
}

func (h *handler) endSession(ctx context.Context, r *sessionPath) (*struct{}, error) {
	id, err := accountserver.ParseSessionID(r.ID)
	if err == nil {
		err = h.Server.RevokeSession(ctx, visitorOf(ctx).Account, id)
	}
	if err != nil {
		return nil, h.fail(err)
	}
	return nil, nil
}

func sessionInfo(r accountserver.SessionRecord, current accountserver.SessionID) account.SessionInfo {
	return account.SessionInfo{
		ID: r.ID.String(), Kind: string(r.Kind), Current: r.ID == current, CreatedAt: account.InstantOf(r.CreatedAt),
		UsedAt: account.InstantOf(r.UsedAt), ExpiresAt: account.InstantOf(r.ExpiresAt),
	}
}
