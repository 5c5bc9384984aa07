#!/usr/bin/python3
"""Judges SVG files of Mapwright as a suspicious laser operator would.

usage: judge.py [--least WIDTH AREA] WIDTH HEIGHT MARGIN FILE...   (mm, mm2)

All files are taken as the layers of one job on one board. With --least no
filled area may be smaller or, but for the tips of corners, thinner. Prints one
JSON object: {"problems": [...], "files": n, "paths": n, "double_mm": x}.
Shares no code with the product: XML by the standard library, geometry by
shapely.
"""
import json
import math
import re
import sys
import warnings
import xml.etree.ElementTree as ET

from shapely.geometry import LineString, Polygon
from shapely.strtree import STRtree

FLAT = 2  # cap style, by number: the name came with shapely 2

warnings.filterwarnings("ignore")  # shapely 1.8 announces shapely 2
SVG = "{http://www.w3.org/2000/svg}"
ALLOWED = {SVG + t for t in ("svg", "g", "path", "title", "desc", "metadata")}
FORBIDDEN_ATTRIBUTES = {"transform", "class", "style", "clip-path", "mask", "filter", "href"}
TOLERANCE = 0.03  # mm: nearer than this is burned twice
RUN = 0.3  # mm: a shorter run is a crossing or a fork
EDGE = 0.002  # mm: what rounding may do
SPECK = 2e-5  # mm2: what rounding cuts off from the tip of a hair

problems = []


def problem(file, text):
    if len(problems) < 50:
        problems.append(f"{file}: {text}")


def subpaths(d, file):
    """Yields (points, closed) of absolute M, L, H, V, C, Z."""
    tokens = re.findall(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", d)
    points, closed, i, command = [], False, 0, None
    while i < len(tokens):
        if tokens[i].isalpha():
            command = tokens[i]
            i += 1
        if command in ("Z", "z"):
            yield points, True
            points = []
            continue
        if command == "M":
            if points:
                yield points, False
            points = [(float(tokens[i]), float(tokens[i + 1]))]
            i += 2
            command = "L"
        elif command == "L":
            points.append((float(tokens[i]), float(tokens[i + 1])))
            i += 2
        elif command == "H":
            points.append((float(tokens[i]), points[-1][1]))
            i += 1
        elif command == "V":
            points.append((points[-1][0], float(tokens[i])))
            i += 1
        elif command == "C":
            p0 = points[-1]
            c = [float(t) for t in tokens[i : i + 6]]
            for k in range(1, 17):
                t = k / 16
                b = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3]
                points.append(
                    tuple(b[0] * p0[a] + b[1] * c[a] + b[2] * c[2 + a] + b[3] * c[4 + a] for a in (0, 1))
                )
            i += 6
        else:
            problem(file, f"path command {command!r} is not absolute M, L, H, V, C or Z")
            return
    if points:
        yield points, False


def length(points):
    return sum(math.dist(a, b) for a, b in zip(points, points[1:]))


def read(file, width, height):
    """Returns [(operation colour, points, closed)] strokes and [(colour, [rings])] fills."""
    root = ET.parse(file).getroot()
    if root.get("width") != f"{width:g}mm" or root.get("height") != f"{height:g}mm":
        problem(file, f"size {root.get('width')} x {root.get('height')}")
    if root.get("viewBox") != f"0 0 {width:g} {height:g}":
        problem(file, f"viewBox {root.get('viewBox')}")
    strokes, fills = [], []
    for e in root.iter():
        if e.tag not in ALLOWED:
            problem(file, f"element {e.tag} is not allowed")
        for a in e.attrib:
            if a.split("}")[-1] in FORBIDDEN_ATTRIBUTES:
                problem(file, f"attribute {a} is not allowed")
    def walk(e, inherited):
        own = {k: e.get(k, inherited.get(k)) for k in ("fill", "stroke", "fill-rule")}
        if e.tag == SVG + "path":
            parts = list(subpaths(e.get("d", ""), file))
            if not parts:
                problem(file, "an empty path")
            burns_area = own["fill"] not in (None, "none")
            burns_line = own["stroke"] not in (None, "none")
            if burns_area == burns_line:
                problem(file, f"a path with fill {own['fill']} and stroke {own['stroke']}: one of them must burn")
            if burns_area:
                if own["fill-rule"] != "evenodd":
                    problem(file, "a filled path without fill-rule evenodd")
                for points, closed in parts:
                    if not closed:
                        problem(file, f"an open ring in a filled path at {points[0]}")
                fills.append((own["fill"], [p for p, _ in parts]))
            else:
                strokes.extend((own["stroke"], p, c) for p, c in parts)
        for child in e:
            walk(child, own)
    walk(root, {})
    return strokes, fills


def inside(file, points, width, height, margin):
    for x, y in points:
        if not (margin - EDGE <= x <= width - margin + EDGE and margin - EDGE <= y <= height - margin + EDGE):
            problem(file, f"({x}, {y}) lies outside the frame")
            return


