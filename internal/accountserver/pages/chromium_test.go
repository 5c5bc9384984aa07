package pages

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"testing"
)

// chromium is a real browser, steered over a pipe by the DevTools protocol
// (https://chromedevtools.github.io/devtools-protocol/). No page's script can
// run in it.
type chromium struct {
	testing.TB
	to      *os.File
	from    *bufio.Reader
	session string
	last    int
	events  []devtoolsMessage
}

// devtoolsMessage is one of the protocol, in either direction.
type devtoolsMessage struct {
	ID        int             `json:"id,omitempty"`
	Method    string          `json:"method,omitempty"`
	SessionID string          `json:"sessionId,omitempty"`
	Params    json.RawMessage `json:"params,omitempty"`
	Result    json.RawMessage `json:"result,omitempty"`
	Error     *struct {
		Message string `json:"message"`
	} `json:"error,omitempty"`
}

// params are those of a command.
type params map[string]any

func startChromium(t testing.TB) *chromium {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatalf("the pages are tried in a real browser: run make deps (%v)", err)
	}
	theirs, to := pipe(t)
	from, ours := pipe(t)
	cmd := exec.Command(program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
		"--remote-debugging-pipe", "--user-data-dir="+t.TempDir(), "about:blank")
	cmd.ExtraFiles = []*os.File{theirs, ours} // become 3 and 4, which it reads and writes
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(theirs.Close(), ours.Close()); err != nil {
		t.Fatal(err)
	}
	c := &chromium{TB: t, to: to, from: bufio.NewReader(from)}
	t.Cleanup(func() {
		if _, err := to.WriteString(`{"id":1000000,"method":"Browser.close"}` + "\x00"); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("the browser ended with %v", err)
		}
		if err := errors.Join(to.Close(), from.Close()); err != nil {
			t.Error(err)
		}
	})
	c.openTab()
	return c
}

func pipe(t testing.TB) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	return r, w
}

func (c *chromium) openTab() {
	c.Helper()
	var target struct {
		ID string `json:"targetId"`
	}
	c.call("Target.createTarget", params{"url": "about:blank"}, &target)
	var attached struct {
		Session string `json:"sessionId"`
	}
	c.call("Target.attachToTarget", params{"targetId": target.ID, "flatten": true}, &attached)
	c.session = attached.Session
	for _, domain := range []string{"Page", "DOM", "Log", "Network"} {
		c.call(domain+".enable", nil, nil)
	}
	c.call("Emulation.setScriptExecutionDisabled", params{"value": true}, nil)
}

// call sends a command and waits for its result.
func (c *chromium) call(method string, p params, result any) {
	c.Helper()
	c.last++
	text, err := json.Marshal(struct {
		ID        int    `json:"id"`
		Method    string `json:"method"`
		SessionID string `json:"sessionId,omitempty"`
		Params    params `json:"params,omitempty"`
	}{c.last, method, c.session, p})
	if err != nil {
		c.Fatal(err)
	}
	if _, err := c.to.Write(append(text, 0)); err != nil {
		c.Fatalf("%s: %v", method, err)
	}
	for {
		m := c.read()
		if m.ID != c.last {
			c.events = append(c.events, m)
			continue
		}
		if m.Error != nil {
			c.Fatalf("%s: %s", method, m.Error.Message)
		}
		if result != nil {
			if err := json.Unmarshal(m.Result, result); err != nil {
				c.Fatal(err)
			}
		}
		return
	}
}

func (c *chromium) read() (m devtoolsMessage) {
	c.Helper()
	text, err := c.from.ReadBytes(0)
	if err != nil {
		c.Fatalf("the browser is gone: %v", err)
	}
	if err := json.Unmarshal(text[:len(text)-1], &m); err != nil {
		c.Fatal(err)
	}
	return m
}

// arrive forgets what happened, acts, and waits until the page that follows is
// loaded whole.
func (c *chromium) arrive(act func()) {
	c.Helper()
	c.events = nil
	act()
	for {
		for _, e := range c.events {
			if e.Method == "Page.loadEventFired" {
				return
			}
		}
		c.events = append(c.events, c.read())
	}
}

func (c *chromium) open(url string) {
	c.Helper()
	c.arrive(func() { c.call("Page.navigate", params{"url": url}, nil) })
}

// root is the node of the page.
func (c *chromium) root() int {
	c.Helper()
	var doc struct {
		Root struct {
			ID int `json:"nodeId"`
		} `json:"root"`
	}
	c.call("DOM.getDocument", nil, &doc)
	return doc.Root.ID
}

// find is the node of a CSS selector.
func (c *chromium) find(selector string) int {
	c.Helper()
	var found struct {
		ID int `json:"nodeId"`
	}
	c.call("DOM.querySelector", params{"nodeId": c.root(), "selector": selector}, &found)
	if found.ID == 0 {
		c.Fatalf("there is no %s on %s", selector, c.text())
	}
	return found.ID
}

