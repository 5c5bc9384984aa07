#!/bin/sh
# Fuzzes every target for a while, one after the other. Usage: fuzz.sh TIME
set -eu
time=${1:-60s}
go=${GO:-go}
for package in $($go list ./...); do
	dir=$($go list -f '{{.Dir}}' "$package")
	for target in $(grep -hoE '^func Fuzz[A-Za-z0-9_]+' "$dir"/*_test.go 2>/dev/null | sed 's/^func //'); do
		echo "$package $target for $time"
		$go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" "$package"
	done
done
