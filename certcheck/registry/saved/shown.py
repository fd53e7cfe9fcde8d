"""What a document shows, before anybody asks what it means: labels with values, lines, where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field

Pair = tuple[str, str]
"""A label and the value beside it."""


@dataclass(frozen=True, slots=True)
class Group:
    """The pairs of one certificate, or of one table; ``history`` below a divider that says so.

    ``certificate`` says that the page itself marks it as a certificate, whatever its labels.
    """

    pairs: tuple[Pair, ...] = field(repr=False)
    history: bool = False
    certificate: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One page, or one person's part of a text, as a reader sees it.

    ``typed`` are labels and contents of a form still on the page; ``fault`` says in words for the
    user why the page is not whole; ``address`` and ``saved_at`` are what the page says of itself.
    """

    groups: tuple[Group, ...] = ()
    lines: tuple[str, ...] = field(default=(), repr=False)
    typed: tuple[Pair, ...] = field(default=(), repr=False)
    title: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    saved_at: str = ""
    fault: str = ""
