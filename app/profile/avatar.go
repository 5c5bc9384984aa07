package profile

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // pictures of people
	_ "image/png"
	"math"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"golang.org/x/image/draw"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/parts"
)

// avatar is a person: their own picture, their initials, or for somebody
// without a name a person's outline.
type avatar struct {
	widget.BaseWidget
	size     float32
	initials string
	picture  image.Image
}

func newAvatar(size float32) *avatar {
	a := &avatar{size: size}
	a.ExtendBaseWidget(a)
	return a
}

func (a *avatar) set(initials string, picture image.Image) {
	if a.initials != initials || a.picture != picture {
		a.initials, a.picture = initials, picture
		a.Refresh()
	}
}

// CreateRenderer draws the person.
func (a *avatar) CreateRenderer() fyne.WidgetRenderer {
	a.ExtendBaseWidget(a)
	disc, glyph := box(a.size/2), picture()
	own := &canvas.Image{FillMode: canvas.ImageFillContain}
	letters := &canvas.Text{TextStyle: fyne.TextStyle{Bold: true}, Alignment: fyne.TextAlignCenter}
	paint := func() {
		own.Hidden = a.picture == nil
		disc.Hidden = a.picture != nil
		letters.Hidden = a.picture != nil || a.initials == ""
		glyph.Hidden = a.picture != nil || a.initials != ""
		disc.FillColor = look.Color(look.Avatar)
		if a.initials == "" {
			disc.FillColor = look.Color(theme.ColorNameButton)
		}
		letters.Text, letters.Color, letters.TextSize = a.initials, look.Color(look.AvatarText), a.size*0.4
		if !glyph.Hidden {
			setIcon(glyph, "person", look.Text2)
		}
		own.Image = a.picture
		own.Refresh()
	}
	layout := func(size fyne.Size) {
		x, y := (size.Width-a.size)/2, (size.Height-a.size)/2
		parts.Place(disc, x, y, a.size, a.size)
		parts.Place(own, x, y, a.size, a.size)
		parts.Place(letters, x, y, a.size, a.size)
		edge := a.size / 2
		parts.Place(glyph, x+a.size/4, y+a.size/4, edge, edge)
	}
	least := func() fyne.Size { return fyne.NewSquareSize(a.size) }
	paint()
	return parts.Draw(a, least, layout, paint, disc, own, letters, glyph)
}

// pictureSide is how many pixels wide a picture is kept: enough for the menu on
// a fine screen.
const pictureSide = 128

// mostPixels is how large a picture may be: one of a camera.
const mostPixels = 100_000_000

// loadPicture reads a PNG or JPEG, and gives the middle of it as a disc.
func loadPicture(path string) (image.Image, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the picture can't be opened: %w", err)
	}
	img, err := decodePicture(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	return roundPicture(img), nil
}

func decodePicture(f *os.File) (image.Image, error) {
	c, _, err := image.DecodeConfig(f)
	if err != nil {
		return nil, fmt.Errorf("%s is no PNG or JPEG picture: %w", f.Name(), err)
	}
	if c.Width < 1 || c.Height < 1 || c.Width > mostPixels/c.Height {
		return nil, fmt.Errorf("%s is too large: %d × %d pixels", f.Name(), c.Width, c.Height)
	}
	if _, err := f.Seek(0, 0); err != nil {
		return nil, err
	}
	img, _, err := image.Decode(f)
	if err != nil {
		return nil, fmt.Errorf("%s is damaged: %w", f.Name(), err)
	}
	return img, nil
}

// roundPicture scales the largest square in the middle and rounds it off.
func roundPicture(img image.Image) image.Image {
	b := img.Bounds()
	side := min(b.Dx(), b.Dy())
	x, y := b.Min.X+(b.Dx()-side)/2, b.Min.Y+(b.Dy()-side)/2
	out := image.NewNRGBA(image.Rect(0, 0, pictureSide, pictureSide))
	draw.CatmullRom.Scale(out, out.Bounds(), img, image.Rect(x, y, x+side, y+side), draw.Src, nil)
	const middle = pictureSide / 2.0
	for py := range pictureSide {
		for px := range pictureSide {
			// How much of the pixel is within the disc, near enough.
			in := middle - math.Hypot(float64(px)+0.5-middle, float64(py)+0.5-middle) + 0.5
			c := out.NRGBAAt(px, py)
			c.A = uint8(math.Round(float64(c.A) * min(1, max(0, in))))
			out.SetNRGBA(px, py, color.NRGBA{R: c.R, G: c.G, B: c.B, A: c.A})
		}
	}
	return out
}
