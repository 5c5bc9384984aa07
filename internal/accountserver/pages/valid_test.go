package pages

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// checkHTML asserts what a browser would mend in silence: every element is
// closed by its own end, in order; no id is there twice; everything that names
// an id finds it; every field and button has a name that can be read out.
func checkHTML(t testing.TB, text string) {
	t.Helper()
	for _, fault := range faults(text) {
		t.Errorf("%s in\n%s", fault, text)
	}
}

var voids = []string{"meta", "link", "input", "img", "br", "hr"}

// faults lists what is wrong with a page.
func faults(text string) (list []string) {
	if !strings.HasPrefix(text, "<!DOCTYPE html>") {
		list = append(list, "there is no doctype")
	}
	p := parse{ids: map[string]int{}, labels: map[string]bool{}, count: map[string]int{}}
	z := html.NewTokenizer(strings.NewReader(text))
	for z.Next() != html.ErrorToken {
		p.token(z.Token())
	}
	if !errors.Is(z.Err(), io.EOF) {
		p.fault("it can't be read: %v", z.Err())
	}
	if len(p.open) > 0 {
		p.fault("%v are never closed", p.open)
	}
	p.references()
	for _, name := range []string{"html", "head", "body", "title", "header", "main", "footer", "h1"} {
		if p.count[name] != 1 {
			p.fault("there are %d of %s", p.count[name], name)
		}
	}
	return append(list, p.faults...)
}

type parse struct {
	open   []string
	ids    map[string]int
	labels map[string]bool
	refs   []string
	fields []string // that need a label
	count  map[string]int
	faults []string
}

func (p *parse) fault(format string, args ...any) {
	p.faults = append(p.faults, fmt.Sprintf(format, args...))
}

func (p *parse) token(token html.Token) {
	switch token.Type {
	case html.StartTagToken:
		if !slices.Contains(voids, token.Data) {
			p.open = append(p.open, token.Data)
		}
		p.start(token)
	case html.SelfClosingTagToken:
		p.start(token)
	case html.EndTagToken:
		n := len(p.open)
		if n == 0 || p.open[n-1] != token.Data {
			p.fault("%s closes %v", token, p.open)
			return
		}
		p.open = p.open[:n-1]
	}
}

func (p *parse) start(token html.Token) {
	p.count[token.Data]++
	seen := map[string]string{}
	for _, a := range token.Attr {
		seen[a.Key] = a.Val
		switch a.Key {
		case "id":
			p.ids[a.Val]++
		case "for":
			p.labels[a.Val] = true
			p.refs = append(p.refs, a.Val)
		case "aria-describedby", "aria-labelledby", "popovertarget":
			p.refs = append(p.refs, strings.Fields(a.Val)...)
		case "style", "onclick", "onload":
			p.fault("%s has %s, which the content policy refuses", token, a.Key)
		}
	}
	switch token.Data {
	case "script", "style":
		p.fault("there is a %s, which the content policy refuses", token.Data)
	case "input":
		if seen["type"] != "hidden" {
			p.fields = append(p.fields, seen["id"])
		}
	case "img":
		if _, ok := seen["alt"]; !ok {
			p.fault("%s has no alt", token)
		}
	case "a":
		if strings.HasPrefix(seen["href"], "#") {
			p.refs = append(p.refs, seen["href"][1:])
		}
	}
}

func (p *parse) references() {
	for id, n := range p.ids {
		if n > 1 {
			p.fault("the id %q is there %d times", id, n)
		}
	}
	for _, id := range p.refs {
		if p.ids[id] == 0 {
			p.fault("there is no id %q", id)
		}
	}
	for _, id := range p.fields {
		if !p.labels[id] {
			p.fault("the field %q has no label", id)
		}
	}
}

func TestFaultsAreFound(t *testing.T) {
	t.Parallel()
	good := `<!DOCTYPE html><html><head><title>x</title></head><body><header></header><main><h1>x</h1></main><footer></footer></body></html>`
	if list := faults(good); list != nil {
		t.Fatalf("of a page without fault it says %v", list)
	}
	for fault, in := range map[string]string{
		"never closed": `<div><p>`, "closes": `<p><b></p></b>`, "times": `<i id="a"></i><i id="a"></i>`,
		"no id": `<i aria-describedby="b"></i>`, "no label": `<input id="c">`, "no alt": `<img src="/x">`,
		"refuses": `<script></script>`, "2 of h1": `<h1></h1>`,
	} {
		list := faults(strings.Replace(good, "</main>", in+"</main>", 1))
		if !strings.Contains(strings.Join(list, "; "), fault) {
			t.Errorf("of %s it says %v", in, list)
		}
	}
}
