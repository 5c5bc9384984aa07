package httpclient

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/mapwright/mapwright/internal/account"
)

// Enrol implements account.Service.
func (c *Client) Enrol(ctx context.Context, r account.EnrolRequest) (reply account.EnrolReply, err error) {
	err = c.ask(ctx, request{method: http.MethodPost, path: "/v1/devices", body: r, safe: true}, &reply)
	return reply, err
}

// Sync implements account.Service.
func (c *Client) Sync(ctx context.Context, r account.SyncRequest) (reply account.SyncReply, err error) {
	err = c.ask(ctx, request{method: http.MethodPost, path: "/v1/sync", body: r, safe: true}, &reply)
	return reply, err
}

// Status implements account.Service.
func (c *Client) Status(ctx context.Context) (status account.Status, err error) {
	err = c.ask(ctx, request{method: http.MethodGet, path: "/v1/status", safe: true}, &status)
	return status, err
}

// Plans implements account.Service.
func (c *Client) Plans(ctx context.Context) ([]account.Plan, error) {
	var list account.PlanList
	err := c.ask(ctx, request{method: http.MethodGet, path: "/v1/plans", safe: true}, &list)
	return list.Plans, err
}

// ChangePlan implements account.Service.
func (c *Client) ChangePlan(ctx context.Context, plan string) (status account.Status, err error) {
	err = c.ask(ctx, request{method: http.MethodPut, path: "/v1/plan", body: account.PlanChoice{Plan: plan}, safe: true}, &status)
	return status, err
}

// Usage implements account.Service.
func (c *Client) Usage(ctx context.Context, before string, limit int) (page account.UsagePage, err error) {
	query := url.Values{"limit": {strconv.Itoa(min(max(limit, 1), 1000))}}
	if before != "" {
		query.Set("before", before)
	}
	err = c.ask(ctx, request{method: http.MethodGet, path: "/v1/usage", query: query, safe: true}, &page)
	return page, err
}

// Devices lists the computers of the account.
func (c *Client) Devices(ctx context.Context) ([]account.DeviceInfo, error) {
	var list account.Devices
	err := c.ask(ctx, request{method: http.MethodGet, path: "/v1/devices", safe: true}, &list)
	return list.Devices, err
}

// SignUp opens an account on the trial plan. Errors: CodeInvalid,
// CodeEmailTaken, CodeTooMany. It is not repeated: the second answer would be
// that there is an account.
func (c *Client) SignUp(ctx context.Context, p account.Person) (opened account.Opened, err error) {
	err = c.ask(ctx, request{method: http.MethodPost, path: "/v1/accounts", body: p}, &opened)
	return opened, err
}

// SignIn opens a session; [Client.As] then uses its token. Errors:
// CodeSignInRefused, CodeTooMany, CodeInvalid. It is not repeated: each time
// opens another session.
func (c *Client) SignIn(ctx context.Context, p account.Person) (in account.SignedIn, err error) {
	err = c.ask(ctx, request{method: http.MethodPost, path: "/v1/sessions", body: p}, &in)
	return in, err
}

// SignOut ends the session of the token. Errors: CodeSignInNeeded, where it is
// over already.
func (c *Client) SignOut(ctx context.Context) error {
	return c.ask(ctx, request{method: http.MethodDelete, path: "/v1/sessions/current", safe: true}, nil)
}

// Sessions lists the sessions of the account, the newest first.
func (c *Client) Sessions(ctx context.Context) ([]account.SessionInfo, error) {
	var list account.Sessions
	err := c.ask(ctx, request{method: http.MethodGet, path: "/v1/sessions", safe: true}, &list)
	return list.Sessions, err
}

// EndSession ends a session of the account by its id. Errors:
// CodeUnknownSession, also where a repeated request finds it ended.
func (c *Client) EndSession(ctx context.Context, id string) error {
	return c.ask(ctx, request{method: http.MethodDelete, path: "/v1/sessions/" + url.PathEscape(id)}, nil)
}
