package preflight

import "strconv"

// RemedyKind names what a remedy does to a layer.
type RemedyKind string

// The kinds of remedies.
const (
	Drop     RemedyKind = "drop"     // leave out what is too small or would fall out
	Thicken  RemedyKind = "thicken"  // widen what is too thin
	Bridge   RemedyKind = "bridge"   // hold what would fall out by bridges, or widen them
	LetFall  RemedyKind = "let-fall" // say that what falls out is meant to
	Merge    RemedyKind = "merge"    // make areas that nearly touch one
	Close    RemedyKind = "close"    // join ends that nearly meet
	Simplify RemedyKind = "simplify" // follow the shapes less closely
	Engrave  RemedyKind = "engrave"  // burn areas instead of cutting them out
	Enlarge  RemedyKind = "enlarge"  // make text larger
	Scale    RemedyKind = "scale"    // show less ground, or a smaller board
	Hide     RemedyKind = "hide"     // leave the layer out
)

// RemedyKinds lists all kinds of remedies.
func RemedyKinds() []RemedyKind {
	return []RemedyKind{Drop, Thicken, Bridge, LetFall, Merge, Close, Simplify, Engrave, Enlarge, Scale, Hide}
}

// Remedy is one way to mend what a finding is about, as a change of its layer
// or of the map. Fields that are empty or 0 stay as they are. A remedy makes a
// finding smaller or takes it away; a strategy may lack an option, and then it
// can't be had for the layer.
type Remedy struct {
	Kind  RemedyKind
	Label string // for a button, such as "Add bridges"
	// Options are options of the layer to set, as a maker writes them.
	Options   map[string]string
	Operation string // operation of the layer
	Setting   string // which of the operation's settings
	Strategy  string // how the layer is to be traced
	Hide      bool   // of the layer
	// Scale is n of 1:n for the view of the map.
	Scale float64
	// Fit is what board and scale are to be made smaller by, 0.5 for half.
	Fit float64
}

// option is a remedy that sets options of the layer, given as key and value.
func option(kind RemedyKind, label string, keys ...string) Remedy {
	r := Remedy{Kind: kind, Label: label, Options: map[string]string{}}
	for i := 0; i+1 < len(keys); i += 2 {
		r.Options[keys[i]] = keys[i+1]
	}
	return r
}

// hide is the remedy that always helps.
func hide() Remedy { return Remedy{Kind: Hide, Label: "Hide the layer", Hide: true} }

// engrave burns areas that are too small to be cut out.
func engrave() Remedy {
	return Remedy{Kind: Engrave, Label: "Engrave it", Operation: "engrave", Strategy: "filled"}
}

// mm writes a length or an area for an option, rounded up to hundredths, so
// that what is exactly as large as that is still under it.
func mm(v float64) string {
	hundredths := int(v * 100)
	for float64(hundredths) < v*100-1e-6 {
		hundredths++
	}
	return strconv.FormatFloat(float64(hundredths)/100, 'f', -1, 64)
}
