package machine

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"
)

// FileError says what is wrong with a file of a machine or a material.
type FileError struct {
	File string
	Key  string // such as treatments[0].kerf; empty where it is about all of it
	Why  string // what it may be
}

// Error names the file and the key, and what the key may be.
func (e *FileError) Error() string {
	if e.Key == "" {
		return fmt.Sprintf("%s: %s", e.File, e.Why)
	}
	return fmt.Sprintf("%s: %s %s", e.File, e.Key, e.Why)
}

// object is a JSON object that is being read. The first thing wrong with it or
// with any part of it stays in *err; what is read after that is zero.
type object struct {
	file string
	at   string // where it stands: "treatments[0]."
	keys map[string]json.RawMessage
	err  *error
}

// readObject reads a whole file.
func readObject(file string, text []byte) (object, *error) {
	o := object{file: file, err: new(error)}
	o.keys = o.parse("", text)
	return o, o.err
}

// parse takes an object apart into its keys, each of which may stand once.
func (o object) parse(key string, text []byte) map[string]json.RawMessage {
	keys := map[string]json.RawMessage{}
	d := json.NewDecoder(bytes.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		o.fail(key, "must be a JSON object in { }")
		return keys
	}
	for d.More() {
		t, err := d.Token()
		name, ok := t.(string)
		if err != nil || !ok {
			o.fail(key, "must be valid JSON: %v", syntax(err))
			return keys
		}
		if _, twice := keys[name]; twice {
			o.fail(o.at+name, "stands twice")
			return keys
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			o.fail(o.at+name, "must be valid JSON: %v", syntax(err))
			return keys
		}
		keys[name] = value
	}
	if _, err := d.Token(); err != nil {
		o.fail(key, "must be valid JSON: %v", syntax(err))
		return keys
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		o.fail(key, "must end after its closing }")
	}
	return keys
}

// syntax says what a JSON error means for a person.
func syntax(err error) string {
	if err == nil || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it ends too early"
	}
	return err.Error()
}

func (o object) fail(key, why string, args ...any) {
	if *o.err == nil {
		*o.err = &FileError{File: o.file, Key: key, Why: fmt.Sprintf(why, args...)}
	}
}

// take reads a key, which is not known any more after that; false where it is
// not there.
func (o object) take(key string, v any) bool {
	raw, ok := o.keys[key]
	delete(o.keys, key)
	if !ok || *o.err != nil {
		return false
	}
	if string(raw) == "null" || json.Unmarshal(raw, v) != nil {
		return false
	}
	return true
}

func (o object) has(key string) bool { _, ok := o.keys[key]; return ok }

// longestText is more than anybody wants to read in a list, bytes.
const longestText = 2000

// text reads a text; one that must be there is not empty.
func (o object) text(key string, needed bool) string {
	var s string
	there := o.has(key)
	if !o.take(key, &s) && (there || needed) || needed && strings.TrimSpace(s) == "" || len(s) > longestText {
		o.fail(o.at+key, "must be a text of 1 to %d letters in quotes", longestText)
	}
	return s
}

// number reads a number with its unit between two others, both of which it may
// be; without the key it is 0, unless it is needed.
func (o object) number(key, unit string, low, high float64, needed bool) float64 {
	var v float64
	if !needed && !o.has(key) {
		return 0
	}
	if !o.take(key, &v) || math.IsNaN(v) || v < low || v > high {
		o.fail(o.at+key, "must be a number from %g to %g%s", low, high, in(unit))
		return 0
	}
	return v
}

func in(unit string) string {
	if unit == "" {
		return ""
	}
	return " (" + unit + ")"
}

// whole is number for whole ones.
func (o object) whole(key, unit string, low, high int, needed bool) int {
	v := o.number(key, unit, float64(low), float64(high), needed)
	if v != math.Trunc(v) {
		o.fail(o.at+key, "must be a whole number from %d to %d%s", low, high, in(unit))
	}
	return int(v)
}

func (o object) yes(key string) bool {
	var b bool
	if o.has(key) && !o.take(key, &b) {
		o.fail(o.at+key, "must be true or false")
	}
	return b
}

// choice reads one of some texts; without the key it is the first, unless it is
// needed.
func choice[T ~string](o object, key string, of []T, needed bool) T {
	if !needed && !o.has(key) {
		return of[0]
	}
	var s T
	if !o.take(key, &s) || !slices.Contains(of, s) {
		var words []string
		for _, w := range of {
			words = append(words, string(w))
		}
		o.fail(o.at+key, "must be one of %s", strings.Join(words, ", "))
	}
	return s
}

// list reads objects; there may be none without the key.
func (o object) list(key string, read func(object)) {
	var items []json.RawMessage
	if !o.has(key) {
		return
	}
	if !o.take(key, &items) {
		o.fail(o.at+key, "must be a list in [ ]")
		return
	}
	for i, raw := range items {
		at := fmt.Sprintf("%s%s[%d]", o.at, key, i)
		item := object{file: o.file, at: at + ".", err: o.err}
		item.keys = item.parse(at, raw)
		read(item)
		item.done()
	}
}

// texts reads a list of texts.
func (o object) texts(key string) []string {
	var list []string
	if o.has(key) && !o.take(key, &list) {
		o.fail(o.at+key, "must be a list of texts in [ ]")
	}
	return list
}

// done refuses the keys that nobody has read: a wrong letter would be a figure
// that does not count.
func (o object) done() {
	for _, key := range sortedKeys(o.keys) {
		o.fail(o.at+key, "is not known here: see docs/MACHINES.md for the keys that there are")
	}
}

func sortedKeys(m map[string]json.RawMessage) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

var idForm = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{0,63}$`)

// id reads the name by which commands know a machine or a material.
func (o object) id() string {
	var s string
	if !o.take("id", &s) || !idForm.MatchString(s) || s == None {
		o.fail(o.at+"id", "must be small letters, digits, points and hyphens, at most 64, such as birch-plywood-3mm")
	}
	return s
}

// sources reads where figures come from.
func (o object) sources() []Source {
	var all []Source
	o.list("sources", func(s object) {
		all = append(all, Source{URL: s.text("url", true), Read: s.text("read", false), Keys: s.texts("keys"), Note: s.text("note", false)})
	})
	return all
}
