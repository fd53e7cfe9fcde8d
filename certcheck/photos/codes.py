"""A photo to the texts of the QR codes on it. Nothing else on a photo is read, and no address is ever visited.

Codes are found by zxing-cpp; a code that is small, blurred or pale is looked for again on an enlarged, a sharpened
and a differently levelled picture.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

MOST_CODES = 20
"""Codes of one photo that are looked at."""

_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF")
_CODES = zxingcpp.BarcodeFormats(
    [zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.MicroQRCode, zxingcpp.BarcodeFormat.RMQRCode]
)
_MOST_FRAMES = 10  # pages of a scan; a film is not a certificate
_ENLARGED = 2400  # pixels of the longer side up to which a picture is enlarged
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")


@dataclass(frozen=True, slots=True)
class Codes:
    """The texts of the codes on one photo; ``fault`` says in words for the user why it cannot be read."""

    texts: tuple[str, ...] = field(default=(), repr=False)
    fault: str = ""


def codes_on(content: bytes) -> Codes:
    """Read the QR codes on a photo, each text once."""
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF_BRANDS:
        return Codes(fault="是 HEIC 格式，读不了：请在手机上改存为 JPEG")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
                texts = [text for frame in _frames(picture) for text in _texts(frame)]
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError):
        return Codes(fault="像素太多，读不了：请缩小后再放进来")
    except Exception:  # noqa: BLE001 - a damaged picture fails in whatever way its format's reader does
        return Codes(fault="不是能读的图片（可能已损坏）：请用 JPEG 或 PNG")
    return Codes(tuple(dict.fromkeys(texts))[:MOST_CODES])


def _frames(picture: Image.Image) -> Iterator[Image.Image]:
    """Give the pages of a picture in grey, upright, on white."""
    for number in range(min(getattr(picture, "n_frames", 1), _MOST_FRAMES)):
        picture.seek(number)
        frame = ImageOps.exif_transpose(picture)
        if frame.has_transparency_data:
            frame = frame.convert("RGBA")
            white = Image.new("RGBA", frame.size, "white")
            frame = Image.alpha_composite(white, frame)
        yield frame.convert("L")


def _texts(frame: Image.Image) -> list[str]:
    """Give the texts of the first way of looking that finds any."""
    for picture, binarizer in _ways(frame):
        found = zxingcpp.read_barcodes(
            picture, formats=_CODES, binarizer=binarizer, text_mode=zxingcpp.TextMode.Plain
        )
        if found:
            return [code.text for code in found]
    return []


def _ways(frame: Image.Image) -> Iterator[tuple[Image.Image, zxingcpp.Binarizer]]:
    """Give ways to look at a picture, the quickest first."""
    local, whole = zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram
    yield frame, local
    yield frame, whole
    if max(frame.size) <= _ENLARGED:
        larger = frame.resize((frame.width * 2, frame.height * 2), Image.Resampling.BICUBIC)
        yield larger, local
        yield larger.filter(ImageFilter.UnsharpMask(radius=4, percent=300, threshold=0)), local
        if max(frame.size) <= _ENLARGED // 3:
            yield frame.resize((frame.width * 4, frame.height * 4), Image.Resampling.LANCZOS), local
    else:
        half = frame.resize((frame.width // 2, frame.height // 2), Image.Resampling.BOX)
        yield half, local
        yield half.filter(ImageFilter.UnsharpMask(radius=2, percent=200, threshold=0)), local
    yield ImageOps.autocontrast(frame.filter(ImageFilter.MedianFilter(3)), cutoff=2), whole
