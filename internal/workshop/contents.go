package workshop

import (
	"context"
	"slices"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/trace"
	"github.com/paulmach/orb"
)

// Contents is what a layer holds, in number of features. One that has parts of
// several kinds counts for each.
type Contents struct {
	Points, Lines, Areas int
	Classes              []Class // the largest first; features without one are left out
}

// Class is one class of a layer's features, such as "river", which widths go by.
type Class struct {
	Name     string
	Features int
	Lines    int // how many of them are lines, which have a width
}

// Kinds are the kinds of features that tracing strategies are for.
type Kinds = trace.Kinds

// The kinds of features.
const (
	Points = trace.Points
	Lines  = trace.Lines
	Areas  = trace.Areas
)

// Kinds are the kinds of which there are features.
func (c Contents) Kinds() Kinds {
	var k Kinds
	if c.Points > 0 {
		k |= Points
	}
	if c.Lines > 0 {
		k |= Lines
	}
	if c.Areas > 0 {
		k |= Areas
	}
	return k
}

// Contents counts the features of a layer.
func (d *Desk) Contents(ctx context.Context, id carto.LayerID) (Contents, error) {
	var c Contents
	classes := map[string]Class{}
	for f, err := range d.doc.Features(ctx, id, carto.Everywhere()) {
		if err != nil {
			return Contents{}, err
		}
		kinds := kindsOf(f.Geometry)
		c.Points += one(kinds, Points)
		c.Lines += one(kinds, Lines)
		c.Areas += one(kinds, Areas)
		if f.Class == "" {
			continue
		}
		class := classes[f.Class]
		class.Name = f.Class
		class.Features++
		class.Lines += one(kinds, Lines)
		classes[f.Class] = class
	}
	for _, class := range classes {
		c.Classes = append(c.Classes, class)
	}
	slices.SortFunc(c.Classes, func(a, b Class) int {
		if a.Features != b.Features {
			return b.Features - a.Features
		}
		return strings.Compare(a.Name, b.Name)
	})
	return c, nil
}

func one(kinds, wanted Kinds) int {
	if kinds&wanted != 0 {
		return 1
	}
	return 0
}

// kindsOf tells of which kinds a geometry is.
func kindsOf(g orb.Geometry) Kinds {
	switch g := g.(type) {
	case orb.Point, orb.MultiPoint:
		return Points
	case orb.LineString, orb.MultiLineString:
		return Lines
	case orb.Collection:
		var all Kinds
		for _, part := range g {
			all |= kindsOf(part)
		}
		return all
	case nil:
		return 0
	default:
		return Areas
	}
}
