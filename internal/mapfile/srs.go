package mapfile

import (
	"database/sql"
	"fmt"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/projection"
)

// srs is a row of gpkg_spatial_ref_sys.
type srs struct {
	id           int32
	name         string
	organization string
	definition   string // well-known text 1
}

// undefinedSRS are the three rows that every GeoPackage has, with WGS 84.
func undefinedSRS() []srs {
	return []srs{
		{-1, "Undefined Cartesian SRS", "NONE", "undefined"},
		{0, "Undefined geographic SRS", "NONE", "undefined"},
		{4326, "WGS 84 geodetic", "EPSG", wgs84WKT},
	}
}

const (
	wgs84WKT = `GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]`
	etrsWKT  = `GEOGCS["ETRS89",DATUM["European_Terrestrial_Reference_System_1989",SPHEROID["GRS 1980",6378137,298.257222101,AUTHORITY["EPSG","7019"]],AUTHORITY["EPSG","6258"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4258"]]`
	metreWKT = `UNIT["metre",1,AUTHORITY["EPSG","9001"]]`
)

// srsOf is the row for a layer's CRS. Millimetres on the board, and no CRS at
// all, which is whatever the layer means, are an undefined Cartesian one.
func srsOf(crs string) (srs, error) {
	if crs == "" || crs == carto.BoardCRS {
		return undefinedSRS()[0], nil
	}
	if crs == projection.CodeWebMercator {
		crs = "EPSG:3857"
	}
	n, ok := projection.EPSG(crs)
	if !ok {
		return srs{}, &projection.UnknownError{Code: crs}
	}
	s := srs{id: int32(n), organization: "EPSG"}
	switch n {
	case 4326:
		return undefinedSRS()[2], nil
	case 3857:
		s.name = "WGS 84 / Pseudo-Mercator"
		s.definition = `PROJCS["WGS 84 / Pseudo-Mercator",` + wgs84WKT + `,PROJECTION["Mercator_1SP"],PARAMETER["central_meridian",0],PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0],` + metreWKT + `,AXIS["Easting",EAST],AXIS["Northing",NORTH],EXTENSION["PROJ4","+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs"],AUTHORITY["EPSG","3857"]]`
		return s, nil
	case 3035:
		s.name = "ETRS89-extended / LAEA Europe"
		s.definition = `PROJCS["ETRS89-extended / LAEA Europe",` + etrsWKT + `,PROJECTION["Lambert_Azimuthal_Equal_Area"],PARAMETER["latitude_of_center",52],PARAMETER["longitude_of_center",10],PARAMETER["false_easting",4321000],PARAMETER["false_northing",3210000],` + metreWKT + `,AXIS["Northing",NORTH],AXIS["Easting",EAST],AUTHORITY["EPSG","3035"]]`
		return s, nil
	}
	zone, south, ok := projection.UTMZone(n)
	if !ok {
		return srs{}, &projection.UnknownError{Code: crs}
	}
	half, northing := "N", 0
	if south {
		half, northing = "S", 10000000
	}
	s.name = fmt.Sprintf("WGS 84 / UTM zone %d%s", zone, half)
	s.definition = fmt.Sprintf(`PROJCS["%s",%s,PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",%d],PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",%d],%s,AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","%d"]]`,
		s.name, wgs84WKT, 6*zone-183, northing, metreWKT, n)
	return s, nil
}

// putSRS writes a row unless it is there.
func putSRS(tx *sql.Tx, s srs) error {
	code := s.id
	_, err := tx.Exec(`INSERT OR IGNORE INTO gpkg_spatial_ref_sys
		(srs_name, srs_id, organization, organization_coordsys_id, definition) VALUES (?, ?, ?, ?, ?)`,
		s.name, s.id, s.organization, code, s.definition)
	return err
}
