package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/mapwright/mapwright/internal/account"
)

// purse registers what account.Service asks, and the list of computers.
func (h *handler) purse(api huma.API) {
	register(h, api, h.operation("enrol", http.MethodPost, "/v1/devices", http.StatusOK,
		"Make a computer known to the account; the same key again changes its name only", http.StatusForbidden),
		func(ctx context.Context, s account.Service, r *in[account.EnrolRequest]) (account.EnrolReply, error) {
			return s.Enrol(ctx, r.Body)
		})
	sync := h.operation("sync", http.MethodPost, "/v1/sync", http.StatusOK,
		"Send vouchers; bring receipts and, if wanted, a lease. Taken whole or not at all", http.StatusForbidden, http.StatusConflict)
	sync.MaxBodyBytes = maxSync
	register(h, api, sync, func(ctx context.Context, s account.Service, r *in[account.SyncRequest]) (account.SyncReply, error) {
		return s.Sync(ctx, r.Body)
	})
	register(h, api, h.operation("status", http.MethodGet, "/v1/status", http.StatusOK, "Tell the account as it stands"),
		func(ctx context.Context, s account.Service, _ *struct{}) (account.Status, error) {
			return s.Status(ctx)
		})
	register(h, api, h.operation("plans", http.MethodGet, "/v1/plans", http.StatusOK, "List the plans, cheapest first"),
		func(ctx context.Context, s account.Service, _ *struct{}) (account.PlanList, error) {
			plans, err := s.Plans(ctx)
			return account.PlanList{Plans: plans}, err
		})
	register(h, api, h.operation("change-plan", http.MethodPut, "/v1/plan", http.StatusOK,
		"Change the plan, at servers where that costs nothing; others answer invalid", http.StatusNotFound),
		func(ctx context.Context, s account.Service, r *in[account.PlanChoice]) (account.Status, error) {
			return s.ChangePlan(ctx, r.Body.Plan)
		})
	register(h, api, h.operation("usage", http.MethodGet, "/v1/usage", http.StatusOK,
		"List the charges of all computers of the account, the newest first"),
		func(ctx context.Context, s account.Service, r *usageQuery) (account.UsagePage, error) {
			return s.Usage(ctx, r.Before, r.Limit)
		})
	huma.Register(api, h.signedIn(api, h.operation("list-devices", http.MethodGet, "/v1/devices", http.StatusOK,
		"List the computers of the account, the first enrolled first")), h.devices)
}

type usageQuery struct {
	Before string `query:"before" doc:"The next of the page before; empty begins"`
	Limit  int    `query:"limit" minimum:"1" maximum:"1000" default:"100" doc:"How many charges at most"`
}

// register adds an operation that the account of the session answers.
func register[I, O any](h *handler, api huma.API, op huma.Operation, ask func(context.Context, account.Service, *I) (O, error)) {
	huma.Register(api, h.signedIn(api, op), func(ctx context.Context, r *I) (*out[O], error) {
		reply, err := ask(ctx, h.Server.Session(visitorOf(ctx).Account), r)
		if err != nil {
			return nil, h.fail(err)
		}
		return &out[O]{reply}, nil
	})
}

func (h *handler) devices(ctx context.Context, _ *struct{}) (*out[account.Devices], error) {
	devices, err := h.Server.Devices(ctx, visitorOf(ctx).Account)
	if err != nil {
		return nil, h.fail(err)
	}
	list := make([]account.DeviceInfo, len(devices))
	for i, d := range devices {
		list[i] = account.DeviceInfo{Device: d.Key, Name: d.Name, EnrolledAt: account.InstantOf(d.EnrolledAt), Frozen: d.FrozenAt != 0}
	}
	return &out[account.Devices]{account.Devices{Devices: list}}, nil
}
