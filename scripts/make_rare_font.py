"""Make data/fonts/hanazono-mincho-b.ttf.xz from HanaMinB.ttf (Debian: apt-get install fonts-hanazono)."""

from __future__ import annotations

import io
import lzma
import sys
from pathlib import Path

from fontTools import subset

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "data" / "fonts" / "hanazono-mincho-b.ttf.xz"
SOURCE = Path("/usr/share/fonts/truetype/hanazono/HanaMinB.ttf")
BLOCKS = ((0x20000, 0x2A6DF), (0x2A700, 0x2EBEF))  # extensions B, and C to F
NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]


def main() -> int:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else SOURCE
    if not source.is_file():
        print(f"{source} is not there: apt-get install fonts-hanazono, or name HanaMinB.ttf")
        return 1
    options = subset.Options(layout_features=[], hinting=False, glyph_names=False, name_IDs=NAMES)
    options.notdef_outline = True
    options.drop_tables += ["GSUB", "GPOS", "vhea", "vmtx", "VORG", "FFTM", "gasp", "BASE"]
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in BLOCKS for code in range(first, last + 1)])
    subsetter.subset(font)
    buffer = io.BytesIO()
    subset.save_font(font, buffer, options)
    TARGET.write_bytes(lzma.compress(buffer.getvalue(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{TARGET}: {TARGET.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
