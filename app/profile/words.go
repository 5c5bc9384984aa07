package profile

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/mapwright/mapwright/internal/workshop"
)

// count says how many of a thing there are: 1 credit, 2 credits.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// figure is what this computer can spend now.
func figure(p workshop.Purse) string {
	if p.Balance.Unlimited {
		return "∞"
	}
	return strconv.Itoa(p.Balance.Spendable)
}

// day is a date as people say it, with the year where it is another one.
func day(t, now time.Time) string {
	t = t.In(now.Location())
	if t.Year() != now.Year() {
		return t.Format("2 January 2006")
	}
	return t.Format("2 January")
}

// moment is a date with its time, or today or yesterday.
func moment(t, now time.Time) string {
	t = t.In(now.Location())
	clock := t.Format("15:04")
	switch dayNumber(now) - dayNumber(t) {
	case 0:
		return "today, " + clock
	case 1:
		return "yesterday, " + clock
	}
	return day(t, now) + ", " + clock
}

func dayNumber(t time.Time) int64 {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60)
}

// plan is what a plan grants.
func plan(b workshop.Balance) string {
	switch {
	case b.Unlimited:
		return "Nothing is counted down"
	case b.Allowance == 0:
		return ""
	case b.PeriodEnd.IsZero():
		return fmt.Sprintf("%d, once", b.Allowance)
	default:
		return fmt.Sprintf("%d a month", b.Allowance)
	}
}

// elsewhere says where the credits are that are not on this computer.
func elsewhere(b workshop.Balance) string {
	var at []string
	if b.Available > 0 {
		at = append(at, fmt.Sprintf("%d on the server", b.Available))
	}
	for _, e := range b.Elsewhere {
		at = append(at, fmt.Sprintf("%d on %s", e.Credits, e.Name))
	}
	return strings.Join(at, ", ")
}

// initials are one or two letters for a person, from a name or an email.
func initials(name, email string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' })
	if len(words) == 0 {
		local, _, _ := strings.Cut(email, "@")
		words = strings.FieldsFunc(local, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	}
	if len(words) == 0 {
		return ""
	}
	letters := []rune(words[0])[:1]
	if last := words[len(words)-1]; len(words) > 1 {
		letters = append(letters, []rune(last)[0])
	}
	return strings.ToUpper(string(letters))
}

// sentence writes the text of an error as a sentence.
func sentence(err error) string {
	text := []rune(strings.TrimSpace(err.Error()))
	if len(text) == 0 {
		return ""
	}
	text[0] = unicode.ToUpper(text[0])
	if !strings.ContainsRune(".!?", text[len(text)-1]) {
		text = append(text, '.')
	}
	return string(text)
}

// work is what a charge was for: the layer, and the map that it is of.
func work(c workshop.Charge) (layer, title string) {
	if i := strings.LastIndex(c.Label, ": "); i >= 0 {
		return c.Label[i+2:], c.Label[:i]
	}
	return c.Label, ""
}

// formatName is a format as people write it.
func formatName(id string) string {
	switch id {
	case "gcode":
		return "G-code"
	case "lbrn2":
		return "LightBurn"
	case "geojson":
		return "GeoJSON"
	default:
		return strings.ToUpper(id)
	}
}

// host is the name of a server without what stands around it.
func host(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return address
}
