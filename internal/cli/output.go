package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/mapwright/mapwright/internal/workshop"
)

// errorJSON is the documented form of an error.
type errorJSON struct {
	Code    workshop.Code `json:"code"`
	Message string        `json:"message"`
	Layer   string        `json:"layer,omitempty"`
	Format  string        `json:"format,omitempty"`
}

// fail says what went wrong, once, and gives the exit code.
func (c *command) fail(err error) int {
	e := workshop.Explain(err)
	if e.Code == workshop.CodeCancelled {
		e.Err = errors.New("stopped; nothing was changed or charged beyond what is listed")
		err = e
	}
	if c.json && !c.printed {
		c.print(map[string]any{"error": explain(err)})
	}
	if !c.json {
		c.tell("mapwright: %s", e.Error())
	}
	return exitCodes[e.Code]
}

func explain(err error) *errorJSON {
	if err == nil {
		return nil
	}
	e := workshop.Explain(err)
	return &errorJSON{e.Code, e.Error(), e.Layer, e.Format}
}

// print writes the one JSON value.
func (c *command) print(v any) {
	c.printed = true
	e := json.NewEncoder(c.out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	c.noteWrite(e.Encode(v))
}

// say writes a line of the answer for people; with --json there is none.
func (c *command) say(format string, args ...any) {
	if !c.json {
		_, err := fmt.Fprintf(c.out, format+"\n", args...)
		c.noteWrite(err)
	}
}

// noteWrite remembers that the answer could not be written, which makes the
// command fail: a script must not take half an answer for a whole one.
func (c *command) noteWrite(err error) {
	if err != nil && c.lost == nil {
		c.lost = fmt.Errorf("the answer can't be written: %w", err)
	}
}

// tell writes a line beside the answer.
func (c *command) tell(format string, args ...any) {
	_, _ = fmt.Fprintf(c.errs, format+"\n", args...) // nobody is left to tell
}

// usage makes an error about the words of the command.
func usage(format string, args ...any) error {
	return &workshop.Error{Code: workshop.CodeUsage, Err: fmt.Errorf(format, args...)}
}

// keyValues reads arguments such as key=value.
func keyValues(args []string) (map[string]string, error) {
	out := map[string]string{}
	for _, a := range args {
		key, value, ok := strings.Cut(a, "=")
		if !ok || key == "" {
			return nil, usage("%q: write key=value", a)
		}
		if _, twice := out[key]; twice {
			return nil, usage("%s is given twice", key)
		}
		out[key] = value
	}
	return out, nil
}

// list reads "a, b" into its parts; a comma in a name can't be written, so a
// layer with one is renamed or taken with all.
func list(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// plural gives "1 layer" and "2 layers".
func plural(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}
