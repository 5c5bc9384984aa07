package pluginhost_test

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/internal/pluginhost"
	"github.com/mapwright/mapwright/internal/pluginhost/testplugins"
	"github.com/mapwright/mapwright/plugins/sdk"
)

// installVersion writes a manifest for format id in the given version, with a
// program that is never run.
func installVersion(t *testing.T, dir, id, version string, change func(*sdk.ManifestFile)) string {
	t.Helper()
	file := sdk.ManifestFile{
		Manifest: sdk.Manifest{ID: id, Version: version, Name: strings.ToUpper(id), Extension: "x", MediaType: "a/b"},
		Protocol: 1, Files: map[string]string{sdk.ProgramName: strings.Repeat("ab", 32)},
	}
	if change != nil {
		change(&file)
	}
	data, err := file.JSON()
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(dir, id, version)
	if err := os.MkdirAll(to, 0o755); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(to, sdk.ManifestName), data)
	put(t, filepath.Join(to, sdk.ProgramName), []byte("no program"))
	return to
}

func put(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o755); err != nil {
		t.Fatal(err)
	}
}

func TestTheNewestVersionIsUsed(t *testing.T) {
	t.Parallel()
	first, second, development := t.TempDir(), t.TempDir(), t.TempDir()
	for _, v := range []string{"1.9.0", "1.10.0", "2.0.0-rc.1"} {
		installVersion(t, first, "svg", v, nil)
	}
	installVersion(t, second, "svg", "1.10.0", nil)
	installVersion(t, second, "svg", "2.0.0", nil)
	host := pluginhost.New(pluginhost.Config{Dirs: []string{first, filepath.Join(first, "not there"), second}})
	p, err := host.Find("svg")
	if err != nil || p.Manifest.Version != "2.0.0" {
		t.Errorf("got %v, %v", p.Manifest.Version, err)
	}
	var versions []string
	for _, p := range host.List(t.Context()) {
		versions = append(versions, p.Manifest.Version)
	}
	if want := []string{"2.0.0", "2.0.0-rc.1", "1.10.0", "1.10.0", "1.9.0"}; !slices.Equal(versions, want) {
		t.Errorf("got %v", versions)
	}
	installVersion(t, development, "svg", "0.1.0", nil)
	host = pluginhost.New(pluginhost.Config{Dirs: []string{first, second}, DevelopmentDirs: []string{development}})
	if p, err = host.Find("svg"); err != nil || p.Manifest.Version != "0.1.0" || !p.Development {
		t.Errorf("got %v, %v", p, err)
	}
}

func TestAnUnknownFormatNamesTheKnownOnes(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	installVersion(t, dir, "svg", "1.0.0", nil)
	installVersion(t, dir, "png", "1.0.0", nil)
	_, err := pluginhost.New(pluginhost.Config{Dirs: []string{dir}}).Find("dfx")
	var unknown pluginhost.UnknownFormatError
	if !errors.As(err, &unknown) || !slices.Equal(unknown.Known, []string{"png", "svg"}) {
		t.Errorf("got %v", err)
	}
}

