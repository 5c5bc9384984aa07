//go:build geos

package geostest

/*
#cgo pkg-config: geos
#include <stdlib.h>
#include <geos_c.h>

static GEOSGeometry *multipolygon(GEOSContextHandle_t h, const double *xy, int polygons, const int *rings, const int *points) {
	GEOSGeometry **all = malloc(sizeof(*all) * (polygons > 0 ? polygons : 1));
	int r = 0;
	for (int p = 0; p < polygons; p++) {
		GEOSGeometry *shell = NULL;
		GEOSGeometry **holes = malloc(sizeof(*holes) * rings[p]);
		for (int k = 0; k < rings[p]; k++, r++) {
			GEOSCoordSequence *s = GEOSCoordSeq_copyFromBuffer_r(h, xy, points[r], 0, 0);
			xy += 2 * points[r];
			GEOSGeometry *ring = GEOSGeom_createLinearRing_r(h, s);
			if (k == 0) shell = ring; else holes[k - 1] = ring;
		}
		all[p] = GEOSGeom_createPolygon_r(h, shell, holes, rings[p] - 1);
		free(holes);
	}
	GEOSGeometry *g = GEOSGeom_createCollection_r(h, GEOS_MULTIPOLYGON, all, polygons);
	free(all);
	return g;
}

static GEOSGeometry *multiline(GEOSContextHandle_t h, const double *xy, int lines, const int *points) {
	GEOSGeometry **all = malloc(sizeof(*all) * (lines > 0 ? lines : 1));
	for (int i = 0; i < lines; i++) {
		GEOSCoordSequence *s = GEOSCoordSeq_copyFromBuffer_r(h, xy, points[i], 0, 0);
		xy += 2 * points[i];
		all[i] = GEOSGeom_createLineString_r(h, s);
	}
	GEOSGeometry *g = GEOSGeom_createCollection_r(h, GEOS_MULTILINESTRING, all, lines);
	free(all);
	return g;
}
*/
import "C"

import (
	"errors"
	"unsafe"

	"github.com/mapwright/mapwright/internal/planar"
)

// GEOS is a handle of the library, for one goroutine at a time. Close it.
type GEOS struct{ h C.GEOSContextHandle_t }

// New starts GEOS.
func New() *GEOS { return &GEOS{C.GEOS_init_r()} }

// Close frees the handle; geometries must be freed before.
func (g *GEOS) Close() { C.GEOS_finish_r(g.h) }

// Geometry is one of GEOS's own. Free it.
type Geometry struct {
	geos *GEOS
	g    *C.GEOSGeometry
}

var errFailed = errors.New("GEOS failed")

func (g *GEOS) wrap(c *C.GEOSGeometry) (*Geometry, error) {
	if c == nil {
		return nil, errFailed
	}
	return &Geometry{g, c}, nil
}

// Free gives the memory back.
func (x *Geometry) Free() { C.GEOSGeom_destroy_r(x.geos.h, x.g) }

// Polygons makes a multipolygon, in grid units, valid or not.
func (g *GEOS) Polygons(polys []planar.Polygon) (*Geometry, error) {
	var flat []float64
	var rings, points []C.int
	for _, p := range polys {
		rings = append(rings, C.int(len(p)))
		for _, r := range p {
			flat = appendXY(flat, r...)
			flat = appendXY(flat, r[0])
			points = append(points, C.int(len(r)+1))
		}
	}
	if len(polys) == 0 {
		return g.wrap(C.GEOSGeom_createEmptyCollection_r(g.h, C.GEOS_MULTIPOLYGON))
	}
	return g.wrap(C.multipolygon(g.h, (*C.double)(unsafe.Pointer(&flat[0])), C.int(len(polys)), &rings[0], &points[0]))
}

// Lines makes a multilinestring, in grid units.
func (g *GEOS) Lines(paths []planar.Path) (*Geometry, error) {
	var flat []float64
	var points []C.int
	for _, p := range paths {
		flat = appendXY(flat, p...)
		points = append(points, C.int(len(p)))
	}
	if len(paths) == 0 {
		return g.wrap(C.GEOSGeom_createEmptyCollection_r(g.h, C.GEOS_MULTILINESTRING))
	}
	return g.wrap(C.multiline(g.h, (*C.double)(unsafe.Pointer(&flat[0])), C.int(len(paths)), &points[0]))
}

func appendXY(flat []float64, points ...planar.Point) []float64 {
	for _, p := range points {
		flat = append(flat, float64(p.X), float64(p.Y))
	}
	return flat
}

// UnaryUnion dissolves.
func (x *Geometry) UnaryUnion() (*Geometry, error) {
	return x.geos.wrap(C.GEOSUnaryUnion_r(x.geos.h, x.g))
}

// Buffer grows by d with round joins and caps, with so many segments a quarter
// circle.
func (x *Geometry) Buffer(d float64, quadrant int) (*Geometry, error) {
	return x.geos.wrap(C.GEOSBuffer_r(x.geos.h, x.g, C.double(d), C.int(quadrant)))
}

// Area is the area in square grid units.
func (x *Geometry) Area() (float64, error) {
	var a C.double
	if C.GEOSArea_r(x.geos.h, x.g, &a) != 1 {
		return 0, errFailed
	}
	return float64(a), nil
}

// Valid tells whether the geometry is valid in the sense of the OGC.
func (x *Geometry) Valid() bool { return C.GEOSisValid_r(x.geos.h, x.g) == 1 }
