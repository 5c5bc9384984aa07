package projection

import "math"

// webMercatorLat is where the area of use of EPSG:3857 ends, degrees.
const webMercatorLat = 85.06

// webMercator is EPSG:3857: WGS 84 degrees taken as if on a sphere. Its scale
// grows with 1/cos(latitude), and differs by up to 0.7 % between north-south
// and east-west.
type webMercator struct{}

// WebMercator is EPSG:3857, in its own metres. Latitudes beyond 85.06 degrees
// come out at 85.06.
func WebMercator() Projection { return webMercator{} }

func (webMercator) Forward(lon, lat float64) (x, y float64) {
	phi := clamp(lat, webMercatorLat) * radians
	return wgs84.a * (lon * radians), wgs84.a * math.Asinh(math.Tan(phi))
}

func (webMercator) Inverse(x, y float64) (lon, lat float64) {
	return x / wgs84.a / radians, math.Atan(math.Sinh(y/wgs84.a)) / radians
}

// geographic is EPSG:4326: the plane has degrees.
type geographic struct{}

func (geographic) Forward(lon, lat float64) (x, y float64) { return lon, lat }
func (geographic) Inverse(x, y float64) (lon, lat float64) { return x, y }
