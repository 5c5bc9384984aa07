// Package mapfile keeps a map in one file: a valid OGC GeoPackage 1.3 with a
// feature table for each layer, which QGIS and GDAL open and may change, and a
// few tables of our own (prefix mapwright_) for what a GeoPackage can't say.
//
// One process writes at a time, held by an operating-system lock on a side
// file that lasts only while the map is open; others read snapshots. Every
// Update is one durable transaction. A closed map is one file.
//
// It never decides what a map means: validation and undo are carto's.
//
// # What is where
//
//	gpkg_…                  as OGC 12-128r17 asks; gpkg_contents.identifier is the layer's name
//	a table a layer         fid, geom, class, name, attributes (JSON text); its name stays when the layer is renamed
//	rtree_TABLE_geom        the R-tree of a layer, kept right by the standard's triggers
//	mapwright_map           key and value (JSON): format, id, title, view, boards, attribution
//	mapwright_layers        a row a layer, position from the bottom
//	mapwright_tables        a row a feature table that ever was: revision, number of features, last fid
//
// Triggers on each feature table count its revision and its features in
// mapwright_tables. They are in the file, so they fire for every program that
// writes to it, and a change by QGIS is noticed.
package mapfile
