package profile

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/workshop"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var now = time.Date(2026, time.November, 22, 14, 30, 0, 0, time.UTC)

// shop is a workshop that keeps what it knows in memory. It is asked beside the
// UI thread.
type shop struct {
	mu       sync.Mutex
	purse    workshop.Purse
	charges  []workshop.Charge
	settings workshop.Settings
	account  workshop.Account
	out      workshop.SignedOut
	fail     map[string]error
	asked    []string
	hold     chan struct{} // where it is set, asking the server waits for it
}

func (s *shop) ask(ctx context.Context, what string) error {
	s.mu.Lock()
	s.asked = append(s.asked, what)
	hold := s.hold
	s.mu.Unlock()
	if hold != nil && what != "wallet" && what != "history" && what != "usage" && what != "settings" {
		select {
		case <-hold:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.fail[what]
}

func (s *shop) with(change func(*shop)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
}

func (s *shop) times(what string) (n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.asked {
		if a == what {
			n++
		}
	}
	return n
}

func (s *shop) tell(ctx context.Context, what string, change func()) (workshop.Purse, error) {
	if err := s.ask(ctx, what); err != nil {
		return workshop.Purse{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	change()
	p := s.purse
	s.purse.Recovery = workshop.Purse{}.Recovery // a crash is recovered from once
	return p, nil
}

func (s *shop) Wallet(ctx context.Context) (workshop.Purse, error) {
	return s.tell(ctx, "wallet", func() {})
}

func (s *shop) Credits(ctx context.Context) (workshop.Purse, error) {
	return s.tell(ctx, "credits", func() { s.purse.Contact.Asked = true })
}

func (s *shop) Sync(ctx context.Context) (workshop.Purse, error) {
	return s.tell(ctx, "sync", func() {
		s.purse.Balance.Unsynced, s.purse.Balance.Pending = 0, 0
		s.purse.Contact.Asked, s.purse.Contact.Reached = true, true
		for i := range s.charges {
			s.charges[i].Waiting = false
		}
	})
}

func (s *shop) Reserve(ctx context.Context, n int) (workshop.Purse, error) {
	return s.tell(ctx, "reserve", func() {
		b := &s.purse.Balance
		b.Available -= n - b.OnDevice
		b.OnDevice, b.Reserve = n, n
	})
}

func (s *shop) Renew(ctx context.Context) (workshop.Purse, error) {
	return s.tell(ctx, "renew", func() { s.purse.Balance.Frozen = "" })
}

func (s *shop) History(ctx context.Context, limit int) ([]workshop.Charge, error) {
	if err := s.ask(ctx, "history"); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.charges[:min(limit, len(s.charges))]), nil
}

func (s *shop) Usage(ctx context.Context, at time.Time) (workshop.Usage, error) {
	if err := s.ask(ctx, "usage"); err != nil {
		return workshop.Usage{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	u := workshop.Usage{Month: time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, at.Location()), Days: make([]int, 30)}
	for _, c := range s.charges {
		if c.State == workshop.ChargePosted && c.EndedAt.Month() == at.Month() {
			u.Days[c.EndedAt.Day()-1] += c.Amount
			u.Credits += c.Amount
			u.Charges = append(u.Charges, c)
		}
	}
	return u, nil
}

func (s *shop) AccountStatus(ctx context.Context) (workshop.Account, error) {
	if err := s.ask(ctx, "status"); err != nil {
		return workshop.Account{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.account, nil
}

func (s *shop) ChangePlan(ctx context.Context, plan string) (workshop.Account, error) {
	if err := s.ask(ctx, "plan "+plan); err != nil {
		return workshop.Account{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.account
	a.Before, a.Expired = a.Status.PlanName, s.purse.Balance.Balance
	for _, p := range a.Plans {
		if p.ID == plan {
			a.Status = account.Status{Plan: p.ID, PlanName: p.Name, Unlimited: p.Unlimited, Allowance: p.Allowance, Available: p.Allowance}
			s.purse.Balance.Plan, s.purse.Balance.PlanName = p.ID, p.Name
			s.purse.Balance.Unlimited, s.purse.Balance.Allowance = p.Unlimited, p.Allowance
			s.purse.Balance.Balance, s.purse.Balance.Spendable = p.Allowance, p.Allowance
		}
	}
	return a, nil
}

func (s *shop) SignInAt(ctx context.Context, server, email, password string) (workshop.Account, error) {
	if err := s.ask(ctx, "sign in "+server+" "+email+" "+password); err != nil {
		return workshop.Account{}, err
	}
	if err := s.ask(ctx, "sign in"); err != nil {
		return workshop.Account{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.purse = lena()
	s.purse.Contact.Server, s.purse.Contact.Email = server, email
	return workshop.Account{Server: server, Status: account.Status{Email: email, PlanName: "Hobby", Available: 14}}, nil
}

func (s *shop) SignUpAt(ctx context.Context, server, email, password string) (workshop.Account, error) {
	if err := s.ask(ctx, "sign up"); err != nil {
		return workshop.Account{}, err
	}
	return s.SignInAt(ctx, server, email, password)
}

func (s *shop) ForgetServer(ctx context.Context) (workshop.SignedOut, error) {
	if err := s.ask(ctx, "forget"); err != nil {
		return workshop.SignedOut{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.purse = builtIn()
	return s.out, nil
}

func (s *shop) Settings(ctx context.Context) (workshop.Settings, error) {
	if err := s.ask(ctx, "settings"); err != nil {
		return workshop.Settings{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.settings, nil
}

func (s *shop) ChangeSettings(ctx context.Context, change func(*workshop.Settings)) (workshop.Settings, error) {
	if err := s.ask(ctx, "change settings"); err != nil {
		return workshop.Settings{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.settings)
	return s.settings, nil
}

var errSilent = errors.New("no route to host")

// lena has an account elsewhere, on Hobby, of which 3 credits are here.
func lena() workshop.Purse {
	return workshop.Purse{
		Balance: workshop.Balance{
			Account: "lena", Plan: "hobby", PlanName: "Hobby", Allowance: 18, Balance: 14, Spendable: 11,
			OnDevice: 3, Available: 8, Ready: true, Elsewhere: []account.Escrow{{Name: "Workshop PC", Credits: 3}},
			SpendUntil: now.AddDate(0, 0, 30), PeriodEnd: time.Date(2026, time.December, 1, 0, 0, 0, 0, time.UTC),
			AsOf: time.Date(2026, time.November, 22, 9, 12, 0, 0, time.UTC),
		},
		Contact: workshop.Contact{
			Server: "https://accounts.example", Session: workshop.SessionOpen,
			Email: "lena@kraus-werkstatt.example", Asked: true, Reached: true,
		},
	}
}

func builtIn() workshop.Purse {
	return workshop.Purse{
		Balance: workshop.Balance{
			Account: "here", Plan: "hobby", PlanName: "Hobby", Allowance: 18, Balance: 18, Spendable: 18,
			OnDevice: 3, Available: 15, Ready: true, PeriodEnd: time.Date(2026, time.December, 1, 0, 0, 0, 0, time.UTC),
		},
		Contact: workshop.Contact{Session: workshop.SessionBuiltIn, Asked: true, Reached: true},
	}
}

// offline makes a purse one of which the server is silent.
func offline(p workshop.Purse) workshop.Purse {
	p.Contact.Reached = false
	p.Balance.Spendable = p.Balance.OnDevice
	return p
}

func waitingCharges(n int) []workshop.Charge {
	var all []workshop.Charge
	for i := range n {
		all = append(all, charge([]string{"harbour", "streets", "water"}[i%3], "Monaco", "dxf", 22))
		all[i].Waiting = true
	}
	return all
}

func charge(layer, title, format string, day int) workshop.Charge {
	at := time.Date(2026, time.November, day, 11, 5, 0, 0, time.UTC)
	return workshop.Charge{
		ID: account.ChargeID("MW-7K3F-2" + string(rune('0'+day%10))), Label: title + ": " + layer, Format: format,
		Amount: 1, State: workshop.ChargePosted, At: at, EndedAt: at,
	}
}

func plans() []account.Plan {
	return []account.Plan{
		{ID: "trial", Name: "Trial", Allowance: 10, Once: true},
		{ID: "hobby", Name: "Hobby", Allowance: 18},
		{ID: "creator", Name: "Creator", Unlimited: true},
	}
}
