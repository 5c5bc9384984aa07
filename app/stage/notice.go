package stage

import (
	"context"
	"errors"

	"github.com/mapwright/mapwright/internal/workshop"
)

// Kind says what a notice is about, which gives it its picture and colour.
type Kind int

// The kinds of notices.
const (
	KindDone Kind = iota
	KindInfo
	KindWarning
	KindError
	KindCredits
	KindOffline
	KindPlugin
	KindRecovered
)

// Notice is something that the window says: what happened, to what, and what
// can be done.
type Notice struct {
	Kind    Kind
	Title   string // a few words, without a full stop
	Text    string // sentences
	Actions []Action
	// Topic names what the notice is about where the next one about the same
	// makes it untrue, and takes its place; "" is about nothing else.
	Topic string
}

// Action is something that a notice offers.
type Action struct {
	Label string
	Do    func()
}

// Problem is the notice of an error; what says what was not done. Something
// that the person stopped is no problem.
func Problem(what string, err error) Notice {
	if errors.Is(err, context.Canceled) {
		return Notice{Kind: KindInfo, Title: "Stopped", Text: what + "."}
	}
	kind := KindError
	switch workshop.Explain(err).Code {
	case workshop.CodeCredits:
		kind = KindCredits
	case workshop.CodeSignIn:
		kind = KindOffline
	case workshop.CodePlugin:
		kind = KindPlugin
	case workshop.CodeUsage, workshop.CodeCheck:
		kind = KindWarning
	}
	return Notice{Kind: kind, Title: what, Text: Sentence(err.Error())}
}

// Sentence writes the text of an error as a sentence.
func Sentence(s string) string {
	if s == "" {
		return ""
	}
	first := []rune(s)
	if first[0] >= 'a' && first[0] <= 'z' {
		first[0] -= 'a' - 'A'
	}
	if last := first[len(first)-1]; last != '.' && last != '!' && last != '?' {
		first = append(first, '.')
	}
	return string(first)
}
