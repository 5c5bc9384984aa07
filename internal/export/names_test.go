package export

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestFileNamesWorkOnEverySystem(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, want string }{
		{"Munich", "Munich"},
		{`a/b\c:d*e?f"g<h>i|j`, "a_b_c_d_e_f_g_h_i_j"},
		{"tab\there\x00", "tab_here_"},
		{"  dots. ", "dots"},
		{"", "_"},
		{"...", "_"},
		{"con", "con_"},
		{"LPT1.svg", "LPT1_.svg"},
		{"console", "console"},
		{"Ju\u0308rgen", "Jürgen"},
		{"../../etc/passwd", "_.._etc_passwd"},
		{"北京", "北京"},
		{"bad\xffbyte", "bad_byte"},
		{strings.Repeat("ß", 200), strings.Repeat("ß", 90)},
	} {
		if got := CleanName(tt.name); got != tt.want {
			t.Errorf("CleanName(%q) = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestNamesThatCollideAreNumberedIgnoringCase(t *testing.T) {
	t.Parallel()
	n := names{}
	for _, want := range []string{"Map.svg", "map (2).svg", "MAP (3).svg"} {
		stem := strings.TrimSuffix(strings.Split(want, " ")[0], ".svg")
		if got := n.take(stem, "svg"); got != want {
			t.Errorf("take(%q) = %q, want %q", stem, got, want)
		}
	}
}

func FuzzCleanName(f *testing.F) {
	for _, s := range []string{"Munich", "../x", "con.txt", "\x00", "a\u0308", "NUL .x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := CleanName(name)
		if got == "" || len(got) > maxName || !utf8.ValidString(got) || strings.ContainsAny(got, "/\\:*?\"<>|\x00\n") ||
			got[0] == '.' || got[0] == ' ' || strings.HasSuffix(got, ".") || strings.HasSuffix(got, " ") {
			t.Errorf("CleanName(%q) = %q", name, got)
		}
		if again := CleanName(got); again != got {
			t.Errorf("CleanName(%q) = %q, and cleaned again %q", name, got, again)
		}
	})
}
