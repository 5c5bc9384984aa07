#!/bin/sh
# Installs the system packages that are missing, on Debian and Ubuntu, and says
# so; elsewhere says what is needed. Usage: install.sh build|test
set -eu

# The window needs OpenGL and X11 to be built.
build="gcc libc6-dev pkg-config libgl1-mesa-dev libx11-dev libxcursor-dev libxrandr-dev libxinerama-dev libxi-dev libxxf86vm-dev"
test="$build gdal-bin osmium-tool librsvg2-bin poppler-utils python3-shapely python3-gdal libgeos-dev strace imagemagick procps mount postgresql chromium xvfb openbox xdotool x11-utils libgl1-mesa-dri"
case "${1:-}" in
build) wanted=$build ;;
test) wanted=$test ;;
*)
	echo "usage: install.sh build|test" >&2
	exit 2
	;;
esac

if ! command -v dpkg-query >/dev/null 2>&1; then
	case "$1" in
	build) command -v "${CC:-cc}" >/dev/null 2>&1 || {
		echo "Mapwright needs a C compiler. Install one (on Debian: $wanted) and run make again." >&2
		exit 1
	} ;;
	test) echo "This is not Debian or Ubuntu: nothing is installed. The tests need what Debian calls: $wanted" >&2 ;;
	esac
	exit 0
fi

missing=
for package in $wanted; do
	status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
	[ "$status" = installed ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

echo "Installing system packages:$missing" >&2
sudo=
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null 2>&1; then
		echo "Run this as root: apt-get install$missing" >&2
		exit 1
	fi
	sudo=sudo
fi
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # words on purpose
if ! $sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null 2>&1; then
	$sudo apt-get update -qq
	# shellcheck disable=SC2086
	$sudo apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi
