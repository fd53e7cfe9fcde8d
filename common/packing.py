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
            part = zipfile.ZipInfo(entry.filename, date_time=_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system = _UNIX
            new.writestr(part, old.read(entry.filename))
    return buffer.getvalue()
