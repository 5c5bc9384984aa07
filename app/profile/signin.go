package profile

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

// leastPassword is how many characters an account server asks for.
const leastPassword = 10

// signing is the sheet that signs in, or opens an account and signs in.
type signing struct {
	c                       *Corner
	create                  bool
	sheet                   *sheet
	server, email, password *field
	wrong                   *widget.Label
	button, cancel          *button
	stop                    context.CancelFunc // nil while nothing is asked
}

// SignIn asks for an account server and signs in there.
func (c *Corner) SignIn() { c.signing(false) }

// CreateAccount asks for an account server, opens an account there and signs in.
func (c *Corner) CreateAccount() { c.signing(true) }

func (c *Corner) signing(create bool) *signing {
	s := &signing{c: c, create: create}
	leave := func() { s.leave() }
	title, label, lead := "Sign in", "Sign in", "Use the credits of your account, on this computer too."
	if create {
		title, label, lead = "Create an account", "Create account", "A new account starts with the credits of the trial."
	}
	s.server = newField("Account server", newEntry("https://accounts.example.org", leave))
	s.email = newField("Email", newEntry("", leave))
	s.password = newField("Password", newPassword(leave))
	if create {
		s.password = newField(fmt.Sprintf("Password, %d characters or more", leastPassword), newPassword(leave))
	}
	contact := c.facts.purse.Contact
	s.server.entry.SetText(contact.Server)
	if !create {
		s.email.entry.SetText(contact.Email)
	}
	for _, f := range s.fields() {
		f.entry.OnSubmitted = func(string) { s.submit() }
		f.entry.OnChanged = func(string) { f.refuse("") }
	}
	s.wrong = widget.NewLabel("")
	s.wrong.Importance, s.wrong.Wrapping = widget.DangerImportance, fyne.TextWrapWord
	s.wrong.Hide()
	s.button = newButton(label, widget.HighImportance, s.submit, leave)
	s.cancel = newButton("Cancel", widget.MediumImportance, leave, leave)
	body := stack(flush(lead, look.Text2), space(12), s.server.Container, s.email.Container, s.password.Container, s.wrong)
	s.sheet = newSheet(c.win, 420, title, body, s.cancel, s.button)
	s.sheet.closed = func() {
		if s.stop != nil {
			s.stop()
		}
	}
	s.sheet.show()
	first := s.server
	for _, f := range s.fields() {
		if first = f; f.entry.Text == "" {
			break
		}
	}
	c.win.Canvas().Focus(first.entry)
	return s
}

func (s *signing) fields() []*field { return []*field{s.server, s.email, s.password} }

func (s *signing) leave() { s.sheet.close() }

// check tells whether the fields can be sent, and says at each what is missing.
func (s *signing) check() bool {
	server := strings.TrimSpace(s.server.entry.Text)
	if server != "" && !strings.Contains(server, "://") {
		server = "https://" + server
		s.server.entry.SetText(server)
	}
	u, err := url.Parse(server)
	s.server.refuse("")
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		s.server.refuse("An address looks like https://accounts.example.org.")
	}
	s.email.refuse("")
	if email := strings.TrimSpace(s.email.entry.Text); !strings.Contains(email, "@") {
		s.email.refuse("An email looks like name@example.org.")
	}
	s.password.refuse("")
	switch n := len([]rune(s.password.entry.Text)); {
	case n == 0:
		s.password.refuse("Give your password.")
	case s.create && n < leastPassword:
		s.password.refuse(fmt.Sprintf("It has %s: give %d or more.", count(n, "character"), leastPassword))
	}
	for _, f := range s.fields() {
		if f.words.Visible() {
			s.sheet.Refresh()
			s.c.win.Canvas().Focus(f.entry)
			return false
		}
	}
	return true
}

