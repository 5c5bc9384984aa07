package osm

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/mapwright/mapwright/internal/source"
	"github.com/paulmach/orb"
)

// maxXMLTag is the longest thing between two tags of an XML file, in bytes,
// that is read: attribute values of OpenStreetMap have 255 characters.
const maxXMLTag = 1 << 20

// readXML reads OSM XML. Errors are *contentError where they are about the file; their
// offset is that of the XML, unpacked.
func readXML(ctx context.Context, r io.Reader) (*data, error) {
	x := xmlReader{xml: xml.NewDecoder(&tagLimit{r: r}), data: &data{}}
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		t, err := x.xml.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, x.explain(err)
		}
		if err := x.token(t); err != nil {
			return nil, x.explain(err)
		}
	}
	if !x.begun {
		return nil, x.explain(errors.New("it holds no <osm> element"))
	}
	return x.data, nil
}

// xmlReader builds data from the tags of an XML file.
type xmlReader struct {
	xml   *xml.Decoder
	data  *data
	begun bool // <osm> has been seen
	// The object whose element is open, if any.
	node     *node
	way      *way
	relation *relation
	deleted  bool
}

func (x *xmlReader) explain(err error) error {
	offset := x.xml.InputOffset()
	var syntax *xml.SyntaxError
	var f *contentError
	switch {
	case errors.As(err, &f):
		f.offset = offset
		return f
	case errors.As(err, &syntax) && syntax.Msg == "unexpected EOF", errors.Is(err, io.ErrUnexpectedEOF):
		return &contentError{
			offset: offset, problem: "ends before its XML does",
			advice: "the file is not complete, fetch it again", err: source.ErrTruncated,
		}
	default:
		return damaged(offset, fmt.Sprintf("is not OSM XML: %v", err))
	}
}

func (x *xmlReader) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.Directive:
		return errors.New("it has a document type, which OSM XML does not")
	case xml.StartElement:
		return x.start(t)
	case xml.EndElement:
		x.end(t.Name.Local)
	}
	return nil
}

func (x *xmlReader) start(e xml.StartElement) error {
	a := attributes(e.Attr)
	name := e.Name.Local
	if !x.begun {
		return x.root(name, a)
	}
	open := x.node != nil || x.way != nil || x.relation != nil
	if open {
		return x.child(name, a)
	}
	switch name {
	case "bounds":
		x.bounds(a)
		return nil
	case "node", "way", "relation":
		id, err := a.integer("id")
		if err != nil {
			return err
		}
		x.deleted = a.at("visible") == "false" || a.at("action") == "delete"
		switch name {
		case "node":
			return x.startNode(id, a)
		case "way":
			x.way = &way{id: id}
		case "relation":
			x.relation = &relation{id: id}
		}
		return nil
	case "bound", "note", "meta", "changeset", "remark":
		return x.xml.Skip()
	default:
		return fmt.Errorf("it holds an element <%s>", name)
	}
}

func (x *xmlReader) root(name string, a attributes) error {
	if name == "osmChange" {
		return &contentError{
			problem: "is a file of changes, not of map data",
			advice:  "apply it to a file with: osmium apply-changes", err: source.ErrUnsupportedContent,
		}
	}
	if name != "osm" {
		return fmt.Errorf("it begins with <%s>", name)
	}
	if v := a.at("version"); v != "" && v != "0.6" {
		return &contentError{
			problem: fmt.Sprintf("is OSM XML of version %q, and Mapwright reads 0.6", v),
			advice:  "fetch newer data", err: source.ErrUnsupportedContent,
		}
	}
	x.begun = true
	return nil
}

func (x *xmlReader) bounds(a attributes) {
	west, err1 := a.degrees("minlon")
	south, err2 := a.degrees("minlat")
	east, err3 := a.degrees("maxlon")
	north, err4 := a.degrees("maxlat")
	box := orb.Bound{Min: orb.Point{west, south}, Max: orb.Point{east, north}}
	// A box that can't be read only means that the extent is measured.
	if errors.Join(err1, err2, err3, err4) == nil && onEarthBox(box) {
		x.data.add(&block{bounds: &box})
	}
}

func (x *xmlReader) startNode(id int64, a attributes) error {
	x.node = &node{id: id}
	if x.deleted {
		return nil
	}
	at, ok, err := a.location()
	if err != nil {
		return err
	}
	if !ok {
		x.data.misplaced++
		x.deleted = true
		return nil
	}
	x.node.at = at
	x.addLocation(id, at)
	return nil
}

