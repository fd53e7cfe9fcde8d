"""The kinds of touch: why a change draws somebody anew, or leaves them out (docs/draw-specification.md, "Who is touched")."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """A word of the specification, as a plan says it."""

    WITHDRAWN = "withdrawn"
    ADDED = "added"
    WAITING = "waiting"
    MOVED = "moved"
    GONE = "gone"
    FACTS = "facts"
    RULE = "rule"
    LIMIT = "limit"
    CLASH = "clash"


LEAVING = (Kind.LIMIT, Kind.CLASH)
"""The kinds of those whose ticket it was to leave."""
