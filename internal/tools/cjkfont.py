#!/usr/bin/python3
"""Makes the font of the tests that write Chinese, Japanese and Korean:
internal/lettering/testdata/NotoSansCJK-subset.ttc.

Takes a few letters out of three fonts of the collection Noto Sans CJK (OFL
1.1), and leaves out hinting. Needs fonts-noto-cjk and python3-fonttools.
"""

import pathlib
import sys

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

SOURCE = pathlib.Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
JAPANESE, KOREAN, SIMPLIFIED = 0, 1, 2
TEXT = (
    "Tokyo Seoul Beijing 0123456789 "
    "東京都千代田区丸の内サーウェイいろは、。「」（）・"
    "北京天安门广场上海台北香港唐人街 서울특별시중구종로부산 門直骨"
)


def main():
    source = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    fonts = TTCollection()
    for number in JAPANESE, KOREAN, SIMPLIFIED:
        font = TTFont(source, fontNumber=number, recalcTimestamp=False)
        subset = Subsetter(Options(layout_features=["*"], hinting=False, notdef_outline=True,
                                   name_IDs=[0, 1, 2, 5, 13, 14], recalc_timestamp=False))
        subset.populate(text=TEXT)
        subset.subset(font)
        fonts.fonts.append(font)
    out = pathlib.Path(__file__).resolve().parents[1] / "lettering" / "testdata" / "NotoSansCJK-subset.ttc"
    fonts.save(out)


main()
