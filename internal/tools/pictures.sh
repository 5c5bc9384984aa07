#!/bin/sh
# Draws docs/images/strategies.png: every tracing strategy on the same streets
# and houses of Munich, as the beam would leave them. Needs `make build` and
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
$mapwright new "$base" --bbox 11.5725,48.1345,11.5790,48.1380 --size 80x60 --title Munich >/dev/null
$mapwright import "$base" assets/sample/munich-centre-2020.osm.pbf --preset city >/dev/null

# draw NAME LAYER,… SHOWN,… KEY=VALUE …: the first layers get the keys, and
# beside them only those that are shown can be seen.
draw() {
	name=$1 changed=$2 shown=$3
	shift 3
	map=$work/$name.gpkg
	cp "$base" "$map"
	for layer in frame-and-text water green buildings paths roads-minor roads-major rail; do
		case ",$changed,$shown," in
		*",$layer,"*) $mapwright layer set "$map" "$layer" visible=yes >/dev/null ;;
		*) $mapwright layer set "$map" "$layer" visible=no >/dev/null 2>&1 || true ;;
		esac
	done
	for layer in $(echo "$changed" | tr , ' '); do
		$mapwright layer set "$map" "$layer" "$@" >/dev/null
	done
	$mapwright render "$map" -o "$work/$name.png" --mode laser --width 800
	rm -f "$map"
}

roads=roads-minor,roads-major
draw centreline $roads "" operation=score strategy=centreline
draw outline $roads "" operation=score strategy=outline width=1.2
draw filled $roads "" operation=engrave strategy=filled
draw casing $roads "" operation=score strategy=casing
draw dashes $roads "" operation=score strategy=dashes
draw groove $roads "" operation=engrave strategy=groove
draw inlay $roads "" operation=cut strategy=inlay
draw hatch buildings "" operation=score strategy=hatch
draw cross-hatch buildings "" operation=score strategy=cross-hatch
draw inset buildings "" operation=score strategy=inset
draw dissolve buildings "" operation=score strategy=dissolve
draw knock-out buildings $roads operation=engrave setting=light strategy=knock-out
draw stencil $roads "" operation=cut strategy=stencil
draw plate roads-minor roads-major operation=cut strategy=plate
draw label $roads "" operation=engrave strategy=label
draw symbol paths "" operation=engrave strategy=symbol
draw drill paths "" operation=cut strategy=drill

cd "$work"
montage -font DejaVu-Sans -pointsize 26 -label '%t' \
	centreline.png outline.png filled.png casing.png dashes.png groove.png inlay.png hatch.png cross-hatch.png \
	inset.png dissolve.png knock-out.png stencil.png plate.png label.png symbol.png drill.png \
	-tile 3x -geometry 520x390+10+10 strategies.png
cd - >/dev/null
cp "$work/strategies.png" docs/images/strategies.png
