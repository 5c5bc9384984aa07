package workshop

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/preflight"
	"github.com/mapwright/mapwright/internal/trace"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// Finding is something that the check has to say about a layer.
type Finding struct {
	Layer    string
	Kind     string
	Severity string // "error", "warning" or "note"
	Message  string
	At       artwork.Point // mm on its board
	Board    int
	Fix      string // what could be done; "" where there is nothing to offer
}

// Checked is what the check found.
type Checked struct {
	Findings []Finding
	// Estimate is how long Setup takes, and how far it burns and travels.
	Estimate Estimate
	Setup    Setup

	details map[Finding]details
}

// details are what a finding has many of. They are beside it, so that findings
// can be compared.
type details struct {
	remedies []Remedy
	places   []artwork.Point
	count    int
}

// Remedies are the changes that mend a finding or make it smaller, the best
// first: Desk.Fix makes one. There may be none.
func (c *Checked) Remedies(f Finding) []Remedy { return c.details[f].remedies }

// Count is how many shapes or places a finding is about; 0 is not known.
func (c *Checked) Count(f Finding) int { return c.details[f].count }

// Places are all places that a finding is about, mm on its board.
func (c *Checked) Places(f Finding) []artwork.Point { return c.details[f].places }

// findings are those of one or more checks.
type findings []Finding

// errorsIn counts the findings that block an export, leaving out ignored kinds.
func (all findings) errorsIn(ignore []string) int {
	n := 0
	for _, f := range all {
		if f.Severity == severityError && !slices.Contains(ignore, f.Kind) {
			n++
		}
	}
	return n
}

// The severities of findings.
const (
	severityError = "error"
	severityNote  = "note"
)

// severityOfNote is how bad it is what the tracing tells: a note, but for what
// the maker asked for by name and does not get.
func severityOfNote(kind trace.NoteKind) string {
	if kind == trace.KindNoFont {
		return string(preflight.Warning)
	}
	return severityNote
}

// Skipped is a layer that was left out, and why.
type Skipped struct {
	Layer  string
	Reason string
	// Formats are the formats that it was left out of; none: of all.
	Formats []string
}

// Check traces layers together, as an export of them would, and checks the
// artwork. No names means all layers that an export of all would take. The
// error has CodeCheck if something found would block an export.
func (w *Workshop) Check(ctx context.Context, path string, layers []string) (c Checked, err error) {
	t, err := w.trace(ctx, path, layers)
	if err != nil {
		return Checked{}, err
	}
	defer t.close(&err)
	if c, err = t.check(ctx); err == nil {
		err = t.clock(ctx, &c)
	}
	if err != nil {
		return Checked{}, err
	}
	if n := findings(c.Findings).errorsIn(nil); n > 0 {
		return c, &Error{Code: CodeCheck, Err: fmt.Errorf("the check found %s that would spoil the work", count(n, "error"))}
	}
	return c, nil
}

// traced is a selection of layers with their artwork.
type traced struct {
	carto   *carto.Map
	store   carto.Store
	setup   Setup
	scene   *trace.Scene
	artwork *artwork.Artwork
	report  *trace.Report
	named   []string // ids of the layers that the maker named
	skipped []Skipped
}

// close ends the use of the map file and adds its error to err.
func (t *traced) close(err *error) { *err = errors.Join(*err, t.store.Close()) }

// trace chooses the layers and traces them together.
func (w *Workshop) trace(ctx context.Context, path string, names []string) (*traced, error) {
	m, store, err := w.read(ctx, path)
	if err != nil {
		return nil, err
	}
	t := &traced{carto: m, store: store}
	t.setup, err = w.Setup(ctx)
	var scene *trace.Scene
	if err == nil {
		scene, err = trace.NewScene(t.setup.burned(m), store, w.fontsBeside(path))
	}
	var chosen []carto.LayerID
	if err == nil {
		chosen, err = t.choose(t.split(names))
	}
	if err == nil {
		err = t.run(ctx, scene, chosen)
	}
	if err != nil {
		t.close(&err)
		return nil, err
	}
	return t, nil
}

func (t *traced) run(ctx context.Context, scene *trace.Scene, chosen []carto.LayerID) error {
	var err error
	t.scene = scene
	t.artwork, t.report, err = trace.Job(ctx, scene, chosen)
	return err
}

