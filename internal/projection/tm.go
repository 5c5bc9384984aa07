package projection

import "math"

// transverseMercator is the transverse Mercator projection by Krüger's series
// in the third flattening n, to order 6, with exact conformal latitudes.
//
// Source: C. F. F. Karney, "Transverse Mercator with an accuracy of a few
// nanometers", Journal of Geodesy 85 (2011), equations 7-9 (conformal
// latitude), 11 and 15 (series), 35 and 36 (coefficients).
type transverseMercator struct {
	e, e2  float64
	radius float64 // scale on the central meridian times the rectifying radius, metres
	lon0   float64 // degrees
	x0, y0 float64 // metres added to the easting and northing
	alpha  [7]float64
	beta   [7]float64
}

// farEta bounds the transverse coordinate to where the series holds: places
// within 3.5 degrees of the two points where the projection is infinite, on
// the far sides of the Earth, stay at the rim.
const farEta = 3.5

// NewTransverseMercator is the transverse Mercator projection with its origin
// at a place, true to scale (1) on the meridian of that place, in metres.
// Within 3,000 km of that meridian it is right to 1e-6 m.
func NewTransverseMercator(lon0, lat0 float64) Projection {
	return newTM(wgs84, lon0, lat0, 1, 0, 0)
}

// newTM has k0 as scale on the meridian lon0, and x0, y0 metres at (lon0, lat0).
func newTM(l ellipsoid, lon0, lat0, k0, x0, y0 float64) *transverseMercator {
	n := l.f / (2 - l.f)
	n2 := n * n
	t := &transverseMercator{e2: l.e2(), e: math.Sqrt(l.e2()), lon0: lon0, alpha: krugerAlpha(n), beta: krugerBeta(n)}
	t.radius = k0 * l.a / (1 + n) * horner(n2, 1, 1./4, 1./64, 1./256)
	_, origin := t.Forward(lon0, lat0)
	t.x0, t.y0 = x0, y0-origin
	return t
}

// horner is c[0] + c[1]*x + c[2]*x^2 + …
func horner(x float64, c ...float64) float64 {
	var sum float64
	for i := len(c) - 1; i >= 0; i-- {
		sum = float64(sum*x) + c[i]
	}
	return sum
}

// krugerAlpha has the coefficients from the conformal to the rectified plane.
func krugerAlpha(n float64) [7]float64 {
	return [7]float64{
		1: horner(n, 0, 1./2, -2./3, 5./16, 41./180, -127./288, 7891./37800),
		2: horner(n, 0, 0, 13./48, -3./5, 557./1440, 281./630, -1983433./1935360),
		3: horner(n, 0, 0, 0, 61./240, -103./140, 15061./26880, 167603./181440),
		4: horner(n, 0, 0, 0, 0, 49561./161280, -179./168, 6601661./7257600),
		5: horner(n, 0, 0, 0, 0, 0, 34729./80640, -3418889./1995840),
		6: horner(n, 0, 0, 0, 0, 0, 0, 212378941./319334400),
	}
}

// krugerBeta has the coefficients back.
func krugerBeta(n float64) [7]float64 {
	return [7]float64{
		1: horner(n, 0, 1./2, -2./3, 37./96, -1./360, -81./512, 96199./604800),
		2: horner(n, 0, 0, 1./48, 1./15, -437./1440, 46./105, -1118711./3870720),
		3: horner(n, 0, 0, 0, 17./480, -37./840, -209./4480, 5569./90720),
		4: horner(n, 0, 0, 0, 0, 4397./161280, -11./504, -830251./7257600),
		5: horner(n, 0, 0, 0, 0, 0, 4583./161280, -108847./3991680),
		6: horner(n, 0, 0, 0, 0, 0, 0, 20648693./638668800),
	}
}

func (t *transverseMercator) Forward(lon, lat float64) (x, y float64) {
	tau := t.conformal(math.Tan(clamp(lat, 90) * radians))
	sl, cl := math.Sincos((lon - t.lon0) * radians)
	xi := math.Atan2(tau, cl)
	eta := clamp(math.Asinh(sl/math.Hypot(tau, cl)), farEta)
	dx, dy := series(&t.alpha, xi, eta)
	return float64(t.radius*(eta+dx)) + t.x0, float64(t.radius*(xi+dy)) + t.y0
}

func (t *transverseMercator) Inverse(x, y float64) (lon, lat float64) {
	xi := (y - t.y0) / t.radius
	eta := clamp((x-t.x0)/t.radius, farEta)
	dx, dy := series(&t.beta, xi, eta)
	xi, eta = xi-dy, eta-dx
	sh := math.Sinh(eta)
	s, c := math.Sincos(xi)
	tau := t.geodetic(s / math.Hypot(sh, c))
	return wrap(t.lon0 + math.Atan2(sh, c)/radians), math.Atan(tau) / radians
}

// series sums c[j]*sin(2j(xi + i*eta)) for j = 1…6, and gives the parts along
// eta and along xi.
func series(c *[7]float64, xi, eta float64) (dx, dy float64) {
	for j := 6; j >= 1; j-- {
		f := float64(2 * j)
		s, co := math.Sincos(f * xi)
		sh, ch := math.Sinh(f*eta), math.Cosh(f*eta)
		dx += float64(float64(c[j]*co) * sh)
		dy += float64(float64(c[j]*s) * ch)
	}
	return dx, dy
}

// conformal takes the tangent of the geodetic latitude to that of the conformal one.
func (t *transverseMercator) conformal(tau float64) float64 {
	sec := math.Hypot(1, tau)
	sigma := math.Sinh(t.e * math.Atanh(t.e*tau/sec))
	return float64(tau*math.Hypot(1, sigma)) - float64(sigma*sec)
}

// geodetic reverses conformal by Newton's method, which doubles the digits a
// step; three are enough for float64, five are sure.
func (t *transverseMercator) geodetic(want float64) float64 {
	tau := want / (1 - t.e2)
	if math.Abs(want) > 1e8 { // a pole, to well under a micrometre
		return tau
	}
	for range 5 {
		got := t.conformal(tau)
		slope := (1 + float64((1-t.e2)*float64(tau*tau))) / ((1 - t.e2) * math.Hypot(1, tau))
		step := (want - got) / math.Hypot(1, got) * slope
		tau += step
		if math.Abs(step) <= 1e-15*max(1, math.Abs(tau)) {
			break
		}
	}
	return tau
}
