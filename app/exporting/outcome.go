package exporting

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/workshop"
)

// outcome says what became of a run that is over.
func (r *run) outcome(now time.Time) stage.Notice {
	switch {
	case !r.begun() && r.err != nil:
		return r.refused(now)
	case r.cancelled():
		return stage.Notice{Kind: stage.KindInfo, Title: "Stopped", Text: r.cancelledWords()}
	case len(r.failed()) > 0:
		return r.failedNotice()
	case r.err != nil:
		return stage.Problem("The export is not finished", r.err)
	}
	spent, _, _ := r.credits()
	if spent == 0 && !r.quote.unlimited {
		return stage.Notice{Kind: stage.KindDone, Title: "Saved again, free", Text: r.freeWords(now)}
	}
	n := stage.Notice{Kind: stage.KindDone, Title: are(len(r.files()), "file") + " in place"}
	switch {
	case r.result.After.Unlimited:
		n.Text = "Your plan counts no credits."
	case spent == 0:
		n.Text = "No credit was spent."
	default:
		n.Text = fmt.Sprintf("%s spent. %d left.", count(spent, "credit"), r.result.After.Spendable)
	}
	if skipped := r.skippedWords(); skipped != "" {
		n.Text += " " + skipped
	}
	return n
}

// plain tells whether all went as it was asked for and was paid: there is
// nothing to explain.
func (r *run) plain() bool {
	spent, _, _ := r.credits()
	return r.err == nil && len(r.result.Skipped) == 0 && (spent > 0 || r.quote.unlimited)
}

// refused says why nothing was begun.
func (r *run) refused(now time.Time) stage.Notice {
	if r.cancelled() {
		return stage.Notice{Kind: stage.KindInfo, Title: "Stopped", Text: "Nothing was started. No credit was spent."}
	}
	if e, ok := r.missing(); ok {
		n := stage.Notice{
			Kind: stage.KindCredits, Title: are(e.Missing, "credit") + " missing",
			Text: fmt.Sprintf("This export needs %d, you have %d. Nothing was started.", e.Needed, e.Spendable),
		}
		if e.Cause != nil {
			n.Text += " The account could not be asked for more: it may have them."
		}
		return n
	}
	if e, ok := errors.AsType[*workshop.ServerNeededError](r.err); ok {
		return needs(e, now)
	}
	return stage.Problem("Nothing was exported", r.err)
}

// needs says what the account server is needed for.
func needs(e *workshop.ServerNeededError, now time.Time) stage.Notice {
	n := stage.Notice{Kind: stage.KindOffline}
	balance := e.Purse.Balance
	switch e.Need {
	case workshop.NeedOnline:
		n.Title = "Go online once to export"
		if !balance.AsOf.IsZero() {
			n.Text = "Last synced on " + date(balance.AsOf, now) + ". "
		}
	case workshop.NeedRenew:
		n.Title = "The credits of this computer are frozen"
		n.Text = "Start them anew in the account menu. "
	default:
		n.Title = "Sign in to export"
		n.Text = "Your account is needed once. "
	}
	switch {
	case balance.Unlimited:
		n.Text += "Your plan is safe."
	case balance.Balance > 0:
		n.Text += "Your " + count(balance.Balance, "credit") + verb(balance.Balance, " is safe.", " are safe.")
	default:
		n.Text += "No credit was spent."
	}
	return n
}

// failedNotice says which jobs were not made, in the words for the first.
func (r *run) failedNotice() stage.Notice {
	failed := r.failed()
	first := failed[0]
	n := stage.Notice{Kind: stage.KindPlugin, Title: r.formatName(first.Format) + " of " + list(layerNames(first)) + " was not made"}
	plugin, ok := errors.AsType[*workshop.PluginError](first.Err)
	switch {
	case first.Kept != "" || first.State == workshop.ExportPending || first.State == workshop.ExportDone || first.State == workshop.ExportFree:
		n.Kind, n.Title = stage.KindWarning, r.formatName(first.Format)+" of "+list(layerNames(first))+" is not in its place"
		n.Text = stage.Sentence(first.Err.Error())
	case ok && r.written[first.Format] > 0:
		n.Text = fmt.Sprintf("The plugin stopped at %d %%. No credit was spent.", int(r.written[first.Format]*100))
	case ok:
		n.Text = "The plugin said: " + stage.Sentence(plugin.Unwrap().Error()) + " No credit was spent."
	default:
		n.Kind, n.Text = stage.KindError, stage.Sentence(first.Err.Error())
	}
	if len(failed) > 1 {
		n.Text += fmt.Sprintf(" %s more failed too.", count(len(failed)-1, "format"))
	}
	if placed := len(r.files()); placed > 0 {
		n.Text += " " + are(placed, "file") + " in place."
	}
	return n
}

// said is everything that the jobs that failed had to say.
func (r *run) said() string {
	var parts []string
	for _, j := range r.failed() {
		words := r.formatName(j.Format) + ": " + stage.Sentence(j.Err.Error())
		for _, d := range j.Diagnostics {
			words += "\n" + stage.Sentence(d.Message)
		}
		parts = append(parts, words)
	}
	return strings.Join(parts, "\n\n")
}

func (r *run) cancelledWords() string {
	spent, _, _ := r.credits()
	files := "No file is in place"
	if n := len(r.files()); n > 0 {
		files = are(n, "file") + " in place"
	}
	if r.quote.unlimited {
		return files + ". The others were not made."
	}
	if spent == 0 {
		return files + ", no credit was spent."
	}
	return fmt.Sprintf("%s, %s spent. The others cost nothing.", files, count(spent, "credit"))
}

// freeWords says since when what was saved again is unchanged.
func (r *run) freeWords(now time.Time) string {
	var oldest time.Time
	var what []string
	for _, j := range r.ordered() {
		what = append(what, list(layerNames(j))+" as "+r.formatName(j.Format))
		for _, l := range j.Layers {
			if paid := r.asked.prices[place{r.id(l.Name), j.Format}].paid; !paid.IsZero() && paid.After(oldest) {
				oldest = paid
			}
		}
	}
	if len(what) != 1 {
		return fmt.Sprintf("%s in place. Nothing of them changed since they were paid for.", are(len(r.files()), "file"))
	}
	verbs := verb(len(r.ordered()[0].Layers), " is", " are")
	if oldest.IsZero() {
		return what[0] + verbs + " unchanged."
	}
	return what[0] + verbs + " unchanged since " + date(oldest, now) + "."
}

// skippedWords names the layers that the run left out, and why.
func (r *run) skippedWords() string {
	var parts []string
	for _, s := range r.result.Skipped {
		parts = append(parts, s.Layer+" was left out: "+s.Reason+".")
	}
	return strings.Join(parts, " ")
}

func (r *run) formatName(id string) string {
	if f := r.asked.format(id); f != nil {
		return f.name
	}
	return strings.ToUpper(id)
}

func layerNames(j workshop.ExportedJob) []string {
	var names []string
	for _, l := range j.Layers {
		names = append(names, l.Name)
	}
	return names
}
