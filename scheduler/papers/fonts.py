"""The fonts that are embedded in every PDF, and which characters they can draw.

Text is set in Noto Serif SC, headings in Noto Sans SC (both of the PyPI package ``pylopdf-fonts-zh-cn``: all
of the basic block and of extension A). Rarer characters of names, extensions B to F, come from Hanazono Mincho
B, which lies packed in ``data/fonts`` and is unpacked only where a name needs it. Further fonts may be given as
a folder. All are open fonts; fonts of the machine are never used, so that a paper looks the same everywhere.
"""

from __future__ import annotations

import importlib.util
import lzma
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont, TTLibError

from common.errors import InputError, ZhengkaoError
from common.left_beside import left_beside
from common.resources import DATA

RARE = DATA / "fonts" / "hanazono-mincho-b.ttf.xz"
_RARE_FAMILY = "HanaMinB"
_RARE_BLOCKS = (
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)
_PACKAGE = "pylopdf_fonts_zh_cn"
_SERIF, _SANS = "NotoSerifSC-Regular.otf", "NotoSansSC-Regular.otf"
_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
_UNSEEN = ((0xFE00, 0xFE0F), (0xE0100, 0xE01EF), (0x200B, 0x200F), (0x2060, 0x2064))
"""Selectors of variants and joiners: they change the character before them, and draw nothing themselves."""


@dataclass(frozen=True)
class Fonts:
    """Where fonts lie, which families stand behind the usual two, and what all of them can draw."""

    folders: tuple[Path, ...]
    families: tuple[str, ...]
    drawable: frozenset[int]

    def missing(self, text: str) -> list[str]:
        """Give the characters of a text that no font can draw, in order, each once."""
        return [mark for mark in dict.fromkeys(text) if ord(mark) not in self.drawable]

    def shown(self, text: str) -> str:
        """Give a text with every character that cannot be drawn as its code point: 〔U+2A6DE〕."""
        if self.drawable.issuperset(map(ord, text)):
            return text
        return "".join(mark if ord(mark) in self.drawable else f"〔U+{ord(mark):04X}〕" for mark in text)


def find_fonts(texts: Iterable[str], scratch: Path, own: Path | None = None) -> Fonts:
    """Find the fonts for texts.

    Parameters
    ----------
    scratch
        a folder to unpack the font of rare characters to, where one occurs.
    own
        a folder of further fonts, asked last.

    Raises
    ------
    ZhengkaoError
        the package of the two usual fonts is not installed.
    InputError
        ``own`` is no folder, or a font in it cannot be read.
    """
    base = _package()
    folders, families = [base], []
    drawable = {code for first, last in _UNSEEN for code in range(first, last + 1)} | {0x0A}
    for name in (_SERIF, _SANS):
        drawable |= _characters(base / name)
    needed = {ord(mark) for mark in set().union(*map(set, texts))} - drawable
    if any(first <= code <= last for code in needed for first, last in _RARE_BLOCKS):
        path = scratch / RARE.stem
        path.write_bytes(lzma.decompress(RARE.read_bytes()))
        folders.append(scratch)
        families.append(_RARE_FAMILY)
        drawable |= _characters(path)
    if own is not None:
        named, covered = _own(own)
        folders.append(own)
        families += named
        drawable |= covered
    return Fonts(tuple(folders), tuple(dict.fromkeys(families)), frozenset(drawable))


def _package() -> Path:
    found = importlib.util.find_spec(_PACKAGE)
    folder = Path(found.origin).parent if found and found.origin else None
    if folder is None or not (folder / _SERIF).is_file():
        raise ZhengkaoError(
            "没有找到排版用的字体，请安装：pip install pylopdf-fonts-zh-cn，然后重新写出材料。"
        )
    return folder


@lru_cache(maxsize=8)
def _characters(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _own(folder: Path) -> tuple[list[str], set[int]]:
    """Read the families and characters of the fonts in a folder of the user's."""
    if not folder.is_dir():
        raise InputError(f"{folder}：没有这个字体文件夹。")
    found = (path for path in folder.rglob("*") if path.suffix.lower() in _ENDINGS)
    paths = sorted(path for path in found if not left_beside(path.name))
    families: list[str] = []
    covered: set[int] = set()
    for path in paths:
        try:
            with path.open("rb") as file:
                collection = path.suffix.lower() in (".ttc", ".otc")
                for font in TTCollection(file).fonts if collection else [TTFont(file, lazy=True)]:
                    families.append(str(font["name"].getBestFamilyName()))
                    covered |= set(font.getBestCmap() or ())
        except (OSError, TTLibError, KeyError, AssertionError):
            raise InputError(f"{path.name}：不是可读的字体文件，请从 --fonts 的文件夹里移走。") from None
    if not families:
        raise InputError(f"{folder}：里面没有字体文件（.ttf、.otf、.ttc）。")
    return families, covered
