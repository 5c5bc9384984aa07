package pages

import (
	"errors"
	"net/http"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
)

// doorForm is the form of sign-up and of sign-in: what was typed, without the
// passwords, and what is wrong with each field.
type doorForm struct {
	Email string
	// Next is the page that follows a sign-in.
	Next string

	// Problem is one of the whole form.
	Problem                                     string
	EmailProblem, PasswordProblem, AgainProblem string
	// Taken is an email that has an account.
	Taken bool
}

func (f *doorForm) wrong() bool {
	return f.Problem != "" || f.EmailProblem != "" || f.PasswordProblem != "" || f.AgainProblem != ""
}

// showDoor shows the form of sign-up or sign-in.
func (c *call) showDoor(status int, name, title string, f *doorForm) error {
	token, err := c.doorToken()
	if err != nil {
		return err
	}
	if f.wrong() {
		title = "Problem: " + title
	}
	return c.show(status, name, page{Title: title, Token: token, Body: f})
}

func (c *call) showSignUp(status int, f *doorForm) error {
	return c.showDoor(status, "sign-up", "Make an account", f)
}

func (c *call) showSignIn(status int, f *doorForm) error {
	return c.showDoor(status, "sign-in", "Sign in", f)
}

// home leads people to their account.
func (s *site) home(c *call) error { return c.redirect(planPath) }

func (s *site) signUpForm(c *call) error {
	if c.person != nil {
		return c.redirect(planPath)
	}
	return c.showSignUp(http.StatusOK, &doorForm{})
}

func (s *site) signInForm(c *call) error {
	next := backTo(c.URL.Query().Get("next"))
	if c.person != nil {
		return c.redirect(next)
	}
	return c.showSignIn(http.StatusOK, &doorForm{Next: next})
}

// signUp opens an account and signs its person in.
func (s *site) signUp(c *call) error {
	form := &doorForm{Email: c.PostForm.Get("email")}
	password := c.PostForm.Get("password")
	form.checkEmail()
	switch {
	case password == "":
		form.PasswordProblem = "Choose a password."
	case c.PostForm.Get("again") != password:
		form.AgainProblem = "This is not the same password. Type both again."
	}
	if form.wrong() {
		return c.showSignUp(http.StatusUnprocessableEntity, form)
	}
	attempt := accountserver.Attempt{Email: form.Email, Password: password, Address: s.Address(c.Request)}
	_, err := s.Server.SignUp(c.Context(), attempt)
	switch account.CodeOf(err) {
	case account.CodeInvalid: // the email is one: checkEmail found nothing
		form.PasswordProblem = sentence(err)
		return c.showSignUp(http.StatusUnprocessableEntity, form)
	case account.CodeEmailTaken:
		form.EmailProblem, form.Taken = "There is an account with this email.", true
		return c.showSignUp(http.StatusConflict, form)
	}
	if status, again := form.tryLater(c, err); again {
		return c.showSignUp(status, form)
	}
	if err != nil {
		return err
	}
	return c.enter(attempt, &doorForm{Email: form.Email, Next: planPath}, planPath+"?done=welcome")
}

func (s *site) signIn(c *call) error {
	form := &doorForm{Email: c.PostForm.Get("email"), Next: backTo(c.PostForm.Get("next"))}
	password := c.PostForm.Get("password")
	form.checkEmail()
	if password == "" {
		form.PasswordProblem = "Type your password."
	}
	if form.wrong() {
		return c.showSignIn(http.StatusUnprocessableEntity, form)
	}
	attempt := accountserver.Attempt{Email: form.Email, Password: password, Address: s.Address(c.Request)}
	return c.enter(attempt, form, form.Next)
}

// enter signs in and leads on, or shows the sign-in form with what is wrong.
func (c *call) enter(a accountserver.Attempt, form *doorForm, to string) error {
	in, err := c.site.Server.SignIn(c.Context(), a, accountserver.SessionWeb)
	if account.CodeOf(err) == account.CodeSignInRefused {
		form.Problem = sentence(err)
		return c.showSignIn(http.StatusUnprocessableEntity, form)
	}
	if status, again := form.tryLater(c, err); again {
		return c.showSignIn(status, form)
	}
	if err != nil {
		return err
	}
	c.keepSession(in.Token, in.SessionRecord)
	return c.redirect(to)
}

func (s *site) signOut(c *call) error {
	if err := s.Server.SignOut(c.Context(), c.person.token); err != nil {
		return err
	}
	c.dropCookie(sessionCookie)
	return c.redirect(signInPath)
}

func (f *doorForm) checkEmail() {
	if f.Email == "" {
		f.EmailProblem = "Type your email address."
		return
	}
	if _, err := accountserver.NormalEmail(f.Email); err != nil {
		f.EmailProblem = sentence(err)
	}
}

// tryLater tells whether the server wants the form again later, and with which
// status to say so.
func (f *doorForm) tryLater(c *call, err error) (status int, again bool) {
	switch {
	case account.CodeOf(err) == account.CodeTooMany:
		c.w.Header().Set("Retry-After", "300")
		status = http.StatusTooManyRequests
	case errors.Is(err, accountserver.ErrBusy):
		c.w.Header().Set("Retry-After", "5")
		status = http.StatusServiceUnavailable
	default:
		return 0, false
	}
	f.Problem = sentence(err)
	return status, true
}
