"""Words of commands that people copy: a path with a blank must stay one word."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

_PLAIN_ON_WINDOWS = "\\/:.-_"


def word(path: Path | str) -> str:
    """Give a path as one word of the shell of this system; most are words as they are."""
    text = str(path)
    if sys.platform == "win32":  # the prompt of commands and PowerShell, each with its own signs
        return (
            text if all(one.isalnum() or one in _PLAIN_ON_WINDOWS for one in text) and text else f'"{text}"'
        )
    # what is no ASCII is quoted by the library for no need: shells take it
    plain = "".join(one for one in text if one.isascii())
    return text if plain and shlex.quote(plain) == plain else shlex.quote(text)


def words(command: str) -> list[str]:
    """Part a command into its words, as the shell of this system would.

    Raises
    ------
    ValueError
        a quotation mark has no other half.
    """
    if sys.platform == "win32":  # where a backslash parts folders, and quotes may begin within a word
        reader = shlex.shlex(command, posix=True)
        reader.whitespace_split, reader.commenters, reader.escape, reader.quotes = True, "", "", '"'
        return list(reader)
    return shlex.split(command)
