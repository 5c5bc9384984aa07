//go:build geos

package geostest

/*
#include <stdlib.h>
#include <geos_c.h>

// faces are the bounded faces of noded lines.
static GEOSGeometry *faces(GEOSContextHandle_t h, GEOSGeometry *lines) {
	GEOSGeometry *noded = GEOSUnaryUnion_r(h, lines);
	if (!noded) return NULL;
	const GEOSGeometry *one = noded;
	GEOSGeometry *out = GEOSPolygonize_r(h, &one, 1);
	GEOSGeom_destroy_r(h, noded);
	return out;
}

// inner gives a point in a face.
static int inner(GEOSContextHandle_t h, const GEOSGeometry *face, double *x, double *y) {
	GEOSGeometry *p = GEOSPointOnSurface_r(h, face);
	if (!p) return 0;
	int ok = GEOSGeomGetX_r(h, p, x) == 1 && GEOSGeomGetY_r(h, p, y) == 1;
	GEOSGeom_destroy_r(h, p);
	return ok;
}

// chosen copies some faces into a collection and dissolves it.
static GEOSGeometry *chosen(GEOSContextHandle_t h, GEOSGeometry *faces, const int *ids, int n) {
	GEOSGeometry **all = malloc(sizeof(*all) * (n > 0 ? n : 1));
	for (int i = 0; i < n; i++) all[i] = GEOSGeom_clone_r(h, GEOSGetGeometryN_r(h, faces, ids[i]));
	GEOSGeometry *c = GEOSGeom_createCollection_r(h, GEOS_GEOMETRYCOLLECTION, all, n);
	free(all);
	GEOSGeometry *out = GEOSUnaryUnion_r(h, c);
	GEOSGeom_destroy_r(h, c);
	return out;
}
*/
import "C"

import "github.com/mapwright/mapwright/internal/planar"

// Filled builds the area of rings whose faces are wanted: the lines are noded
// and cut into faces, and each is asked for at a point in it. It shares no step
// with the kernel.
func (g *GEOS) Filled(rings []planar.Ring, wanted func(x, y float64) bool) (*Geometry, error) {
	var paths []planar.Path
	for _, r := range rings {
		for i := range r {
			if a, b := r[i], r[(i+1)%len(r)]; a != b {
				paths = append(paths, planar.Path{a, b})
			}
		}
	}
	if len(paths) == 0 {
		return g.Polygons(nil)
	}
	lines, err := g.Lines(paths)
	if err != nil {
		return nil, err
	}
	defer lines.Free()
	faces, err := g.wrap(C.faces(g.h, lines.g))
	if err != nil {
		return nil, err
	}
	defer faces.Free()
	var ids []C.int
	for i := range C.GEOSGetNumGeometries_r(g.h, faces.g) {
		var x, y C.double
		if C.inner(g.h, C.GEOSGetGeometryN_r(g.h, faces.g, i), &x, &y) == 0 {
			return nil, errFailed
		}
		if wanted(float64(x), float64(y)) {
			ids = append(ids, i)
		}
	}
	if len(ids) == 0 {
		return g.Polygons(nil)
	}
	return g.wrap(C.chosen(g.h, faces.g, &ids[0], C.int(len(ids))))
}

// SymDifference is the area that one has and the other has not.
func (x *Geometry) SymDifference(y *Geometry) (*Geometry, error) {
	return x.geos.wrap(C.GEOSSymDifference_r(x.geos.h, x.g, y.g))
}

// Union is the area of both.
func (x *Geometry) Union(y *Geometry) (*Geometry, error) {
	return x.geos.wrap(C.GEOSUnion_r(x.geos.h, x.g, y.g))
}

// Difference is the area of the one without the other.
func (x *Geometry) Difference(y *Geometry) (*Geometry, error) {
	return x.geos.wrap(C.GEOSDifference_r(x.geos.h, x.g, y.g))
}
