// Package app is the window of Mapwright: a face of package workshop, as the
// command line is. It joins the panels, each of which is a package below this
// one, and holds no geometry and no credit rules.
package app

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	_ "github.com/mapwright/mapwright/app/locale" // before Fyne asks for it
	"github.com/mapwright/mapwright/app/look"
	"github.com/mapwright/mapwright/app/loop"
	"github.com/mapwright/mapwright/internal/workshop"
)

// ID names the program to the system, for its own settings of scale and theme.
const ID = "org.mapwright.mapwright"

// Main opens the window, on a map if one is named, and returns the exit code
// when the window is closed.
func Main(version string, c workshop.Config, path string) int {
	if !display() {
		fmt.Fprintln(os.Stderr, "mapwright: there is no display to open the window on; the command line does all that the window does: mapwright --help")
		return 1
	}
	shop, err := workshop.Open(c)
	if err != nil {
		fmt.Fprintln(os.Stderr, "mapwright:", err)
		return 1
	}
	a := NewApp(version)
	settings, err := shop.Settings(context.Background())
	if err != nil {
		settings = workshop.Settings{} // the account corner says what is wrong with the file
	}
	a.Settings().SetTheme(look.Theme{Mode: look.Mode(settings.Theme)})
	w := NewWindow(a, shop, Options{Settings: settings, Version: version})
	if path != "" {
		w.Open(path)
	}
	go exitOnceEnded(w.ended, os.Exit)
	w.Run()
	return 0
}

// exitOnceEnded ends the program, some time after all was put away, if it still
// lives: when Fyne's loop ends, it sometimes waits for ever for an event that it
// has just thrown away itself.
func exitOnceEnded(ended <-chan struct{}, exit func(code int)) {
	<-ended
	time.Sleep(farewell)
	exit(0)
}

// farewell is how long Fyne has to end in its own way.
const farewell = 2 * time.Second

// NewApp makes Fyne's app. As all that changes the window comes through package
// loop, Fyne need not look at each of its calls which thread it is on, which
// costs a third of the time that our callbacks take.
func NewApp(version string) fyne.App {
	app.SetMetadata(fyne.AppMetadata{
		ID: ID, Name: "Mapwright", Version: version, Icon: look.AppIcon(), Migrations: map[string]bool{"fyneDo": true},
	})
	a := app.NewWithID(ID)
	a.SetIcon(look.AppIcon())
	return a
}

// display tells whether there is a screen to open a window on.
func display() bool {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return true
	}
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// Options are what a window may be told. The zero value works.
type Options struct {
	Settings workshop.Settings
	Version  string
	// Meter is told how long callbacks held the UI thread; it may be nil.
	Meter loop.Meter
	// Loop makes the loops that the window and its maps work in; nil makes them
	// over Fyne's UI thread.
	Loop func() *loop.Loop
}

func (o Options) loop() *loop.Loop {
	if o.Loop != nil {
		return o.Loop()
	}
	return loop.New(o.Meter)
}
