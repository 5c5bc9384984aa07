package geojson

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"regexp"
	"strings"

	"github.com/mapwright/mapwright/internal/projection"
	"github.com/mapwright/mapwright/internal/source"
	"github.com/paulmach/orb"
	"github.com/paulmach/orb/project"
)

// crs is what the coordinates of a file are in.
type crs struct {
	code  string                // such as "EPSG:4326"
	plane projection.Projection // nil for degrees
}

var degrees = crs{code: source.WGS84}

// reproject is what to do with a file that can't be placed on Earth.
const reproject = "write it in degrees with: ogr2ogr -s_srs ITS_CRS -t_srs EPSG:4326 OUT.geojson IN.geojson"

var epsgName = regexp.MustCompile(`(?i)\bEPSG:(?:[\d.]*:)?(\d+)$`)

// parseCRS reads the crs member of GeoJSON 2008, which RFC 7946 dropped and
// files still have. No name is an error: the coordinates could be anything.
func parseCRS(raw json.RawMessage) (crs, error) {
	var member *struct {
		Properties struct {
			Name string `json:"name"`
			Code any    `json:"code"`
		} `json:"properties"`
	}
	if err := json.Unmarshal(raw, &member); err != nil {
		return crs{}, errors.New("has a crs member that can't be read")
	}
	if member == nil {
		return degrees, nil
	}
	name := strings.TrimSpace(member.Properties.Name)
	if name == "" && member.Properties.Code != nil {
		name = fmt.Sprintf("EPSG:%v", member.Properties.Code)
	}
	if strings.HasSuffix(strings.ToUpper(name), "CRS84") {
		return degrees, nil
	}
	m := epsgName.FindStringSubmatch(name)
	if m == nil {
		return crs{}, fmt.Errorf("is in the coordinate reference system %q, which Mapwright does not know", name)
	}
	code := "EPSG:" + m[1]
	if code == source.WGS84 {
		return degrees, nil
	}
	plane, err := projection.Lookup(code, 0, 0)
	if err != nil {
		return crs{}, fmt.Errorf("is in %s, which Mapwright does not know", code)
	}
	return crs{code, plane}, nil
}

// valid tells whether a place can be one of the CRS. Longitudes may go once
// around beyond 180, as files across the antimeridian do.
func (c crs) valid(p orb.Point) bool {
	if c.plane != nil {
		return math.Abs(p[0]) < 1e8 && math.Abs(p[1]) < 1e8
	}
	return math.Abs(p[0]) <= 540 && math.Abs(p[1]) <= 90.000001
}

// inDegrees gives a copy of a geometry in degrees; in degrees, itself.
func (c crs) inDegrees(g orb.Geometry) orb.Geometry {
	if c.plane == nil {
		return g
	}
	return project.Geometry(orb.Clone(g), func(p orb.Point) orb.Point {
		lon, lat := c.plane.Inverse(p[0], p[1])
		return orb.Point{lon, lat}
	})
}
