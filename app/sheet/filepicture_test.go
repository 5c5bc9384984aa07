package sheet

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/app/stage"
	"github.com/mapwright/mapwright/internal/carto"
	"github.com/mapwright/mapwright/internal/workshop"
	"github.com/mapwright/mapwright/plugins/artwork"
)

// part is a part of a board and how large it is drawn.
type part struct {
	scale         float64 // pixels for a mm
	box           artwork.Box
	boards        carto.Boards
	width, height int // pixels
	mode          stage.Mode
}

// partsOf are the whole board from far, where the sheet shows a coarser level
// of detail, and a part from near, where it shows the artwork itself, and lines
// a pixel wide: cairo, which draws for librsvg, leaves some joins of wide ones
// sharp that are to be round.
func (c colour) partsOf(size float64) []part {
	boards := carto.Boards{Count: 1, Width: size, Height: size * 3 / 4, Margin: 5, Frame: carto.Frame{Shape: carto.FrameRect}}
	corner := artwork.Point{X: 0.35 * boards.Width, Y: 0.35 * boards.Height}
	far := part{scale: 8, boards: boards, mode: stage.ModeMap, box: artwork.Box{Max: artwork.Point{X: boards.Width, Y: boards.Height}}}
	near := part{scale: 40, boards: boards, mode: stage.ModeMap, box: artwork.Box{Min: corner, Max: artwork.Point{X: corner.X + 24, Y: corner.Y + 18}}}
	if !c.fill {
		near.mode = stage.ModeWire
	}
	all := []part{far, near}
	for i := range all {
		v := &all[i]
		v.width, v.height = int(v.box.Width()*v.scale), int(v.box.Height()*v.scale)
	}
	return all
}

// line is how wide lines of a colour are on the sheet, mm.
func (v part) line(c colour) float64 {
	switch {
	case v.mode == stage.ModeWire:
		return 1 / v.scale
	case c.operation == artwork.Cut:
		return cutWidth
	default:
		return lineWidth
	}
}

// picture is how much of each pixel is covered, 0 to 1.
type picture struct {
	width, height int
	covered       []float32
}

// pictureOf reads a picture on white; tone is what is all covered.
func pictureOf(img image.Image, tone uint8) *picture {
	b := img.Bounds()
	grey := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(grey, grey.Rect, img, b.Min, draw.Src)
	p := &picture{b.Dx(), b.Dy(), make([]float32, len(grey.Pix))}
	for i, v := range grey.Pix {
		p.covered[i] = float32(255-v) / float32(255-tone)
	}
	return p
}

// ofSheet is what the sheet shows of a drawing that is all of one colour.
func (v part) ofSheet(t *testing.T, d *workshop.Drawing, c colour) *picture {
	t.Helper()
	white, black := color.NRGBA{255, 255, 255, 255}, color.NRGBA{A: 255}
	o := order{
		view: view{v.scale, artwork.Point{X: v.box.Min.X, Y: v.box.Max.Y}}, width: v.width, height: v.height,
		drawing: d, boards: v.boards, board: 1, mode: v.mode,
		colors: colors{bed: white, wood: white, cut: black, score: black, burn: black},
	}
	img, err := o.paint(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	setting, _, _ := strings.Cut(c.settings, " ")
	return pictureOf(img, o.colors.of(&artwork.Shape{Operation: c.operation, Setting: setting}).R)
}

// ofFile is what librsvg draws of paths of a file that have a colour, areas
// even-odd as they say, lines as wide as on the sheet, with its round ends and
// joins, which a beam has too.
func (v part) ofFile(t *testing.T, c colour, paths []string) *picture {
	t.Helper()
	var svg bytes.Buffer
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="%g %g %g %g">`,
		v.width, v.height, v.box.Min.X, v.boards.Height-v.box.Max.Y, v.box.Width(), v.box.Height())
	svg.WriteString(`<g stroke-linecap="round" stroke-linejoin="round">`)
	for _, p := range paths {
		p = strings.Replace(p, `stroke-width="0.1"`, fmt.Sprintf(`stroke-width="%g"`, v.line(c)), 1)
		svg.WriteString(strings.ReplaceAll(p, c.value, "#000000"))
	}
	svg.WriteString("</g></svg>")
	convert := exec.CommandContext(t.Context(), "rsvg-convert", "--unlimited", "--background-color=white")
	convert.Stdin = &svg
	var said bytes.Buffer
	convert.Stderr = &said
	out, err := convert.Output()
	if err != nil {
		t.Fatalf("rsvg-convert (make test-deps installs it): %v\n%s", err, said.String())
	}
	img, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	return pictureOf(img, 0)
}

// Where two pictures may differ.
const (
	// soft is how much a pixel may be covered more or less than all pixels
	// around it in the other picture. librsvg puts shapes that touch upon each
	// other one by one, so that their border shines through by a quarter.
	soft = 0.5
	// few pixels may be wrong: where a line has a segment of a thousandth of a
	// mm, cairo draws the next one too faint.
	few = 3
	// tone is the share by which what is covered in all may differ, where lines
	// lie side by side, for the same reason.
	tone = 0.05
)

// differ says where two pictures of the same differ by more than the softness
// of borders: a pixel must be about as much covered as those around it in the
// other picture, which are a quarter pixel from the artwork at most.
func differ(a, b *picture) string {
	if a.width != b.width || a.height != b.height {
		return fmt.Sprintf("%d × %d pixels and %d × %d", a.width, a.height, b.width, b.height)
	}
	var wrong int
	var first string
	for y := range a.height {
		for x := range a.width {
			for _, pair := range [][2]*picture{{a, b}, {b, a}} {
				least, most := pair[1].around(x, y)
				if v := pair[0].covered[y*a.width+x]; v < least-soft || v > most+soft {
					if wrong == 0 {
						first = fmt.Sprintf("at pixel %d, %d the sheet is covered by %.2f, the file by %.2f",
							x, y, a.covered[y*a.width+x], b.covered[y*a.width+x])
					}
					wrong++
					break
				}
			}
		}
	}
	if wrong > few {
		return fmt.Sprintf("%d pixels differ; %s", wrong, first)
	}
	if p, q := a.sum(), b.sum(); math.Abs(p-q) > tone*max(p, q)+5 {
		return fmt.Sprintf("the sheet covers %.1f pixels, the file %.1f", p, q)
	}
	return ""
}

// around gives the least and the most covered of a pixel and the eight around it.
func (p *picture) around(x, y int) (least, most float32) {
	least, most = 1, 0
	for j := max(0, y-1); j <= min(p.height-1, y+1); j++ {
		for i := max(0, x-1); i <= min(p.width-1, x+1); i++ {
			v := p.covered[j*p.width+i]
			least, most = min(least, v), max(most, v)
		}
	}
	return least, most
}

func (p *picture) sum() float64 {
	sum := 0.0
	for _, v := range p.covered {
		sum += float64(v)
	}
	return sum
}

// keep writes a picture for people to look at, where MAPWRIGHT_PICTURES names
// a folder.
func (p *picture) keep(t *testing.T, name string) {
	t.Helper()
	dir := os.Getenv("MAPWRIGHT_PICTURES")
	if dir == "" {
		return
	}
	img := image.NewGray(image.Rect(0, 0, p.width, p.height))
	for i, v := range p.covered {
		img.Pix[i] = uint8(255 - 255*min(1, v))
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}
