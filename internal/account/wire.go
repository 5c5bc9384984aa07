package account

// What the account server answers over HTTP beside [Service]: who may use an
// account. All is JSON under /v1; the token of a session goes into the header
// Authorization, as "Bearer TOKEN".

// Person is what a person signs up or signs in with.
type Person struct {
	// Email finds the account, however it is written.
	Email string `json:"email"`
	// Password has 10 characters or more.
	Password string `json:"password"`
}

// Opened is the answer to a sign-up.
type Opened struct {
	Account AccountID `json:"account"`
}

// SessionInfo tells a person about a session. It opens nothing.
type SessionInfo struct {
	ID string `json:"id"`
	// Kind is "api" for a program, "web" for a browser.
	Kind string `json:"kind"`
	// Current is the session that asked.
	Current   bool    `json:"current"`
	CreatedAt Instant `json:"created_at"`
	// UsedAt is when it was last used, to the hour.
	UsedAt    Instant `json:"used_at"`
	ExpiresAt Instant `json:"expires_at"`
}

// SignedIn is the answer to a sign-in.
type SignedIn struct {
	Account AccountID `json:"account"`
	// Token opens the session. It is told this once.
	Token   string      `json:"token"`
	Session SessionInfo `json:"session"`
}

// Sessions lists the sessions of an account, the newest first.
type Sessions struct {
	Sessions []SessionInfo `json:"sessions"`
}

// DeviceInfo is a computer of an account.
type DeviceInfo struct {
	Device     DeviceKey `json:"device"`
	Name       string    `json:"name"`
	EnrolledAt Instant   `json:"enrolled_at"`
	// Frozen computers spent twice and have to be enrolled anew.
	Frozen bool `json:"frozen"`
}

// Devices lists the computers of an account, the first enrolled first.
type Devices struct {
	Devices []DeviceInfo `json:"devices"`
}

// PlanList lists the plans, cheapest first.
type PlanList struct {
	Plans []Plan `json:"plans"`
}

// PlanChoice names a plan by its id.
type PlanChoice struct {
	Plan string `json:"plan"`
}

// ProblemType is the content type of a [Problem].
const ProblemType = "application/problem+json"

// Problem is an [Error] on the wire, as a problem of RFC 9457. One without a
// code is no answer of the server: it could not act.
type Problem struct {
	// Title and Status are those of the HTTP status.
	Title  string `json:"title"`
	Status int    `json:"status"`
	// Detail is the message.
	Detail string   `json:"detail"`
	Code   Code     `json:"code,omitempty"`
	Lease  *LeaseID `json:"lease,omitempty"`
	From   int64    `json:"from,omitempty"`
	Epoch  Epoch    `json:"epoch,omitempty"`
}

// ProblemOf is the problem that carries an answer.
func ProblemOf(e *Error) Problem {
	p := Problem{Detail: e.Message, Code: e.Code, From: e.From, Epoch: e.Epoch}
	if !e.Lease.IsZero() {
		p.Lease = &e.Lease
	}
	return p
}

// Answer is the answer that the problem carries; nil where it carries none.
func (p *Problem) Answer() *Error {
	if p.Code == "" {
		return nil
	}
	e := &Error{Code: p.Code, Message: p.Detail, From: p.From, Epoch: p.Epoch}
	if p.Lease != nil {
		e.Lease = *p.Lease
	}
	return e
}
