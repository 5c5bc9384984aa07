package httpclient

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/mapwright/mapwright/internal/account"
)

// waits are the pauses before a request is repeated.
var waits = []time.Duration{300 * time.Millisecond, time.Second}

// maxAnswer is the most that an answer may have, in bytes: receipts and charges
// by the thousand.
const maxAnswer = 8 << 20

// request is one question. One that is safe may be asked again when it is not
// known whether it arrived.
type request struct {
	method, path string
	query        url.Values
	body         any
	safe         bool
}

// ask sends a request, again where that may help and is safe, and reads the
// answer into reply, unless that is nil.
func (c *Client) ask(ctx context.Context, r request, reply any) error {
	var body []byte
	if r.body != nil {
		var err error
		if body, err = json.Marshal(r.body); err != nil {
			return &account.Error{Code: account.CodeInvalid, Message: fmt.Sprintf("the request can't be written: %v", err)}
		}
	}
	for try := 0; ; try++ {
		err := c.once(ctx, r, body, reply)
		if err == nil || !r.safe || try == len(waits) || !passing(err) || ctx.Err() != nil {
			return err
		}
		if c.pause(ctx, waits[try]) != nil {
			return err
		}
	}
}

// passing tells whether the reason for which no answer came may be gone in a
// second. A network that is not there is not: people work without one.
func passing(err error) bool {
	u, ok := errors.AsType[*UnreachableError](err)
	if !ok {
		return false
	}
	if u.Status != 0 {
		return u.Status >= http.StatusInternalServerError
	}
	if dial, ok := errors.AsType[*net.OpError](err); ok && dial.Op == "dial" {
		return false
	}
	broken, ok := errors.AsType[net.Error](err)
	return ok && !broken.Timeout() || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// once sends a request one time.
func (c *Client) once(ctx context.Context, r request, body []byte, reply any) (err error) {
	address := c.base.JoinPath(r.path)
	address.RawQuery = r.query.Encode()
	q, err := http.NewRequestWithContext(ctx, r.method, address.String(), bytes.NewReader(body))
	if err != nil {
		return err
	}
	q.Header.Set("Accept", "application/json")
	q.Header.Set("User-Agent", "mapwright")
	if body != nil {
		q.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		q.Header.Set("Authorization", "Bearer "+c.token)
	}
	answer, err := c.http.Do(q)
	if err != nil {
		return c.unreachable(0, err)
	}
	defer func() {
		if failed := answer.Body.Close(); failed != nil && err == nil {
			err = c.unreachable(answer.StatusCode, failed)
		}
	}()
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer+1))
	if err != nil {
		return c.unreachable(0, err)
	}
	return c.read(answer, text, reply)
}

// read takes an answer apart.
func (c *Client) read(answer *http.Response, text []byte, reply any) error {
	kind, _, err := mime.ParseMediaType(answer.Header.Get("Content-Type"))
	switch {
	case len(text) > maxAnswer:
		return c.unreachable(answer.StatusCode, fmt.Errorf("its answer has more than %d bytes", maxAnswer))
	case answer.StatusCode == http.StatusNoContent && reply == nil:
		return nil
	case err != nil:
		return c.unreachable(answer.StatusCode, fmt.Errorf("what answers with %q is no account server", answer.Status))
	case kind == account.ProblemType:
		return c.refusal(answer, text)
	case answer.StatusCode/100 != 2 || kind != "application/json" || reply == nil:
		return c.unreachable(answer.StatusCode, fmt.Errorf("what answers with %q is no account server", answer.Status))
	}
	if err := json.Unmarshal(text, reply); err != nil {
		return c.unreachable(answer.StatusCode, fmt.Errorf("its answer is broken: %w", err))
	}
	return nil
}

// refusal is the answer that a problem carries, or that it carries none.
func (c *Client) refusal(answer *http.Response, text []byte) error {
	var p account.Problem
	if err := json.Unmarshal(text, &p); err != nil {
		return c.unreachable(answer.StatusCode, fmt.Errorf("its answer is broken: %w", err))
	}
	if e := p.Answer(); e != nil {
		return e
	}
	return c.unreachable(answer.StatusCode, fmt.Errorf("it answered %q: %s", answer.Status, p.Detail))
}

// unreachable is no answer. The URL that net/http puts before an error says
// nothing that the host does not.
func (c *Client) unreachable(status int, err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	return &UnreachableError{Server: c.base.Host, Status: status, Err: err}
}
