package main

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"maps"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/plugins/artwork"
	"github.com/mapwright/mapwright/plugins/artwork/artworktest"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// files is an output in memory, by suffix.
type files struct {
	written map[string]*memoryFile
	done    float64
}

type memoryFile struct {
	bytes.Buffer
	closed bool
}

func (f *memoryFile) Close() error { f.closed = true; return nil }

func (f *files) Create(suffix string) (io.WriteCloser, error) {
	if f.written == nil {
		f.written = map[string]*memoryFile{}
	}
	if f.written[suffix] != nil {
		return nil, fmt.Errorf("suffix %q twice", suffix)
	}
	f.written[suffix] = &memoryFile{}
	return f.written[suffix], nil
}

func (f *files) Progress(done float64) error {
	if done < f.done || done > 1 {
		return fmt.Errorf("progress went from %g to %g", f.done, done)
	}
	f.done = done
	return nil
}

func (f *files) Diagnose(sdk.Diagnostic) error { return nil }

func newJob(t testing.TB, boards []artwork.Board, layers []*artwork.Layer, given sdk.Options) *sdk.Job {
	t.Helper()
	options, wrong := sdk.CompleteOptions(format{}.Manifest(), given)
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	return &sdk.Job{
		Title: "Munich", Boards: boards, Options: options, Attribution: artworktest.Attribution, LayerCount: len(layers),
		Next: func() (*artwork.Layer, error) {
			if len(layers) == 0 {
				return nil, io.EOF
			}
			l := layers[0]
			layers = layers[1:]
			return l, nil
		},
	}
}

// export gives the only file of a job, and its pixels as the standard library reads them.
func export(t testing.TB, b artwork.Board, layers []*artwork.Layer, given sdk.Options) ([]byte, image.Image) {
	t.Helper()
	var out files
	if err := (format{}).Export(context.Background(), newJob(t, []artwork.Board{b}, layers, given), &out); err != nil {
		t.Fatal(err)
	}
	f := out.written[""]
	if f == nil || len(out.written) != 1 || !f.closed || out.done != 1 {
		t.Fatalf("want one closed file without suffix and progress 1, got %v, %g", slices.Collect(maps.Keys(out.written)), out.done)
	}
	data := bytes.Clone(f.Bytes())
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return data, img
}

// burnAt is how much the pixel at mm on the board burns, 0 to 255.
func burnAt(img image.Image, b artwork.Board, dpi, x, y float64) int {
	px := img.At(int(x*dpi/25.4), int((b.Height-y)*dpi/25.4))
	r, _, _, a := px.RGBA()
	if a < 0xffff {
		return int(a >> 8)
	}
	return 255 - int(r>>8)
}

func TestTrueSize(t *testing.T) {
	t.Parallel()
	b, layers := artworktest.Munich()
	for _, c := range []struct {
		dpi           float64
		width, height int
		perMetre      uint32
	}{{254, 1000, 800, 10000}, {96, 378, 302, 3780}, {300, 1181, 945, 11811}, {508, 2000, 1600, 20000}} {
		t.Run(fmt.Sprint(c.dpi), func(t *testing.T) {
			t.Parallel()
			data, img := export(t, b, layers, sdk.Options{"dpi": c.dpi})
			if got := img.Bounds().Size(); got != image.Pt(c.width, c.height) {
				t.Errorf("%v pixels, want %d × %d", got, c.width, c.height)
			}
			at := bytes.Index(data, []byte("pHYs"))
			want := binary.BigEndian.AppendUint32(nil, c.perMetre)
			want = append(append(want, want...), 1)
			if at < 0 || !bytes.Equal(data[at+4:at+13], want) {
				t.Errorf("pHYs does not say %d pixels per metre both ways", c.perMetre)
			}
		})
	}
}

// TestOtherProgramsReadIt asks ImageMagick, which reads with libpng.
func TestOtherProgramsReadIt(t *testing.T) {
	t.Parallel()
	b, layers := artworktest.Everything()
	for mode, want := range map[string]string{
		modeBits: "600 400 100 100 PixelsPerCentimeter 1 0",
		modeGrey: "600 400 100 100 PixelsPerCentimeter 8 0",
		modeRGBA: "600 400 100 100 PixelsPerCentimeter 8 6",
	} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			data, _ := export(t, b, layers, sdk.Options{"mode": mode})
			cmd := exec.Command("identify", "-units", "PixelsPerCentimeter",
				"-format", "%w %h %x %y %U %[png:IHDR.bit-depth-orig] %[png:IHDR.color-type-orig]", "-")
			cmd.Stdin = bytes.NewReader(data)
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("identify: %v: %s (run make deps)", err, out)
			}
			if got := string(out); got != want {
				t.Errorf("identify says %q, want %q", got, want)
			}
		})
	}
}

