// Command bench measures Mapwright beside other people's programs, turn by
// turn in one run, and writes ratios. `make bench` runs it; without the build
// tag geos it only says so.
package main
