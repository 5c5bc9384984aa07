package pages

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"time"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static/style.css
var style []byte

//go:embed static/icon.svg
var icon []byte

// templates are the pages, each with the layout around it.
var templates = parseTemplates("credits", "devices", "failure", "plan", "sessions", "sign-in", "sign-up", "usage")

func parseTemplates(names ...string) map[string]*template.Template {
	layout := template.Must(template.New("layout.html").Funcs(words).ParseFS(templateFiles, "templates/layout.html", "templates/fields.html"))
	all := map[string]*template.Template{}
	for _, name := range names {
		own := template.Must(layout.Clone())
		all[name] = template.Must(own.ParseFS(templateFiles, "templates/"+name+".html"))
	}
	return all
}

// page is what a template shows.
type page struct {
	Title string
	// Path is the page's own, to mark it in the navigation.
	Path   string
	Person *person
	// Notice says what was just done, or is empty.
	Notice string
	// Token goes into every form.
	Token string
	Help  contact
	Style string
	Body  any
}

// show answers with a page. It is made whole before any of it is sent.
func (c *call) show(status int, name string, p page) error {
	p.Path, p.Person, p.Help, p.Style = c.URL.Path, c.person, c.site.help, styleAddress
	if c.person != nil && p.Token == "" {
		p.Token = formToken(c.person.token)
	}
	var b bytes.Buffer
	if err := templates[name].Execute(&b, p); err != nil {
		return fmt.Errorf("make the page %s: %w", name, err)
	}
	c.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	c.w.WriteHeader(status)
	if _, err := b.WriteTo(c.w); err != nil {
		c.site.Log.DebugContext(c.Context(), "a page did not arrive", "path", c.URL.Path, "error", err)
	}
	return nil
}

// styleAddress changes with the style, so that browsers may keep it.
var styleAddress = stylePath + "?v=" + fingerprint(style)

func fingerprint(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:6])
}

func serveAsset(kind string, content []byte) http.HandlerFunc {
	tag := `"` + fingerprint(content) + `"`
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Cache-Control", "public, max-age=86400")
		w.Header().Set("ETag", tag)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
	}
}

// contact is where people ask for help.
type contact struct {
	// Name is what they read, Address the link; both are empty where nobody
	// is named.
	Name, Address string
}

func contactOf(support string) contact {
	switch {
	case strings.HasPrefix(support, "https://"), strings.HasPrefix(support, "http://"):
		return contact{Name: support, Address: support}
	case strings.Contains(support, "@"):
		return contact{Name: support, Address: "mailto:" + support}
	default:
		return contact{Name: support}
	}
}
