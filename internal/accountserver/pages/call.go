package pages

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
)

// maxForm is how many bytes a form may have: the longest email and password
// with room to spare.
const maxForm = 16 << 10

// call is one request for a page.
type call struct {
	*http.Request
	w    http.ResponseWriter
	site *site
	// person is who is signed in, or nil.
	person *person
}

// handler opens a call, sees to sign-in and form token, and answers.
func (s *site) handler(page route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c := &call{Request: r, w: w, site: s}
		if err := c.answer(page); err != nil {
			c.fail(err)
		}
	})
}

func (c *call) answer(page route) error {
	act, err := c.method(page)
	if err != nil {
		return err
	}
	if err := c.meet(); err != nil {
		return err
	}
	if c.person == nil && !page.open {
		return c.askToSignIn()
	}
	if c.Method == http.MethodPost {
		if err := c.readForm(page.open); err != nil {
			return err
		}
	}
	return act(c)
}

func (c *call) method(page route) (func(*call) error, error) {
	var allowed string
	switch {
	case c.Method == http.MethodPost && page.post != nil:
		return page.post, nil
	case (c.Method == http.MethodGet || c.Method == http.MethodHead) && page.get != nil:
		return page.get, nil
	case page.post == nil:
		allowed = "GET, HEAD"
	case page.get == nil:
		allowed = "POST"
	default:
		allowed = "GET, HEAD, POST"
	}
	c.w.Header().Set("Allow", allowed)
	return nil, errMethod
}

// meet finds out who asks.
func (c *call) meet() error {
	token := c.cookie(sessionCookie)
	if token == "" {
		return nil
	}
	record, err := c.site.Server.Authenticate(c.Context(), token, accountserver.SessionWeb)
	if account.CodeOf(err) == account.CodeSignInNeeded {
		c.dropCookie(sessionCookie)
		return nil
	}
	if err != nil {
		return err
	}
	status, err := c.site.Server.Session(record.Account).Status(c.Context())
	if err != nil {
		return err
	}
	c.person = &person{token: token, session: record, Status: status}
	if c.Method == http.MethodGet { // its use has moved its end
		c.keepSession(token, record)
	}
	return nil
}

// askToSignIn leads to the sign-in page, and back afterwards.
func (c *call) askToSignIn() error {
	to := signInPath
	if c.Method == http.MethodGet && backTo(c.URL.Path) != planPath {
		to += "?" + url.Values{"next": {c.URL.Path}}.Encode()
	}
	return c.redirect(to)
}

// backTo is a page that may follow a sign-in: none but ours.
func backTo(path string) string {
	switch path {
	case usagePath, devicesPath, sessionsPath:
		return path
	default:
		return planPath
	}
}

// readForm reads a form and refuses one that this site did not give to this
// browser. Forms of open pages belong to the browser, others to the session.
func (c *call) readForm(open bool) error {
	c.Body = http.MaxBytesReader(c.w, c.Body, maxForm)
	if err := c.ParseForm(); err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return errFormSize
		}
		return errForm
	}
	secret := c.cookie(formCookie)
	if !open {
		secret = c.person.token
	}
	if !isFormToken(secret, c.PostForm.Get(tokenField)) {
		return errForged
	}
	return nil
}

// redirect leads on with GET, so that loading again sends no form again.
func (c *call) redirect(to string) error {
	http.Redirect(c.w, c.Request, to, http.StatusSeeOther)
	return nil
}
