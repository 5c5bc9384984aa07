package lettering

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// picture is an SVG that a person can look at, Y up in what is drawn.
type picture struct {
	width, height float64
	body          strings.Builder
}

// text draws a text with its baseline at x, y.
func (p *picture) text(t Text, x, y float64) {
	var fill, stroke strings.Builder
	for _, l := range t.Letters {
		for _, c := range l.Contours {
			p.path(&fill, c, x+l.At, y)
			fill.WriteString("Z")
		}
		for _, c := range l.Strokes {
			p.path(&stroke, c, x+l.At, y)
		}
	}
	if fill.Len() > 0 {
		fmt.Fprintf(&p.body, "<path d=%q/>\n", fill.String())
	}
	if stroke.Len() > 0 {
		fmt.Fprintf(&p.body, "<path d=%q fill=\"none\" stroke=\"#00f\" stroke-width=\".15\"/>\n", stroke.String())
	}
}

func (p *picture) path(b *strings.Builder, points []Vec, x, y float64) {
	for i, v := range points {
		verb := "L"
		if i == 0 {
			verb = "M"
		}
		fmt.Fprintf(b, "%s%.3f %.3f", verb, x+v.X, p.height-y-v.Y)
	}
}

// golden compares the picture with the file of that name.
func (p *picture) golden(t *testing.T, name string) {
	t.Helper()
	got := fmt.Sprintf("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%gmm\" height=\"%gmm\" viewBox=\"0 0 %g %g\">\n%s</svg>\n",
		p.width, p.height, p.width, p.height, p.body.String())
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal([]byte(got), want) {
		t.Errorf("%s differs from what is drawn now: look at both and run with -update where the new one is right", path)
	}
}