// fill types into a field, over what is there.
func (c *chromium) fill(selector, text string) {
	c.Helper()
	c.call("DOM.focus", params{"nodeId": c.find(selector)}, nil)
	c.key("a", "KeyA", 65, 2) // Ctrl A
	c.call("Input.insertText", params{"text": text}, nil)
}

// key presses and releases a key; modifiers are those of the protocol.
func (c *chromium) key(key, code string, number, modifiers int) {
	c.Helper()
	p := params{"type": "keyDown", "key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": modifiers}
	if key == "Enter" {
		p["text"] = "\r"
	}
	if modifiers == 2 {
		p["commands"] = []string{"selectAll"}
	}
	c.call("Input.dispatchKeyEvent", p, nil)
	c.call("Input.dispatchKeyEvent", params{"type": "keyUp", "key": key, "code": code, "windowsVirtualKeyCode": number}, nil)
}

// enter presses Enter.
func (c *chromium) enter() {
	c.Helper()
	c.key("Enter", "Enter", 13, 0)
}

// click presses the mouse in the middle of an element.
func (c *chromium) click(selector string) {
	c.Helper()
	node := c.find(selector)
	c.call("DOM.scrollIntoViewIfNeeded", params{"nodeId": node}, nil)
	q := c.box(node)
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		c.call("Input.dispatchMouseEvent", params{
			"type": kind, "button": "left", "clickCount": 1, "x": (q[0] + q[4]) / 2, "y": (q[1] + q[5]) / 2,
		}, nil)
	}
}

// box is where an element stands: the corners of its content, clockwise from
// the upper left, as x and y in CSS pixels.
func (c *chromium) box(node int) []float64 {
	c.Helper()
	var box struct {
		Model struct {
			Content []float64 `json:"content"`
		} `json:"model"`
	}
	c.call("DOM.getBoxModel", params{"nodeId": node}, &box)
	return box.Model.Content
}

// inside asserts that of each element of the first selector, those of the
// second do not stick out at the right.
func (c *chromium) inside(where, outer, inner string) {
	c.Helper()
	for _, frame := range c.all(c.root(), outer) {
		edge := c.box(frame)[2]
		for _, node := range c.all(frame, inner) {
			if right := c.box(node)[2]; right > edge+0.5 {
				c.Errorf("%s: a %s ends at %.0f, beyond its %s at %.0f", where, inner, right, outer, edge)
			}
		}
	}
}

func (c *chromium) all(node int, selector string) []int {
	c.Helper()
	var found struct {
		IDs []int `json:"nodeIds"`
	}
	c.call("DOM.querySelectorAll", params{"nodeId": node, "selector": selector}, &found)
	return found.IDs
}

// text is the HTML that is shown.
func (c *chromium) text() string {
	c.Helper()
	var outer struct {
		HTML string `json:"outerHTML"`
	}
	c.call("DOM.getOuterHTML", params{"nodeId": c.root()}, &outer)
	return outer.HTML
}

// view sets the size of the window in CSS pixels, and the colours.
func (c *chromium) view(width, height int, colours string) {
	c.Helper()
	c.call("Emulation.setDeviceMetricsOverride", params{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}, nil)
	c.call("Emulation.setEmulatedMedia", params{"features": []params{{"name": "prefers-color-scheme", "value": colours}}}, nil)
}

// overflow is by how many pixels the page is wider than the window.
func (c *chromium) overflow() float64 {
	c.Helper()
	var m struct {
		Content struct {
			Width float64 `json:"width"`
		} `json:"cssContentSize"`
		View struct {
			Width float64 `json:"clientWidth"`
		} `json:"cssLayoutViewport"`
	}
	c.call("Page.getLayoutMetrics", nil, &m)
	return m.Content.Width - m.View.Width
}

func (c *chromium) screenshot(path string) {
	c.Helper()
	var shot struct {
		Data string `json:"data"`
	}
	c.call("Page.captureScreenshot", params{"format": "png"}, &shot)
	png, err := base64.StdEncoding.DecodeString(shot.Data)
	if err != nil {
		c.Fatal(err)
	}
	if err := os.WriteFile(path, png, 0o600); err != nil {
		c.Fatal(err)
	}
}

// complaints are what the browser's console said: a refused style, a blocked
// request.
func (c *chromium) complaints() (list []string) {
	for _, e := range c.events {
		if e.Method != "Log.entryAdded" && e.Method != "Network.loadingFailed" {
			continue
		}
		list = append(list, fmt.Sprintf("%s %s", e.Method, e.Params))
	}
	return list
}
