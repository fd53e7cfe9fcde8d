"""A captcha answered by a program that leads to a person, as ``ssh`` asks for passphrases."""

from __future__ import annotations

import contextlib
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from common.files import write_private
from common.scratch import remove_dead, scratch

_SUFFIXES = ((b"\x89PNG", ".png"), (b"\xff\xd8", ".jpg"), (b"GIF8", ".gif"), (b"BM", ".bmp"))


class AskpassAsker:
    """Runs a program with the picture's file as its last argument; what it prints is the answer.

    Any exit code but 0 means that nobody is there.
    """

    def __init__(self, command: Sequence[str], seconds: float = 600) -> None:
        self._command, self._seconds = list(command), seconds

    def ask(self, image: bytes) -> str | None:
        """Show the picture through the program; None where it fails or nobody answers."""
        with picture_file(image) as path:
            try:
                done = subprocess.run(  # noqa: S603 - the program is the user's own choice
                    [*self._command, str(path)],
                    stdout=subprocess.PIPE,  # its standard error is where it talks to the person
                    timeout=self._seconds,
                    check=False,
                )
            except (OSError, subprocess.TimeoutExpired):
                return None
        if done.returncode != 0:
            return None
        return done.stdout.decode("utf-8", errors="replace").strip() or None


@contextlib.contextmanager
def picture_file(image: bytes) -> Iterator[Path]:
    """Keep a picture in a file of its own while somebody looks at it; those of killed runs are removed first."""
    suffix = next((ending for mark, ending in _SUFFIXES if image.startswith(mark)), ".img")
    temporary = Path(tempfile.gettempdir())
    remove_dead(temporary)
    with scratch(temporary) as folder:
        path = folder / f"zhengkao-captcha{suffix}"
        write_private(path, image)
        yield path
