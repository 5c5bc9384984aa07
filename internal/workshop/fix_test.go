package workshop

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// found gives the findings of a kind on a layer.
func found(c Checked, layer, kind string) []Finding {
	var out []Finding
	for _, f := range c.Findings {
		if f.Layer == layer && f.Kind == kind && f.Severity != severityNote {
			out = append(out, f)
		}
	}
	return out
}

// checkDesk traces and checks what lies on the desk.
func checkDesk(t *testing.T, d *Desk) Checked {
	t.Helper()
	drawn, err := d.Trace(t.Context(), d.Map())
	if err != nil {
		t.Fatal(err)
	}
	c, err := d.Check(t.Context(), drawn)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// countOf is how many places the findings of a kind on a layer are about.
func countOf(c Checked, layer, kind string) int {
	n := 0
	for _, f := range found(c, layer, kind) {
		n += max(1, c.Count(f))
	}
	return n
}

// TestEveryRemedyHelps: a button that promises to mend something must mend it,
// and one step of undo must bring everything back. Munich, cut out.
func TestEveryRemedyHelps(t *testing.T) {
	t.Parallel()
	d := munichDesk(t)
	buildings, err := d.Map().FindLayer("buildings")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.SetLayer(t.Context(), buildings.ID, map[string]string{"operation": "cut", "strategy": "outline", "min-area": "0"}); err != nil {
		t.Fatal(err)
	}
	start := d.Map()
	before := checkDesk(t, d)
	if countOf(before, "buildings", "too-small") == 0 || countOf(before, "buildings", "small-scale") == 0 {
		t.Fatalf("Munich cut out at 100 mm has nothing to mend: %+v", before.Findings)
	}
	tried := map[string]bool{}
	for _, f := range before.Findings {
		for _, r := range before.Remedies(f) {
			if err := d.Fix(t.Context(), f, r); err != nil {
				t.Fatalf("%s of %s on %s: %v", r.Kind, f.Kind, f.Layer, err)
			}
			tried[f.Kind+" "+string(r.Kind)] = true
			after := checkDesk(t, d)
			if was, is := countOf(before, f.Layer, f.Kind), countOf(after, f.Layer, f.Kind); f.Severity != severityNote && is >= was {
				t.Errorf("%q: %s leaves %d of %d places on %s: %+v", f.Message, r.Kind, is, was, f.Layer, found(after, f.Layer, f.Kind))
			}
			if err := d.Undo(t.Context()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(start, d.Map()); diff != "" {
				t.Fatalf("undoing %s leaves something behind:\n%s", r.Kind, diff)
			}
		}
	}
	for _, must := range []string{"too-small drop", "too-small engrave", "small-scale scale", "small-scale engrave", "small-scale hide"} {
		if !tried[must] {
			t.Errorf("%s was not offered, but %v", must, tried)
		}
	}
}

// TestFixKinds: a script that mends five hundred maps says which kinds.
func TestFixKinds(t *testing.T) {
	t.Parallel()
	w, gpkg := shop(t)
	if err := w.SetLayer(t.Context(), gpkg, "village", map[string]string{"operation": "cut", "strategy": "filled", "min-area": "0"}); err != nil {
		t.Fatal(err)
	}
	fixed, err := w.Fix(t.Context(), gpkg, nil, []string{"not-filled,too-small=hide"})
	if err != nil {
		t.Fatal(err)
	}
	want := []Change{{Layer: "village", Kind: "not-filled", Remedy: "engrave", Label: "Engrave it", Set: map[string]string{"operation": "engrave"}}}
	if diff := cmp.Diff(want, fixed.Changes); diff != "" {
		t.Error(diff)
	}
	if n := found(fixed.Checked, "village", "not-filled"); len(n) > 0 {
		t.Errorf("it is found again: %+v", n)
	}
	again, err := w.Fix(t.Context(), gpkg, nil, []string{"not-filled"})
	if err != nil || len(again.Changes) > 0 {
		t.Errorf("the second time it changes %+v (%v)", again.Changes, err)
	}
	for _, bad := range []string{"dust", "too-small=pray", ""} {
		if _, err := w.Fix(t.Context(), gpkg, nil, []string{bad}); err == nil || Explain(err).Code != CodeUsage {
			t.Errorf("--fix %q: %v", bad, err)
		}
	}
}

// TestRemediesNeverLower: raising one minimum must not lower another that the
// maker chose, and what changes nothing is not offered.
func TestRemediesNeverLower(t *testing.T) {
	t.Parallel()
	d := munichDesk(t)
	m := d.Map()
	raise := Remedy{Kind: "drop", Options: map[string]string{"min-area": "0.5", "min-width": "0.2"}}
	changed, err := applyRemedy(m, "buildings", raise)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"min-width": "0.2"}, changed); diff != "" {
		t.Error(diff)
	}
	if rest := remediesFor(m, "buildings", []Remedy{raise, {Kind: "bridge", Options: map[string]string{"no-such-option": "1"}}}); len(rest) > 0 {
		t.Errorf("offers %+v, of which nothing would change anything", rest)
	}
	if rest := remediesFor(d.Map(), "buildings", []Remedy{raise, raise, {Kind: "hide", Hide: true}}); len(rest) != 2 {
		t.Errorf("offers %+v, want one of each kind", rest)
	}
	fit := Remedy{Kind: "scale", Fit: 0.5}
	if _, err := applyRemedy(m, "", fit); err != nil || m.Boards.Width != 50 || !slices.Contains([]float64{2}, m.View.Scale/d.Map().View.Scale) {
		t.Errorf("half the size makes %g mm at 1:%g (%v)", m.Boards.Width, m.View.Scale, err)
	}
}