func (s *signing) submit() {
	if s.stop != nil || !s.check() {
		return
	}
	s.setBusy(true)
	ask := s.c.shop.SignInAt
	if s.create {
		ask = s.c.shop.SignUpAt
	}
	server, email, password := s.server.entry.Text, strings.TrimSpace(s.email.entry.Text), s.password.entry.Text
	s.stop = s.c.loop.Start(func(ctx context.Context) {
		a, err := ask(ctx, server, email, password)
		s.c.loop.UI("signed in", func() {
			s.stop = nil
			s.setBusy(false)
			if err != nil {
				s.fail(err)
				return
			}
			s.sheet.close()
			s.c.signedIn(a)
		})
	})
}

func (s *signing) setBusy(busy bool) {
	label := "Sign in"
	if s.create {
		label = "Create account"
	}
	for _, f := range s.fields() {
		if busy {
			f.entry.Disable()
		} else {
			f.entry.Enable()
		}
	}
	if busy {
		s.wrong.Hide()
		s.button.Disable()
		label = "Asking the server…"
	} else {
		s.button.Enable()
	}
	s.button.SetText(label)
	s.sheet.Refresh()
}

// fail says what the server said, beside the field that it is about.
func (s *signing) fail(err error) {
	if errors.Is(err, context.Canceled) {
		return // the sheet was left
	}
	text := sentence(err)
	switch code := workshop.Explain(err).Code; {
	case workshop.Silent(err):
		s.server.refuse(text)
	case code == workshop.CodeSignIn:
		s.password.refuse(text)
		s.c.win.Canvas().Focus(s.password.entry)
	default:
		s.wrong.SetText(text)
		s.wrong.Show()
	}
	s.sheet.Refresh()
}

// signedIn greets whoever signed in, and asks for their credits.
func (c *Corner) signedIn(a workshop.Account) {
	text := count(a.Status.Balance(), "credit") + ", plan " + a.Status.PlanName + "."
	if a.Status.Unlimited {
		text = "Plan " + a.Status.PlanName + ", unlimited."
	}
	c.o.Notify(stage.Notice{Kind: stage.KindDone, Title: "Signed in as " + a.Status.Email, Text: text})
	c.anew()
}

// anew reads everything again, of an account that was not there before.
func (c *Corner) anew() {
	turn := c.next()
	c.facts = facts{}
	c.loop.Go(func(ctx context.Context) {
		f := c.gather(ctx, c.shop.Wallet)
		c.loop.UI("wallet", func() {
			c.show(turn, f)
			c.Update()
		})
	})
}

// SignOut asks whether to sign out, says what waits and stays here, and does it.
func (c *Corner) SignOut() {
	text := "Afterwards the account built into the app is used."
	if c.facts.waiting > 0 {
		text = fmt.Sprintf("%s %s to sync. What can't be synced now stays on this computer until you sign in again. %s",
			count(c.facts.waiting, "export"), waits(c.facts.waiting), text)
	}
	var s *sheet
	leave := func() { s.close() }
	out := func() {
		s.close()
		c.forget()
	}
	s = newSheet(c.win, 420, "Sign out?", flush(text, theme.ColorNameForeground),
		newButton("Stay signed in", widget.MediumImportance, leave, leave),
		newButton("Sign out", widget.HighImportance, out, leave))
	s.show()
}

func waits(n int) string {
	if n == 1 {
		return "waits"
	}
	return "wait"
}

// useBuiltIn goes back to the built-in account, where nobody is signed in.
func (c *Corner) useBuiltIn() { c.forget() }

func (c *Corner) forget() {
	c.loop.Go(func(ctx context.Context) {
		out, err := c.shop.ForgetServer(ctx)
		c.loop.UI("signed out", func() {
			if err != nil {
				c.o.Notify(stage.Problem("You are still signed in", err))
				return
			}
			c.o.Notify(signedOut(out))
			c.anew()
		})
	})
}

func signedOut(out workshop.SignedOut) stage.Notice {
	n := stage.Notice{Kind: stage.KindDone, Title: "Signed out", Text: "The account built into the app is used now."}
	if out.Unsynced > 0 {
		n.Kind = stage.KindWarning
		n.Text = "Some of what was used here is not synced. It stays on this computer until " + out.Email + " signs in again."
	}
	if !out.Reached {
		n.Kind = stage.KindWarning
		n.Text += " " + host(out.Server) + " could not be told; end the session on its page."
	}
	return n
}