func (x *xmlReader) addLocation(id int64, at location) {
	x.data.nodeIDs = append(x.data.nodeIDs, id)
	x.data.nodeAt = append(x.data.nodeAt, at)
}

// child takes an element inside of a node, way or relation.
func (x *xmlReader) child(name string, a attributes) error {
	switch {
	case name == "tag":
		t := tag{a.at("k"), a.at("v")}
		switch {
		case x.node != nil:
			x.node.tags = append(x.node.tags, t)
		case x.way != nil:
			x.way.tags = append(x.way.tags, t)
		default:
			x.relation.tags = append(x.relation.tags, t)
		}
		return nil
	case name == "nd" && x.way != nil:
		return x.wayNode(a)
	case name == "member" && x.relation != nil:
		return x.member(a)
	case name == "center" || name == "bounds" || name == "geometry":
		return x.xml.Skip() // Overpass adds these
	default:
		return fmt.Errorf("it holds an element <%s> where none may be", name)
	}
}

// wayNode takes a node of a way; Overpass may put the node's place there.
func (x *xmlReader) wayNode(a attributes) error {
	ref, err := a.integer("ref")
	if err != nil {
		return err
	}
	x.way.refs = append(x.way.refs, ref)
	if a.at("lat") == "" {
		return nil
	}
	at, ok, err := a.location()
	if ok {
		x.addLocation(ref, at)
	}
	return err
}

func (x *xmlReader) member(a attributes) error {
	m := member{role: a.at("role")}
	switch a.at("type") {
	case "node":
		m.kind = memberNode
	case "way":
		m.kind = memberWay
	case "relation":
		m.kind = memberRelation
	default:
		return fmt.Errorf("it has a relation with a member of type %q", a.at("type"))
	}
	var err error
	m.ref, err = a.integer("ref")
	x.relation.members = append(x.relation.members, m)
	return err
}

func (x *xmlReader) end(name string) {
	switch {
	case name == "node" && x.node != nil:
		if !x.deleted && len(x.node.tags) > 0 {
			x.data.tagged = append(x.data.tagged, *x.node)
		}
		x.node = nil
	case name == "way" && x.way != nil:
		if !x.deleted {
			x.data.ways = append(x.data.ways, *x.way)
		}
		x.way = nil
	case name == "relation" && x.relation != nil:
		if !x.deleted {
			x.data.relations = append(x.data.relations, *x.relation)
		}
		x.relation = nil
	}
}

type attributes []xml.Attr

// at returns the value of an attribute, "" without it.
func (a attributes) at(name string) string {
	for _, kv := range a {
		if kv.Name.Local == name {
			return kv.Value
		}
	}
	return ""
}

func (a attributes) integer(name string) (int64, error) {
	n, err := strconv.ParseInt(a.at(name), 10, 64)
	if err != nil {
		return 0, fmt.Errorf("it has %s=%q, which is no number", name, a.at(name))
	}
	return n, nil
}

func (a attributes) degrees(name string) (float64, error) {
	d, err := strconv.ParseFloat(a.at(name), 64)
	if err != nil || math.IsNaN(d) || math.Abs(d) > 1e6 {
		return 0, fmt.Errorf("it has %s=%q, which are no degrees", name, a.at(name))
	}
	return d, nil
}

// location reads lat and lon; it is not ok when they are not on Earth.
func (a attributes) location() (at location, ok bool, err error) {
	lat, err := a.degrees("lat")
	if err != nil {
		return location{}, false, err
	}
	lon, err := a.degrees("lon")
	if err != nil {
		return location{}, false, err
	}
	at, ok = onEarth(int64(math.Round(lon*stepsPerDegree)), int64(math.Round(lat*stepsPerDegree)))
	return at, ok, nil
}

// tagLimit ends the reading of a file that has maxXMLTag bytes or more without
// a tag's end: the decoder would take all of them into memory.
type tagLimit struct {
	r     io.Reader
	since int
}

func (l *tagLimit) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	for _, c := range p[:n] {
		if l.since++; c == '>' {
			l.since = 0
		}
	}
	if l.since > maxXMLTag {
		return 0, fmt.Errorf("it goes on for more than %d bytes without a tag", maxXMLTag)
	}
	return n, err
}
