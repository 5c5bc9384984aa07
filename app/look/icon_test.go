package look_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"image"
	_ "image/png" // the icon of the program
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"fyne.io/fyne/v2/theme"
	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"

	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/assets"
)

// takesIcon names the functions whose first argument is an icon's name. A field
// called Icon holds one too.
var takesIcon = map[string]bool{
	"Icon": true, "Tinted": true, "Painted": true, "NewIconButton": true, "NewSmallIconButton": true,
	"SetIcon": true, "SetTrailing": true,
}

// TestEveryIconThatIsAskedForExists reads the window's code, for a wrong name
// would show a broken picture.
func TestEveryIconThatIsAskedForExists(t *testing.T) {
	t.Parallel()
	found := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "icon_test.go") {
			return err
		}
		code, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, use := range iconNames(t, path, code) {
			found++
			if !look.HasIcon(use.name) {
				t.Errorf("%s: there is no icon %q", use.at, use.name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 10 {
		t.Errorf("found %d names of icons, which cannot be all", found)
	}
}

func TestAWrongIconNameIsFound(t *testing.T) {
	t.Parallel()
	code := `package p
var a = look.Icon("no-such")
var b = parts.NewIconButton("nor-this", nil, nil)
var c = parts.Notice{Icon: "nor-that", Title: "select"}`
	wrong := 0
	for _, use := range iconNames(t, "p.go", []byte(code)) {
		if !look.HasIcon(use.name) {
			wrong++
		}
	}
	if wrong != 3 {
		t.Errorf("found %d of 3 wrong names", wrong)
	}
}

type iconUse struct {
	name string
	at   token.Position
}

func iconNames(t *testing.T, path string, code []byte) (all []iconUse) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, path, code, 0)
	if err != nil {
		return nil // the compiler says it better
	}
	add := func(e ast.Expr) {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if name, err := strconv.Unquote(lit.Value); err == nil && name != "" {
				all = append(all, iconUse{name, files.Position(lit.Pos())})
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && takesIcon[sel.Sel.Name] && len(n.Args) > 0 {
				add(n.Args[0])
			} else if id, ok := n.Fun.(*ast.Ident); ok && len(n.Args) > 1 && id.Name == "setIcon" {
				add(n.Args[1])
			}
		case *ast.KeyValueExpr:
			if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Icon" {
				add(n.Value)
			}
		}
		return true
	})
	return all
}

// TestEveryIconCanBeSeenInBothModes draws each as the window does: oksvg drops
// lines, and Fyne recolours fills alone.
func TestEveryIconCanBeSeenInBothModes(t *testing.T) {
	files, err := fs.Glob(assets.Icons, "icons/*.svg")
	if err != nil {
		t.Fatal(err)
	}
	small, err := fs.Glob(assets.Icons, "icons/small/*.svg")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(files, small...) {
		name := strings.TrimSuffix(filepath.Base(path), ".svg")
		if name == "app" {
			continue // not an outline
		}
		use(t, look.Light)
		light := look.Icon(name).Content()
		use(t, look.Dark)
		dark := look.Icon(name).Content()
		if bytes.Equal(light, dark) {
			t.Errorf("%s does not follow the look", name)
		}
		if inked := ink(t, name, dark); inked < 20 {
			t.Errorf("%s covers %d pixels of 576", name, inked)
		}
	}
}

// ink counts the light pixels of an icon of 24 px that was made for a dark
// window.
func ink(t *testing.T, name string, svg []byte) (n int) {
	t.Helper()
	icon, err := oksvg.ReadIconStream(bytes.NewReader(svg), oksvg.StrictErrorMode)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return 0
	}
	const size = 24
	img := image.NewRGBA(image.Rect(0, 0, size, size))
	icon.SetTarget(0, 0, size, size)
	icon.Draw(rasterx.NewDasher(size, size, rasterx.NewScannerGV(size, size, img, img.Bounds())), 1)
	for i := 0; i < len(img.Pix); i += 4 {
		if img.Pix[i] > 0x70 && img.Pix[i+3] > 0x80 {
			n++
		}
	}
	return n
}

func TestTheProgramHasAnIcon(t *testing.T) {
	t.Parallel()
	img, _, err := image.Decode(bytes.NewReader(look.AppIcon().Content()))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != 256 || b.Dy() != 256 {
		t.Errorf("the icon is %v", b)
	}
	if r, g, b, a := img.At(128, 40).RGBA(); r>>8 != 0x0B || g>>8 != 0x64 || b>>8 != 0x57 || a>>8 != 0xFF {
		t.Error("the icon is not pine green")
	}
}

// TestAPaintedIconFollowsTheTheme: an icon that stays as it was when the theme
// changes is not to be seen on its new ground.
func TestAPaintedIconFollowsTheTheme(t *testing.T) {
	use(t, look.Light)
	light := look.Painted("undo", theme.ColorNameForeground)
	if look.Painted("undo", theme.ColorNameForeground) != light {
		t.Error("the same icon is read twice")
	}
	if look.Painted("redo", theme.ColorNameForeground) == light || look.Painted("undo", theme.ColorNamePrimary) == light {
		t.Error("another icon or another colour is the same")
	}
	use(t, look.Dark)
	dark := look.Painted("undo", theme.ColorNameForeground)
	if ink(t, "undo", dark.Content()) == 0 || ink(t, "undo", light.Content()) != 0 {
		t.Error("the icon does not take the colour of the theme")
	}
}
