package sdk

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"unicode/utf8"

	"github.com/mapwright/mapwright/plugins/proto/wire"
)

// MaxManifest is the largest manifest.json that is read, in bytes.
const MaxManifest = 512 << 10

// The names of the files beside an installed plugin's program.
const (
	ManifestName  = "manifest.json"
	SignatureName = "manifest.sig"
)

var (
	idPattern        = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,31}$`)
	extensionPattern = regexp.MustCompile(`^[a-z0-9]{1,16}$`)
	mediaTypePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*$`)
	filePattern      = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$`)
)

// ManifestFile is what manifest.json holds.
type ManifestFile struct {
	Manifest
	// Protocol is the version of the wire contract that the plugin speaks.
	Protocol int
	// Files holds the SHA-256, in hexadecimal, of each file of the plugin by
	// its path with slashes, relative to manifest.json.
	Files map[string]string
}

// manifestJSON is the shape of manifest.json and of what Describe answers,
// which has no files.
type manifestJSON struct {
	ID          string            `json:"id"`
	Version     string            `json:"version"`
	Name        string            `json:"name"`
	Description string            `json:"description"`
	Publisher   string            `json:"publisher"`
	Homepage    string            `json:"homepage"`
	Extension   string            `json:"extension"`
	MediaType   string            `json:"media_type"`
	Protocol    int               `json:"protocol"`
	Accepts     acceptsJSON       `json:"accepts"`
	Options     schema            `json:"options"`
	Limits      limitsJSON        `json:"limits"`
	Files       map[string]string `json:"files,omitempty"`
}

type acceptsJSON struct {
	Curves  bool `json:"curves"`
	Arcs    bool `json:"arcs"`
	Fills   bool `json:"fills"`
	Heights bool `json:"heights"`
	Layers  bool `json:"layers"`
	Boards  bool `json:"boards"`
}

type limitsJSON struct {
	Files     int   `json:"files"`
	FileBytes int64 `json:"file_bytes"`
}

// JSON gives the manifest file as it is stored: indented, the same bytes each time.
func (f ManifestFile) JSON() ([]byte, error) {
	if err := f.Check(); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	m := f.Manifest
	err := enc.Encode(manifestJSON{
		ID: m.ID, Version: m.Version, Name: m.Name, Description: m.Description,
		Publisher: m.Publisher, Homepage: m.Homepage, Extension: m.Extension,
		MediaType: m.MediaType, Protocol: f.Protocol, Accepts: acceptsJSON(m.Accepts),
		Options: schema(m.Options), Limits: limitsJSON(m.Limits), Files: f.Files,
	})
	return out.Bytes(), err
}

// ReadManifest reads a manifest file and checks it.
func ReadManifest(data []byte) (ManifestFile, error) {
	if len(data) > MaxManifest {
		return ManifestFile{}, fmt.Errorf("the manifest has %d bytes, more than %d", len(data), MaxManifest)
	}
	if !utf8.Valid(data) {
		return ManifestFile{}, errors.New("the manifest is not UTF-8 text")
	}
	var j manifestJSON
	if err := decodeJSON(data, &j); err != nil {
		return ManifestFile{}, fmt.Errorf("the manifest is not what it must be: %w", err)
	}
	f := ManifestFile{
		Manifest: Manifest{
			ID: j.ID, Version: j.Version, Name: j.Name, Description: j.Description,
			Publisher: j.Publisher, Homepage: j.Homepage, Extension: j.Extension,
			MediaType: j.MediaType, Accepts: Accepts(j.Accepts), Options: j.Options,
			Limits: Limits(j.Limits),
		},
		Protocol: j.Protocol, Files: j.Files,
	}
	return f, f.Check()
}

// Check tells what is wrong with a manifest file.
func (f ManifestFile) Check() error {
	if err := f.Manifest.Check(); err != nil {
		return err
	}
	if f.Protocol != wire.Version1 {
		return fmt.Errorf("it speaks version %d of the plugin contract, and this is version %d", f.Protocol, wire.Version1)
	}
	for name, sum := range f.Files {
		if !filePattern.MatchString(name) {
			return fmt.Errorf("file %q in the manifest is no plain relative path", name)
		}
		if raw, err := hex.DecodeString(sum); err != nil || len(raw) != 32 {
			return fmt.Errorf("file %q in the manifest has no SHA-256", name)
		}
	}
	return nil
}

// Check tells what is wrong with a manifest.
func (m Manifest) Check() error {
	switch {
	case !idPattern.MatchString(m.ID):
		return fmt.Errorf("format id %q is not 1 to 32 of a-z, 0-9 and -", m.ID)
	case !ValidVersion(m.Version):
		return fmt.Errorf("version %q of format %q is no semantic version such as 1.0.0", m.Version, m.ID)
	case m.Name == "":
		return fmt.Errorf("format %q has no name", m.ID)
	case !extensionPattern.MatchString(m.Extension):
		return fmt.Errorf("extension %q of format %q is not 1 to 16 of a-z and 0-9", m.Extension, m.ID)
	case !mediaTypePattern.MatchString(m.MediaType):
		return fmt.Errorf("media type %q of format %q is not of the shape image/svg+xml", m.MediaType, m.ID)
	case m.Limits.Files < 0 || m.Limits.FileBytes < 0:
		return fmt.Errorf("a limit of format %q is negative", m.ID)
	}
	seen := map[string]bool{}
	for _, o := range m.Options {
		if seen[o.Key] {
			return fmt.Errorf("format %q has option %q twice", m.ID, o.Key)
		}
		seen[o.Key] = true
		if err := o.valid(); err != nil {
			return fmt.Errorf("option %q of format %q: %w", o.Key, m.ID, err)
		}
	}
	return nil
}

// Equal tells whether two manifests say the same.
func (m Manifest) Equal(other Manifest) bool {
	a, errA := ManifestFile{Manifest: m, Protocol: wire.Version1}.JSON()
	b, errB := ManifestFile{Manifest: other, Protocol: wire.Version1}.JSON()
	return errA == nil && errB == nil && bytes.Equal(a, b)
}

// valid tells what is wrong with the description of an option.
func (o Option) valid() error {
	switch {
	case !idPattern.MatchString(o.Key):
		return errors.New("its key is not 1 to 32 of a-z, 0-9 and -")
	case o.Type != Text && o.Type != Number && o.Type != Integer && o.Type != Boolean:
		return fmt.Errorf("its type %q is unknown", o.Type)
	case len(o.Enum) > 0 && o.Type != Text:
		return errors.New("only a text has an enum")
	case (o.Min != nil || o.Max != nil) && o.Type != Number && o.Type != Integer:
		return errors.New("only a number has limits")
	}
	if o.Default == nil {
		return nil
	}
	if _, err := o.check(o.Default); err != nil {
		return fmt.Errorf("its default %w", err)
	}
	return nil
}
