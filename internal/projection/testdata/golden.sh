#!/bin/sh
# Writes golden.tsv: places and where PROJ puts them. Run in this folder with
# PROJ (cs2cs) installed:  ./golden.sh > golden.tsv
# Columns: name, longitude, latitude (degrees), x, y (metres).
set -eu
table() { # name, PROJ definition, places
	printf '%s\n' "$3" | while read -r lon lat; do
		xy=$(printf '%s %s\n' "$lon" "$lat" | cs2cs -f %.9f +proj=longlat +ellps=WGS84 +no_defs +to $2 +no_defs)
		printf '%s\t%s\t%s\t%s\n' "$1" "$lon" "$lat" "$(printf '%s' "$xy" | awk '{print $1 "\t" $2}')"
	done
}
near() { # places around a centre
	for dx in -20 -3 -0.7 -0.01 0 0.0003 1.5 30; do
		for dy in -40 -2.5 -0.02 0 0.0001 0.9 11; do
			echo "$1 $2 $dx $dy" | awk '{ lat = $2 + $4; if (lat <= 89 && lat >= -89) printf "%.6f %.6f\n", $1 + $3, lat }'
		done
	done
}
table "local 11.5755 48.1374" "+proj=tmerc +ellps=WGS84 +lon_0=11.5755 +lat_0=48.1374" "$(near 11.5755 48.1374)"
table "local -58.4 -34.6" "+proj=tmerc +ellps=WGS84 +lon_0=-58.4 +lat_0=-34.6" "$(near -58.4 -34.6)"
table "local 15.6 78.2" "+proj=tmerc +ellps=WGS84 +lon_0=15.6 +lat_0=78.2" "$(near 15.6 78.2)"
table "EPSG:32632 0 0" "+proj=utm +ellps=WGS84 +zone=32" "$(near 11.5755 48.1374)"
table "EPSG:32760 0 0" "+proj=utm +ellps=WGS84 +zone=60 +south" "$(near 174.8 -41.3 | awk '$1 <= 180')"
table "local-equal-area 11.5755 48.1374" "+proj=laea +ellps=WGS84 +lon_0=11.5755 +lat_0=48.1374" "$(near 11.5755 48.1374)"
table "local-equal-area -58.4 -34.6" "+proj=laea +ellps=WGS84 +lon_0=-58.4 +lat_0=-34.6" "$(near -58.4 -34.6)"
table "local-equal-area 0 90" "+proj=laea +ellps=WGS84 +lon_0=0 +lat_0=90" "$(near 11.5755 48.1374)"
table "local-equal-area 20 0" "+proj=laea +ellps=WGS84 +lon_0=20 +lat_0=0" "$(near 20 0)"
table "EPSG:3035 0 0" "+proj=laea +ellps=GRS80 +lat_0=52 +lon_0=10 +x_0=4321000 +y_0=3210000" "$(near 11.5755 48.1374)"
table "EPSG:3857 0 0" "+proj=merc +a=6378137 +b=6378137" "$(near 11.5755 48.1374)"
table "web-mercator 0 0" "+proj=merc +a=6378137 +b=6378137" "$(near -58.4 -34.6)"
