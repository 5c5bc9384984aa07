package trace

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/mapwright/mapwright/internal/planar"
	"github.com/mapwright/mapwright/internal/toolpath"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// part is one feature of the layer "Frame and text", read.
type part struct {
	id        int64
	class     string
	text      string
	at        planar.Point
	anchor    string
	size      float64 // mm
	inset     float64 // of a border, mm
	operation artwork.Operation
	setting   string
}

// sizeOption names the option that a class has its size from.
func sizeOption(class string) string {
	switch class {
	case ClassTitle, ClassCredit:
		return class + "-size"
	case ClassScaleBar:
		return "scale-bar-length"
	case ClassNorthArrow:
		return "north-arrow-size"
	case ClassHole:
		return "hole-diameter"
	}
	return "text-size"
}

// newPart reads a feature. What it says that can't be is noted, and the layer's
// own counts.
func newPart(w *work, at planar.Point, of *identity) part {
	p := part{id: of.id, class: of.class, text: of.name, at: at, anchor: "center"}
	size := sizeOption(p.class)
	if !slices.Contains(FurnitureClasses(), p.class) {
		p.class, size = ClassText, "text-size"
		if of.name == "" {
			p.class, size = ClassHole, "diameter"
		}
	}
	p.size = w.settings.numbers[size]
	o, _ := findOption(append(CommonOptions(), w.settings.strategy.Options...), size)
	p.size = w.attribute(of, "size", p.size, o.Min, o.Max)
	p.inset = w.attribute(of, "inset", 0, 0, mostInset)
	if a := of.attributes["anchor"]; a != "" {
		if _, ok := anchors[a]; ok {
			p.anchor = a
		} else {
			w.add(KindUnreadable, 1, at, "The %s has the anchor %q, which there is not: its middle is put on its point.", of.class, a)
		}
	}
	p.operation, p.setting = w.burnedBy(of, p.class, at)
	return p
}

// attribute reads a number of a feature; without one, or with one that can't
// be, it is the layer's.
func (w *work) attribute(of *identity, key string, layers, least, most float64) float64 {
	s := of.attributes[key]
	if s == "" {
		return layers
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(v >= least && v <= most) {
		w.add(KindUnreadable, 1, planar.Point{}, "The %s of the %s can't be %q: %g mm is taken. It is a number from %g to %g.",
			key, of.class, s, layers, least, most)
		return layers
	}
	return v
}

// burnedBy gives the operation and setting of a part: its own, or those of its
// class: borders and holes are cut, the rest is what the layer is. Of a guide
// all is a guide.
func (w *work) burnedBy(of *identity, class string, at planar.Point) (artwork.Operation, string) {
	setting := w.layer.Setting
	o := FurnitureOperation(of.class, w.layer.Operation)
	if w.layer.Operation == artwork.Guide {
		return o, setting
	}
	switch class {
	case ClassBorder:
		setting = "outer"
	case ClassHole:
		if of.class == ClassHole {
			setting = "inner"
		}
	}
	if own := artwork.Operation(of.attributes["operation"]); own != "" && own != o {
		if own.Valid() {
			o, setting = own, artwork.Settings(own)[0]
		} else {
			w.add(KindUnreadable, 1, at, "The operation of the %s can't be %q: it is %s.", of.class, string(own), o)
		}
	}
	if own := of.attributes["setting"]; own != "" {
		if slices.Contains(artwork.Settings(o), own) {
			setting = own
		} else {
			w.add(KindUnreadable, 1, at, "The setting of the %s can't be %q: it is %s.", of.class, own, setting)
		}
	}
	return o, setting
}

// FurnitureOperation is what becomes of a part that has no operation of its
// own, in a layer of an operation: borders and holes are cut, the rest is what
// the layer is. Of a guide all is a guide.
func FurnitureOperation(class string, layers artwork.Operation) artwork.Operation {
	if layers != artwork.Guide && (class == ClassBorder || class == ClassHole) {
		return artwork.Cut
	}
	return layers
}

// settle finishes the layer: overlapping areas of one setting become one, its
// material is what layers below it are knocked out under, and what is cut out
// of the sheet comes last.
func (f *furnisher) settle(ctx context.Context) error {
	for _, w := range f.w.all() {
		if w.scribe != nil {
			w.scribe.report(w)
			w.scribe = nil
		}
		if w.fills() && len(w.area) > 1 {
			var err error
			if w.area, err = planar.Union(ctx, planar.Rings(w.area), planar.Positive); err != nil {
				return err
			}
		}
		f.w.cover = append(f.w.cover, w.area...)
	}
	slices.SortStableFunc(f.w.others, func(a, b *work) int {
		return cmp.Or(
			cmp.Compare(a.layer.Operation.Order(), b.layer.Operation.Order()),
			cmp.Compare(toolpath.Turn(a.layer.Operation, a.layer.Setting), toolpath.Turn(b.layer.Operation, b.layer.Setting)),
		)
	})
	return nil
}

// CheckFurniture tells whether a feature of a class may have an attribute of a
// value: a *ValueError if not.
func CheckFurniture(class, key, value string) error {
	o := Option{Key: class + "." + key}
	switch key {
	case "anchor":
		o.Enum = slices.Sorted(maps.Keys(anchors))
	case "operation":
		for _, known := range artwork.Operations() {
			o.Enum = append(o.Enum, string(known))
		}
	case "setting":
		for _, known := range artwork.Operations() {
			o.Enum = append(o.Enum, artwork.Settings(known)...)
		}
	case PartVisible:
		o.Enum = []string{"yes", PartHidden}
	case "inset":
		o.Unit, o.Max = "mm", mostInset
	case "size":
		size, _ := findOption(furniture().Options, sizeOption(class))
		o.Unit, o.Min, o.Max = size.Unit, size.Min, size.Max
	default:
		return fmt.Errorf("%w %q: a part has anchor, inset, operation, setting, size, visible", ErrUnknownOption, key)
	}
	return o.check(o.Key, value)
}

// FurnitureSize is the option that a class has its size from, where its feature
// has none: the limits of its attribute size are those of the option.
func FurnitureSize(class string) Option {
	o, _ := findOption(furniture().Options, sizeOption(class))
	return o
}

// FurnitureAnchors lists which places of a part may lie on its point, in the
// order in which they are read, from the top left.
func FurnitureAnchors() []string {
	return []string{"top-left", "top", "top-right", "left", "center", "right", "bottom-left", "bottom", "bottom-right"}
}

// AnchorShares tells where in a box an anchor lies: shares of its width and
// height from the lower left corner.
func AnchorShares(anchor string) (x, y float64, ok bool) {
	a, ok := anchors[anchor]
	return a[0], a[1], ok
}

// mostInset is how far inside the frame a border may lie, mm.
const mostInset = 10_000
