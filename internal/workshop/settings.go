package workshop

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"

	"github.com/mapwright/mapwright/internal/durable"
)

// settingsFile holds the settings, in the data directory.
const settingsFile = "settings.json"

// Theme is how the window is coloured.
type Theme string

// The themes.
const (
	ThemeSystem Theme = "" // as the system is
	ThemeLight  Theme = "light"
	ThemeDark   Theme = "dark"
)

// Settings are what a person chose and the window remembers. The zero value is
// the default.
type Settings struct {
	// Server is the address of the account server that somebody signed in to
	// from the window; empty is the embedded account. SignInAt and ForgetServer
	// change it.
	Server string `json:"server,omitempty"`
	// Name and Picture, the path of an image, are the person's at the top right.
	Name    string `json:"name,omitempty"`
	Picture string `json:"picture,omitempty"`
	Theme   Theme  `json:"theme,omitempty"`
	// Machine and Material are the ids of what the person burns with and on; Use
	// changes them.
	Machine  string `json:"machine,omitempty"`
	Material string `json:"material,omitempty"`
	// Recent are the maps that were opened, the newest first.
	Recent []RecentMap `json:"recent,omitempty"`
	// Width and Height are those of the window, in the units of the toolkit.
	Width  float32 `json:"width,omitempty"`
	Height float32 `json:"height,omitempty"`
	// Panels are the widths of panels by their names.
	Panels map[string]float64 `json:"panels,omitempty"`
	// Hints are those that need not be shown again.
	Hints []string `json:"hints,omitempty"`

	// Note says what became of a file that could not be read, for the person.
	Note string `json:"-"`
	// rest holds the keys of other versions.
	rest map[string]json.RawMessage
}

// SettingsError says that settings.json can't be read, so that nobody knows
// what was chosen.
type SettingsError struct {
	Path string
	Err  error
}

func (e *SettingsError) Error() string {
	return fmt.Sprintf("%s is damaged: %v", e.Path, e.Err)
}

// Unwrap gives the cause.
func (e *SettingsError) Unwrap() error { return e.Err }

// Settings reads the settings. Maps that are not there any more are left out.
// Of a damaged file come the defaults with a Note; the file stays as it is
// until ChangeSettings moves it aside.
func (w *Workshop) Settings(context.Context) (Settings, error) {
	s, err := w.readSettings()
	if damaged, ok := errors.AsType[*SettingsError](err); ok {
		return Settings{Note: damaged.Error() + "; the settings are the usual ones"}, nil
	}
	s.Recent = existing(s.Recent)
	return s, err
}

// ChangeSettings reads the settings, lets change change them and writes them,
// one at a time of all processes. Keys that it does not know stay. A damaged
// file is moved aside first, and the Note says where.
func (w *Workshop) ChangeSettings(ctx context.Context, change func(*Settings)) (s Settings, err error) {
	if err := os.MkdirAll(w.DataDir, 0o700); err != nil {
		return s, fmt.Errorf("the data directory can't be made: %w", err)
	}
	lock, err := durable.WaitLock(ctx, filepath.Join(w.DataDir, "settings.lock"), 0o600)
	if err != nil {
		return s, fmt.Errorf("the settings can't be changed: %w", err)
	}
	defer func() { err = errors.Join(err, lock.Close()) }()
	s, err = w.readSettings()
	if damaged, ok := errors.AsType[*SettingsError](err); ok {
		s, err = w.moveSettingsAside(damaged)
	}
	if err != nil {
		return s, err
	}
	change(&s)
	s.tidy()
	text, err := s.encode()
	if err != nil {
		return s, err
	}
	if err := durable.WriteFile(w.settingsPath(), text, 0o600); err != nil {
		return s, fmt.Errorf("the settings can't be written: %w", err)
	}
	s.Recent = existing(s.Recent)
	return s, nil
}

func (w *Workshop) settingsPath() string { return filepath.Join(w.DataDir, settingsFile) }

// readSettings reads what is on disk; a missing file is the defaults.
func (w *Workshop) readSettings() (s Settings, err error) {
	path := w.settingsPath()
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, nil
	}
	if err != nil {
		return s, fmt.Errorf("the settings can't be read: %w", err)
	}
	if err = json.Unmarshal(text, &s); err == nil {
		err = json.Unmarshal(text, &s.rest)
	}
	if err == nil && s.rest == nil {
		err = errors.New("it says null")
	}
	if err != nil {
		return Settings{}, &SettingsError{Path: path, Err: err}
	}
	return s, nil
}

// moveSettingsAside keeps a damaged file under a name that is free.
func (w *Workshop) moveSettingsAside(damaged *SettingsError) (s Settings, err error) {
	for i := 1; ; i++ {
		aside := filepath.Join(w.DataDir, fmt.Sprintf("settings-damaged-%d.json", i))
		if _, err := os.Lstat(aside); err == nil {
			continue
		}
		if err := os.Rename(damaged.Path, aside); err != nil {
			return s, fmt.Errorf("the damaged settings can't be moved aside: %w", err)
		}
		s.Note = fmt.Sprintf("%v; it was moved to %s, and the settings are the usual ones", damaged, filepath.Base(aside))
		return s, nil
	}
}

// encode writes the keys of this version over those that were there.
func (s *Settings) encode() ([]byte, error) {
	own, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	var known map[string]json.RawMessage
	if err := json.Unmarshal(own, &known); err != nil {
		return nil, err
	}
	all := maps.Clone(s.rest)
	if all == nil {
		all = map[string]json.RawMessage{}
	}
	for _, key := range settingsKeys {
		delete(all, key)
	}
	maps.Copy(all, known)
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(all); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
