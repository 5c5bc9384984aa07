//go:build ignore

// This program makes countries.bin.gz of Natural Earth's countries at
// 1:50,000,000 as GeoJSON:
//
//	go run assets/world/make.go ne_50m_admin_0_countries.geojson assets/world/countries.bin.gz
//
// README.md tells the form of the file.
package main

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log"
	"math"
	"os"
)

type collection struct {
	Features []struct {
		Properties struct {
			Name     string  `json:"NAME_EN"`
			LabelX   float64 `json:"LABEL_X"`
			LabelY   float64 `json:"LABEL_Y"`
			MinLabel float64 `json:"MIN_LABEL"`
		}
		Geometry struct {
			Type        string
			Coordinates json.RawMessage
		}
	}
}

func main() {
	if len(os.Args) != 3 {
		log.Fatal("name the GeoJSON and the file to write")
	}
	text, err := os.ReadFile(os.Args[1])
	check(err)
	var c collection
	check(json.Unmarshal(text, &c))
	var out []byte
	for _, f := range c.Features {
		p := f.Properties
		out = binary.AppendUvarint(out, uint64(len(p.Name)))
		out = append(out, p.Name...)
		out = binary.AppendVarint(out, thousandths(p.LabelX))
		out = binary.AppendVarint(out, thousandths(p.LabelY))
		out = binary.AppendVarint(out, int64(math.Round(p.MinLabel*10)))
		var polygons [][][][2]float64
		if f.Geometry.Type == "Polygon" {
			polygons = make([][][][2]float64, 1)
			check(json.Unmarshal(f.Geometry.Coordinates, &polygons[0]))
		} else {
			check(json.Unmarshal(f.Geometry.Coordinates, &polygons))
		}
		var rings [][][2]int64
		for _, polygon := range polygons {
			for _, ring := range polygon {
				if r := round(ring); len(r) >= 3 {
					rings = append(rings, r)
				}
			}
		}
		out = binary.AppendUvarint(out, uint64(len(rings)))
		for _, r := range rings {
			out = binary.AppendUvarint(out, uint64(len(r)))
			var last [2]int64
			for _, q := range r {
				out = binary.AppendVarint(out, q[0]-last[0])
				out = binary.AppendVarint(out, q[1]-last[1])
				last = q
			}
		}
	}
	var zipped bytes.Buffer
	w, err := gzip.NewWriterLevel(&zipped, gzip.BestCompression)
	check(err)
	_, err = w.Write(out)
	check(err)
	check(w.Close())
	check(os.WriteFile(os.Args[2], zipped.Bytes(), 0o644))
	fmt.Println(len(c.Features), "countries,", zipped.Len(), "bytes")
}

// round takes a ring to 1/1000 degree, without its repeated start.
func round(ring [][2]float64) (out [][2]int64) {
	for _, q := range ring[:len(ring)-1] {
		p := [2]int64{thousandths(q[0]), thousandths(q[1])}
		if n := len(out); n == 0 || out[n-1] != p {
			out = append(out, p)
		}
	}
	return out
}

func thousandths(degrees float64) int64 { return int64(math.Round(degrees * 1000)) }

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
