"""A ZIP file of which every byte follows from its entries, so that no byte can be changed unseen.

Entries lie uncompressed, one after the other, each with the same fixed time, flags and version
(APPNOTE.TXT 6.3.10 of PKWARE, sections 4.3 and 4.5.3); no comments, no extra fields, nothing between
or behind. ZIP64 end records stand where the numbers of the plain one do not suffice.
``docs/evidence-format.md`` says it for strangers.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator

from common.errors import ZhengkaoError

_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3I2H"), struct.Struct("<4s6H3I5H2I"), struct.Struct("<4s4H2IH")
_END64, _LOCATOR = struct.Struct("<4sQ2H2I4Q"), struct.Struct("<4sIQI")
_VERSION, _NO_FLAGS, _STORED, _MIDNIGHT, _DAY = 20, 0, 0, 0, 0x21  # the first day that ZIP knows, 1980-01-01
_VERSION64 = 45
_MOST, _LARGEST = 0xFFFF, 0xFFFF_FFFF

Entries = Iterable[tuple[str, bytes]]


def pieces(entries: Entries) -> Iterator[bytes]:
    """Give the file piece by piece.

    Raises
    ------
    ZhengkaoError
        it would be larger than 4 GiB.
    """
    offset, central = 0, []
    for name, content in entries:
        common = (_NO_FLAGS, _STORED, _MIDNIGHT, _DAY, zlib.crc32(content), len(content), len(content))
        written = name.encode("latin-1")
        if offset > _LARGEST or len(content) > _LARGEST:
            raise ZhengkaoError("证据包超过 4 GiB，写不了。请把名单分成几份核验。")
        yield _LOCAL.pack(b"PK\x03\x04", _VERSION, *common, len(written), 0) + written
        yield content
        header = _CENTRAL.pack(
            b"PK\x01\x02", _VERSION, _VERSION, *common, len(written), 0, 0, 0, 0, 0, offset
        )
        central.append(header + written)
        offset += _LOCAL.size + len(written) + len(content)
    yield from central
    yield _end(len(central), sum(map(len, central)), offset)


def _end(count: int, size: int, offset: int) -> bytes:
    end = _END.pack(b"PK\x05\x06", 0, 0, min(count, _MOST), min(count, _MOST), size, min(offset, _LARGEST), 0)
    if count < _MOST and offset < _LARGEST:
        return end
    rest = _END64.size - 12  # the record does not count its first two fields
    end64 = _END64.pack(b"PK\x06\x06", rest, _VERSION64, _VERSION64, 0, 0, count, count, size, offset)
    return end64 + _LOCATOR.pack(b"PK\x06\x07", 0, offset + size, 1) + end


def read(data: bytes) -> list[tuple[str, bytes]]:
    """Give the entries as far as they can be made out; whether that is all of it, ``difference`` says."""
    entries, position = [], 0
    while data.startswith(b"PK\x03\x04", position) and position + _LOCAL.size <= len(data):
        header = _LOCAL.unpack_from(data, position)
        size, named = header[8], header[9]
        start = position + _LOCAL.size + named
        if start + size > len(data):
            break
        entries.append((data[start - named : start].decode("latin-1"), data[start : start + size]))
        position = start + size
    return entries


def difference(data: bytes, entries: Entries) -> int | None:
    """Give the place of the first byte that is not as these entries make it; None where all are."""
    position = 0
    for piece in pieces(entries):
        there = data[position : position + len(piece)]
        if there != piece:
            same = (index for index, pair in enumerate(zip(there, piece, strict=False)) if pair[0] != pair[1])
            return position + next(same, len(there))
        position += len(piece)
    return position if position < len(data) else None
