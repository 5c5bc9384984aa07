package profile

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

// facts are what the corner knows of the credits.
type facts struct {
	known   bool
	purse   workshop.Purse
	waiting int // exports that the server does not know yet
	// err says why the purse can't be read, or what the server refused.
	err error
}

func (f facts) session() workshop.SessionState { return f.purse.Contact.Session }

// builtIn tells that the account is the one in the program.
func (f facts) builtIn() bool { return f.session() == workshop.SessionBuiltIn }

// offline tells that the account server was asked and said nothing.
func (f facts) offline() bool {
	c := f.purse.Contact
	return c.Server != "" && c.Session == workshop.SessionOpen && c.Asked && !c.Reached
}

// online tells that the account server answered.
func (f facts) online() bool {
	c := f.purse.Contact
	return c.Session == workshop.SessionOpen && c.Asked && c.Reached
}

// stale tells that nothing can be exported before the server was asked.
func (f facts) stale() bool {
	b := f.purse.Balance
	return f.offline() && !b.Ready && (b.Unlimited || b.Balance > 0)
}

// topicContact is whether the account server answers: the last word on it
// stands alone.
const topicContact = "contact"

// news are the notices that a change of the facts is worth.
func (c *Corner) news(before, after facts) []stage.Notice {
	var all []stage.Notice
	if before.offline() && after.online() {
		if settled := before.waiting - after.waiting; settled > 0 {
			all = append(all, synced(after.purse.Balance, settled))
		} else {
			all = append(all, stage.Notice{
				Kind: stage.KindDone, Title: "Online again", Text: syncedText(after.purse.Balance, 0), Topic: topicContact,
			})
		}
	}
	if !before.offline() && after.offline() {
		if after.stale() {
			all = append(all, c.leaseOver(after.purse.Balance))
		} else {
			all = append(all, stage.Notice{Kind: stage.KindOffline, Title: "Offline", Text: offlineText(after), Topic: topicContact})
		}
	}
	if after.session() == workshop.SessionOver && before.session() != workshop.SessionOver {
		all = append(all, stage.Notice{
			Kind: stage.KindOffline, Title: "Sign in again to export", Text: overText(after), Topic: topicContact,
			Actions: []stage.Action{{Label: "Sign in", Do: c.SignIn}},
		})
	}
	if after.purse.Balance.Frozen != "" && before.purse.Balance.Frozen == "" {
		all = append(all, stage.Notice{
			Kind: stage.KindCredits, Title: "The credits here are frozen", Text: frozenText(after),
			Actions: []stage.Action{{Label: "Renew", Do: c.Renew}},
		})
	}
	return append(all, c.recovered(after.purse)...)
}

func synced(b workshop.Balance, settled int) stage.Notice {
	return stage.Notice{Kind: stage.KindDone, Title: "Synced", Text: syncedText(b, settled), Topic: topicContact}
}

func syncedText(b workshop.Balance, settled int) string {
	text := ""
	if settled > 0 {
		text = count(settled, "export") + " settled. "
	}
	if b.Unlimited {
		return text + "Your exports are unlimited."
	}
	return fmt.Sprintf("%s%s, %d of them on this computer.", text, count(b.Balance, "credit"), b.OnDevice)
}

func offlineText(f facts) string {
	b := f.purse.Balance
	text := "You can go on working. "
	switch {
	case b.Unlimited:
		text += "Exports are ready on this computer"
	case b.Spendable == 1:
		text += "1 credit is ready on this computer"
	default:
		text += fmt.Sprintf("%d credits are ready on this computer", b.Spendable)
	}
	switch {
	case f.waiting == 1:
		text += ", 1 waits to sync"
	case f.waiting > 1:
		text += fmt.Sprintf(", %d wait to sync", f.waiting)
	}
	return text + "."
}

func (c *Corner) leaseOver(b workshop.Balance) stage.Notice {
	return stage.Notice{
		Kind: stage.KindOffline, Title: "Go online once to export", Text: leaseText(b, c.now()), Topic: topicContact,
		Actions: []stage.Action{{Label: "Try now", Do: c.Update}},
	}
}

func leaseText(b workshop.Balance, now time.Time) string {
	text := ""
	if !b.AsOf.IsZero() {
		text = "Last synced on " + day(b.AsOf, now) + ". "
	}
	switch {
	case b.Unlimited:
		return text + "Your plan is unchanged."
	case b.Balance == 1:
		return text + "Your 1 credit is safe."
	default:
		return text + fmt.Sprintf("Your %d credits are safe.", b.Balance)
	}
}

func overText(f facts) string {
	text := "The session at " + host(f.purse.Contact.Server) + " is over. "
	if b := f.purse.Balance; !b.Unlimited && b.Balance > 0 {
		text += "Your " + count(b.Balance, "credit") + " " + are(b.Balance) + " safe. "
	}
	if f.waiting > 0 {
		text += count(f.waiting, "export") + " will sync then. "
	}
	return strings.TrimSpace(text)
}

func frozenText(f facts) string {
	return sentence(fmt.Errorf("%s", f.purse.Balance.Frozen)) + " To export from here, start the credits of this computer anew."
}

func are(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// recovered speaks of what a crash left, each thing once.
func (c *Corner) recovered(p workshop.Purse) []stage.Notice {
	r := p.Recovery
	var said []string
	if text := recoveryText(len(r.Files), r.Made, r.Voided); text != "" {
		said = append(said, text)
	}
	for _, note := range r.Notes {
		if !c.told[note] {
			c.told[note] = true
			said = append(said, sentence(fmt.Errorf("%s", note)))
		}
	}
	if len(said) == 0 {
		return nil
	}
	n := stage.Notice{Kind: stage.KindRecovered, Title: "Picked up after a crash", Text: strings.Join(said, " ")}
	if len(r.Files) > 0 {
		folder := filepath.Dir(r.Files[0].Path)
		n.Actions = []stage.Action{{Label: "Open folder", Do: func() { c.openFolder(folder) }}}
	}
	return []stage.Notice{n}
}

func recoveryText(files, made, voided int) string {
	was := "was"
	if voided != 1 {
		was = "were"
	}
	switch {
	case files > 0 && voided > 0:
		return fmt.Sprintf("%s %s in place, %d %s not made and cost nothing.", count(files, "file"), are(files), voided, was)
	case files > 0:
		return fmt.Sprintf("%s %s in place.", count(files, "file"), are(files))
	case voided > 0:
		return fmt.Sprintf("%s %s not made and cost nothing.", count(voided, "export"), was)
	case made > 0:
		return count(made, "export") + " came to an end after all."
	default:
		return ""
	}
}
