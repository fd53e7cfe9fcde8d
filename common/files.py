"""Writing files so that a kill at any moment leaves the old file or the new one, never half of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from common.errors import ZhengkaoError


def write_file(path: Path, content: bytes | str) -> Path:
    """Write a file whole: beside its place first, then moved there; text as UTF-8."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise ZhengkaoError(
            f"写不了 {path}（{error.strerror}）。请检查磁盘空间、权限，或文件是否正被打开。"
        ) from error
    return path
