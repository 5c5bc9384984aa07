package sdk_test

import (
	"bytes"
	"crypto/ed25519"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mapwright/mapwright/plugins/sdk"
)

var update = flag.Bool("update", false, "write golden files")

func manifestFile() sdk.ManifestFile {
	return sdk.ManifestFile{Manifest: manifest(), Protocol: 1, Files: map[string]string{"plugin": strings.Repeat("0f", 32)}}
}

// The shape of manifest.json is a contract with everyone who has a plugin
// installed: the golden file changes only by additions.
func TestTheManifestFileHasItsShape(t *testing.T) {
	t.Parallel()
	got, err := manifestFile().JSON()
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "manifest.json")
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("got\n%s", got)
	}
	read, err := sdk.ReadManifest(want)
	if err != nil {
		t.Fatal(err)
	}
	if !read.Equal(manifest()) || read.Files["plugin"] != strings.Repeat("0f", 32) {
		t.Errorf("it reads as %+v", read)
	}
	if read.Options[1].Default != int64(254) || *read.Options[1].Max != 1200 || read.Options[0].Default != nil {
		t.Errorf("its options read as %+v", read.Options)
	}
}

func TestAManifestThatCannotBeUsedSaysWhy(t *testing.T) {
	t.Parallel()
	good, err := manifestFile().JSON()
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct{ old, with, words string }{
		"id that is a path":        {`"id": "test"`, `"id": "../../etc"`, "format id"},
		"no version":               {`"1.2.3-rc.1"`, `"newest"`, "semantic version"},
		"extension that is a path": {`"tst"`, `"/../x"`, "extension"},
		"no media type":            {`"image/x-test"`, `"image"`, "media type"},
		"later contract":           {`"protocol": 1`, `"protocol": 2`, "version 2"},
		"file out of its folder":   {`"plugin":`, `"../plugin":`, "plain relative path"},
		"no hash":                  {strings.Repeat("0f", 32), "0f", "SHA-256"},
		"unknown type":             {`"integer"`, `"colour"`, "which there is not"},
		"default not allowed":      {`"default": 254`, `"default": 9`, "less than"},
		"default of other type":    {`"default": 254`, `"default": "x"`, "must be a whole number"},
		"neither default":          {`"required": [`, `"required": [], "x": [`, "either have a default or be required"},
		"option twice":             {`"author": {`, `"dpi": {`, "twice"},
		"key with a blank":         {`"author": {`, `"au thor": {`, "its key"},
		"negative limit":           {`"files": 3`, `"files": -3`, "negative"},
		"cut off":                  {"\n}\n", "", "not what it must be"},
		"more behind":              {"\n}\n", "\n}}", "more after"},
		"not UTF-8":                {"Pixels", "Pix\xff", "UTF-8"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := strings.Replace(string(good), test.old, test.with, 1)
			if data == string(good) {
				t.Fatal("the test changes nothing")
			}
			if _, err := sdk.ReadManifest([]byte(data)); err == nil || !strings.Contains(err.Error(), test.words) {
				t.Errorf("got %v, want %q", err, test.words)
			}
		})
	}
}

// A newer host or plugin may add keys; today's must not stumble.
func TestKeysOfLaterVersionsAreIgnored(t *testing.T) {
	t.Parallel()
	good, err := manifestFile().JSON()
	if err != nil {
		t.Fatal(err)
	}
	data := strings.Replace(string(good), `"id":`, `"icon": {"svg": []}, "id":`, 1)
	if read, err := sdk.ReadManifest([]byte(data)); err != nil || !read.Equal(manifest()) {
		t.Errorf("got %v", err)
	}
}

func TestASignatureIsOfOneManifestAlone(t *testing.T) {
	t.Parallel()
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	data := []byte(`{"id": "test"}`)
	signature, err := sdk.SignManifest(data, key)
	if err != nil {
		t.Fatal(err)
	}
	public, err := sdk.VerifyManifest(data, signature)
	if err != nil || !public.Equal(key.Public()) {
		t.Errorf("got %v, %v", public, err)
	}
	for name, wrong := range map[string][2][]byte{
		"other manifest": {[]byte(`{"id": "text"}`), signature},
		"cut off":        {data, signature[:len(signature)-5]},
		"empty":          {data, nil},
		"another kind":   {data, bytes.Replace(signature, []byte("ed25519"), []byte("rsa"), 1)},
		"endless":        {data, bytes.Repeat(signature, 100)},
		"raw signature":  {data, ed25519.Sign(key, data)},
	} {
		if _, err := sdk.VerifyManifest(wrong[0], wrong[1]); err == nil {
			t.Errorf("%s: it holds", name)
		}
	}
}

// FuzzReadManifest reads any bytes as a manifest: it must refuse them or give
// one that is written and read as the same.
func FuzzReadManifest(f *testing.F) {
	good, err := manifestFile().JSON()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add([]byte(`{"id":"a","version":"1.0.0","name":"A","extension":"a","media_type":"a/b","protocol":1,"options":{"type":"object","properties":{}}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		read, err := sdk.ReadManifest(data)
		if err != nil {
			return
		}
		written, err := read.JSON()
		if err != nil {
			t.Fatalf("what was read can't be written: %v", err)
		}
		again, err := sdk.ReadManifest(written)
		if err != nil {
			t.Fatalf("what was written can't be read: %v\n%s", err, written)
		}
		if !again.Equal(read.Manifest) {
			t.Errorf("it reads as another:\n%s", written)
		}
	})
}

// FuzzVerifyManifest reads any bytes as a signature, which never holds.
func FuzzVerifyManifest(f *testing.F) {
	signature, err := sdk.SignManifest([]byte("other"), ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(signature)
	f.Fuzz(func(t *testing.T, signature []byte) {
		if _, err := sdk.VerifyManifest([]byte("manifest"), signature); err == nil {
			t.Errorf("%q holds", signature)
		}
	})
}