// choose finds the layers, from the bottom to the top. All means visible, not
// a guide and not empty; one that is named is taken though hidden, and refused
// if it is a guide.
func (t *traced) choose(names []string) ([]carto.LayerID, error) {
	var chosen []carto.LayerID
	if len(names) == 0 {
		for _, l := range t.carto.Layers {
			switch {
			case l.Operation == artwork.Guide:
				t.skip(l.Name, "it is a helper line, which never burns")
			case !l.Visible:
				t.skip(l.Name, "it is hidden")
			case l.Count == 0:
				t.skip(l.Name, "it is empty")
			default:
				chosen = append(chosen, l.ID)
			}
		}
		if len(chosen) == 0 {
			return nil, &Error{Code: CodeCheck, Err: fmt.Errorf("no layer of the map can be exported: %s", reasons(t.skipped))}
		}
		return chosen, nil
	}
	wanted := map[carto.LayerID]bool{}
	for _, name := range names {
		l, err := t.carto.FindLayer(name)
		if err != nil {
			return nil, err
		}
		if l.Operation == artwork.Guide {
			return nil, &Error{Code: CodeCheck, Layer: l.Name, Err: fmt.Errorf("layer %q is a helper line, which never burns: give it another operation or leave it out", l.Name)}
		}
		wanted[l.ID] = true
		t.named = append(t.named, string(l.ID))
	}
	for _, l := range t.carto.Layers {
		if wanted[l.ID] {
			chosen = append(chosen, l.ID)
		}
	}
	return chosen, nil
}

// split takes an entry apart that is no layer's name but a list with commas.
func (t *traced) split(entries []string) []string {
	var names []string
	for _, entry := range entries {
		if _, err := t.carto.FindLayer(entry); err == nil {
			names = append(names, entry)
			continue
		}
		for name := range strings.SplitSeq(entry, ",") {
			if name = strings.TrimSpace(name); name != "" {
				names = append(names, name)
			}
		}
	}
	if len(names) == 0 {
		return entries // no name is no layer, while no entry is all of them
	}
	return names
}

func (t *traced) skip(layer, reason string) {
	t.skipped = append(t.skipped, Skipped{Layer: layer, Reason: reason})
}

// reasons tells why layers were left out.
func reasons(skipped []Skipped) string {
	var parts []string
	for _, s := range skipped {
		parts = append(parts, fmt.Sprintf("%q: %s", s.Layer, s.Reason))
	}
	if len(parts) == 0 {
		return "it has no layers"
	}
	return strings.Join(parts, "; ")
}

// emptied tells whether a layer is empty only because other layers of the job
// burn its paths.
func (t *traced) emptied(layer string) bool {
	return slices.ContainsFunc(t.report.Of(trace.KindEmptied), func(n trace.Note) bool { return n.Name == layer })
}

// smallIn says that a layer is empty because what lies inside the frame is
// below its minimums; "" where that is not so. A few slivers among many shapes
// that other layers burn are no reason.
func (t *traced) smallIn(layer string) string {
	l, err := t.carto.FindLayer(layer)
	if err != nil {
		return ""
	}
	small, message := 0, ""
	for _, n := range t.report.Of(trace.KindTooSmall) {
		if n.Name == layer {
			if small == 0 {
				message = n.Message
			}
			small += n.Count
		}
	}
	if small == 0 || small*4 < l.Count {
		return ""
	}
	return fmt.Sprintf("nothing of it would burn at 1:%.0f: %s Lower its minimums, or show a smaller place.", t.carto.View.Scale, message)
}

// check runs the checks over the artwork and adds the notes of the tracing.
func (t *traced) check(ctx context.Context) (Checked, error) {
	o, err := t.checkOptions(ctx)
	if err != nil {
		return Checked{}, err
	}
	found, err := preflight.Check(ctx, t.artwork, o)
	if err != nil {
		return Checked{}, err
	}
	c := Checked{Findings: []Finding{}, details: map[Finding]details{}}
	for _, f := range found {
		if why := t.smallIn(f.Layer); f.Kind == preflight.EmptyLayer && why != "" {
			f.Message = strconv.Quote(f.Layer) + ": " + why
		}
		finding := Finding{f.Layer, string(f.Kind), string(f.Severity), f.Message, f.At, f.Board, f.Fix}
		c.Findings = append(c.Findings, finding)
		c.details[finding] = details{remediesFor(t.carto, f.Layer, f.Remedies), f.Places, f.Count}
	}
	for _, n := range t.report.Notes {
		if n.Kind != trace.KindEmpty { // the check says that itself
			finding := Finding{Layer: n.Name, Kind: string(n.Kind), Severity: severityOfNote(n.Kind), Message: n.Message, At: n.At}
			c.Findings = append(c.Findings, finding)
			c.details[finding] = details{remedies: remediesFor(t.carto, n.Name, remediesOfNote(n.Kind)), count: n.Count}
		}
	}
	return c, nil
}

// dropEmpty takes the layers without artwork out of the job and names them.
func (t *traced) dropEmpty() {
	kept := t.artwork.Layers[:0:0]
	for _, l := range t.artwork.Layers {
		switch {
		case !l.Empty():
			kept = append(kept, l)
		case t.smallIn(l.Name) != "":
			t.skip(l.Name, t.smallIn(l.Name))
		case t.emptied(l.Name):
			t.skip(l.Name, "other layers of this export burn all of it")
		default:
			t.skip(l.Name, "nothing of it lies inside the frame")
		}
	}
	t.artwork.Layers = kept
}

// count gives "1 error" and "2 errors".
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
