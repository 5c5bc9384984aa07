package accountserver

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

//go:embed plans.json
var plansFile []byte

// Periods of an allowance, as the plan file names them.
const (
	periodOnce  = "once"
	periodMonth = "month"
)

// Plan is what an account may spend: a number of credits once or a month, or
// no limit.
type Plan struct {
	// ID names the plan in the ledger and on the command line, in lower case.
	ID string `json:"id"`
	// Name is what the person reads.
	Name string `json:"name"`
	// Revision counts the changes of this plan in the plan file.
	Revision int `json:"revision"`
	// Credits is the allowance a period; 0 where Unlimited.
	Credits int64 `json:"credits"`
	// Period is "once" or "month"; empty where Unlimited.
	Period string `json:"period"`
	// Unlimited plans have no allowance; their exports are counted only.
	Unlimited bool `json:"unlimited"`
}

// PeriodAt names the period of the allowance that the time now falls in: the
// month in UTC, such as "2026-03", or "once".
func (p Plan) PeriodAt(now time.Time) string {
	if p.Period == periodMonth {
		return now.UTC().Format("2006-01")
	}
	return periodOnce
}

// Plans is the list of plans on offer, in the order of the plan file.
type Plans []Plan

// DefaultPlans are the plans that this build carries: trial, hobby, creator.
func DefaultPlans() (Plans, error) { return ReadPlans(plansFile) }

// ReadPlans reads a plan file: a JSON list of plans. A plan with neither an
// allowance nor unlimited, and two plans of one id, are refused.
func ReadPlans(file []byte) (Plans, error) {
	var plans Plans
	if err := json.Unmarshal(file, &plans); err != nil {
		return nil, fmt.Errorf("the plan file is not a list of plans in JSON: %w", err)
	}
	seen := map[string]bool{}
	for i, p := range plans {
		if err := p.check(); err != nil {
			return nil, fmt.Errorf("plan %d of the plan file: %w", i+1, err)
		}
		if seen[p.ID] {
			return nil, fmt.Errorf("the plan file has %q twice", p.ID)
		}
		seen[p.ID] = true
	}
	if len(plans) == 0 {
		return nil, fmt.Errorf("the plan file has no plan")
	}
	return plans, nil
}

func (p Plan) check() error {
	switch {
	case p.ID == "" || p.ID != strings.ToLower(p.ID):
		return fmt.Errorf("the id %q must be a word in lower case", p.ID)
	case p.Name == "":
		return fmt.Errorf("%q has no name", p.ID)
	case p.Revision < 1:
		return fmt.Errorf("%q needs a revision of 1 or more", p.ID)
	case p.Unlimited && (p.Credits != 0 || p.Period != ""):
		return fmt.Errorf("%q is unlimited and can have no credits or period", p.ID)
	case !p.Unlimited && (p.Credits < 1 || p.Credits > maxAllowance):
		return fmt.Errorf("%q needs 1 to %d credits", p.ID, maxAllowance)
	case !p.Unlimited && p.Period != periodOnce && p.Period != periodMonth:
		return fmt.Errorf("%q needs the period %q or %q", p.ID, periodOnce, periodMonth)
	}
	return nil
}

// maxAllowance keeps sums of allowances far from the end of an int64.
const maxAllowance = 1_000_000

// Find returns the plan of this id, ignoring case.
func (ps Plans) Find(id string) (Plan, bool) {
	for _, p := range ps {
		if strings.EqualFold(p.ID, id) {
			return p, true
		}
	}
	return Plan{}, false
}

// IDs lists the ids in the order of the plan file.
func (ps Plans) IDs() []string {
	ids := make([]string, len(ps))
	for i, p := range ps {
		ids[i] = p.ID
	}
	return ids
}
