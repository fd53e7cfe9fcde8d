"""Office files packed so that the same content is the same bytes: their ZIP holds times and the system."""

from __future__ import annotations

import io
import zipfile

_TIME = (2000, 1, 1, 0, 0, 0)
_UNIX = 3


def repacked(content: bytes) -> bytes:
    """Pack an office file again with the same time and system on all its parts."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            new.writestr(part(entry.filename), old.read(entry.filename))
    return buffer.getvalue()


def part(name: str) -> zipfile.ZipInfo:
    """Give the head of a part with the same time and system everywhere; Windows would name itself there."""
    head = zipfile.ZipInfo(name, date_time=_TIME)
    head.compress_type = zipfile.ZIP_DEFLATED
    head.create_system = _UNIX
    return head
