"""Words of commands that people copy: a path with a blank must stay one word."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path


def word(path: Path | str) -> str:
    """Give a path as one word of the shell of this system; most are words as they are."""
    text = str(path)
    if sys.platform == "win32":
        return f'"{text}"' if any(one.isspace() for one in text) else text
    # what is no ASCII is quoted by the library for no need: shells take it
    plain = "".join(one for one in text if one.isascii())
    return text if plain and shlex.quote(plain) == plain else shlex.quote(text)
