"""Judges results of the geometry kernel with GEOS, one JSON line each way.

A request holds the result (polygons, each a list of rings) and what it was
made from. The expected area is built another way than the kernel builds it:
operations from the faces of the noded linework and their winding numbers,
strokes and offsets from the buffers of single segments.
"""

import json
import sys
import warnings

from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.ops import polygonize, unary_union
from shapely.validation import explain_validity

warnings.filterwarnings("ignore")


def winding(rings, x, y):
    n = 0
    for r in rings:
        for i in range(len(r)):
            (ax, ay), (bx, by) = r[i], r[(i + 1) % len(r)]
            side = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
            if ay <= y < by and side > 0:
                n += 1
            elif by <= y < ay and side < 0:
                n -= 1
    return n


FILLS = [lambda n: n != 0, lambda n: n % 2 != 0, lambda n: n > 0]
OPS = [
    lambda s, c: s or c,
    lambda s, c: s and c,
    lambda s, c: s and not c,
    lambda s, c: s != c,
]


def boolean(req):
    subject, clip = req["subject"] or [], req["clip"] or []
    fill, op = FILLS[req["fill"]], OPS[req["op"]]
    lines = []
    for r in subject + clip:
        for i in range(len(r)):
            if r[i] != r[(i + 1) % len(r)]:
                lines.append(LineString([r[i], r[(i + 1) % len(r)]]))
    faces = []
    for face in polygonize(unary_union(lines)):
        at = face.representative_point()
        if op(fill(winding(subject, at.x, at.y)), fill(winding(clip, at.x, at.y))):
            faces.append(face)
    return unary_union(faces)


def pieces(paths, half):
    for p in paths:
        if len(p) == 1:
            yield Point(p[0]).buffer(half, 64)
        for a, b in zip(p, p[1:]):
            yield (Point(a) if a == b else LineString([a, b])).buffer(half, 64)


def stroke(req):
    return unary_union(list(pieces(req["paths"], req["half"])))


def offset(req):
    area, d = polygons(req["polys"]), req["half"]
    edges = unary_union(list(pieces([r + r[:1] for p in req["polys"] for r in p], abs(d))))
    return area.union(edges) if d > 0 else area.difference(edges)


def polygons(polys):
    return MultiPolygon([Polygon(p[0], p[1:]) for p in polys or []])


JUDGES = {"boolean": boolean, "stroke": stroke, "offset": offset}

for line in sys.stdin:
    req = json.loads(line)
    got, want = polygons(req["result"]), JUDGES[req["kind"]](req)
    reply = {"valid": got.is_valid, "why": "", "got": got.area, "want": want.area}
    if not got.is_valid:
        reply["why"] = explain_validity(got)
    else:
        reply["differ"] = got.symmetric_difference(want).area
    print(json.dumps(reply), flush=True)
