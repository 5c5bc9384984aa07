package workshop

import (
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"time"
)

// recentMaps is how many maps are remembered.
const recentMaps = 12

// RecentMap is a map that was opened.
type RecentMap struct {
	Path  string `json:"path"` // absolute
	Title string `json:"title"`
	// Width and Height of its boards, in mm.
	Width    float64   `json:"width"`
	Height   float64   `json:"height"`
	OpenedAt time.Time `json:"opened_at"`
	// Export is what the window's dialog had ticked last, in its own words.
	Export json.RawMessage `json:"export,omitempty"`
	// Folder is where it was last exported to; empty is nowhere yet.
	Folder string `json:"folder,omitempty"`
}

// Opened notes that a map was opened. Where it was exported to stays known.
func (s *Settings) Opened(m RecentMap) {
	m.Path = absolute(m.Path)
	for _, before := range s.Recent {
		if before.Path == m.Path {
			m.Folder = cmp.Or(m.Folder, before.Folder)
			if m.Export == nil {
				m.Export = before.Export
			}
		}
	}
	s.Recent = slices.Insert(s.without(m.Path), 0, m)
}

// Left gives a recent map the title and the size that it was left with, where
// it stands.
func (s *Settings) Left(m RecentMap) {
	path := absolute(m.Path)
	s.Recent = slices.Clone(s.Recent)
	for i := range s.Recent {
		if r := &s.Recent[i]; r.Path == path {
			r.Title, r.Width, r.Height = m.Title, m.Width, m.Height
		}
	}
}

// Forget drops a map from the recent ones.
func (s *Settings) Forget(path string) { s.Recent = s.without(absolute(path)) }

func (s *Settings) without(path string) []RecentMap {
	return slices.DeleteFunc(slices.Clone(s.Recent), func(m RecentMap) bool { return m.Path == path })
}

// ExportFolder is where a map was last exported to, empty where that is not
// known.
func (s *Settings) ExportFolder(path string) string {
	path = absolute(path)
	for _, m := range s.Recent {
		if m.Path == path {
			return m.Folder
		}
	}
	return ""
}

// ExportedTo notes where a map was exported to, if it is one of the recent ones.
func (s *Settings) ExportedTo(path, folder string) {
	path = absolute(path)
	for i := range s.Recent {
		if s.Recent[i].Path == path {
			s.Recent[i].Folder = absolute(folder)
		}
	}
}

// Accept notes that a hint need not be shown again.
func (s *Settings) Accept(hint string) {
	if !slices.Contains(s.Hints, hint) {
		s.Hints = append(s.Hints, hint)
	}
}

// Accepted tells whether a hint need not be shown again.
func (s *Settings) Accepted(hint string) bool { return slices.Contains(s.Hints, hint) }

// tidy keeps the settings from growing for ever.
func (s *Settings) tidy() { s.Recent = s.Recent[:min(len(s.Recent), recentMaps)] }

// existing leaves out the maps whose files are not there, as of a stick that is
// not plugged in: the settings still have them.
func existing(maps []RecentMap) []RecentMap {
	var there []RecentMap
	for _, m := range maps {
		if info, err := os.Stat(m.Path); err == nil && !info.IsDir() {
			there = append(there, m)
		}
	}
	return there
}

// absolute is a path that means the same wherever the program is started.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return filepath.Clean(path)
}

// settingsKeys are the keys of settings.json that this version knows.
var settingsKeys = func() (keys []string) {
	t := reflect.TypeFor[Settings]()
	for f := range t.Fields() {
		key, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if key != "" && key != "-" {
			keys = append(keys, key)
		}
	}
	return keys
}()
