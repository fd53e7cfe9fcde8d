"""QR codes of tickets as small pictures: the text in them is the whole answer, nothing is looked up."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import zxingcpp

_LEVEL = "M"  # a quarter of a code may be worn away and it still reads (ISO/IEC 18004: about 15 %)
_BITS = bytes([ord("0")]) + bytes([ord("1")]) * 255  # light and dark of the library's picture as digits


def png(text: str) -> bytes:
    """Give a QR code of a text: one pixel a module, one bit a pixel, without the quiet zone."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=_LEVEL)
    image: Any = code.to_image(scale=1, add_quiet_zones=False)
    picture = memoryview(image)  # 8 bits grey
    height, width = picture.shape or (0, 0)
    grey, line = bytes(picture), (width + 7) // 8
    rows = bytearray()
    for start in range(0, height * width, width):
        digits = grey[start : start + width].translate(_BITS).ljust(line * 8, b"0")
        rows += b"\0" + int(digits, 2).to_bytes(line, "big")
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, content) for kind, content in parts)


def _chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))
