package e2e

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// screen is an X server of its own with a window manager, and the program's
// window on it, driven as a person's hands would.
type screen struct {
	t       *testing.T
	display string
	width   int
	height  int
	env     []string
	app     *exec.Cmd
	ended   chan struct{} // closed when the program has ended
	end     error         // how, once it has
	said    *said
	window  string // xdotool's number of it
	probe   string // the socket that tells what is shown
}

// newScreen starts an X server of a size.
func newScreen(t *testing.T, width, height int) *screen {
	t.Helper()
	s := &screen{t: t, width: width, height: height}
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height), "-nolisten", "tcp", "-noreset")
	server.ExtraFiles = []*os.File{write}
	s.background(server)
	if err := write.Close(); err != nil {
		t.Fatal(err)
	}
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatalf("the X server tells no display: %v", err)
	}
	s.display = ":" + strings.TrimSpace(number)
	s.until("the X server answers", func() bool { return s.x("xdpyinfo") == nil })
	config := filepath.Join(t.TempDir(), "openbox.xml")
	if err := os.WriteFile(config, []byte(plainWindows), 0o600); err != nil {
		t.Fatal(err)
	}
	s.service("openbox", "--sm-disable", "--config-file", config)
	return s
}

// plainWindows lets a window fill the screen, without a frame of the manager's.
const plainWindows = `<?xml version="1.0"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
<keyboard><keybind key="A-F4"><action name="Close"/></keybind></keyboard>
<applications><application class="*"><decor>no</decor></application></applications>
</openbox_config>`

// service starts a program that runs until the test is over.
func (s *screen) service(name string, args ...string) {
	s.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display)
	s.background(cmd)
}

// background runs a program until the test is over.
func (s *screen) background(cmd *exec.Cmd) {
	s.t.Helper()
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may be gone already
		_ = cmd.Wait()
	})
}

// x runs a program on the display.
func (s *screen) x(name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %v: %w: %s", name, args, err, out)
	}
	return nil
}

// answer is what a program on the display says.
func (s *screen) answer(name string, args ...string) string {
	cmd := exec.Command(name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Sprintf("%s: %v", name, err)
	}
	return strings.TrimSpace(string(out))
}

func (s *screen) must(name string, args ...string) {
	s.t.Helper()
	if err := s.x(name, args...); err != nil {
		s.t.Fatal(err)
	}
}

// until waits for something that has to happen.
func (s *screen) until(what string, f func() bool) {
	s.t.Helper()
	for deadline := time.Now().Add(90 * time.Second); !f(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			s.shot("stuck")
			s.t.Fatalf("never happened: %s\nit shows: %s\n%s", what, s.text(), s.output())
		}
	}
}

func (s *screen) output() string {
	if s.said == nil {
		return ""
	}
	return s.said.String()
}

// said is what a program says, read while it still speaks.
type said struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *said) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// shown is something on the screen, as the program tells it.
type shown struct {
	Text, Kind    string
	X, Y          float64
	Width, Height float64
	Disabled      bool
	Above         int
}

// open starts the program of a shop in a window and waits until it shows a text.
func (s *screen) open(shop *shop, awaits string, args ...string) {
	s.t.Helper()
	probe := filepath.Join(s.t.TempDir(), "probe")
	s.app = shop.command(s.t.Context(), args...)
	s.app.Env = append(s.app.Env, "DISPLAY="+s.display, "MAPWRIGHT_PROBE="+probe, "FYNE_SCALE=1", "LANG=en_GB.UTF-8", "HOME="+shop.dir, "XDG_CONFIG_HOME="+shop.path("config"))
	s.app.Env = append(s.app.Env, s.env...)
	s.said = &said{}
	s.app.Stdout, s.app.Stderr = s.said, s.said
	if err := s.app.Start(); err != nil {
		s.t.Fatal(err)
	}
	s.probe = probe
	app, ended := s.app, make(chan struct{})
	s.ended = ended
	go func() {
		s.end = app.Wait()
		close(ended)
	}()
	s.t.Cleanup(func() {
		_ = app.Process.Kill() // it may be closed already
		<-ended
	})
	s.until("the window opens", func() bool {
		s.window = s.visible()
		return s.window != ""
	})
	s.must("xdotool", "windowmove", s.window, "0", "0")
	s.must("xdotool", "windowsize", s.window, strconv.Itoa(s.width), strconv.Itoa(s.height))
	s.must("xdotool", "windowfocus", "--sync", s.window)
	s.see(awaits)
}

// look gives what is on the screen.
func (s *screen) look() []shown {
	c, err := net.Dial("unix", s.probe)
	if err != nil {
		return nil // it is starting or ended: until tells
	}
	defer func() { _ = c.Close() }()
	var all []shown
	if json.NewDecoder(c).Decode(&all) != nil {
		return nil
	}
	return all
}

// find gives what is on the screen with a text, the topmost first; a * stands
// for anything.
func (s *screen) find(text string) (found []shown) {
	prefix, suffix, open := strings.Cut(text, "*")
	for _, o := range s.look() {
		in := o.X >= 0 && o.Y >= 0 && o.X < float64(s.width) && o.Y < float64(s.height)
		if in && (o.Text == text || open && strings.HasPrefix(o.Text, prefix) && strings.HasSuffix(o.Text, suffix)) {
			found = append(found, o)
		}
	}
	slices.SortStableFunc(found, func(a, b shown) int { return b.Above - a.Above })
	return found
}

