//go:build !geos

package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Fprintln(os.Stderr, "the benchmarks compare with GEOS: run them by make bench")
	os.Exit(1)
}
