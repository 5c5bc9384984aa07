package mapfile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/mapwright/mapwright/internal/carto"
	"github.com/paulmach/orb"
)

// writer writes features into one table with prepared statements.
type writer struct {
	ctx    context.Context // never done: a statement that can be cancelled costs a goroutine each time
	to     *touched
	insert *sql.Stmt
	update *sql.Stmt
	index  *sql.Stmt // only in bulk
	forget *sql.Stmt // only in bulk
}

func (tx *transaction) newWriter(to *touched) (*writer, error) {
	w := &writer{ctx: context.WithoutCancel(tx.ctx), to: to}
	statements := []struct {
		into  **sql.Stmt
		query string
	}{
		{&w.insert, `INSERT INTO "%s" (` + featureColumns + `) VALUES (?, ?, ?, ?, ?)`},
		// An update leaves columns that another program added as they are.
		{&w.update, `UPDATE "%s" SET geom = ?2, class = ?3, name = ?4, attributes = ?5 WHERE fid = ?1`},
		{&w.index, `INSERT OR REPLACE INTO "rtree_%s_geom" VALUES (?, ?, ?, ?, ?)`},
		{&w.forget, `DELETE FROM "rtree_%s_geom" WHERE id = ?`},
	}
	if !to.bulk {
		statements = statements[:2]
	}
	for _, s := range statements {
		var err error
		*s.into, err = tx.sql.PrepareContext(tx.ctx, fmt.Sprintf(s.query, to.table.name)) //nolint:sqlclosecheck // close does
		if err != nil {
			return nil, errors.Join(err, w.close())
		}
	}
	return w, nil
}

func (w *writer) close() error {
	var errs []error
	for _, s := range []*sql.Stmt{w.insert, w.update, w.index, w.forget} {
		if s != nil {
			errs = append(errs, s.Close())
		}
	}
	return errors.Join(errs...)
}

func (tx *transaction) PutFeatures(layer carto.LayerID, features []carto.Feature) (ids []int64, err error) {
	t, err := findTable(tx.ctx, tx.sql, layer)
	if err != nil {
		return nil, err
	}
	to, err := tx.touch(t, len(features))
	if err != nil {
		return nil, err
	}
	w, err := tx.newWriter(to)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	ids = make([]int64, len(features))
	for i, f := range features {
		if err := tx.ctx.Err(); err != nil {
			return nil, err
		}
		if ids[i], err = w.put(f); err != nil {
			return nil, fmt.Errorf("keep shape %d of %d: %w", i+1, len(features), err)
		}
	}
	return ids, nil
}

// put writes one feature and gives its id.
func (w *writer) put(f carto.Feature) (int64, error) {
	blob, err := encodeGeometry(f.Geometry, w.to.table.srs)
	if err != nil {
		return 0, err
	}
	attributes, err := attributesValue(f.Attributes)
	if err != nil {
		return 0, err
	}
	id, err := w.row(f, blob, attributes)
	if err != nil {
		return 0, err
	}
	w.to.lastFID = max(w.to.lastFID, id)
	box, some := carto.Extent(f.Geometry)
	if some {
		w.to.cover(box)
	}
	if !w.to.bulk {
		return id, nil
	}
	if !some {
		_, err = w.forget.ExecContext(w.ctx, id)
		return id, err
	}
	_, err = w.index.ExecContext(w.ctx, id, box.Min[0], box.Max[0], box.Min[1], box.Max[1])
	return id, err
}

// row updates the row of the feature's id, or adds one.
func (w *writer) row(f carto.Feature, blob []byte, attributes any) (int64, error) {
	var id any
	if f.ID > 0 {
		id = f.ID
		result, err := w.update.ExecContext(w.ctx, id, blob, text(f.Class), text(f.Name), attributes)
		if err != nil {
			return 0, err
		}
		if n, err := result.RowsAffected(); err != nil || n > 0 {
			w.to.replaced++
			return f.ID, err
		}
	}
	result, err := w.insert.ExecContext(w.ctx, id, blob, text(f.Class), text(f.Name), attributes)
	if err != nil {
		return 0, err
	}
	w.to.added++
	return result.LastInsertId()
}

// text is NULL for an empty string, which QGIS shows as such.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// cover grows the box of what was put.
func (w *touched) cover(box orb.Bound) {
	if w.some {
		box = box.Union(w.box)
	}
	w.box, w.some = box, true
}

func (tx *transaction) RemoveFeatures(layer carto.LayerID, ids []int64) ([]carto.Feature, error) {
	t, err := findTable(tx.ctx, tx.sql, layer)
	if err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, nil
	}
	gone, err := tx.some(t, layer, ids)
	if err != nil {
		return nil, err
	}
	to, err := tx.touch(t, len(gone))
	if err != nil {
		return nil, err
	}
	return gone, tx.removeRows(to, gone)
}

// removeRows removes features that there are.
func (tx *transaction) removeRows(to *touched, gone []carto.Feature) error {
	queries := []string{`DELETE FROM "%s" WHERE fid = ?`}
	if to.bulk {
		queries = append(queries, `DELETE FROM "rtree_%s_geom" WHERE id = ?`)
		to.removed += int64(len(gone))
	}
	for _, q := range queries {
		if err := tx.execEach(fmt.Sprintf(q, to.table.name), gone); err != nil {
			return err
		}
	}
	return nil
}

// execEach runs a query with the id of each feature.
func (tx *transaction) execEach(query string, features []carto.Feature) (err error) {
	statement, err := tx.sql.PrepareContext(tx.ctx, query)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, statement.Close()) }()
	for _, f := range features {
		if _, err := statement.ExecContext(tx.ctx, f.ID); err != nil {
			return err
		}
	}
	return nil
}
