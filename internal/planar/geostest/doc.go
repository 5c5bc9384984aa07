// Package geostest lets GEOS compute what the geometry kernel computes, so that
// tests and benchmarks can set the two side by side. It is built with the tag
// geos, needs libgeos-dev, and never goes into the product.
package geostest
