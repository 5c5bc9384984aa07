#!/bin/sh
# The main job on the command line: Munich's seven city layers as SVG and PNG,
# from the sample data into ./out, with credits of a fresh account.
set -eu
cd "$(dirname "$0")/../.."
mapwright=build/mapwright
out=out
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT INT TERM
export MAPWRIGHT_DATA="$data"
mkdir -p "$out"
rm -rf "$out/munich" "$out/munich.gpkg"

echo "A map of Munich, 300 x 200 mm"
$mapwright new "$out/munich.gpkg" --bbox 11.5648,48.1309,11.5871,48.1436 --size 300x200 --title Munich
$mapwright import "$out/munich.gpkg" assets/sample/munich-centre-2020.osm.pbf --preset city
echo
echo "Before:"
$mapwright credits show
echo
$mapwright export "$out/munich.gpkg" --layers water,green,buildings,paths,roads-minor,roads-major,rail \
	--formats svg,png --files layer --out "$out/munich"
echo
echo "After:"
$mapwright credits show
echo
echo "The files are in $PWD/$out/munich, the map is $PWD/$out/munich.gpkg"
