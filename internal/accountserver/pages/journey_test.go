package pages

import (
	"flag"
	"path/filepath"
	"strings"
	"testing"
)

var shots = flag.String("shots", "", "a folder for screenshots of the pages")

// look is a window that people have.
type look struct {
	name          string
	width, height int
	colours       string
}

var looks = []look{
	{"desktop-light", 1280, 800, "light"}, {"desktop-dark", 1280, 800, "dark"},
	{"phone-light", 390, 844, "light"}, {"phone-dark", 390, 844, "dark"}, {"narrow", 320, 568, "light"},
}

// TestJourneyInChromium signs up, looks around, ends a session and signs out,
// in a real browser without scripts.
func TestJourneyInChromium(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	c := startChromium(t)
	at := strings.Replace(w.site.URL, "127.0.0.1", "localhost", 1)
	says := func(texts ...string) {
		t.Helper()
		page := c.text()
		for _, text := range texts {
			if !strings.Contains(page, text) {
				t.Fatalf("the page does not say %q:\n%s", text, page)
			}
		}
		if list := c.complaints(); list != nil {
			t.Errorf("the browser complains: %q", list)
		}
	}

	c.view(390, 844, "light")
	c.open(at + "/")
	c.arrive(func() { c.click(`a[href="/sign-up"]`) })
	c.fill("#email", email)
	c.fill("#password", password)
	c.arrive(c.enter) // the second password is missing
	page := c.text()
	if !strings.Contains(page, "This is not the same password") || !strings.Contains(page, `value="`+email+`"`) {
		t.Fatalf("the form came back as\n%s", page)
	}
	c.fill("#password", password)
	c.fill("#again", password)
	c.arrive(func() { c.click("form .button") })
	says("Your account is ready", "10 credits on the server")
	c.arrive(func() { c.call("Page.reload", nil, nil) })
	says("10 credits on the server")
	for _, path := range []string{"/usage", "/devices", "/sessions"} {
		c.arrive(func() { c.click(`.tabs a[href="` + path + `"]`) })
		says(`<a href="` + path + `" aria-current="page">`)
	}
	c.click(".corner")
	c.find("#account-menu:popover-open")
	c.arrive(func() { c.click(`#account-menu [type="submit"]`) })
	says("<h1>Sign in</h1>")
	c.open(at + "/plan")
	says("<h1>Sign in</h1>")
}

// TestPagesFitEveryWindow opens every page in every window: none scrolls
// sideways, nothing is refused. With -shots it keeps what is seen.
func TestPagesFitEveryWindow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, service := w.workshop()
	w.enrol(service, strings.Repeat("Werkstattrechner", 15), 1)
	c := startChromium(t)
	at := strings.Replace(w.site.URL, "127.0.0.1", "localhost", 1)
	c.open(at + "/sign-in")
	for _, path := range []string{"/sign-in", "/sign-up", "/plan", "/usage", "/devices", "/sessions", "/credits", "/nowhere", "menu"} {
		if path == "/plan" {
			c.open(at + "/sign-in")
			c.fill("#email", email)
			c.fill("#password", password)
			c.arrive(c.enter)
		}
		for _, l := range looks {
			c.view(l.width, l.height, l.colours)
			if path == "menu" {
				c.open(at + "/plan")
				c.click(".corner")
			} else {
				c.open(at + path)
			}
			if over := c.overflow(); over > 0 {
				t.Errorf("%s is %v pixels too wide for %s", path, over, l.name)
			}
			for _, complaint := range c.complaints() {
				if !strings.Contains(complaint, "404") {
					t.Errorf("%s: the browser complains: %s", path, complaint)
				}
			}
			if *shots != "" {
				c.screenshot(filepath.Join(*shots, strings.Trim(path, "/")+"-"+l.name+".png"))
			}
		}
	}
}
