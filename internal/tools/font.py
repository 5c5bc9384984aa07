#!/usr/bin/python3
"""Makes the two fonts of the window from Inter (OFL 1.1): assets/fonts.

Fyne cannot switch font features on, so the digits of the character map are the
tabular ones here. The fonts get a name of their own, because the licence may
reserve the original's. Needs fonts-inter and python3-fonttools.
"""

import pathlib
import sys

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont, newTable

SOURCE = pathlib.Path("/usr/share/fonts/opentype/inter")
FAMILY = "Mapwright Sans"
# Greatest distance between a cubic outline and its quadratic one, in parts of
# an em.
CURVE_ERROR = 0.0005


def tabular_digits(font):
    """Gives each digit the glyph that the feature tnum would give."""
    gsub = font["GSUB"].table
    lookups = {i for f in gsub.FeatureList.FeatureRecord if f.FeatureTag == "tnum"
               for i in f.Feature.LookupListIndex}
    wide = {}
    for i in lookups:
        for sub in gsub.LookupList.Lookup[i].SubTable:
            sub = getattr(sub, "ExtSubTable", sub)
            wide.update(getattr(sub, "mapping", {}))
    digits = range(ord("0"), ord("9") + 1)
    for table in font["cmap"].tables:
        for code in digits:
            if code in table.cmap:  # tables may share one map
                table.cmap[code] = wide.get(table.cmap[code], table.cmap[code])
    best = font.getBestCmap()
    widest = max(font["hmtx"][best[code]][0] for code in digits)
    for code in digits:
        width, bearing = font["hmtx"][best[code]]
        if widest - width > 4:  # the SemiBold's four is 3 units narrower
            sys.exit(f"the digit {chr(code)} is not tabular")
        font["hmtx"][best[code]] = (widest, bearing)


def without_features(font):
    """Keeps what every text needs, all characters, and nothing that must be
    switched on or that changes what was written."""
    options = Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl"],
                      hinting=False, notdef_outline=True, name_IDs=["*"],
                      desubroutinize=True, recalc_timestamp=False)
    subset = Subsetter(options)
    subset.populate(unicodes=font.getBestCmap().keys())
    subset.subset(font)


def quadratic(font):
    """Turns the outlines from CFF to TrueType."""
    order = font.getGlyphOrder()
    source = font.getGlyphSet()
    error = CURVE_ERROR * font["head"].unitsPerEm
    glyphs = {}
    for name in order:
        pen = TTGlyphPen(source)
        source[name].draw(Cu2QuPen(pen, error, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder, glyf.glyphs = order, glyphs
    for name, glyph in glyphs.items():
        glyph.recalcBounds(glyf)
        width = font["hmtx"][name][0]
        font["hmtx"][name] = (width, getattr(glyph, "xMin", 0))
    del font["CFF "]
    if "VORG" in font:
        del font["VORG"]
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for key in ("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs",
                "maxInstructionDefs", "maxStackElements", "maxSizeOfInstructions",
                "maxComponentElements"):
        setattr(maxp, key, 0)
    maxp.maxZones = 1
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


def rename(font, style):
    names = font["name"]
    original = names.getDebugName(5)
    for record in list(names.names):
        if record.nameID not in (0, 8, 9, 11, 12, 13, 14):
            names.removeNames(nameID=record.nameID)
    for number, text in {
        1: FAMILY if style == "Regular" else f"{FAMILY} {style}",
        2: "Regular",
        3: f"{FAMILY} {style}; from Inter, {original}",
        4: f"{FAMILY} {style}",
        5: original,
        6: f"{FAMILY.replace(' ', '')}-{style}",
        10: "Inter with tabular digits, for the window of Mapwright",
        16: FAMILY,
        17: style,
    }.items():
        names.setName(text, number, 3, 1, 0x409)


def main():
    out = pathlib.Path(__file__).parents[2] / "assets" / "fonts"
    for style in ("Regular", "SemiBold"):
        font = TTFont(SOURCE / f"Inter-{style}.otf", recalcTimestamp=False)
        tabular_digits(font)
        without_features(font)
        quadratic(font)
        rename(font, style)
        path = out / f"MapwrightSans-{style}.ttf"
        font.save(path)
        print(path, path.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
