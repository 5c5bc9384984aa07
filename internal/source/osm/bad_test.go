package osm

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/source"
	"google.golang.org/protobuf/encoding/protowire"
)

func mustRead(t testing.TB, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// pbfBlock writes a blob of a PBF file that holds content as it is.
func pbfBlock(kind string, content []byte) []byte {
	var blob, head []byte
	blob = protowire.AppendTag(blob, 1, protowire.BytesType)
	blob = protowire.AppendBytes(blob, content)
	head = protowire.AppendTag(head, 1, protowire.BytesType)
	head = protowire.AppendString(head, kind)
	head = protowire.AppendTag(head, 3, protowire.VarintType)
	head = protowire.AppendVarint(head, uint64(len(blob)))
	return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(head))), head...), blob...)
}

// needing writes the header of a file that needs a feature.
func needing(feature string) []byte {
	b := protowire.AppendTag(nil, 4, protowire.BytesType)
	return pbfBlock("OSMHeader", protowire.AppendString(b, feature))
}

func TestBadFilesSayWhatIsWrong(t *testing.T) {
	t.Parallel()
	monaco := mustRead(t, sample("monaco-2021"))
	gz := mustRead(t, "testdata/berlin-siegessaeule-2017.osm.gz")
	bz2 := mustRead(t, "testdata/west-oakland-2016.osm.bz2")
	flipped := bytes.Clone(monaco)
	flipped[len(monaco)/2] ^= 0xff
	for name, c := range map[string]struct {
		content []byte
		want    error
		says    []string
	}{
		"PBF cut in half":           {monaco[:len(monaco)/2], source.ErrTruncated, []string{"ends in the middle of a block", "at byte ", "fetch it again"}},
		"PBF without its last byte": {monaco[:len(monaco)-1], source.ErrTruncated, []string{"at byte "}},
		"PBF cut in its header":     {monaco[:60], source.ErrTruncated, []string{"at byte 0"}},
		"PBF with a wrong byte":     {flipped, source.ErrDamaged, []string{"at byte ", "fetch it again"}},
		"PBF with rubbish behind":   {append(bytes.Clone(monaco), "rubbish"...), source.ErrDamaged, []string{"at byte 445315"}},
		"LZ4":                       {mustRead(t, "testdata/monaco-lz4-beginning.osm.pbf"), source.ErrUnsupportedCompression, []string{"LZ4", "at byte 0", "osmium cat", "pbf_compression=zlib"}},
		"a history file":            {needing("HistoricalInformation"), source.ErrUnsupportedContent, []string{"osmium time-filter"}},
		"a feature of the future":   {needing("Telepathy"), source.ErrUnsupportedContent, []string{"Telepathy"}},
		"a block that lies":         {append(needing("DenseNodes"), pbfBlock("OSMData", []byte("\x12\xff"))...), source.ErrDamaged, []string{"at byte "}},
		"XML cut in half":           {mustRead(t, "testdata/bautzen-no-metadata.osm")[:50_000], source.ErrTruncated, []string{"at byte "}},
		"gzip cut in half":          {gz[:len(gz)/2], source.ErrTruncated, nil},
		"bzip2 cut in half":         {bz2[:len(bz2)/2], source.ErrTruncated, nil},
		"gzip with a wrong byte":    {append(append(bytes.Clone(gz[:100_000]), 0xff, 0xff, 0xff, 0xff), gz[100_004:]...), source.ErrDamaged, nil},
		"an attribute without end":  {[]byte(`<osm><node id="` + strings.Repeat("1", 3*maxXMLTag)), source.ErrDamaged, []string{"without a tag"}},
		"a file of changes":         {mustRead(t, "testdata/xml/300-change-file.valid.osc"), source.ErrUnsupportedContent, []string{"osmium apply-changes"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "town.map")
			if err := os.WriteFile(path, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := Importer{}.Import(t.Context(), source.Request{Path: path})
			var bad *source.FileError
			if !errors.Is(err, c.want) || !errors.As(err, &bad) {
				t.Fatalf("the error is %v", err)
			}
			for _, s := range append(c.says, "town.map") {
				if !strings.Contains(err.Error(), s) {
					t.Errorf("the error %q does not say %q", err, s)
				}
			}
		})
	}
}

func TestXMLCases(t *testing.T) {
	t.Parallel()
	cases, err := filepath.Glob("testdata/xml/*.osm*")
	if err != nil || len(cases) != 14 {
		t.Fatalf("testdata/xml has %d cases, %v", len(cases), err)
	}
	for _, path := range cases {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			_, err := read(t.Context(), path, nil)
			if valid := strings.Contains(path, ".valid."); valid != (err == nil) {
				t.Errorf("valid is %t, and reading says %v", valid, err)
			}
		})
	}
}

func TestUnicodeComesThrough(t *testing.T) {
	t.Parallel()
	d, err := read(t.Context(), "testdata/xml/140-unicode.valid.osm", nil)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, n := range d.tagged {
		for _, kv := range n.tags {
			found = found || strings.ContainsFunc(kv.value, func(r rune) bool { return r > 0xffff })
		}
	}
	if !found {
		t.Error("no character beyond the basic plane is left")
	}
}
