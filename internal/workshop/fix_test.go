package workshop

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
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
// and one step of undo must bring everything back. Munich, burned in ways that
// go wrong.
func TestEveryRemedyHelps(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		keys   map[string]map[string]string // by layer
		offers []string                     // must be among what is offered
	}{
		"houses cut out of the sheet": {
			map[string]map[string]string{"buildings": {"operation": "cut", "setting": "outer", "strategy": "outline", "min-area": "0"}},
			[]string{"too-small drop", "too-small engrave", "too-small merge", "small-scale scale", "small-scale engrave", "small-scale merge", "small-scale hide"},
		},
		"openings for houses": {
			map[string]map[string]string{"buildings": {"operation": "cut", "setting": "inner", "strategy": "outline", "min-area": "4"}},
			[]string{"thin-web merge", "thin-web engrave", "falls-out bridge", "falls-out drop", "falls-out let-fall", "falls-out engrave"},
		},
		"houses on bridges too thin": {
			map[string]map[string]string{"buildings": {"operation": "cut", "setting": "inner", "strategy": "dissolve", "min-area": "4", "pieces": "bridge", "bridge-width": "0.6"}},
			[]string{"thin-bridge bridge"},
		},
		"houses too small for their bridges": {
			map[string]map[string]string{"buildings": {"operation": "cut", "setting": "inner", "strategy": "outline", "min-area": "0", "merge-gap": "0", "pieces": "bridge", "bridge-width": "2"}},
			[]string{"thin-bridge drop", "thin-bridge merge"},
		},
		"houses as fine as dust": {
			map[string]map[string]string{
				"buildings": {"min-area": "0", "min-width": "0", "thin": "keep", "knock-out": "no"},
				"paths":     {"visible": "yes", "operation": "engrave", "setting": "dark", "strategy": "filled", "width": "0.06", "min-width": "0", "min-length": "0"},
			},
			[]string{"too-small drop", "too-small merge"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := munichDesk(t)
			for layer, keys := range c.keys {
				l, err := d.Map().FindLayer(layer)
				if err != nil {
					t.Fatal(err)
				}
				if err := d.SetLayer(t.Context(), l.ID, keys); err != nil {
					t.Fatal(err)
				}
			}
			offered := tryAll(t, d, "")
			for _, must := range c.offers {
				if !slices.Contains(offered, must) {
					t.Errorf("%s is not offered, but %q", must, offered)
				}
			}
		})
	}
}

// TestRemediesHelpWhereMuchIsNearlyTheSame: a part of Liechtenstein so small
// that houses lie on each other and paths have more points than anyone sees.
func TestRemediesHelpWhereMuchIsNearlyTheSame(t *testing.T) {
	t.Parallel()
	w, err := Open(Config{DataDir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "vaduz.gpkg")
	box := orb.Bound{Min: orb.Point{9.49, 47.13}, Max: orb.Point{9.53, 47.16}}
	if _, err := w.New(t.Context(), NewMap{Path: path, Box: &box, Width: 45, Height: 50, Margin: DefaultMargin}); err != nil {
		t.Fatal(err)
	}
	d, err := w.OpenMap(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}()
	if _, err := d.Import(t.Context(), Import{Source: "../../assets/sample/liechtenstein-2021.osm.pbf"}); err != nil {
		t.Fatal(err)
	}
	for _, l := range d.Map().Layers {
		keys := map[string]string{"visible": "no"}
		switch l.Name {
		case "buildings":
			keys = map[string]string{"operation": "cut", "strategy": "outline", "min-area": "0", "min-width": "0"}
		case "paths":
			keys = map[string]string{"strategy": "centreline", "simplify": "0", "min-length": "0", "visible": "yes", "curves": "off"}
		}
		if err := d.SetLayer(t.Context(), l.ID, keys); err != nil {
			t.Fatal(err)
		}
	}
	// Houses of a millimetre melt into blobs with necks of their own.
	offered := tryAll(t, d, "thin-web merge")
	for _, must := range []string{"needless-points simplify", "double-burn merge", "too-small merge", "small-scale scale"} {
		if !slices.Contains(offered, must) {
			t.Errorf("%s is not offered, but %q", must, offered)
		}
	}
}

// tryAll tries each remedy of each finding, sees that it helps, and takes it
// back. It gives the kinds of findings with those of their remedies. One of
// these may be too much to ask.
func tryAll(t *testing.T, d *Desk, but string) (offered []string) {
	t.Helper()
	start := d.Map()
	before := checkDesk(t, d)
	for _, f := range before.Findings {
		for _, r := range before.Remedies(f) {
			if err := d.Fix(t.Context(), f, r); err != nil {
				t.Fatalf("%s of %s on %s: %v", r.Kind, f.Kind, f.Layer, err)
			}
			offered = append(offered, f.Kind+" "+string(r.Kind))
			after := checkDesk(t, d)
			was, is := countOf(before, f.Layer, f.Kind), countOf(after, f.Layer, f.Kind)
			if f.Severity != severityNote && is >= was && but != f.Kind+" "+string(r.Kind) {
				t.Errorf("%q: %s %v leaves %d of %d places on %s: %+v", f.Message, r.Kind, r.Options, is, was, f.Layer, found(after, f.Layer, f.Kind))
			}
			t.Logf("%-12s %-12s %-10s %d -> %d", f.Layer, f.Kind, r.Kind, was, is)
			if err := d.Undo(t.Context()); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(start, d.Map()); diff != "" {
				t.Fatalf("undoing %s leaves something behind:\n%s", r.Kind, diff)
			}
		}
	}
	return offered
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