func TestWhatBurnsIsBlack(t *testing.T) {
	t.Parallel()
	b, layers := artworktest.Everything()
	dark, hole, medium, light, paper, line := [2]float64{5, 20}, [2]float64{7, 20}, [2]float64{25, 16.2}, [2]float64{50, 17.5}, [2]float64{57, 3}, [2]float64{50, 23.95}
	for name, c := range map[string]struct {
		given sdk.Options
		want  map[[2]float64]int
	}{
		"1-bit burns every setting":       {nil, map[[2]float64]int{dark: 255, hole: 0, medium: 255, light: 255, paper: 0, line: 255}},
		"inverted":                        {sdk.Options{"invert": true}, map[[2]float64]int{dark: 0, hole: 255, paper: 255, line: 0}},
		"grey burns in levels":            {sdk.Options{"mode": modeGrey}, map[[2]float64]int{dark: 255, hole: 0, medium: 168, light: 84, paper: 0}},
		"grey with levels of one's own":   {sdk.Options{"mode": modeGrey, "light": 20.0}, map[[2]float64]int{light: 51, dark: 255}},
		"rgba is clear where none burns":  {sdk.Options{"mode": modeRGBA}, map[[2]float64]int{dark: 255, hole: 0, medium: 168, paper: 0}},
		"rgba inverted":                   {sdk.Options{"mode": modeRGBA, "invert": true}, map[[2]float64]int{dark: 0, hole: 255}},
		"dither leaves dark and none be":  {sdk.Options{"dither": ditherFloyd}, map[[2]float64]int{dark: 255, hole: 0, paper: 0}},
		"ordered leaves dark and none be": {sdk.Options{"dither": ditherOrdered}, map[[2]float64]int{dark: 255, hole: 0, paper: 0}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, img := export(t, b, layers, c.given)
			for at, want := range c.want {
				if got := burnAt(img, b, 254, at[0], at[1]); got != want {
					t.Errorf("at %v mm it burns %d, want %d", at, got, want)
				}
			}
		})
	}
}

func TestDitherKeepsTheLevel(t *testing.T) {
	t.Parallel()
	b := artwork.Board{Number: 1, Width: 40, Height: 40}
	plate := artwork.Path{Closed: true, Points: []artwork.Point{{}, {X: 40}, {X: 40, Y: 40}, {Y: 40}}}
	for _, dither := range []string{ditherFloyd, ditherOrdered} {
		for _, percent := range []float64{1, 10, 33, 50, 66, 90, 100} {
			t.Run(fmt.Sprint(dither, percent), func(t *testing.T) {
				t.Parallel()
				l := &artwork.Layer{Shapes: []artwork.Shape{{Board: 1, Operation: artwork.Engrave, Setting: "light", Fill: true, Paths: []artwork.Path{plate}}}}
				_, img := export(t, b, []*artwork.Layer{l}, sdk.Options{"dither": dither, "light": percent})
				black := 0
				for y := range 400 {
					for x := range 400 {
						if r, _, _, _ := img.At(x, y).RGBA(); r == 0 {
							black++
						}
					}
				}
				if got := float64(black) / 1600; got < percent-1 || got > percent+1 {
					t.Errorf("%g %% of the pixels burn, want %g", got, percent)
				}
			})
		}
	}
}

func TestHostileTitle(t *testing.T) {
	t.Parallel()
	b, layers := artworktest.Everything()
	job := newJob(t, []artwork.Board{b}, layers, nil)
	job.Title = "a\x00b\xff <&> שָׁלוֹם 🗺️"
	var out files
	if err := (format{}).Export(context.Background(), job, &out); err != nil {
		t.Fatal(err)
	}
	data := out.written[""].Bytes()
	if !bytes.Contains(data, []byte("iTXtTitle\x00\x00\x00\x00\x00a\uFFFDb\uFFFD <&> שָׁלוֹם 🗺️")) {
		t.Error("the title is not in the file")
	}
	if _, err := png.Decode(bytes.NewReader(data)); err != nil {
		t.Error(err)
	}
}

