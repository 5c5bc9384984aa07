package mapfile

import (
	"database/sql"
	"fmt"
)

const (
	applicationID = 0x47504B47 // "GPKG"
	userVersion   = 10300      // GeoPackage 1.3.0
	// formatVersion is that of our own tables. A file with a larger one opens
	// read-only.
	formatVersion = 1
	definitionURL = "https://github.com/mapwright/mapwright/blob/main/docs/ARCHITECTURE.md"
	rtreeURL      = "http://www.geopackage.org/spec130/#extension_rtree"
)

// baseSchema is the tables of a GeoPackage (OGC 12-128r17, annex C) and ours.
const baseSchema = `
CREATE TABLE gpkg_spatial_ref_sys (
	srs_name TEXT NOT NULL,
	srs_id INTEGER NOT NULL PRIMARY KEY,
	organization TEXT NOT NULL,
	organization_coordsys_id INTEGER NOT NULL,
	definition TEXT NOT NULL,
	description TEXT
);
CREATE TABLE gpkg_contents (
	table_name TEXT NOT NULL PRIMARY KEY,
	data_type TEXT NOT NULL,
	identifier TEXT UNIQUE,
	description TEXT DEFAULT '',
	last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
	min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
	srs_id INTEGER,
	CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id)
);
CREATE TABLE gpkg_geometry_columns (
	table_name TEXT NOT NULL,
	column_name TEXT NOT NULL,
	geometry_type_name TEXT NOT NULL,
	srs_id INTEGER NOT NULL,
	z TINYINT NOT NULL,
	m TINYINT NOT NULL,
	CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
	CONSTRAINT uk_gc_table_name UNIQUE (table_name),
	CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
	CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);
CREATE TABLE gpkg_extensions (
	table_name TEXT,
	column_name TEXT,
	extension_name TEXT NOT NULL,
	definition TEXT NOT NULL,
	scope TEXT NOT NULL,
	CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name)
);
CREATE TABLE mapwright_map (
	key TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
);
CREATE TABLE mapwright_tables (
	table_name TEXT NOT NULL PRIMARY KEY,
	layer_id TEXT NOT NULL UNIQUE,
	revision INTEGER NOT NULL DEFAULT 1,
	features INTEGER NOT NULL DEFAULT 0,
	last_fid INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE mapwright_layers (
	layer_id TEXT NOT NULL PRIMARY KEY,
	position INTEGER NOT NULL,
	name TEXT NOT NULL,
	operation TEXT NOT NULL,
	setting TEXT NOT NULL,
	strategy TEXT NOT NULL,
	visible INTEGER NOT NULL,
	locked INTEGER NOT NULL,
	board INTEGER NOT NULL,
	color TEXT NOT NULL,
	options TEXT NOT NULL,
	crs TEXT NOT NULL,
	source TEXT NOT NULL
);
`

// createSchema makes an empty GeoPackage with our tables.
func createSchema(tx *sql.Tx) error {
	if _, err := tx.Exec(baseSchema); err != nil {
		return err
	}
	for _, p := range []string{"application_id", "user_version"} {
		v := applicationID
		if p == "user_version" {
			v = userVersion
		}
		if _, err := tx.Exec(fmt.Sprintf("PRAGMA %s = %d", p, v)); err != nil {
			return err
		}
	}
	for _, s := range undefinedSRS() {
		if err := putSRS(tx, s); err != nil {
			return err
		}
	}
	for _, table := range []string{"mapwright_map", "mapwright_tables", "mapwright_layers"} {
		// Features read well without our tables; only who writes must know them.
		if err := putExtension(tx, table, nil, table, definitionURL); err != nil {
			return err
		}
	}
	return nil
}

func putExtension(tx *sql.Tx, table string, column any, name, definition string) error {
	_, err := tx.Exec(`INSERT INTO gpkg_extensions (table_name, column_name, extension_name, definition, scope)
		VALUES (?, ?, ?, ?, 'write-only')`, table, column, name, definition)
	return err
}