def check_open(file, points, closed):
    if closed and len(points) < 3:
        problem(file, f"a ring of {len(points)} points at {points[0]}")
    if not closed and len(points) > 3 and math.dist(points[0], points[-1]) < TOLERANCE and length(points) > 1:
        problem(file, f"a ring left open at {points[0]}")
    for a, b in zip(points, points[1:]):
        if a == b:
            problem(file, f"a point twice in a row at {a}")
            return


def near(things, probes):
    """Pairs (probe, thing) of numbers whose geometries meet, with shapely 1.8 and 2."""
    if not things:
        return
    tree = STRtree(things)
    number = {id(t): n for n, t in enumerate(things)}
    for i, probe in enumerate(probes):
        for found in tree.query(probe):
            j = number[id(found)] if hasattr(found, "geom_type") else int(found)
            if things[j].intersects(probe):
                yield i, j


def double(strokes):
    """Runs of lines within TOLERANCE of another line, or of themselves: the length of each and where it starts."""
    segments, where = [], []
    for n, (_, points, closed) in enumerate(strokes):
        ring = points + points[:1] if closed else points
        at, total = 0.0, length(ring)
        for a, b in zip(ring, ring[1:]):
            l = math.dist(a, b)
            if l > 0:
                segments.append(LineString([a, b]))
                where.append((n, at, at + l, total, closed))
            at += l
    covered = {}
    for i, j in near(segments, [s.buffer(TOLERANCE, cap_style=FLAT) for s in segments]):
        if i == j:
            continue
        n, a0, a1, total, closed = where[i]
        m, b0, b1, _, _ = where[j]
        if n == m:
            gap = max(b0 - a1, a0 - b1)
            if closed:
                gap = min(gap, total - max(a1, b1) + min(a0, b0))
            if gap < 4 * TOLERANCE:
                continue
        # the part of segment i within TOLERANCE of segment j
        part = segments[i].intersection(segments[j].buffer(TOLERANCE, 4))
        if part.is_empty or part.length == 0:
            continue
        (x0, y0), (x1, y1) = part.coords[0], part.coords[-1]
        s = segments[i].coords[0]
        t = sorted((math.dist(s, (x0, y0)), math.dist(s, (x1, y1))))
        covered.setdefault(n, []).append((a0 + t[0], a0 + t[1]))
    found = []
    for n, runs in covered.items():
        runs.sort()
        start, end = runs[0]
        for a, b in runs[1:] + [(math.inf, math.inf)]:
            if a <= end + 1e-6:
                end = max(end, b)
                continue
            if end - start > RUN:
                _, points, closed = strokes[n]
                at = LineString(points + points[:1] if closed else points).interpolate(start)
                found.append((end - start, (at.x, at.y)))
            start, end = a, b
    return found


def areas(fills):
    """The filled shapes, even-odd."""
    shapes = []
    for _, rings in fills:
        area = Polygon()
        for r in rings:
            if len(r) >= 3:
                area = area.symmetric_difference(Polygon(r).buffer(0))
        shapes.append(area)
    return shapes


def small(fills, shapes, width, least):
    """Complains about what is smaller than least, or thinner than width."""
    for (colour, _), whole in zip(fills, shapes):
        for a in getattr(whole, "geoms", [whole]):
            if a.area < SPECK:
                continue
            if a.area < least:
                problem("job", f"an area of {a.area:.4f} mm2 in {colour} at {a.representative_point().coords[0]}")
                continue
            thin = a.difference(a.buffer(-width / 2).buffer(width / 2 * 1.05))
            for t in getattr(thin, "geoms", [thin]):
                if t.area > 1.5 * width * width:
                    problem("job", f"{t.area:.4f} mm2 thinner than {width} mm in {colour} at {t.representative_point().coords[0]}")


def overlap(shapes):
    """Area that two filled shapes burn both, beyond what rounding explains."""
    total = 0.0
    for i, j in near(shapes, shapes):
        if i < j:
            total += shapes[i].intersection(shapes[j]).buffer(-0.005).area
    return total


def main():
    args = sys.argv[1:]
    least = None
    if args[0] == "--least":
        least = [float(a) for a in args[1:3]]
        args = args[3:]
    width, height, margin = (float(a) for a in args[:3])
    all_strokes, all_fills = [], []
    for file in args[3:]:
        strokes, fills = read(file, width, height)
        for _, points, closed in strokes:
            inside(file, points, width, height, margin)
            check_open(file, points, closed)
        for _, rings in fills:
            for r in rings:
                inside(file, r, width, height, margin)
                check_open(file, r, True)
        all_strokes += strokes
        all_fills += fills
    runs = double(all_strokes)
    twice = sum(l for l, _ in runs)
    if runs:
        places = ", ".join(f"{l:.3f} at ({x:.3f}, {y:.3f})" for l, (x, y) in runs[:5])
        problem("job", f"{twice:.2f} mm of line are burned twice: {places}")
    shapes = areas(all_fills)
    if least:
        small(all_fills, shapes, *least)
    both = overlap(shapes)
    if both > 0:
        problem("job", f"{both:.4f} mm2 of area are burned twice")
    print(json.dumps({
        "problems": problems, "files": len(args) - 3,
        "paths": len(all_strokes) + len(all_fills), "double_mm": twice,
    }))


main()
