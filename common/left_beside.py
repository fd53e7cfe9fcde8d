"""Files that nobody put where they lie: systems and programs leave them beside those of people."""

from __future__ import annotations

_OF_WINDOWS_AND_MACOS = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"})
_BEGIN = (".", "~$")
"""``.DS_Store``, and ``._名单.csv`` beside each file that macOS wrote to a stick; ``~$名单.xlsx`` while Office has a file open."""


def left_beside(name: str) -> bool:
    """Say whether a file of this name is such a one."""
    return name.startswith(_BEGIN) or name.lower() in _OF_WINDOWS_AND_MACOS
