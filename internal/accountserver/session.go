package accountserver

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// Session answers one account: the account.Service over a server in process.
type Session struct {
	server *Server
	id     account.AccountID
	// ownPlan lets ChangePlan act: where nobody is paid for a plan.
	ownPlan bool
}

var _ account.Service = (*Session)(nil)

// Session is the service of an account that was opened before.
func (s *Server) Session(id account.AccountID) *Session {
	return &Session{server: s, id: id, ownPlan: s.OwnPlans}
}

// invalid is the answer to a request that contradicts itself.
func invalid(format string, args ...any) error {
	return &account.Error{Code: account.CodeInvalid, Message: fmt.Sprintf(format, args...)}
}

func (s *Server) unknownPlan(plan string) error {
	return &account.Error{
		Code:    account.CodeUnknownPlan,
		Message: fmt.Sprintf("there is no plan %q; there are %s", plan, strings.Join(s.Plans.IDs(), ", ")),
	}
}

// Enrol makes a device known to the account.
func (s *Session) Enrol(ctx context.Context, r account.EnrolRequest) (reply account.EnrolReply, err error) {
	if err := r.Verify(); err != nil {
		return reply, invalid("this computer can't be enrolled: %v", err)
	}
	err = s.server.visit(ctx, s.id, func(v *visit) error {
		d, known, err := v.Device(r.Device)
		switch {
		case err != nil:
			return err
		case known && d.Account != s.id:
			return invalid("this computer's key belongs to another account: enrol with a new key")
		case known && d.FrozenAt != 0:
			return frozen(d)
		case !known:
			d = Device{Key: r.Device, Account: s.id, EnrolledAt: v.now}
		}
		reply = account.EnrolReply{Account: s.id, Server: account.ServerKeyOf(s.server.Key), Epoch: v.epoch}
		if known && d.Name == r.Name {
			return nil
		}
		d.Name = r.Name
		return v.PutDevice(d)
	})
	return reply, err
}

// Status is the account as it stands.
func (s *Session) Status(ctx context.Context) (status account.Status, err error) {
	err = s.server.visit(ctx, s.id, func(v *visit) error {
		status, err = v.status()
		return err
	})
	return status, err
}

// Plans lists what there is to choose from, in the order of the plan file.
func (s *Session) Plans(context.Context) ([]account.Plan, error) {
	plans := make([]account.Plan, len(s.server.Plans))
	for i, p := range s.server.Plans {
		plans[i] = account.Plan{ID: p.ID, Name: p.Name, Unlimited: p.Unlimited, Allowance: int(p.Credits), Once: p.Period == periodOnce}
	}
	return plans, nil
}

// ChangePlan sets the plan of the embedded account, or of any where OwnPlans
// says so. Other accounts change theirs where they pay for it.
func (s *Session) ChangePlan(ctx context.Context, plan string) (status account.Status, err error) {
	if _, ok := s.server.Plans.Find(plan); !ok {
		return status, s.server.unknownPlan(plan)
	}
	if !s.ownPlan {
		return status, invalid("the plan of this account is changed at its account page, not here")
	}
	return s.server.ChangePlan(ctx, s.id, plan)
}

// ChangePlan puts an account on a plan, by its id, ignoring case: a hand for
// whoever takes the money, not for devices.
func (s *Server) ChangePlan(ctx context.Context, id account.AccountID, plan string) (status account.Status, err error) {
	p, ok := s.Plans.Find(plan)
	if !ok {
		return status, s.unknownPlan(plan)
	}
	err = s.visit(ctx, id, func(v *visit) error {
		if err := v.changePlan(p); err != nil {
			return err
		}
		status, err = v.status()
		return err
	})
	return status, err
}

// maxPage is how many charges a page of usage has at most.
const maxPage = 1000

// Usage lists the charges of the account, the newest first.
func (s *Session) Usage(ctx context.Context, before string, limit int) (page account.UsagePage, err error) {
	var turn int64
	if before != "" {
		if turn, err = strconv.ParseInt(before, 10, 64); err != nil || turn < 1 {
			return page, invalid("%q is no place in the list of charges", before)
		}
	}
	limit = min(max(limit, 1), maxPage)
	err = s.server.visit(ctx, s.id, func(v *visit) error {
		page, err = v.usage(turn, limit)
		return err
	})
	return page, err
}

func (v *visit) usage(before int64, limit int) (page account.UsagePage, err error) {
	charges, err := v.Charges(v.holder.ID, before, limit+1)
	if err != nil {
		return page, err
	}
	if len(charges) > limit {
		charges = charges[:limit]
		page.Next = strconv.FormatInt(charges[limit-1].Turn, 10)
	}
	names, err := v.deviceNames()
	if err != nil {
		return page, err
	}
	page.Entries = make([]account.UsageEntry, len(charges))
	for i, c := range charges {
		page.Entries[i] = account.UsageEntry{
			Charge: c.ID, Device: c.Device, DeviceName: names[c.Device],
			State: kindOf(c.State), Amount: int(c.Credits), Refunded: c.State == ChargeRefunded,
			Plugin: c.Plugin, Recipe: c.Recipe, Repeats: c.Repeats, At: account.InstantOf(c.At),
		}
	}
	return page, nil
}

func kindOf(s ChargeState) account.Kind {
	switch s {
	case ChargeHeld:
		return account.Hold
	case ChargeVoided:
		return account.Void
	default:
		return account.Post
	}
}

func (v *visit) deviceNames() (map[account.DeviceKey]string, error) {
	devices, err := v.Devices(v.holder.ID)
	names := make(map[account.DeviceKey]string, len(devices))
	for _, d := range devices {
		names[d.Key] = d.Name
	}
	return names, err
}

func (v *visit) status() (account.Status, error) {
	s := account.Status{
		Account: v.holder.ID, Plan: v.plan.ID, PlanName: v.plan.Name, PlanRevision: v.holder.PlanRevision,
		Unlimited: v.plan.Unlimited, Allowance: int(v.plan.Credits),
	}
	if v.plan.Period == periodMonth {
		t := v.now.UTC()
		s.PeriodEnd = account.InstantOf(time.Date(t.Year(), t.Month()+1, 1, 0, 0, 0, 0, time.UTC))
	}
	books, err := v.Books(v.holder.ID)
	if err != nil {
		return s, err
	}
	s.Available = int(books.Available)
	person, _, err := v.Credential(v.holder.ID)
	if err != nil {
		return s, err
	}
	s.Email = person.Email
	s.Escrow, err = v.escrows()
	return s, err
}

// escrows is what each device holds unspent of the present plan.
func (v *visit) escrows() ([]account.Escrow, error) {
	leases, err := v.Leases(v.holder.ID)
	if err != nil {
		return nil, err
	}
	credits := map[account.DeviceKey]int64{}
	for i := range leases {
		if v.earlier(&leases[i]) {
			continue
		}
		unspent, err := v.unspent(&leases[i])
		if err != nil {
			return nil, err
		}
		credits[leases[i].DeviceKey] += max(unspent, 0)
	}
	devices, err := v.Devices(v.holder.ID)
	if err != nil {
		return nil, err
	}
	var list []account.Escrow
	for _, d := range devices {
		if n := credits[d.Key]; n > 0 {
			list = append(list, account.Escrow{Device: d.Key, Name: d.Name, Credits: int(n)})
		}
	}
	return list, nil
}
