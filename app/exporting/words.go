package exporting

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// count gives "1 file" and "2 files".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}

// are gives "1 credit is" and "2 credits are".
func are(n int, what string) string {
	if n == 1 {
		return "1 " + what + " is"
	}
	return count(n, what) + " are"
}

// date gives "9 November", and the year where it is another one.
func date(t, now time.Time) string {
	t = t.In(now.Location())
	if t.Year() != now.Year() {
		return t.Format("2 January 2006")
	}
	return t.Format("2 January")
}

// list gives "a", "a and b" and "a, b and c".
func list(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// bytes gives the size of a file as file managers do, in powers of 1000.
func bytes(n int64) string {
	switch {
	case n < 1000:
		return count(int(n), "byte")
	case n < 999_500:
		return fmt.Sprintf("%.0f KB", float64(n)/1e3)
	case n < 999_500_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	default:
		return fmt.Sprintf("%.1f GB", float64(n)/1e9)
	}
}

// words says what the ticked cells cost: the figure, what it is out of, and the
// sentence below.
func (q quote) words() (figure, of, sentence string) {
	switch {
	case q.unlimited && len(q.places) == 0:
		return "∞", "unlimited", "Tick layers to export them."
	case q.unlimited:
		return "∞", "unlimited", q.filesWords() + "."
	case len(q.places) == 0:
		return "0 credits", "of " + strconv.Itoa(q.spendable), "Tick layers to see what they cost."
	case !q.priced:
		return count(len(q.places), "layer"), "", "Looking up what that costs …"
	}
	figure, of = count(q.paid, "credit"), "of "+strconv.Itoa(q.spendable)
	if q.signedOut && q.paid > 0 {
		return figure, "", "Sign in to export. Nothing was started."
	}
	offline := ""
	if q.offline {
		offline = " Offline: only the credits on this computer count."
	}
	if q.missing > 0 {
		return figure, of, fmt.Sprintf("%s missing. This export needs %d, you have %d. Nothing was started.", are(q.missing, "credit"), q.paid, q.spendable) + offline
	}
	var parts []string
	if q.paid > 0 {
		parts = append(parts, fmt.Sprintf("%d at one credit", q.paid))
	}
	if q.free > 0 {
		parts = append(parts, fmt.Sprintf("%d free again", q.free))
	}
	return figure, of, fmt.Sprintf("%s: %s. %d will be left.", q.filesWords(), strings.Join(parts, ", "), q.spendable-q.paid) + offline
}

// filesWords says how many files come, and of how many layers where these are
// not as many.
func (q quote) filesWords() string {
	if q.files == len(q.places) {
		return count(q.files, "file")
	}
	return fmt.Sprintf("%s with %s", count(q.files, "file"), count(len(q.places), "layer"))
}

// button says what the export makes and costs.
func (q quote) button() string {
	switch {
	case len(q.places) == 0:
		return "Export"
	case q.unlimited || !q.priced:
		return "Export " + count(q.files, "file")
	case q.missing > 0:
		return fmt.Sprintf("Export these %d for %s", len(q.fits), count(q.affords, "credit"))
	case q.paid == 0:
		return "Export " + count(q.files, "file") + ", free"
	default:
		return fmt.Sprintf("Export %s for %s", count(q.files, "file"), count(q.paid, "credit"))
	}
}

// staysOut names the layers that are not exported by themselves, or is "".
func staysOut(hidden, guides []string) string {
	var parts []string
	if n := len(hidden); n > 0 {
		parts = append(parts, list(hidden)+verb(n, " is", " are")+" hidden")
	}
	if n := len(guides); n > 0 {
		parts = append(parts, list(guides)+verb(n, " is", " are")+" never burned")
	}
	if len(parts) == 0 {
		return ""
	}
	n := len(hidden) + len(guides)
	return fmt.Sprintf("%s out: %s.", verb(n, "One layer stays", small(n)+" layers stay"), strings.Join(parts, ", "))
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// small spells a small number at the beginning of a sentence.
func small(n int) string {
	words := []string{"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"}
	if n < len(words) {
		return words[n]
	}
	return strconv.Itoa(n)
}
