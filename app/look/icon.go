package look

import (
	"fmt"
	"io/fs"
	"path"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"github.com/mapwright/mapwright/assets"
)

// Icon gives an icon in the colour of text. The name is a file's in
// assets/icons or, for 16 px, in assets/icons/small, without its ending. A name
// that is none gives Fyne's broken image; a test looks for such names.
func Icon(name string) fyne.Resource {
	return theme.NewThemedResource(outline(name))
}

// Tinted gives an icon in another colour of the theme.
func Tinted(name string, color fyne.ThemeColorName) fyne.Resource {
	return theme.NewColoredResource(outline(name), color)
}

// Painted gives an icon in the colour that the theme has for it now. The same
// icon in the same colour is the same resource, so that who shows it can tell
// that it is no other one: Fyne reads and draws an icon anew at each refresh.
func Painted(name string, c fyne.ThemeColorName) fyne.Resource {
	r, g, b, a := Color(c).RGBA()
	key := painted{name, [4]uint32{r, g, b, a}}
	if known, ok := paintedIcons.Load(key); ok {
		return known.(fyne.Resource)
	}
	id := fmt.Sprintf("%s-%02x%02x%02x%02x.svg", name, r>>8, g>>8, b>>8, a>>8)
	made, _ := paintedIcons.LoadOrStore(key, fyne.NewStaticResource(id, Tinted(name, c).Content()))
	return made.(fyne.Resource)
}

type painted struct {
	name  string
	color [4]uint32
}

// paintedIcons has the icons that were shown so far: a few dozen, in the few
// colours of the themes that were chosen.
var paintedIcons sync.Map // of painted to fyne.Resource

// HasIcon tells whether the name is an icon's.
func HasIcon(name string) bool {
	_, ok := icons[name]
	return ok
}

// AppIcon is the icon of the program.
func AppIcon() fyne.Resource { return fyne.NewStaticResource("mapwright.png", assets.App) }

func outline(name string) fyne.Resource {
	if r, ok := icons[name]; ok {
		return r
	}
	return theme.BrokenImageIcon()
}

var icons = load(assets.Icons, "icons", "icons/small")

// load reads the outlines of the folders, which are part of the program: an
// error here is a broken build.
func load(files fs.FS, folders ...string) map[string]fyne.Resource {
	all := map[string]fyne.Resource{}
	for _, folder := range folders {
		names, err := fs.Glob(files, folder+"/*.svg")
		if err != nil {
			panic(err)
		}
		for _, name := range names {
			data, err := fs.ReadFile(files, name)
			if err != nil {
				panic(err)
			}
			id := path.Base(name)
			all[id[:len(id)-len(".svg")]] = fyne.NewStaticResource(id, data)
		}
	}
	delete(all, "app") // not an outline: see AppIcon
	return all
}
