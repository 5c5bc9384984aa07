#!/bin/sh
# Builds the plugin of a format and installs it as DIR/ID/VERSION, the version
# being what its manifest says. Usage: plugin.sh ID DIR
set -eu
id=$1
dir=$2
new=$dir/$id/new
mkdir -p "$new"
CGO_ENABLED=0 ${GO:-go} build -trimpath -o "$new/plugin" "./plugins/$id"
"$new/plugin" manifest >"$new/manifest.json"
version=$(sed -n 's/^ *"version": *"\([^"]*\)".*/\1/p' "$new/manifest.json" | head -n 1)
if [ -z "$version" ]; then
	echo "the manifest of plugin $id names no version" >&2
	exit 1
fi
mv "$new" "$dir/$id/$version"
