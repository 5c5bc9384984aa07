package projection

import "math"

// Projection puts a place on a plane and back.
type Projection interface {
	// Forward takes degrees (longitude, latitude, WGS 84) to the plane: metres,
	// except for EPSG:4326, whose plane has degrees. It is finite for every
	// finite place; places where a projection has no value come out at the rim
	// of what it can show.
	Forward(lon, lat float64) (x, y float64)
	// Inverse takes the plane back to degrees.
	Inverse(x, y float64) (lon, lat float64)
}

const radians = math.Pi / 180

// ellipsoid is an ellipsoid of revolution.
type ellipsoid struct {
	a float64 // semi-major axis, metres
	f float64 // flattening
}

var (
	wgs84 = ellipsoid{a: 6378137, f: 1 / 298.257223563}
	grs80 = ellipsoid{a: 6378137, f: 1 / 298.257222101}
)

// e2 is the square of the eccentricity.
func (l ellipsoid) e2() float64 { return l.f * (2 - l.f) }

// wrap brings an angle in degrees into [-180, 180].
func wrap(degrees float64) float64 { return math.Remainder(degrees, 360) }

// clamp brings v into [-limit, limit]; NaN stays.
func clamp(v, limit float64) float64 { return max(-limit, min(limit, v)) }

// ScaleAt is how many units of p's plane a metre of ground is at a place: the
// root of the scale of areas there. For a conformal projection that is the
// scale of lengths in every direction: 0.9996 on the central meridian of a UTM
// zone, about 1/cos(latitude) for Web Mercator.
func ScaleAt(p Projection, lon, lat float64) float64 {
	const step = 1e-4 // degrees, some 11 m: curvature and rounding both stay under 1e-9
	lat = clamp(lat, 90-2*step)
	xw, yw := p.Forward(lon-step, lat)
	xe, ye := p.Forward(lon+step, lat)
	xs, ys := p.Forward(lon, lat-step)
	xn, yn := p.Forward(lon, lat+step)
	area := math.Abs(float64((xe-xw)*(yn-ys)) - float64((ye-yw)*(xn-xs)))
	return math.Sqrt(area / groundArea(lat, 2*step))
}

// groundArea is the area in square metres of a small cell of the ellipsoid, of
// the given number of degrees each way, by its two radii of curvature.
func groundArea(lat, degrees float64) float64 {
	s, c := math.Sincos(lat * radians)
	w := 1 - float64(wgs84.e2()*float64(s*s))
	meridian := wgs84.a * (1 - wgs84.e2()) / (w * math.Sqrt(w))
	parallel := wgs84.a / math.Sqrt(w) * c
	d := degrees * radians
	return float64(meridian*d) * float64(parallel*d)
}
