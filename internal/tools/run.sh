#!/bin/sh
# The main job: the sample map of Munich. With a display it opens in the
# window; without one its seven city layers are exported as SVG and PNG on the
# command line. Everything lies in ./out, credits and account too.
set -eu
cd "$(dirname "$0")/../.."
mapwright=build/mapwright
out=out
map=$out/munich.gpkg
mkdir -p "$out"

new_map() {
	rm -f "$map"
	$mapwright new "$map" --bbox 11.5648,48.1309,11.5871,48.1436 --size 300x200 --title Munich
	$mapwright import "$map" assets/sample/munich-centre-2020.osm.pbf --preset city
}

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
	export MAPWRIGHT_DATA="$PWD/$out/data"
	[ -f "$map" ] || new_map
	echo "Opening $PWD/$map. Credits and settings are in $MAPWRIGHT_DATA."
	exec $mapwright "$map"
fi

data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT INT TERM
export MAPWRIGHT_DATA="$data"
rm -rf "$out/munich"

echo "There is no display, so here is the same job on the command line:"
echo "a map of Munich, 300 x 200 mm"
new_map
echo
echo "Before:"
$mapwright credits show
echo
$mapwright export "$map" --layers water,green,buildings,paths,roads-minor,roads-major,rail \
	--formats svg,png --files layer --out "$out/munich"
echo
echo "After:"
$mapwright credits show
echo
echo "The files are in $PWD/$out/munich, the map is $PWD/$map"
