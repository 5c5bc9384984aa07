package osm

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/mapwright/mapwright/internal/source"
)

// A maker has to understand what is not on the map, and why.
func TestWhatIsLeftOutIsSaidInASentence(t *testing.T) {
	t.Parallel()
	const nodes = `<node id="1" lat="0" lon="0"/><node id="2" lat="0" lon="1"/><node id="3" lat="1" lon="1"/>`
	lake := func(ways ...int) string {
		text := `<relation id="7"><tag k="type" v="multipolygon"/><tag k="natural" v="water"/>`
		for _, w := range ways {
			text += fmt.Sprintf(`<member type="way" ref="%d" role="outer"/>`, w)
		}
		return text + "</relation>"
	}
	const whole = `<way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/></way>`
	const torn = `<way id="11"><nd ref="3"/><nd ref="8"/><nd ref="1"/></way>`
	const house = `<way id="20"><nd ref="1"/><nd ref="2"/><nd ref="9"/><nd ref="1"/><tag k="building" v="yes"/></way>`
	for want, objects := range map[string]string{
		"its only way is missing from the file: left out":                        lake(90),
		"both its ways are missing from the file: left out":                      lake(90, 91),
		"all its 3 ways are missing from the file: left out":                     lake(90, 91, 92),
		"1 of its 2 ways is missing from the file: left out":                     whole + lake(10, 90),
		"2 of its 3 ways are missing from the file: left out":                    whole + lake(10, 90, 91),
		"1 of its 2 ways is not whole in the file: left out":                     whole + torn + lake(10, 11),
		"2 of its 3 ways are missing from the file or not whole in it: left out": whole + torn + lake(10, 11, 90),
		"1 of its 4 nodes is missing from the file: left out":                    house,
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "lake.osm")
			text := `<osm version="0.6">` + nodes + objects + `<node id="99" lat="0" lon="0"><tag k="place" v="town"/></node></osm>`
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			report := mustImport(t, source.Request{Path: path, Layer: "all"}).Report
			if len(report) != 1 || report[0].Kind != source.Incomplete || report[0].Message != want {
				t.Errorf("the report is %v", report)
			}
		})
	}
}
