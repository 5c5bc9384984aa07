package pages

import (
	"flag"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/account"
)

var shots = flag.String("shots", "", "a folder for screenshots of the pages")

// look is a window that people have.
type look struct {
	name          string
	width, height int
	colours       string
}

var looks = []look{
	{"desktop-light", 1280, 800, "light"},
	{"desktop-dark", 1280, 800, "dark"},
	{"phone-light", 390, 844, "light"},
	{"phone-dark", 390, 844, "dark"},
	{"tablet", 768, 1024, "light"},
	{"half", 901, 800, "light"},
	{"narrow", 320, 568, "light"},
}

// TestPagesInChromium is what only a real browser can tell. Scripts are off.
func TestPagesInChromium(t *testing.T) {
	t.Parallel()
	c := startChromium(t)
	t.Run("a person signs up, looks around and signs out", func(t *testing.T) { journey(t, c) })
	t.Run("every page fits every window", func(t *testing.T) { fit(t, c) })
}

// address is where a browser finds the pages; it takes localhost for safe.
func (w *world) address() string { return strings.Replace(w.site.URL, "127.0.0.1", "localhost", 1) }

func journey(t *testing.T, c *chromium) {
	w := newWorld(t)
	at := w.address()
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
	c.keep("sign-up-again")
	c.arrive(func() { c.click("form .button") })
	says("Your account is ready", "10 credits")
	c.keep("welcome")
	c.arrive(func() { c.call("Page.reload", nil, nil) })
	says("10 credits")
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

// fit opens every page in every window: none scrolls sideways, nothing is
// refused.
func fit(t *testing.T, c *chromium) {
	w := newWorld(t)
	_, service := w.workshop()
	long := w.enrol(service, strings.Repeat("Werkstattrechner", 15), 1)
	long.end(long.hold("org.example.maps.wood-relief-in-many-boards@12.10.3-beta.4"), account.Post)
	w.browser().signIn(email)
	c.open(w.address() + "/sign-in")
	for _, path := range []string{"/sign-in", "/sign-up", "/plan", "/usage", "/devices", "/sessions", "/credits", "/nowhere"} {
		if path == "/plan" {
			c.open(w.address() + "/sign-in")
			c.fill("#email", email)
			c.fill("#password", password)
			c.arrive(c.enter)
		}
		c.open(w.address() + path)
		for _, complaint := range c.complaints() {
			if !strings.Contains(complaint, "404") {
				t.Errorf("%s: the browser complains: %s", path, complaint)
			}
		}
		for _, l := range looks {
			if l.colours == "dark" && *shots == "" {
				continue // colours move nothing
			}
			c.view(l.width, l.height, l.colours)
			if over := c.overflow(); over > 0 {
				t.Errorf("%s is %v pixels too wide for %s", path, over, l.name)
			}
			c.inside(path+" "+l.name, ".card.flush", "td")
			c.inside(path+" "+l.name, ".row-main", "span")
			c.keep(strings.Trim(path, "/") + "-" + l.name)
		}
	}
	c.open(w.address() + "/plan")
	for _, l := range looks {
		c.view(l.width, l.height, l.colours)
		c.click(".corner")
		c.find("#account-menu:popover-open")
		if over := c.overflow(); over > 0 {
			t.Errorf("the menu is %v pixels too wide for %s", over, l.name)
		}
		c.keep("menu-" + l.name)
		c.click(".corner")
	}
}

// keep takes a screenshot, where -shots asks for them.
func (c *chromium) keep(name string) {
	c.Helper()
	if *shots != "" {
		c.screenshot(filepath.Join(*shots, name+".png"))
	}
}
