#!/usr/bin/python3
"""Judges labels with shapely, which shares no code with Mapwright.

Reads {"Frame": [[x, y] ...], "Labels": [{"Text", "Letters": [[ring ...] ...]}]}
in mm on stdin; rings are filled by the nonzero rule. Prints a JSON list of
faults {"kind", "texts", "size"}:

  outside  a letter beyond the frame, mm
  letters  two letters of one label overlap, mm2
  near     the distance between two labels, mm, where it is less than "Gap"
"""
import json
import sys

from shapely.geometry import Polygon, box
from shapely.ops import unary_union


def letter(rings):
    """Fills rings: holes run the other way round in the fonts of the tests."""
    polys = [Polygon(r) for r in rings]
    polys = [p if p.is_valid else p.buffer(0) for p in polys]
    if not polys:
        return Polygon()
    sign = None
    shells, holes = [], []
    for poly, ring in sorted(zip(polys, rings), key=lambda x: -x[0].area):
        turn = Polygon(ring).exterior.is_ccw
        sign = turn if sign is None else sign
        (shells if turn == sign else holes).append(poly)
    return unary_union(shells).difference(unary_union(holes))


def main():
    task = json.load(sys.stdin)
    frame, gap, faults, areas = Polygon(task["Frame"]), task["Gap"], [], []
    for label in task["Labels"]:
        letters = [a for a in (letter(r) for r in label["Letters"]) if not a.is_empty]
        whole = unary_union(letters)
        beyond = max((frame.distance(g) for g in letters if not frame.contains(g)), default=0)
        if beyond > 0 or not frame.contains(whole):
            faults.append({"kind": "outside", "texts": [label["Text"]], "size": beyond})
        twice = sum(a.area for a in letters) - whole.area
        if twice > 1e-6:
            faults.append({"kind": "letters", "texts": [label["Text"]], "size": twice})
        areas.append(whole)
    for i, a in enumerate(areas):
        for j in range(i + 1, len(areas)):
            b = areas[j]
            if box(*a.bounds).distance(box(*b.bounds)) < gap and a.distance(b) < gap - 1e-3:
                faults.append({"kind": "near", "texts": [task["Labels"][k]["Text"] for k in (i, j)], "size": a.distance(b)})
    json.dump(faults, sys.stdout)


main()
