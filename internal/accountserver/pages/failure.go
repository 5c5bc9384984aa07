package pages

import (
	"errors"
	"net/http"

	"github.com/mapwright/mapwright/internal/account"
)

// failure is a page that says what went wrong and what to do.
type failure struct {
	Status int
	Title  string
	Advice string
	// To is where a link leads, Link what it says.
	To, Link string
}

func (f *failure) Error() string { return f.Title }

var (
	errNowhere = &failure{
		http.StatusNotFound, "There is no such page",
		"The address may be mistyped, or the page has moved.", planPath, "Go to your account",
	}
	errMethod = &failure{
		http.StatusMethodNotAllowed, "This address is for a form",
		"It does something only when a button on a page leads here.", planPath, "Go to your account",
	}
	errForm = &failure{
		http.StatusBadRequest, "The form did not arrive whole",
		"Nothing was changed. Go back, load the page again and send it once more.", planPath, "Go to your account",
	}
	errFormSize = &failure{
		http.StatusRequestEntityTooLarge, "The form is too long",
		"Nothing was changed. Go back and write less into its fields.", planPath, "Go to your account",
	}
	errForged = &failure{
		http.StatusForbidden, "This form is out of date",
		"Nothing was changed. It was opened before you signed in or out, or in another browser, or your browser refuses cookies. " +
			"Away from the computer that it runs on, this server works only at an address that begins with https. " +
			"Load the page again and send the form once more.", planPath, "Start again",
	}
	errPlace = &failure{
		http.StatusNotFound, "There is no such part of the list",
		"The address may have been cut off.", usagePath, "Begin with the newest",
	}
	errServer = &failure{
		http.StatusInternalServerError, "The server could not do this",
		"Your credits are safe: what was not finished was not kept. Try again in a minute. If it stays so, say when it happened to those who help.",
		planPath, "Try again",
	}
)

// fail answers with the page of an error.
func (c *call) fail(err error) {
	if c.Context().Err() != nil { // nobody is there to read it
		return
	}
	f, ok := errors.AsType[*failure](err)
	if !ok {
		if account.CodeOf(err) == "" {
			c.site.Log.ErrorContext(c.Context(), "an account page failed", "path", c.URL.Path, "error", err)
		} else {
			c.site.Log.WarnContext(c.Context(), "an account page was refused", "path", c.URL.Path, "error", err)
		}
		f = errServer
	}
	if err := c.show(f.Status, "failure", page{Title: f.Title, Body: f}); err != nil {
		c.site.Log.ErrorContext(c.Context(), "the page of an error failed", "path", c.URL.Path, "error", err)
		http.Error(c.w, f.Title+". "+f.Advice, f.Status)
	}
}

// nowhere answers for every path without a page.
func (s *site) nowhere(*call) error { return errNowhere }
