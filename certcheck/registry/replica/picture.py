"""The picture of a captcha: four digits, turned and crossed by lines, readable for a person.

The answer is written into the PNG file as well, for ``certcheck.registry.standin``: nobody needs
to recognise anything in the demo and the tests, and no other site writes such a mark.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator

from PIL import Image, ImageDraw, ImageFont, PngImagePlugin

ANSWER_MARK = "Zhengkao-Replica"
"""Keyword of the tEXt chunk that holds the answer."""

_SIZE = _WIDTH, _HEIGHT = 120, 40
_PAPER = (246, 248, 250)
_INKS = ((36, 62, 120), (120, 40, 40), (30, 96, 60), (92, 50, 110))


def draw_captcha(text: str, entropy: bytes) -> bytes:
    """Give the PNG of a captcha text; turns, lines and dots follow from ``entropy``."""
    chances = _chances(entropy)
    image = Image.new("RGB", _SIZE, _PAPER)
    _draw_dots(image, chances)
    _draw_lines(image, chances)  # under the digits: across them a 1 soon looks like a 7
    for place, digit in enumerate(text):
        _draw_digit(image, digit, 6 + place * 28, chances)
    marks = PngImagePlugin.PngInfo()
    marks.add_text(ANSWER_MARK, text)
    buffer = io.BytesIO()
    image.save(buffer, "PNG", pnginfo=marks)
    return buffer.getvalue()


def _chances(entropy: bytes) -> Iterator[int]:
    """Give numbers from 0 to 255 without end, the same ones for the same bytes."""
    block = 0
    while True:
        yield from hashlib.sha256(entropy + block.to_bytes(4, "big")).digest()
        block += 1


def _between(chances: Iterator[int], low: int, high: int) -> int:
    return low + next(chances) * (high - low + 1) // 256


def _draw_digit(image: Image.Image, digit: str, left: int, chances: Iterator[int]) -> None:
    """Draw one digit on a tile of its own, so that it can be turned by itself."""
    tile = Image.new("L", (40, 40), 0)
    font = ImageFont.load_default(size=_between(chances, 29, 34))
    ImageDraw.Draw(tile).text((20, 20), digit, fill=255, font=font, anchor="mm")
    mask = tile.rotate(_between(chances, -14, 14), resample=Image.Resampling.BICUBIC)
    ink = Image.new("RGB", mask.size, _INKS[_between(chances, 0, len(_INKS) - 1)])
    image.paste(ink, (left - 7 + _between(chances, -2, 2), _between(chances, -3, 3)), mask)


def _draw_lines(image: Image.Image, chances: Iterator[int]) -> None:
    pen = ImageDraw.Draw(image)
    for _ in range(3):
        start = (_between(chances, 0, 20), _between(chances, 2, _HEIGHT - 2))
        end = (_between(chances, _WIDTH - 20, _WIDTH), _between(chances, 2, _HEIGHT - 2))
        pen.line((start, end), fill=_INKS[_between(chances, 0, len(_INKS) - 1)], width=1)


def _draw_dots(image: Image.Image, chances: Iterator[int]) -> None:
    for _ in range(90):
        grey = _between(chances, 120, 200)
        spot = (_between(chances, 0, _WIDTH - 1), _between(chances, 0, _HEIGHT - 1))
        image.putpixel(spot, (grey, grey, grey))