func TestBoardsGetAFileEach(t *testing.T) {
	t.Parallel()
	b, layers := artworktest.Everything()
	second, third := b, b
	second.Number, third.Number = 2, 3
	for i := range layers[1].Shapes {
		layers[1].Shapes[i].Board = 3
	}
	var out files
	if err := (format{}).Export(context.Background(), newJob(t, []artwork.Board{b, second, third}, layers, nil), &out); err != nil {
		t.Fatal(err)
	}
	if got := slices.Sorted(maps.Keys(out.written)); !slices.Equal(got, []string{"board1", "board3"}) {
		t.Errorf("files %q: want the two boards on which something burns", got)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	b, layers := artworktest.Everything()
	for name, c := range map[string]struct {
		board  artwork.Board
		layers []*artwork.Layer
		given  sdk.Options
		want   string
	}{
		"more pixels than programs open": {artwork.Board{Number: 1, Width: 1200, Height: 900}, layers, sdk.Options{"dpi": 2540.0}, "choose 772 dpi or less"},
		"a strip that is too long":       {artwork.Board{Number: 1, Width: 9000, Height: 1}, layers, sdk.Options{"dpi": 2540.0}, "choose 282 dpi or less"},
		"a board without size":           {artwork.Board{Number: 1}, layers, nil, "size above 0"},
		"nothing that burns":             {b, []*artwork.Layer{{Name: "empty"}}, nil, "nothing"},
		"verbs without points":           {b, []*artwork.Layer{{Name: "broken", Shapes: []artwork.Shape{{Board: 1, Operation: artwork.Score, Setting: "1", Paths: []artwork.Path{{Points: []artwork.Point{{}}, Verbs: []artwork.Verb{9}}}}}}}, nil, `"broken"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			err := format{}.Export(context.Background(), newJob(t, []artwork.Board{c.board}, c.layers, c.given), &files{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}

func TestCancelled(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	b, layers := artworktest.Munich()
	if err := (format{}).Export(ctx, newJob(t, []artwork.Board{b}, layers, nil), &files{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that the export was cancelled", err)
	}
}

func TestDitherNeedsOneBit(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{modeBits, modeGrey, modeRGBA} {
		options, _ := sdk.CompleteOptions(format{}.Manifest(), sdk.Options{"mode": mode, "dither": ditherFloyd})
		if wrong := (format{}).Validate(options); (len(wrong) == 0) != (mode == modeBits) {
			t.Errorf("mode %s with dither: %v", mode, wrong)
		}
	}
}

// TestDrawsWhatTheVectorFileHolds compares with librsvg's picture of the SVG
// that the svg plugin writes of the same artwork with lines of the same width.
func TestDrawsWhatTheVectorFileHolds(t *testing.T) {
	t.Parallel()
	munich, munichLayers := artworktest.Munich()
	all, allLayers := artworktest.Everything()
	for _, c := range []struct {
		file   string
		board  artwork.Board
		layers []*artwork.Layer
	}{{"munich.svg", munich, munichLayers}, {"everything.svg", all, allLayers}} {
		t.Run(c.file, func(t *testing.T) {
			t.Parallel()
			_, ours := export(t, c.board, c.layers, sdk.Options{"mode": modeGrey, "light": 100.0, "medium": 100.0, "line-width": 0.1})
			cmd := exec.Command("rsvg-convert", "--dpi-x=254", "--dpi-y=254", filepath.Join("..", "svg", "testdata", c.file))
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			out, err := cmd.Output()
			if err != nil {
				t.Fatalf("rsvg-convert: %v: %s (run make deps)", err, stderr.String())
			}
			theirs, err := png.Decode(bytes.NewReader(out))
			if err != nil {
				t.Fatal(err)
			}
			if ours.Bounds() != theirs.Bounds() {
				t.Fatalf("ours is %v, librsvg's %v", ours.Bounds(), theirs.Bounds())
			}
			far, burned, sum := 0, 0, 0
			for y := range ours.Bounds().Dy() {
				for x := range ours.Bounds().Dx() {
					_, _, _, a := theirs.At(x, y).RGBA()
					r, _, _, _ := ours.At(x, y).RGBA()
					want, got := int(a>>8), 255-int(r>>8)
					d := max(want-got, got-want)
					sum += d
					if d > 48 {
						far++
					}
					if want > 0 {
						burned++
					}
				}
			}
			pixels := ours.Bounds().Dx() * ours.Bounds().Dy()
			t.Logf("%d pixels, %d burned, %d differ by more than 48 of 255, mean difference %.3f", pixels, burned, far, float64(sum)/float64(pixels))
			if far*2000 > pixels {
				t.Errorf("%d of %d pixels differ by more than 48 of 255", far, pixels)
			}
		})
	}
}
