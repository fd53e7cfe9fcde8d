"""Words that people write where there is no end or no limit, and where an empty cell would mean the same."""

from __future__ import annotations

from functools import lru_cache

from common.resources import DATA
from common.text import key
from common.wordtables import WordTable
from scheduler.batch.columns import TABLES
from scheduler.batch.tables import Row

_ANY = ("earliest", "suspended_from", "since", "day_limit", "max_duties")
_END = ("latest", "suspended_to", "until", "licence_to", "agreement_to", "trained_to")


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    """Give the words by column."""
    listed = WordTable(DATA / "batch" / "words.toml").words("open", ("any", "end"))
    anywhere = frozenset(map(key, listed["any"]))
    return dict.fromkeys(_ANY, anywhere) | dict.fromkeys(_END, anywhere | set(map(key, listed["end"])))


def is_open(row: Row, column: str) -> bool:
    """Say whether a cell has such a word; in a table of changes, where an empty cell keeps what was, none is one."""
    return row.table in TABLES and key(row[column]) in _words().get(column, ())
