package projection

import (
	"fmt"
	"strconv"
	"strings"
)

// The codes beside "EPSG:" numbers.
const (
	CodeLocal       = "local"            // transverse Mercator centred on the map
	CodeEqualArea   = "local-equal-area" // Lambert azimuthal equal area centred on the map
	CodeWebMercator = "web-mercator"     // the same as EPSG:3857
	CodeWGS84       = "EPSG:4326"        // degrees
)

// UnknownError says that a code names no projection known here.
type UnknownError struct{ Code string }

func (e *UnknownError) Error() string {
	return fmt.Sprintf("the projection %q is not known; use local, local-equal-area, web-mercator, "+
		"EPSG:4326, EPSG:3857, EPSG:3035 or a UTM zone (EPSG:32601 to 32660, EPSG:32701 to 32760)", e.Code)
}

// Lookup is the projection of a code. The place (degrees) is the centre of the
// local ones, and is not read for the others. Case does not matter. The error
// is an *UnknownError.
func Lookup(code string, lon, lat float64) (Projection, error) {
	switch strings.ToLower(code) {
	case CodeLocal:
		return NewTransverseMercator(lon, lat), nil
	case CodeEqualArea:
		return NewEqualArea(lon, lat), nil
	case CodeWebMercator:
		return WebMercator(), nil
	}
	n, ok := EPSG(code)
	if !ok {
		return nil, &UnknownError{Code: code}
	}
	return lookupEPSG(n)
}

// EPSG is the number of a code such as "EPSG:4326".
func EPSG(code string) (int, bool) {
	const prefix = "epsg:"
	if len(code) <= len(prefix) || !strings.EqualFold(code[:len(prefix)], prefix) {
		return 0, false
	}
	n, err := strconv.ParseUint(code[len(prefix):], 10, 31)
	return int(n), err == nil
}

func lookupEPSG(n int) (Projection, error) {
	switch n {
	case 4326:
		return geographic{}, nil
	case 3857:
		return WebMercator(), nil
	case 3035:
		return newLAEA(grs80, 10, 52, 4321000, 3210000), nil
	}
	if zone, south, ok := UTMZone(n); ok {
		y0 := 0.0
		if south {
			y0 = 1e7
		}
		return newTM(wgs84, float64(6*zone-183), 0, 0.9996, 5e5, y0), nil
	}
	return nil, &UnknownError{Code: "EPSG:" + strconv.Itoa(n)}
}

// UTMZone tells which zone (1 to 60) and hemisphere of UTM on WGS 84 an EPSG
// number is.
func UTMZone(epsg int) (zone int, south, ok bool) {
	switch {
	case epsg > 32600 && epsg <= 32660:
		return epsg - 32600, false, true
	case epsg > 32700 && epsg <= 32760:
		return epsg - 32700, true, true
	default:
		return 0, false, false
	}
}
