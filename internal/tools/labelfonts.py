#!/usr/bin/python3
"""Makes the fonts of labels beside Mapwright Sans: assets/fonts/label.

Takes what shaping needs from Noto (OFL 1.1) and leaves out hinting, which a
machine that burns outlines never uses. Needs fonts-noto-core and
python3-fonttools.
"""

import pathlib
import sys

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

SOURCE = pathlib.Path("/usr/share/fonts/truetype/noto")
SCRIPTS = ["Arabic", "Armenian", "Devanagari", "Georgian", "Hebrew", "Thai"]


def main():
    source = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    out = pathlib.Path(__file__).resolve().parents[2] / "assets" / "fonts" / "label"
    out.mkdir(exist_ok=True)
    for script in SCRIPTS:
        name = f"NotoSans{script}-Regular.ttf"
        font = TTFont(source / name, recalcTimestamp=False)
        subset = Subsetter(Options(layout_features=["*"], hinting=False, notdef_outline=True,
                                   name_IDs=[0, 1, 2, 5, 13, 14], drop_tables=["DSIG"],
                                   recalc_timestamp=False))
        subset.populate(unicodes=font.getBestCmap().keys())
        subset.subset(font)
        font.save(out / name)


main()
