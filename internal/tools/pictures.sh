#!/bin/sh
# Draws docs/images/strategies.png, every tracing strategy on the same streets
# and houses of Munich, as the beam would leave them, and docs/images/munich.png. Needs `make build` and
# ImageMagick. Usage: pictures.sh [FOLDER for the single pictures]
set -eu
cd "$(dirname "$0")/../.."
mapwright=build/mapwright
work=${1:-}
if [ -z "$work" ]; then
	work=$(mktemp -d)
	trap 'rm -rf "$work"' EXIT INT TERM
fi
mkdir -p "$work/data"
export MAPWRIGHT_DATA="$work/data"

base=$work/base.gpkg
rm -f "$base"
$mapwright new "$base" --bbox 11.5725,48.1349,11.5769,48.1370 --size 80x60 --title Munich >/dev/null
$mapwright import "$base" assets/sample/munich-centre-2020.osm.pbf --preset city >/dev/null
$mapwright import "$base" assets/sample/munich-centre-2020.osm.pbf --layer places --where amenity=restaurant >/dev/null

# draw NAME LAYER,… SHOWN,… KEY=VALUE …: the first layers get the keys, and
# beside them only those that are shown can be seen.
draw() {
	name=$1 changed=$2 shown=$3
	shift 3
	map=$work/$name.gpkg
	cp "$base" "$map"
	for layer in "Frame and text" water green buildings paths roads-minor roads-major rail places; do
		case ",$changed,$shown," in
		*",$layer,"*) $mapwright layer set "$map" "$layer" visible=yes >/dev/null ;;
		*) $mapwright layer set "$map" "$layer" visible=no >/dev/null 2>&1 || true ;;
		esac
	done
	for layer in $(echo "$changed" | tr , ' '); do
		$mapwright layer set "$map" "$layer" "$@" >/dev/null
	done
	$mapwright render "$map" -o "$work/$name.png" --mode laser --width 800 >/dev/null
	convert "$work/$name.png" -shave 40x40 "$work/$name.png" # the margin
	rm -f "$map"
}

roads=roads-minor,roads-major
wide="width=1.8 width.pedestrian=1.8 width.residential=1.8 width.living_street=1.8 width.unclassified=1.8 width.tertiary=1.8"
draw centreline $roads "" operation=score strategy=centreline
draw outline $roads "" operation=score strategy=outline $wide
draw filled $roads "" operation=engrave strategy=filled $wide
draw casing $roads "" operation=score strategy=casing $wide
draw dashes $roads "" operation=score strategy=dashes
draw groove $roads "" operation=engrave setting=medium strategy=groove kerf=0.12 $wide
draw inlay $roads "" operation=cut strategy=inlay kerf=0.12 $wide
draw hatch buildings "" operation=score strategy=hatch spacing=0.8 border=yes
draw cross-hatch buildings "" operation=score strategy=cross-hatch spacing=1 border=yes
draw inset buildings "" operation=score strategy=inset spacing=0.6 count=0
draw dissolve buildings "" operation=score strategy=dissolve
draw knock-out buildings $roads operation=engrave setting=light strategy=knock-out
draw stencil buildings "" operation=cut strategy=stencil bridge-width=1 min-area=2
draw plate roads-minor "" operation=cut strategy=plate rim=2 $wide
draw label $roads "" operation=engrave strategy=label size=1.6 min-size=1
draw symbol places "" operation=engrave setting=dark strategy=symbol symbol=star size=3
draw drill places "" operation=cut strategy=drill diameter=2
cd "$work"
montage -font DejaVu-Sans -pointsize 26 -label '%t' \
	centreline.png outline.png filled.png casing.png dashes.png groove.png inlay.png hatch.png cross-hatch.png \
	inset.png dissolve.png knock-out.png stencil.png plate.png label.png symbol.png drill.png \
	-tile 3x -geometry 500x+10+10 -colors 32 PNG8:strategies.png
cd - >/dev/null
cp "$work/strategies.png" docs/images/strategies.png

# docs/images/munich.png: the sample map with all that is on by default.
map=$work/munich.gpkg
rm -f "$map"
$mapwright new "$map" --bbox 11.5648,48.1309,11.5871,48.1436 --size 300x260 --title München >/dev/null
$mapwright import "$map" assets/sample/munich-centre-2020.osm.pbf --preset city >/dev/null
$mapwright render "$map" -o "$work/munich.png" --mode laser --width 1500 >/dev/null
convert "$work/munich.png" -colors 64 PNG8:docs/images/munich.png
