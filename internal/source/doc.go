// Package source is what importers share: the interface of a source of map
// data, how a file's kind is found from its content, and the features, layers
// and findings that an import gives back.
//
// It knows no format itself (each has a package below this one; source/all
// lists them) and never changes a map: it only reads.
package source
