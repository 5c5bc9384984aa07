#!/usr/bin/python3
"""Judges artwork with shapely, which shares no code with Mapwright.

Reads a JSON list of artworks on stdin and prints a JSON list of the faults of
each, as {"kind", "layer", "at", "size"}:

  grid     a coordinate that is no whole number of grid steps of 2**-12 mm; the
           points on curves (paths with "Verbs", drawn as lines here) need not be
  outside  something beside the frame, mm; a curve may be half a grid step beside
  open     a filled ring, or a line whose ends nearly meet, that is not closed
  twice    a line that runs within 0.03 mm of others for more than 0.3 mm
  overlap  an area of two layers, or of two shapes of one layer, mm2
  invalid  a filled shape that crosses itself; specks of 2e-5 mm2 that curves
           cut off where they pass a corner nearer than a grid step are let be:
           a grid step wide and as long as a curve may be off, 0.05 mm
"""
import json
import sys

from shapely.geometry import LineString, Point, Polygon
from shapely.ops import linemerge, unary_union
from shapely.strtree import STRtree
from shapely.validation import make_valid

NEAR, RUN, GRID = 0.03, 0.3, 4096
faults = []


def fault(kind, layer, at, size):
    faults.append({"kind": kind, "layer": layer, "at": list(at), "size": size})


def points(path):
    return [(p["X"], p["Y"]) for p in path["Points"]]


def check_points(layer, path, frame):
    pts = points(path)
    for x, y in [] if path["Verbs"] else pts:
        if x * GRID != round(x * GRID) or y * GRID != round(y * GRID):
            fault("grid", layer, (x, y), 0)
            break
    line = LineString(pts + pts[:1]) if len(pts) > 1 else None
    if line is not None and not frame.covers(line):
        beside = line.difference(frame)
        # covers() rounds where a line runs along the frame: measure it
        parts = getattr(beside, "geoms", [beside])
        far = max((frame.distance(Point(c)) for g in parts for c in g.coords), default=0)
        if far > (0.5 / GRID if path["Verbs"] else 1e-9):
            fault("outside", layer, pts[0], far)


def area(shape):
    result = Polygon()
    for path in shape["Paths"]:
        ring = Polygon(points(path))
        if not ring.is_valid:
            wound = sum(a[0] * b[1] - a[1] * b[0] for a, b in zip(points(path), points(path)[1:] + points(path)[:1])) / 2
            whole = make_valid(ring)
            if not path["Verbs"] or abs(whole.area - abs(wound)) > 2e-5:
                fault("invalid", shape["layer"], points(path)[0], ring.area)
            ring = whole
        result = result.symmetric_difference(ring)
    return result


def runs(line, others):
    """Lengths of the parts of a line that lie near others."""
    near = line.intersection(unary_union([o.buffer(NEAR) for o in others]))
    parts = [g for g in getattr(near, "geoms", [near]) if g.geom_type == "LineString"]
    if not parts:
        return []
    merged = linemerge(parts)
    return [(g.length, g.coords[0]) for g in getattr(merged, "geoms", [merged])]


def judge(art):
    for board in art["Boards"]:
        frame = Polygon(points(board["Frame"]))
        lines, fills = [], []
        for layer in art["Layers"]:
            filled = []
            for shape in layer["Shapes"] or []:
                if shape["Board"] != board["Number"] or shape["Operation"] == "guide":
                    continue
                shape["layer"] = layer["Name"]
                for path in shape["Paths"]:
                    check_points(layer["Name"], path, frame)
                    pts = points(path)
                    gap = Point(pts[0]).distance(Point(pts[-1]))
                    if not path["Closed"]:
                        length = LineString(pts).length
                        if shape["Fill"] or gap <= NEAR and length > 10 * NEAR:
                            fault("open", layer["Name"], pts[0], gap)
                    if not shape["Fill"]:
                        if path["Closed"]:
                            pts.append(pts[0])
                        lines.append((layer["Name"], LineString(pts)))
                if shape["Fill"]:
                    filled.append(area(shape))
            if filled:
                union = unary_union(filled)
                twice = sum(a.area for a in filled) - union.area
                if twice > 1e-3:
                    fault("overlap", layer["Name"], filled[0].exterior.coords[0] if filled[0].geom_type == "Polygon" else (0, 0), twice)
                fills.append((layer["Name"], union))
        tree = STRtree([g for _, g in lines])
        for name, line in lines:
            zone = line.buffer(NEAR)
            near = [o for o in tree.query(zone) if o is not line and o.intersects(zone)]
            for length, at in runs(line, near) if near else []:
                if length > RUN:
                    fault("twice", name, at, length)
        for i, (name, a) in enumerate(fills):
            for _, b in fills[:i]:
                common = a.buffer(-0.001).intersection(b)
                if common.area > 1e-6:
                    fault("overlap", name, common.representative_point().coords[0], common.area)


def main():
    verdicts = []
    for art in json.load(sys.stdin):
        faults.clear()
        judge(art)
        verdicts.append(list(faults))
    json.dump(verdicts, sys.stdout)


main()
