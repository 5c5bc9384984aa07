//go:build geos

package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// The window that is measured, in pixels, and how long a frame of it may take.
const (
	windowWidth, windowHeight = 1440, 900
	frame60                   = 1000.0 / 60 // ms
)

// window measures how long our callbacks hold the thread of the window while a
// place is imported, looked at from all sides and exported, and how long
// anything else has to wait for that thread, which Fyne's own layout and its
// painting without a graphics card are part of.
type window struct {
	place place
	dir   string
}

// windowFigures are what is told of each phase.
var windowFigures = []struct {
	name string
	of   func(phase) float64
}{
	{"longest callback", func(p phase) float64 { return p.Longest.Millis }},
	{"99 % of callbacks", func(p phase) float64 { return p.Callbacks99 }},
	{"99 % of waits, with Fyne's painting", func(p phase) float64 { return p.Waits99 }},
}

func (w window) what() (name, input string) {
	return "window", fmt.Sprintf("%s, %d × %d", w.place.name, windowWidth, windowHeight)
}

func (w window) measure(ctx context.Context) ([]figure, error) {
	if _, err := command(w.place.env(w.dir), mapwright, "account", "plan", "creator")(ctx); err != nil {
		return nil, err
	}
	var all []held
	for range runs {
		h, err := w.hold(ctx)
		if err != nil {
			return nil, err
		}
		h.print()
		all = append(all, h)
	}
	_, input := w.what()
	var figures []figure
	for i, p := range all[0].Phases {
		for _, f := range windowFigures {
			costs := make([]cost, len(all))
			for k, h := range all {
				costs[k].millis = f.of(h.Phases[i])
			}
			ours := median(costs, func(c cost) float64 { return c.millis })
			figures = append(figures, figure{"window, " + p.Name + ": " + f.name, input, ours, frame60, "one frame at 60 Hz", "ms", frame60 / ours})
		}
	}
	return figures, nil
}

// hold does the whole job once in a process and on a screen of its own.
func (w window) hold(ctx context.Context) (h held, err error) {
	p, dir := w.place, w.dir
	gpkg := filepath.Join(dir, p.name+"-window.gpkg")
	for _, old := range []string{gpkg, filepath.Join(dir, p.name+"-window.svg")} {
		if err := remove(old); err != nil {
			return h, err
		}
	}
	if _, err := command(p.env(dir), mapwright, "new", gpkg, "--bbox", p.box, "--size", p.size)(ctx); err != nil {
		return h, err
	}
	display, shut, err := screen(ctx)
	if err != nil {
		return h, err
	}
	defer func() { err = errors.Join(err, shut()) }()
	self, err := os.Executable()
	if err != nil {
		return h, err
	}
	cmd := exec.CommandContext(ctx, self, childCommand, "window", gpkg, p.source())
	cmd.Env = append(os.Environ(), p.env(dir)...)
	cmd.Env = append(cmd.Env, "DISPLAY="+display, "FYNE_SCALE=1", "LIBGL_ALWAYS_SOFTWARE=1", "LANG=en_GB.UTF-8", "HOME="+dir, "XDG_CONFIG_HOME="+filepath.Join(dir, "config"))
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return h, err
	}
	return h, json.Unmarshal(out, &h)
}

// screen starts an X server with room for the window.
func screen(ctx context.Context) (display string, shut func() error, err error) {
	read, write, err := os.Pipe()
	if err != nil {
		return "", nil, err
	}
	defer func() { err = errors.Join(err, read.Close()) }()
	cmd := exec.CommandContext(ctx, "Xvfb", "-displayfd", "3", "-screen", "0", "1600x1000x24", "-nolisten", "tcp")
	cmd.ExtraFiles = []*os.File{write}
	if err := cmd.Start(); err != nil {
		return "", nil, errors.Join(err, write.Close())
	}
	shut = func() error {
		err := cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait() // ended as it was told
		return err
	}
	number, err := bufio.NewReader(read).ReadString('\n')
	if err = errors.Join(err, write.Close()); err != nil {
		return "", nil, errors.Join(fmt.Errorf("the X server tells no display: %w", err), shut())
	}
	return ":" + strings.TrimSpace(number), shut, nil
}

// held is what one run found.
type held struct{ Phases []phase }

// phase is a part of the job: what our callbacks took in it, and how long
// something that came at any time had to wait for the thread. Milliseconds.
type phase struct {
	Name        string
	Callbacks   int
	Longest     callback
	Callbacks99 float64
	All         []callback // the longest of each name, longest first
	Waits       int
	Waits99     float64
	LongestWait float64
	OursInIt    float64 // how much of the longest wait our callbacks were
}

type callback struct {
	Name   string
	Millis float64
}

// whole is the name of the phase that holds all others.
const whole = "all"

func (h held) print() {
	for _, p := range h.Phases {
		fmt.Fprintf(os.Stderr, "window, %s: %d callbacks, 99 %% within %.1f ms; waits: 99 %% of %d within %.1f ms, longest %.1f ms, of which ours %.1f ms\n",
			p.Name, p.Callbacks, p.Callbacks99, p.Waits, p.Waits99, p.LongestWait, p.OursInIt)
		if p.Name == whole {
			continue
		}
		for _, c := range p.All[:min(len(p.All), 6)] {
			fmt.Fprintf(os.Stderr, "  %6.1f ms  %s\n", c.Millis, c.Name)
		}
	}
}
