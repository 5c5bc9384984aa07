package assets

import _ "embed" // for the variable below

// World holds the outlines of all countries, for choosing a place; world/README.md
// tells its form.
//
//go:embed world/countries.bin.gz
var World []byte

// Sample is map data of the old town of Munich for a first map, of SampleName.
// © OpenStreetMap contributors, ODbL 1.0.
//
//go:embed sample/munich-centre-2020.osm.pbf
var Sample []byte

// SampleName is the file's name of Sample.
const SampleName = "munich-centre-2020.osm.pbf"
