// Package osm imports OpenStreetMap data: .osm.pbf, and .osm plain, as .gz and
// as .bz2, found by their content.
//
// Nodes become points, ways lines or areas, multipolygon and boundary
// relations areas with holes; coastlines become the sea. What is incomplete is
// reported; the package never makes up a shape that the file does not hold.
//
// The whole file is read into memory in one pass: about 16 bytes a node and
// 8 bytes a node of a way. It never reads history or change files.
package osm