// A broken plugin is listed with the reason, and an older sound version of it
// is used instead.
func TestABrokenPluginIsListedWithItsReason(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		spoil func(t *testing.T, dir string)
		words string
	}{
		"no manifest": {func(t *testing.T, dir string) { remove(t, filepath.Join(dir, sdk.ManifestName)) }, "manifest.json"},
		"no program":  {func(t *testing.T, dir string) { remove(t, filepath.Join(dir, sdk.ProgramName)) }, "program is missing"},
		"a folder for a program": {func(t *testing.T, dir string) {
			remove(t, filepath.Join(dir, sdk.ProgramName))
			if err := os.Mkdir(filepath.Join(dir, sdk.ProgramName), 0o755); err != nil {
				t.Fatal(err)
			}
		}, "no file"},
		"not JSON":       {func(t *testing.T, dir string) { put(t, filepath.Join(dir, sdk.ManifestName), []byte("svg!")) }, "not what it must be"},
		"huge":           {func(t *testing.T, dir string) { put(t, filepath.Join(dir, sdk.ManifestName), make([]byte, 1<<20)) }, "more than"},
		"bad signature":  {func(t *testing.T, dir string) { put(t, filepath.Join(dir, sdk.SignatureName), []byte("ed25519 a b")) }, "Ed25519 key"},
		"wrong folder":   {func(t *testing.T, dir string) { copyManifest(t, dir, "1.0.0") }, "its folder says"},
		"hash not named": {func(t *testing.T, dir string) { dropFiles(t, dir) }, "hash"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			installVersion(t, dir, "svg", "1.0.0", nil)
			test.spoil(t, installVersion(t, dir, "svg", "1.1.0", nil))
			host := pluginhost.New(pluginhost.Config{Dirs: []string{dir}})
			list := host.List(t.Context())
			var broken pluginhost.BrokenError
			if len(list) != 2 || !errors.As(list[0].Err, &broken) || !strings.Contains(list[0].Err.Error(), test.words) {
				t.Fatalf("got %+v", list)
			}
			if p, err := host.Find("svg"); err != nil || p.Manifest.Version != "1.0.0" {
				t.Errorf("got %v, %v", p.Manifest.Version, err)
			}
			if _, err := host.Start(t.Context(), list[0]); !errors.As(err, &broken) {
				t.Errorf("starting it gave %v", err)
			}
			if err := os.RemoveAll(filepath.Join(dir, "svg", "1.0.0")); err != nil {
				t.Fatal(err)
			}
			if _, err := host.Find("svg"); !errors.As(err, &broken) {
				t.Errorf("finding it gave %v", err)
			}
		})
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

func copyManifest(t *testing.T, dir, from string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(filepath.Dir(dir), from, sdk.ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(dir, sdk.ManifestName), data)
}

func dropFiles(t *testing.T, dir string) {
	t.Helper()
	installVersion(t, filepath.Dir(filepath.Dir(dir)), "svg", "1.1.0", func(f *sdk.ManifestFile) { f.Files = nil })
}

func TestAProgramThatWasChangedIsNotRun(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	to := copyPlugin(t, dir, testplugins.Good)
	program := filepath.Join(to, sdk.ProgramName)
	data, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	put(t, program, append(data, 0))
	host := pluginhost.New(pluginhost.Config{Dirs: []string{dir}, Deadlines: quick})
	p, err := host.Find(testplugins.Good)
	if err != nil {
		t.Fatal(err)
	}
	_, err = host.Start(t.Context(), p)
	var broken pluginhost.BrokenError
	if !errors.As(err, &broken) || !strings.Contains(err.Error(), "not the one that its manifest names") {
		t.Errorf("got %v", err)
	}

	// Whoever writes a plugin builds it again and again.
	p, err = pluginhost.New(pluginhost.Config{DevelopmentDirs: []string{dir}}).Find(testplugins.Good)
	if err != nil {
		t.Fatal(err)
	}
	s, err := host.Start(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	closesSoon(t, s)
}

// copyPlugin installs a test plugin into another directory.
func copyPlugin(t *testing.T, dir, id string) string {
	t.Helper()
	to := filepath.Join(dir, id, testplugins.Version)
	if err := os.CopyFS(to, os.DirFS(filepath.Join(pluginDir, id, testplugins.Version))); err != nil {
		t.Fatal(err)
	}
	return to
}

func TestASignedPluginNamesItsSigner(t *testing.T) {
	t.Parallel()
	public, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	to := installVersion(t, dir, "svg", "1.0.0", nil)
	manifest, err := os.ReadFile(filepath.Join(to, sdk.ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	signature, err := sdk.SignManifest(manifest, private)
	if err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(to, sdk.SignatureName), signature)
	host := pluginhost.New(pluginhost.Config{Dirs: []string{dir}})
	p, err := host.Find("svg")
	if err != nil || !p.Signer.Equal(public) {
		t.Fatalf("got %v, %v", p.Signer, err)
	}
	put(t, filepath.Join(to, sdk.ManifestName), []byte(strings.Replace(string(manifest), `"SVG"`, `"Svg"`, 1)))
	if _, err := host.Find("svg"); err == nil || !strings.Contains(err.Error(), "signature") {
		t.Errorf("a changed manifest gave %v", err)
	}
}
