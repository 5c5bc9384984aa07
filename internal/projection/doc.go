// Package projection puts places on the Earth, in degrees, on a plane and
// back: transverse Mercator, Lambert azimuthal equal area, Web Mercator and
// the coordinate reference systems made of them.
//
// All of it is WGS 84 (EPSG:3035 is ETRS89, taken as equal to it: they differ
// by under a metre, which no open map data resolves). It makes no datum shifts,
// and knows nothing of boards, scales or layers.
//
// Products that feed a sum are written float64(a*b): without the conversion
// some processors fuse the two and round differently, and the same map would
// be another one on another machine.
package projection
