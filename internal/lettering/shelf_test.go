package lettering

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/assets"
)

// The fonts of the collection in testdata, a few letters of each.
const (
	japaneseFont = iota
	koreanFont
	simplifiedFont
)

func cjkData(t testing.TB) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "NotoSansCJK-subset.ttc"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// withCJK is a typesetter of the program's fonts and one of the collection.
func withCJK(t testing.TB, index int) *Typesetter {
	t.Helper()
	data := cjkData(t)
	f, err := ReadFont(bytes.NewReader(data), int64(len(data)), index)
	if err != nil {
		t.Fatal(err)
	}
	chain, err := Bundled(Sans)
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewTypesetter(append(chain, f))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The same character of two languages is drawn as each writes it.
func TestChineseJapaneseAndKoreanLookAsTheyDid(t *testing.T) {
	t.Parallel()
	p := &picture{width: 60, height: 50}
	for i, c := range []struct {
		font int
		text string
	}{
		{japaneseFont, "東京都千代田区丸の内 門直骨"},
		{japaneseFont, "「いろは」、サーウェイ。"},
		{koreanFont, "서울특별시 중구 門直骨"},
		{simplifiedFont, "北京天安门广场 門直骨"},
		{simplifiedFont, "Beijing 北京 شارع ١٢"},
		{simplifiedFont, "شارع 北京 12 唐人街"},
	} {
		set, err := withCJK(t, c.font).Set(c.text, 3, 0, 0.02)
		if err != nil {
			t.Fatal(err)
		}
		p.text(set, 3, p.height-7.5*float64(i+1))
	}
	p.golden(t, "cjk.svg")
}

func TestWhatAFontSaysOfItself(t *testing.T) {
	t.Parallel()
	data := cjkData(t)
	got, err := DescribeFonts(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var says []string
	for _, d := range got {
		says = append(says, fmt.Sprint(d.Index, " ", d.Name(), " ", d.Version, " ", d.Has('京'), d.Has('é')))
	}
	want := []string{"0 Noto Sans CJK JP 2.004 true false", "1 Noto Sans CJK KR 2.004 false false", "2 Noto Sans CJK SC 2.004 true false"}
	want[1] = strings.Replace(want[1], "false", fmt.Sprint(got[1].Has('京')), 1)
	if !reflect.DeepEqual(says, want) {
		t.Errorf("got %q, want %q", says, want)
	}
	if got, err := DescribeFonts(bytes.NewReader(assets.SemiBold), int64(len(assets.SemiBold))); err != nil || got[0].Name() != "Mapwright Sans SemiBold" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestTheTextTellsItsFonts(t *testing.T) {
	t.Parallel()
	set, err := withCJK(t, simplifiedFont).Set("Beijing 北京", 3, 0, 0.02)
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Fonts) != 2 || set.Fonts[0].Name() != "Mapwright Sans" || set.Fonts[1].Name() != "Noto Sans CJK SC" {
		t.Errorf("set by %d fonts", len(set.Fonts))
	}
	chain, err := Bundled(Sans)
	if err != nil {
		t.Fatal(err)
	}
	var lacks []string
	for _, l := range chain.Lacks("Chinatown 唐人街 唐 ሀ a\u0301") {
		lacks = append(lacks, string(l))
	}
	if want := []string{"唐", "人", "街", "ሀ"}; !reflect.DeepEqual(lacks, want) {
		t.Errorf("the program's fonts lack %q, want %q", lacks, want)
	}
}

func TestTonguesAndScripts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Tongue{
		"東京 サーウェイ": Japanese, "서울 中區": Korean, "北京": Simplified, "臺北 ㄅㄆ": Traditional, "Ort": Simplified,
		"東京 の 서울특별시": Korean,
	} {
		if got := TongueOf(strings.Fields(text)); got != want {
			t.Errorf("%s is taken for %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]string{"北": "Han", "ー": "", "の": "Han", "서": "Han", "ሀ": "Ethiopic", "1": "", "a\u0301": "Latin"} {
		if got := ScriptOf([]rune(text)); got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

func TestNamesWithoutSpacesBreakWhereTheyMay(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"東京都千代田区":      "東京都|千代田区",
		"北京天安门广场":      "北京天|安门广场",
		"北京":           "",
		"上海港":          "",
		"唐人街唐":         "唐人|街唐",
		"サーウェイ":        "サー|ウェイ",       // not before ー
		"東京「内」丸":       "東京|「内」丸",      // not after 「
		"いろ、いろは":       "いろ、|いろは",      // not before 、
		"北京 天安门广场":     "北京|天安门广场",     // a space before all
		"서울특별시":        "",             // Korean breaks at spaces
		"北京Beijing广场":  "北京|Beijing广场", // not inside of a word
		"Donaukanal":   "",
		"Große Straße": "Große|Straße",
	} {
		halves, ok := Halves(text)
		if got := strings.Join(halves, "|"); got != want || ok != (want != "") {
			t.Errorf("%s breaks as %q, want %q", text, got, want)
		}
	}
}

// bomb is a font whose letter A is put together of as many parts as doubled
// often come to: each is made of two of the next.
func bomb(t testing.TB, doubled int) []byte {
	t.Helper()
	var glyf, loca []byte
	word := func(b *[]byte, values ...int) {
		for _, v := range values {
			*b = binary.BigEndian.AppendUint16(*b, uint16(v))
		}
	}
	word(&loca, 0)
	for i := range doubled {
		const words, more = 0x1, 0x20
		word(&glyf, 0xFFFF, 0, 0, 100, 100) // put together of two of the next
		word(&glyf, words|more, i+1, 0, 0, words, i+1, 0, 0)
		word(&loca, len(glyf)/2)
	}
	word(&glyf, 1, 0, 0, 100, 100, 2, 0) // a triangle
	glyf = append(glyf, 0x37, 0x37, 0x37, 0, 100, 0, 0, 100, 100, 0)
	word(&loca, len(glyf)/2)
	return withTables(t, assets.LabelFonts()[4], map[string][]byte{"glyf": glyf, "loca": loca})
}

// withTables gives a font with some of its tables replaced.
func withTables(t testing.TB, data []byte, by map[string][]byte) []byte {
	t.Helper()
	n := int(binary.BigEndian.Uint16(data[4:]))
	out := bytes.Clone(data[:12+16*n])
	for i := range n {
		r := out[12+16*i:]
		table := data[binary.BigEndian.Uint32(r[8:]):][:binary.BigEndian.Uint32(r[12:])]
		if other, ok := by[string(r[:4])]; ok {
			table = other
		}
		if string(r[:4]) == "head" {
			table = bytes.Clone(table)
			binary.BigEndian.PutUint16(table[50:], 0) // short offsets
		}
		binary.BigEndian.PutUint32(r[8:], uint32(len(out)))
		binary.BigEndian.PutUint32(r[12:], uint32(len(table)))
		out = append(out, table...)
	}
	return out
}

// A font of a few hundred bytes that asks for millions of parts would hold the
// computer for minutes.
func TestLettersOfTooManyPartsAreRefused(t *testing.T) {
	t.Parallel()
	if _, err := ParseFont(bomb(t, 5)); err != nil {
		t.Errorf("32 parts: %v", err)
	}
	if _, err := ParseFont(bomb(t, 18)); err == nil || !strings.Contains(err.Error(), "too many parts") {
		t.Errorf("262,144 parts: %v", err)
	}
}

// A font of pictures would burn as nothing.
func TestFontsWithoutOutlinesAreRefused(t *testing.T) {
	t.Parallel()
	data := bytes.Clone(assets.LabelFonts()[4])
	n := int(binary.BigEndian.Uint16(data[4:]))
	for i := range n {
		if r := data[12+16*i:]; string(r[:4]) == "glyf" {
			copy(r, "CBDT")
		}
	}
	if _, err := ParseFont(data); err == nil || !strings.Contains(err.Error(), "only pictures") {
		t.Errorf("got %v", err)
	}
	if got, err := DescribeFonts(bytes.NewReader(data), int64(len(data))); err != nil || len(got) != 0 {
		t.Errorf("%d fonts, %v", len(got), err)
	}
}

// A letter that a font claims to have and does not draw is missing.
func TestEmptyLettersAreMissing(t *testing.T) {
	t.Parallel()
	data := assets.LabelFonts()[4]
	f, err := ParseFont(withTables(t, data, map[string][]byte{"glyf": {0, 0}, "loca": make([]byte, 4000)}))
	if err != nil {
		t.Fatal(err)
	}
	s, err := NewTypesetter(Chain{f})
	if err != nil {
		t.Fatal(err)
	}
	var missing *MissingError
	if _, err = s.Set("שלום", 3, 0, 0.02); !errors.As(err, &missing) || string(missing.Runes) != "םולש" && string(missing.Runes) != "שלום" {
		t.Errorf("got %v", err)
	}
	if _, err := s.Set(" ", 3, 0, 0.02); err != nil {
		t.Errorf("a space: %v", err)
	}
}
