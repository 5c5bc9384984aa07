package pages

import (
	"html/template"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/mapwright/mapwright/internal/account"
	"github.com/mapwright/mapwright/internal/accountserver"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// words are how templates write numbers and times.
var words = template.FuncMap{
	"number": number, "credits": credits, "deviceName": nameOf,
	"day": day, "moment": moment, "stamp": stamp,
	"tab":          func(p page, path, name string) tab { return tab{path, name, p.Path == path} },
	"fieldProblem": func(field, text string) fieldProblem { return fieldProblem{field, text} },
}

// tab is an entry of the navigation; Here is the page that is shown.
type tab struct {
	Path, Name string
	Here       bool
}

// fieldProblem is what is wrong with the field of this id, or empty.
type fieldProblem struct{ Field, Text string }

func number(n int) string { return message.NewPrinter(language.English).Sprintf("%d", n) }

func credits(n int) string {
	if n == 1 {
		return "1 credit"
	}
	return number(n) + " credits"
}

// day, moment and stamp write a time in UTC: the server does not know where
// its reader is. stamp is for programs.
func day(t time.Time) string    { return t.UTC().Format("2 January 2006") }
func moment(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") }
func stamp(t time.Time) string  { return t.UTC().Format(time.RFC3339) }

// person is who is signed in.
type person struct {
	account.Status
	token   string
	session accountserver.SessionRecord
}

// Figure is the balance in the corner.
func (p *person) Figure() string {
	if p.Unlimited {
		return "∞"
	}
	return number(p.Balance())
}

// lowBalance is from where on a balance is shown as a warning.
const lowBalance = 3

// Level is how urgent the balance is: "none", "low" or empty.
func (p *person) Level() string {
	switch {
	case p.Unlimited || p.Balance() > lowBalance:
		return ""
	case p.Balance() > 0:
		return "low"
	default:
		return "none"
	}
}

// Renews is when the next allowance comes, zero where none does.
func (p *person) Renews() (t time.Time) {
	if p.PeriodEnd == 0 {
		return t
	}
	return p.PeriodEnd.Time()
}

// Initials stand in for a picture: of lena.kraus@example.org they are LK.
func (p *person) Initials() string {
	local, _, _ := strings.Cut(p.Email, "@")
	initials := ""
	for _, part := range strings.FieldsFunc(local, func(r rune) bool { return !unicode.IsLetter(r) }) {
		initials += string(unicode.ToUpper([]rune(part)[0]))
		if len([]rune(initials)) == 2 {
			break
		}
	}
	if initials == "" {
		return "?"
	}
	return initials
}

// nameOf is the name of a device as people gave it.
func nameOf(name string) string {
	if strings.TrimSpace(name) == "" {
		return "a computer without a name"
	}
	return name
}

// sentence is the message of an error as one begins and ends it.
func sentence(err error) string {
	first, rest := utf8.DecodeRuneInString(err.Error())
	return string(unicode.ToUpper(first)) + err.Error()[rest:] + "."
}
