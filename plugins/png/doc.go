// Command png is the format plugin that writes artwork as PNG pictures of a
// true size: black burns, white does not.
//
// It paints with plugins/raster, the code behind the preview, in bands, and
// writes each band as it comes: a board of 600 × 400 mm at 1016 dpi needs no
// more memory than its vertices and one band. It knows no board frame and no
// credit, and never sees a path.
package main
