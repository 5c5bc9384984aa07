package projection

import "math"

// equalArea is the Lambert azimuthal equal-area projection of the ellipsoid.
//
// Source: J. P. Snyder, "Map Projections: A Working Manual", USGS Professional
// Paper 1395 (1987), pages 187-190.
type equalArea struct {
	e, e2        float64
	rq           float64 // radius of the sphere of equal area, metres
	qp           float64 // q at the pole
	d            float64 // keeps the scale at the centre the same both ways
	lon0         float64 // degrees
	sinB1, cosB1 float64 // of the authalic latitude of the centre
	x0, y0       float64 // metres added to the easting and northing
}

// NewEqualArea is the Lambert azimuthal equal-area projection centred on a
// place: areas are true everywhere, lengths at the centre, in metres.
func NewEqualArea(lon0, lat0 float64) Projection {
	return newLAEA(wgs84, lon0, lat0, 0, 0)
}

func newLAEA(l ellipsoid, lon0, lat0, x0, y0 float64) *equalArea {
	p := &equalArea{e2: l.e2(), e: math.Sqrt(l.e2()), lon0: lon0, x0: x0, y0: y0, d: 1}
	p.qp = p.q(1)
	p.rq = l.a * math.Sqrt(p.qp/2)
	s, c := math.Sincos(clamp(lat0, 90) * radians)
	p.sinB1, p.cosB1 = p.authalic(s)
	if p.cosB1 > 1e-9 { // at a pole its limit, 1
		p.d = l.a * c / math.Sqrt(1-float64(p.e2*float64(s*s))) / (p.rq * p.cosB1)
	}
	return p
}

// q is Snyder's equation 3-12, of the sine of the geodetic latitude.
func (p *equalArea) q(s float64) float64 {
	return (1 - p.e2) * (s/(1-float64(p.e2*float64(s*s))) + math.Atanh(p.e*s)/p.e)
}

// authalic gives sine and cosine of the authalic latitude.
func (p *equalArea) authalic(s float64) (sinB, cosB float64) {
	sinB = clamp(p.q(s)/p.qp, 1)
	return sinB, math.Sqrt(float64((1 - sinB) * (1 + sinB)))
}

func (p *equalArea) Forward(lon, lat float64) (x, y float64) {
	sinB, cosB := p.authalic(math.Sin(clamp(lat, 90) * radians))
	sl, cl := math.Sincos((lon - p.lon0) * radians)
	// 1 + the cosine of the angle from the centre: 0 at the antipode, which
	// comes out on the rim.
	facing := max(1+float64(p.sinB1*sinB)+float64(float64(p.cosB1*cosB)*cl), 1e-12)
	b := p.rq * math.Sqrt(2/facing)
	x = float64(b * p.d * cosB * sl)
	y = b / p.d * (float64(p.cosB1*sinB) - float64(float64(p.sinB1*cosB)*cl))
	return x + p.x0, y + p.y0
}

func (p *equalArea) Inverse(x, y float64) (lon, lat float64) {
	u, v := (x-p.x0)/p.d, (y-p.y0)*p.d
	rho := math.Hypot(u, v)
	if rho == 0 {
		return wrap(p.lon0), p.geodetic(p.sinB1)
	}
	half := clamp(rho/(2*p.rq), 1)
	sinC, cosC := math.Sincos(2 * math.Asin(half))
	sinB := float64(cosC*p.sinB1) + float64(v*sinC)*p.cosB1/rho
	lon = math.Atan2(float64(u*sinC), float64(float64(rho*p.cosB1)*cosC)-float64(float64(v*p.sinB1)*sinC))
	return wrap(p.lon0 + lon/radians), p.geodetic(clamp(sinB, 1))
}

// geodetic is the latitude in degrees of an authalic one, given by its sine:
// Snyder's equation 3-16, which converges like Newton's method.
func (p *equalArea) geodetic(sinB float64) float64 {
	phi := math.Asin(sinB)
	for range 12 {
		s, c := math.Sincos(phi)
		if c < 1e-9 {
			break
		}
		w := 1 - float64(p.e2*float64(s*s))
		step := float64(w*w) / (2 * c) * (float64(p.qp*sinB) - p.q(s)) / (1 - p.e2)
		phi = clamp(phi+step, math.Pi/2)
		if math.Abs(step) < 1e-15 {
			break
		}
	}
	return phi / radians
}
