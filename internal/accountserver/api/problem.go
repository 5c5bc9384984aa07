package api

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
)

// problem is an account.Problem with what HTTP wants to know.
type problem struct {
	account.Problem
	headers http.Header
}

var _ huma.StatusError = (*problem)(nil)

func (p *problem) Error() string { return p.Detail }

// GetStatus is the HTTP status.
func (p *problem) GetStatus() int { return p.Status }

// GetHeaders are headers that the answer has beside.
func (p *problem) GetHeaders() http.Header { return p.headers }

// ContentType is that of RFC 9457.
func (p *problem) ContentType(string) string { return account.ProblemType }

// statusOf are the HTTP statuses of the codes.
var statusOf = map[account.Code]int{
	account.CodeSignInNeeded:   http.StatusUnauthorized,
	account.CodeSignInRefused:  http.StatusForbidden,
	account.CodeFrozen:         http.StatusForbidden,
	account.CodeUnknownPlan:    http.StatusNotFound,
	account.CodeUnknownSession: http.StatusNotFound,
	account.CodeUnknownDevice:  http.StatusConflict,
	account.CodeUnknownLease:   http.StatusConflict,
	account.CodeEpoch:          http.StatusConflict,
	account.CodeGap:            http.StatusConflict,
	account.CodeFork:           http.StatusConflict,
	account.CodeEmailTaken:     http.StatusConflict,
	account.CodeTooMany:        http.StatusTooManyRequests,
	account.CodeInvalid:        http.StatusUnprocessableEntity,
}

// headersOf are what an answer of a code has beside.
var headersOf = map[account.Code]http.Header{
	account.CodeSignInNeeded: {"Www-Authenticate": {"Bearer"}},
	account.CodeTooMany:      {"Retry-After": {"60"}},
}

// answerProblem is the problem of an answer of the server.
func answerProblem(e *account.Error) *problem {
	p := &problem{Problem: account.ProblemOf(e), headers: headersOf[e.Code]}
	p.Status = statusOf[e.Code]
	p.Title = http.StatusText(p.Status)
	return p
}

// noAnswer is the problem of a server that could not act.
func noAnswer(status int, detail string) *problem {
	return &problem{Problem: account.Problem{Status: status, Title: http.StatusText(status), Detail: detail}}
}

// fail turns an error of the server into what is told outside; what that is not
// is logged.
func (h *handler) fail(err error) *problem {
	if e, ok := errors.AsType[*account.Error](err); ok && statusOf[e.Code] != 0 {
		h.metrics.answered(e.Code)
		return answerProblem(e)
	}
	if errors.Is(err, accountserver.ErrBusy) {
		p := noAnswer(http.StatusServiceUnavailable, accountserver.ErrBusy.Error())
		p.headers = http.Header{"Retry-After": {"5"}}
		return p
	}
	h.Log.Error("a request failed", "error", err)
	return noAnswer(http.StatusInternalServerError, "the account server could not do this: try again later")
}

// huma makes every problem of a request that it does not understand by this
// one function of its package. Its own would repeat the value that is wrong: a
// password.
func init() {
	huma.NewError = func(status int, message string, faults ...error) huma.StatusError {
		return misunderstood(status, message, faults)
	}
}

// misunderstood is the problem of a request that is not as the document says.
func misunderstood(status int, message string, faults []error) *problem {
	for _, fault := range faults {
		if detail, ok := errors.AsType[*huma.ErrorDetail](fault); ok && detail != nil {
			message = strings.TrimSuffix(fmt.Sprintf("%s: %s", detail.Location, detail.Message), ": ")
			break
		}
	}
	switch status {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity:
		p := answerProblem(&account.Error{Code: account.CodeInvalid, Message: "the account server does not understand the request: " + message})
		p.Status, p.Title = status, http.StatusText(status)
		return p
	default:
		return noAnswer(status, "the account server could not read the request")
	}
}
