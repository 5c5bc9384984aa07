// Package geojson imports GeoJSON: RFC 7946, and what files in the wild hold
// beside it: the older crs member, a geometry or a collection alone, text
// sequences, a byte order mark, numbers that are not quite JSON.
//
// A file is read feature by feature, and of those only the wanted ones are
// kept. The package never guesses a coordinate reference system: coordinates
// that are not degrees need a crs member that says what they are.
package geojson
