package workshop

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/preflight"
	"github.com/mapwright/mapwright/internal/trace"
)

// Change is a remedy that was applied, and what it set: keys of the layer, or
// "scale" (n of 1:n), "width" and "height" (mm) of the map.
type Change struct {
	Layer  string
	Kind   string // of the finding
	Remedy string // its kind
	Label  string
	Set    map[string]string
}

// Fix mends what the check found by one of its remedies, as one step of undo.
// It changes nothing where the remedy does not fit the layer any more.
func (d *Desk) Fix(ctx context.Context, f Finding, r Remedy) error {
	before := d.doc.Map()
	after := before.Clone()
	if _, err := applyRemedy(after, f.Layer, r); err != nil {
		return err
	}
	edit := editBetween(before, after)
	if len(edit) == 0 {
		return nil
	}
	return d.Do(ctx, edit)
}

// Fixed is what Workshop.Fix did, and what the check finds now.
type Fixed struct {
	Changes []Change
	Checked Checked
}

// Fix checks layers as Check does, applies remedies to all findings of the
// kinds that are named, as one edit, and checks again. An entry is a kind of
// finding, for its first remedy, or KIND=REMEDY for another one. Findings
// without that remedy stay. The error has CodeCheck if errors are left.
func (w *Workshop) Fix(ctx context.Context, path string, layers, kinds []string) (Fixed, error) {
	wanted, err := wantedRemedies(kinds)
	if err != nil {
		return Fixed{}, err
	}
	checked, err := w.Check(ctx, path, layers)
	if checked.Findings == nil {
		return Fixed{}, err
	}
	out := Fixed{}
	err = w.change(ctx, path, func(m *carto.Map) (carto.Edit, error) {
		after := m.Clone()
		var err error
		if out.Changes, err = applyAll(after, &checked, wanted); err != nil {
			return nil, err
		}
		return editBetween(m, after), nil
	})
	if err != nil {
		return Fixed{}, err
	}
	out.Checked, err = w.Check(ctx, path, layers)
	return out, err
}

// applyAll applies the wanted remedies to a map, those of a layer one after the
// other.
func applyAll(m *carto.Map, checked *Checked, wanted map[string]preflight.RemedyKind) ([]Change, error) {
	changes := []Change{}
	for _, f := range checked.Findings {
		kind, ok := wanted[f.Kind]
		if !ok {
			continue
		}
		remedies := checked.Remedies(f)
		i := slices.IndexFunc(remedies, func(r Remedy) bool { return kind == "" || r.Kind == kind })
		if i < 0 {
			continue
		}
		set, err := applyRemedy(m, f.Layer, remedies[i])
		if err != nil {
			return nil, err
		}
		if len(set) > 0 {
			changes = append(changes, Change{f.Layer, f.Kind, string(remedies[i].Kind), remedies[i].Label, set})
		}
	}
	return changes, nil
}

// wantedRemedies reads KIND and KIND=REMEDY.
func wantedRemedies(entries []string) (map[string]preflight.RemedyKind, error) {
	var kinds, remedies []string
	for _, k := range preflight.Kinds() {
		kinds = append(kinds, string(k))
	}
	kinds = append(kinds, string(trace.KindEmptied), string(trace.KindNotFilled))
	for _, k := range preflight.RemedyKinds() {
		remedies = append(remedies, string(k))
	}
	wanted := map[string]preflight.RemedyKind{}
	for _, entry := range entries {
		for one := range strings.SplitSeq(entry, ",") {
			kind, remedy, _ := strings.Cut(strings.TrimSpace(one), "=")
			if !slices.Contains(kinds, kind) {
				return nil, usage("--fix %q: the check finds %s", kind, strings.Join(kinds, ", "))
			}
			if remedy != "" && !slices.Contains(remedies, remedy) {
				return nil, usage("--fix %s=%q: there are %s", kind, remedy, strings.Join(remedies, ", "))
			}
			wanted[kind] = preflight.RemedyKind(remedy)
		}
	}
	return wanted, nil
}

// editBetween is the edit that makes one state of a map of another one, as far
// as remedies change it.
func editBetween(before, after *carto.Map) carto.Batch {
	var edit carto.Batch
	if before.Boards != after.Boards {
		edit = append(edit, carto.SetBoards{Boards: after.Boards})
	}
	if before.View != after.View {
		edit = append(edit, carto.SetView{View: after.View})
	}
	for i := range after.Layers {
		if l := after.Layers[i]; !reflect.DeepEqual(before.Layers[i], l) {
			edit = append(edit, setLayer(before.Layers[i], l))
		}
	}
	return edit
}
