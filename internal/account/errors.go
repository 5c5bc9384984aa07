package account

import (
	"errors"
	"fmt"
)

// Code says what kind of no a server answered. Codes are part of the wire.
type Code string

// The codes, and what a device does about each.
const (
	// CodeUnknownDevice: the server has no such device; enrol.
	CodeUnknownDevice Code = "unknown_device"
	// CodeUnknownLease: vouchers of a lease that the server has not; present it.
	CodeUnknownLease Code = "unknown_lease"
	// CodeEpoch: the server was restored from a backup; present all leases and
	// receipts. Error.Epoch is the new one.
	CodeEpoch Code = "epoch_changed"
	// CodeGap: vouchers are missing; send Error.Lease again from Error.From.
	CodeGap Code = "gap"
	// CodeFork: voucher Error.From of Error.Lease exists with another hash: two
	// copies of one device spend. Both are charged, the device is frozen.
	CodeFork Code = "fork"
	// CodeFrozen: this device had a fork; enrol anew with a new key.
	CodeFrozen Code = "frozen"
	// CodeSignInNeeded: the session is over; a person has to sign in.
	CodeSignInNeeded Code = "sign_in_needed"
	// CodeUnknownPlan: there is no plan of that name.
	CodeUnknownPlan Code = "unknown_plan"
	// CodeSignInRefused: the email or the password is wrong.
	CodeSignInRefused Code = "sign_in_refused"
	// CodeEmailTaken: there is an account with this email; sign in.
	CodeEmailTaken Code = "email_taken"
	// CodeTooMany: this was tried too often; wait some minutes.
	CodeTooMany Code = "too_many_attempts"
	// CodeUnknownSession: the session to end is not there, or over already.
	CodeUnknownSession Code = "unknown_session"
	// CodeInvalid: the request contradicts itself or a signature is wrong.
	CodeInvalid Code = "invalid"
)

// Error is an answer of the server that a caller decides on. Whatever else a
// [Service] returns means that the server was not reached or did not answer:
// nothing is known about whether it acted, and the request may be repeated.
type Error struct {
	Code Code `json:"code"`
	// Message is a sentence for the person at the edge.
	Message string `json:"message"`
	// Lease and From are set with CodeGap and CodeFork; Lease with
	// CodeUnknownLease.
	Lease LeaseID `json:"lease"`
	From  int64   `json:"from,omitempty"`
	// Epoch is set with CodeEpoch.
	Epoch Epoch `json:"epoch,omitempty"`
}

func (e *Error) Error() string {
	if e.Message == "" {
		return "the account server answered " + string(e.Code)
	}
	return e.Message
}

// Is makes errors.Is(err, &Error{Code: c}) ask for the code alone.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Code == e.Code
}

// CodeOf is the code of the server's answer in err, or empty where there is
// none.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return ""
}

// Gap is the error of a server that has the vouchers of lease up to from-1.
func Gap(lease LeaseID, from int64) *Error {
	return &Error{
		Code: CodeGap, Lease: lease, From: from,
		Message: fmt.Sprintf("the account server needs the journal of lease %s from number %d", lease, from),
	}
}

var (
	// ErrSignature is what a document that its alleged author did not sign is.
	ErrSignature = errors.New("wrong signature")
	// ErrChain is what a voucher that does not follow the last one is.
	ErrChain = errors.New("broken chain")
)
