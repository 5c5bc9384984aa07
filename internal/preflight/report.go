package preflight

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/mapwright/mapwright/plugins/artwork"
)

// spot is one place that a finding is about.
type spot struct {
	layer, board int
	at           artwork.Point
	size         float64 // how bad it is, for the worst one
	note         string  // what a message says of it
}

// group is all spots of one kind on one layer and board.
type group struct {
	count int
	sum   float64 // of the sizes
	worst spot    // the first one of the largest size
}

// telling says how a group becomes a finding.
type telling struct {
	kind     Kind
	severity Severity // "" is a warning
	message  func(g group) string
	fix      string
	remedies func(g group) []Remedy
}

// located is a finding with the place of its layer, which findings go by.
type located struct {
	Finding
	layer int
}

// report makes one finding for each layer and board of spots.
func (c *checker) report(t telling, spots []spot) []located {
	slices.SortStableFunc(spots, func(a, b spot) int {
		return cmp.Or(a.layer-b.layer, a.board-b.board)
	})
	var found []located
	for len(spots) > 0 {
		n := 1
		for n < len(spots) && spots[n].layer == spots[0].layer && spots[n].board == spots[0].board {
			n++
		}
		g := group{count: n, worst: spots[0]}
		places := make([]artwork.Point, n)
		for i, s := range spots[:n] {
			places[i] = s.at
			g.sum += s.size
			if s.size > g.worst.size {
				g.worst = s
			}
		}
		f := Finding{
			Layer:    c.art.Layers[g.worst.layer].Name,
			Kind:     t.kind,
			Severity: cmp.Or(t.severity, Warning),
			Message:  t.message(g),
			At:       g.worst.at,
			Board:    g.worst.board,
			Fix:      t.fix,
			Count:    n,
			Places:   places,
		}
		if t.remedies != nil {
			f.Remedies = t.remedies(g)
		}
		found = append(found, located{f, g.worst.layer})
		spots = spots[n:]
	}
	return found
}

// sorted gives findings in their order: by layer from the bottom, by kind, by
// board.
func sorted(found []located) []Finding {
	kinds := Kinds()
	slices.SortStableFunc(found, func(a, b located) int {
		return cmp.Or(
			a.layer-b.layer,
			slices.Index(kinds, a.Kind)-slices.Index(kinds, b.Kind),
			a.Board-b.Board,
		)
	})
	out := make([]Finding, len(found))
	for i, f := range found {
		out[i] = f.Finding
	}
	return out
}

// squareMM tells an area.
func squareMM(v float64) string {
	if v < 0.01 {
		return "less than 0.01 mm²"
	}
	return fmt.Sprintf("%.2f mm²", v)
}

// counted gives "1 line" and "2 lines".
func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
