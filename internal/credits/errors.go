package credits

import (
	"errors"
	"fmt"

	"github.com/mapwright/mapwright/internal/account"
)

// NotEnoughError is the refusal of a run that costs more than there is.
// Nothing was held.
type NotEnoughError struct {
	Needed, Spendable, Missing int
	// Cause is why the account server could not be asked for more, or nil
	// where it was asked.
	Cause error
}

func (e *NotEnoughError) Error() string {
	s := fmt.Sprintf("this export needs %s, %d can be spent: %d missing", count(e.Needed), e.Spendable, e.Missing)
	if e.Cause != nil {
		s += fmt.Sprintf(" on this computer (%v); the account may have more", e.Cause)
	}
	return s
}

func (e *NotEnoughError) Unwrap() error { return e.Cause }

func count(n int) string {
	if n == 1 {
		return "1 credit"
	}
	return fmt.Sprintf("%d credits", n)
}

// Reason is why a purse needs its server before it can go on.
type Reason string

// The reasons of a LeaseNeededError.
const (
	NoLease     Reason = "there are no credits on this computer yet"
	Expired     Reason = "the credits on this computer have to be renewed"
	UsedUp      Reason = "the journal of the credits on this computer is full"
	Failures    Reason = "this layer failed three times in this format, so the next try has to be known to the account"
	SignIn      Reason = "the session is over: sign in"
	PurseFrozen Reason = "the credits on this computer are frozen"
)

// LeaseNeededError is the refusal of a run, or of another wish, that needs the
// account server, which did not answer or said no. Nothing was held.
type LeaseNeededError struct {
	Reason Reason
	Cause  error
}

func (e *LeaseNeededError) Error() string {
	s := string(e.Reason)
	if e.Cause != nil {
		s = fmt.Sprintf("%s: %v", e.Reason, e.Cause)
	}
	if e.Reason == PurseFrozen {
		s += "; to start anew, run mapwright account renew"
	}
	return s
}

func (e *LeaseNeededError) Unwrap() error { return e.Cause }

var (
	// ErrUnreachable is that the account server was not reached.
	ErrUnreachable = errors.New("the account server was not reached")
	// ErrVoided is a post of a charge that was voided.
	ErrVoided = errors.New("this charge was given back and can not be spent")
	// ErrPosted is a void of a charge that was posted.
	ErrPosted = errors.New("this charge was spent and can not be given back")
	// ErrUnknownCharge is a number that is not in this purse.
	ErrUnknownCharge = errors.New("this purse has no such charge")
	// ErrRunHolds is a second hold of one run: a run holds once, all together.
	ErrRunHolds = errors.New("this run holds its credits already")
	// ErrDamaged is a journal that breaks its own rules.
	ErrDamaged = errors.New("the journal of the purse is damaged")
)

// DamagedFileError says that the file of a purse can't be read. errors.Is finds
// ErrDamaged in it.
type DamagedFileError struct {
	Path string
	Err  error // what the database says
}

func (e *DamagedFileError) Error() string {
	return fmt.Sprintf("the purse %s is damaged (%v): move it away, then mapwright credits sync starts a new one. "+
		"What was synced is known to the account, and credits that were on the old purse come back when its lease ends", e.Path, e.Err)
}

// Is makes errors.Is(err, ErrDamaged) true.
func (e *DamagedFileError) Is(target error) bool { return target == ErrDamaged }

func (e *DamagedFileError) Unwrap() error { return e.Err }

// UnreachableError wraps why the server was not reached. errors.Is finds
// ErrUnreachable in it.
type UnreachableError struct{ Cause error }

func (e *UnreachableError) Error() string {
	return fmt.Sprintf("%v: %v", ErrUnreachable, e.Cause)
}

// Is makes errors.Is(err, ErrUnreachable) true.
func (e *UnreachableError) Is(target error) bool { return target == ErrUnreachable }

func (e *UnreachableError) Unwrap() error { return e.Cause }

// refusal turns the failure of a sync into what the maker is told.
func refusal(err error, otherwise Reason) error {
	if _, ok := errors.AsType[*LeaseNeededError](err); ok {
		return err
	}
	if account.CodeOf(err) == account.CodeSignInNeeded {
		return &LeaseNeededError{Reason: SignIn, Cause: err}
	}
	return &LeaseNeededError{Reason: otherwise, Cause: err}
}