// see waits until a text is on the screen.
func (s *screen) see(text string) shown {
	s.t.Helper()
	var found []shown
	s.until("the screen shows "+text, func() bool { found = s.find(text); return len(found) > 0 })
	return found[0]
}

// gone waits until a text is not on the screen.
func (s *screen) gone(text string) {
	s.t.Helper()
	s.until("the screen no longer shows "+text, func() bool { return len(s.find(text)) == 0 })
}

// origin is where the window's content begins on the screen.
func (s *screen) origin() (x, y int) {
	s.t.Helper()
	out, err := exec.Command("env", "DISPLAY="+s.display, "xdotool", "getwindowgeometry", "--shell", s.window).Output()
	if err != nil {
		s.t.Fatal(err)
	}
	for _, line := range strings.Split(string(out), "\n") {
		if v, ok := strings.CutPrefix(line, "X="); ok {
			x, _ = strconv.Atoi(v)
		}
		if v, ok := strings.CutPrefix(line, "Y="); ok {
			y, _ = strconv.Atoi(v)
		}
	}
	return x, y
}

// clickAt clicks a place of the window.
func (s *screen) clickAt(x, y float64) {
	s.t.Helper()
	dx, dy := s.origin()
	s.must("xdotool", "mousemove", strconv.Itoa(dx+int(x)), strconv.Itoa(dy+int(y)))
	time.Sleep(60 * time.Millisecond) // as a hand does: Fyne hears the move first
	s.must("xdotool", "click", "1")
}

// click waits for a text and clicks it.
func (s *screen) click(text string) {
	s.t.Helper()
	o := s.see(text)
	s.until(text+" can be clicked", func() bool {
		for _, o = range s.find(text) {
			if !o.Disabled {
				return true
			}
		}
		return false
	})
	s.clickAt(o.X, o.Y)
}

// drag presses at one place and lets go at another one.
func (s *screen) drag(x0, y0, x1, y1 float64) {
	s.t.Helper()
	dx, dy := s.origin()
	at := func(x, y float64) []string {
		return []string{"mousemove", strconv.Itoa(dx + int(x)), strconv.Itoa(dy + int(y))}
	}
	s.must("xdotool", at(x0, y0)...)
	s.must("xdotool", "mousedown", "1")
	for i := range 8 {
		f := float64(i+1) / 8
		s.must("xdotool", at(x0+(x1-x0)*f, y0+(y1-y0)*f)...)
		time.Sleep(15 * time.Millisecond)
	}
	s.must("xdotool", "mouseup", "1")
}

// keys presses keys, by xdotool's names.
func (s *screen) keys(keys ...string) {
	s.t.Helper()
	for _, k := range keys {
		s.must("xdotool", "key", "--clearmodifiers", k)
		time.Sleep(30 * time.Millisecond)
	}
}

// write types a text.
func (s *screen) write(text string) {
	s.t.Helper()
	s.must("xdotool", "type", "--delay", "8", text)
}

// shot keeps a picture of the screen where MAPWRIGHT_PICTURES says.
func (s *screen) shot(name string) {
	dir := os.Getenv("MAPWRIGHT_PICTURES")
	if dir == "" {
		return
	}
	time.Sleep(400 * time.Millisecond) // the frame that shows it
	file := filepath.Join(dir, strings.ReplaceAll(s.t.Name(), "/", "-")+"-"+name+".png")
	if err := s.x("import", "-window", "root", file); err != nil {
		s.t.Error(err)
	}
}

// close closes the window as a person does and waits for the program's end. A
// person who still sees the window after a while presses the keys once more:
// once in some hundred times they do nothing.
func (s *screen) close() {
	s.t.Helper()
	s.keys("alt+F4")
	again, last := time.After(20*time.Second), time.After(90*time.Second)
	for {
		select {
		case <-s.ended:
			if s.end != nil {
				s.t.Errorf("the window ended with %v\n%s", s.end, s.output())
			}
			return
		case <-again:
			if s.visible() != "" {
				s.t.Logf("window %s is still there, and closed once more; who has the keyboard: %s, %s; it says: %s",
					s.window, s.answer("xdotool", "getwindowfocus"), s.answer("xprop", "-root", "_NET_ACTIVE_WINDOW"), s.text())
				s.shot("still-there")
				s.keys("alt+F4")
			}
		case <-last:
			s.shot("does-not-close")
			_ = s.app.Process.Signal(syscall.SIGQUIT) // it says what it is doing
			<-s.ended
			s.t.Fatalf("the window does not close\n%s", s.output())
		}
	}
}

// visible is xdotool's number of the program's window, "" where none is shown.
func (s *screen) visible() string {
	out, err := exec.Command("env", "DISPLAY="+s.display, "xdotool", "search", "--onlyvisible", "--pid", strconv.Itoa(s.app.Process.Pid)).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(strings.Split(string(out), "\n")[0])
}
