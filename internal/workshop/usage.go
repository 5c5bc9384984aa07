package workshop

import (
	"context"
	"math"
	"time"

	"github.com/mapwright/mapwright/internal/credits"
)

// Charge pays for one layer in one format.
type Charge = credits.Charge

// ChargeState is how far a charge is.
type ChargeState = credits.State

// The states of a charge.
const (
	ChargeHeld   = credits.Held
	ChargePosted = credits.Posted
	ChargeVoided = credits.Voided
)

// History lists the charges of this computer, the newest first. It asks no
// server.
func (w *Workshop) History(ctx context.Context, limit int) (out []Charge, err error) {
	err = w.withWallet(ctx, func(p *purse) error {
		out, err = p.credits.History(ctx, limit)
		return err
	})
	return out, err
}

// Usage is what this computer spent in a month.
type Usage struct {
	// Month is its first moment.
	Month time.Time
	// Days has the credits spent on each of its days, the first at 0.
	Days []int
	// Credits is their sum, and Free how many exports were made again for
	// nothing.
	Credits, Free int
	// Charges are those that were spent, the newest first.
	Charges []Charge
}

// Usage tells what this computer spent in the month of a moment; days begin
// where that moment is. On an unlimited plan it is what would have been spent.
// It asks no server.
func (w *Workshop) Usage(ctx context.Context, moment time.Time) (Usage, error) {
	charges, err := w.History(ctx, math.MaxInt)
	if err != nil {
		return Usage{}, err
	}
	return usageIn(moment, charges), nil
}

func usageIn(moment time.Time, charges []Charge) Usage {
	year, month, _ := moment.Date()
	u := Usage{Month: time.Date(year, month, 1, 0, 0, 0, 0, moment.Location())}
	u.Days = make([]int, u.Month.AddDate(0, 1, -1).Day())
	for _, c := range charges {
		ended := c.EndedAt.In(moment.Location())
		if c.State != ChargePosted || ended.Year() != year || ended.Month() != month {
			continue
		}
		u.Charges = append(u.Charges, c)
		u.Days[ended.Day()-1] += c.Amount
		u.Credits += c.Amount
		if c.Free {
			u.Free++
		}
	}
	return u
}
