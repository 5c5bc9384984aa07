// Package artwork is the model between tracing and formats: what will burn, as
// paths in millimetres, each with its board, operation and setting.
//
// Origin lower left, Y up, float64 millimetres. The canvas, the preview and
// every format read the same artwork; none of them changes it.
//
// It never reads or writes files, and knows no format, map or credit.
package artwork
