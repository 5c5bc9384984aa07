package osm

import (
	"fmt"
	"strconv"

	"github.com/mapwright/mapwright/internal/source"
)

func (b *builder) find(kind source.FindingKind, object, format string, args ...any) {
	b.report = append(b.report, source.Finding{Kind: kind, Object: object, Message: fmt.Sprintf(format, args...)})
}

func (b *builder) faulty(id string, f *areaFault) {
	p := f.at.point()
	switch f.kind {
	case source.EmptyArea:
		b.find(f.kind, id, "its outline encloses nothing: left out")
	case source.OpenRing:
		b.find(f.kind, id, "its outline has a gap at %.7f, %.7f: left out", p[0], p[1])
	default:
		b.find(f.kind, id, "its outline crosses itself near %.7f, %.7f: left out", p[0], p[1])
	}
}

// lacking reports a relation whose ways the file has not, or not whole.
func (b *builder) lacking(id string, m membership) {
	how := "missing from the file or not whole in it"
	switch {
	case m.incomplete == 0:
		how = "missing from the file"
	case m.absent == 0:
		how = "not whole in the file"
	}
	b.find(source.Incomplete, id, "%s %s: left out", share(m.absent+m.incomplete, m.ways, "way"), how)
}

// share begins a sentence about n things of an object that has so many.
func share(n, of int, thing string) string {
	switch {
	case of == 1:
		return "its only " + thing + " is"
	case n == of && of == 2:
		return "both its " + thing + "s are"
	case n == of:
		return fmt.Sprintf("all its %d %ss are", of, thing)
	case n == 1:
		return fmt.Sprintf("1 of its %d %ss is", of, thing)
	default:
		return fmt.Sprintf("%d of its %d %ss are", n, of, thing)
	}
}

// objectID is what a finding and a feature call an object, such as "way/123".
func objectID(kind string, id int64) string { return kind + "/" + strconv.FormatInt(id, 10) }
