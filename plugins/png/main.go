package main

import "github.com/mapwright/mapwright/plugins/sdk"

func main() { sdk.Serve(format{}) }
