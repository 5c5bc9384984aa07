// Command svg is the format plugin that writes artwork as SVG which laser
// programs read without repair: true size, one colour an operation, plain
// paths in absolute coordinates, every layer of a map on the same box.
//
// It never writes a transform, CSS, text, a clip path or an image: laser
// programs ignore them. It never sees a path, a token or a credit.
package main
