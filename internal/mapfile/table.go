package mapfile

import (
	"database/sql"
	"fmt"
	"strings"

	"github.com/mapwright/mapwright/internal/carto"
)

// table is the feature table of a layer. Its name is made of [a-z0-9_] alone,
// or was checked to be, so it may be put into SQL.
type table struct {
	name string
	srs  int32
}

// tableName makes a readable, safe name of a layer's, for people who look into
// the file with QGIS. taken tells the names that can't be had.
func tableName(layer string, taken func(string) (bool, error)) (string, error) {
	var b strings.Builder
	for _, r := range strings.ToLower(layer) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "_"):
			b.WriteByte('_')
		}
		if b.Len() >= 40 {
			break
		}
	}
	base := strings.TrimSuffix(b.String(), "_")
	if base == "" || base[0] >= '0' && base[0] <= '9' || reserved(base) {
		base = strings.TrimSuffix("layer_"+base, "_")
	}
	for n := 1; ; n++ {
		name := base
		if n > 1 {
			name = fmt.Sprintf("%s_%d", base, n)
		}
		if is, err := taken(name); err != nil || !is {
			return name, err
		}
	}
}

// reserved tells the names that GeoPackage, SQLite or we keep for tables of
// other kinds.
func reserved(name string) bool {
	for _, prefix := range []string{"gpkg", "rtree", "sqlite", "mapwright", "ogr"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// safeName tells whether a table name read from a file is one that tableName makes.
func safeName(name string) bool {
	for _, r := range name {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' {
			return false
		}
	}
	return name != "" && !reserved(name)
}

// create makes the table with its R-tree, without triggers: see addTriggers.
func (t table) create(tx *sql.Tx, l carto.Layer, lastFID int64) error {
	for _, q := range []string{
		`CREATE TABLE "%[1]s" (
			fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
			geom GEOMETRY,
			class TEXT,
			name TEXT,
			attributes TEXT
		)`,
		`CREATE VIRTUAL TABLE "rtree_%[1]s_geom" USING rtree(id, minx, maxx, miny, maxy)`,
	} {
		if _, err := tx.Exec(fmt.Sprintf(q, t.name)); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(`INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)`, t.name, lastFID); err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)
		VALUES (?, 'features', ?, ?)`, t.name, l.Name, t.srs); err != nil {
		return err
	}
	if _, err := tx.Exec(`INSERT INTO gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m)
		VALUES (?, 'geom', 'GEOMETRY', ?, 0, 0)`, t.name, t.srs); err != nil {
		return err
	}
	return putExtension(tx, t.name, "geom", "gpkg_rtree_index", rtreeURL)
}

// drop removes the table and what the GeoPackage says of it.
func (t table) drop(tx *sql.Tx) error {
	for _, of := range []string{"gpkg_extensions", "gpkg_geometry_columns", "gpkg_contents"} {
		if _, err := tx.Exec(`DELETE FROM `+of+` WHERE table_name = ?`, t.name); err != nil {
			return err
		}
	}
	for _, q := range []string{`DROP TABLE IF EXISTS "rtree_%s_geom"`, `DROP TABLE IF EXISTS "%s"`} {
		if _, err := tx.Exec(fmt.Sprintf(q, t.name)); err != nil {
			return err
		}
	}
	return nil
}

// triggers are those of the R-tree extension of GeoPackage 1.3 (OGC
// 12-128r17, F.3), and ours that count revisions and features.
var triggers = []struct{ name, body string }{
	{"rtree_%[1]s_geom_insert", `AFTER INSERT ON "%[1]s"
		WHEN (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
		BEGIN
			INSERT OR REPLACE INTO "rtree_%[1]s_geom" VALUES (NEW.fid,
				ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
		END`},
	{"rtree_%[1]s_geom_update1", `AFTER UPDATE OF geom ON "%[1]s"
		WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
		BEGIN
			INSERT OR REPLACE INTO "rtree_%[1]s_geom" VALUES (NEW.fid,
				ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
		END`},
	{"rtree_%[1]s_geom_update2", `AFTER UPDATE OF geom ON "%[1]s"
		WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
		BEGIN
			DELETE FROM "rtree_%[1]s_geom" WHERE id = OLD.fid;
		END`},
	{"rtree_%[1]s_geom_update3", `AFTER UPDATE ON "%[1]s"
		WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
		BEGIN
			DELETE FROM "rtree_%[1]s_geom" WHERE id = OLD.fid;
			INSERT OR REPLACE INTO "rtree_%[1]s_geom" VALUES (NEW.fid,
				ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
		END`},
	{"rtree_%[1]s_geom_update4", `AFTER UPDATE ON "%[1]s"
		WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
		BEGIN
			DELETE FROM "rtree_%[1]s_geom" WHERE id IN (OLD.fid, NEW.fid);
		END`},
	{"rtree_%[1]s_geom_delete", `AFTER DELETE ON "%[1]s"
		WHEN OLD.geom NOT NULL
		BEGIN
			DELETE FROM "rtree_%[1]s_geom" WHERE id = OLD.fid;
		END`},
	{"mapwright_%[1]s_insert", `AFTER INSERT ON "%[1]s"
		BEGIN
			UPDATE mapwright_tables SET revision = revision + 1, features = features + 1,
				last_fid = max(last_fid, NEW.fid) WHERE table_name = '%[1]s';
		END`},
	{"mapwright_%[1]s_update", `AFTER UPDATE ON "%[1]s"
		BEGIN
			UPDATE mapwright_tables SET revision = revision + 1,
				last_fid = max(last_fid, NEW.fid) WHERE table_name = '%[1]s';
		END`},
	{"mapwright_%[1]s_delete", `AFTER DELETE ON "%[1]s"
		BEGIN
			UPDATE mapwright_tables SET revision = revision + 1, features = features - 1
				WHERE table_name = '%[1]s';
		END`},
}

// addTriggers makes the table keep its R-tree and its counts by itself.
func (t table) addTriggers(tx *sql.Tx) error {
	for _, g := range triggers {
		if _, err := tx.Exec(fmt.Sprintf(`CREATE TRIGGER "`+g.name+`" `+g.body, t.name)); err != nil {
			return err
		}
	}
	return nil
}

// dropTriggers leaves the keeping to the caller, for many features at once.
func (t table) dropTriggers(tx *sql.Tx) error {
	for _, g := range triggers {
		if _, err := tx.Exec(fmt.Sprintf(`DROP TRIGGER IF EXISTS "`+g.name+`"`, t.name)); err != nil {
			return err
		}
	}
	return nil
}
