package trace

import "github.com/mapwright/mapwright/internal/planar"

// withoutStubs leaves out short dead ends: pieces between a junction and an end
// where nothing goes on, such as the stubs of streets into yards. Paths are
// merged up to their junctions, and are again afterwards. What begins and ends
// free is a street of its own, and one that links others at both ends is needed;
// both stay.
func (w *work) withoutStubs(paths []planar.Path) []planar.Path {
	least := w.settings.units("min-stub")
	if least == 0 {
		return paths
	}
	meet := w.features.meetings()
	kept := make([]planar.Path, 0, len(paths))
	var gone []planar.Path
	for _, p := range paths {
		from, to := meet[p[0]] > 1, meet[p[len(p)-1]] > 1
		if from == to || planar.Length(p) >= least {
			kept = append(kept, p)
		} else if w.scene.frame.holds(p[0]) {
			gone = append(gone, p)
		}
	}
	if len(gone) == 0 {
		return paths
	}
	w.add(KindTooSmall, len(gone), gone[0][0], "%s shorter than %g mm left out.",
		plural(len(gone), "dead end"), w.settings.numbers["min-stub"])
	return planar.MergePaths(kept)
}

// meetings counts how often lines pass through or end at each of their points.
func (f *features) meetings() map[planar.Point]int {
	count := map[planar.Point]int{}
	for _, l := range f.lines {
		for i, p := range l.path {
			if i == 0 || i != len(l.path)-1 || p != l.path[0] {
				count[p]++
			}
		}
	}
	return count
}
