"""The header words of ``data/roster/headers.toml``: loaded, and no word under two fields."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from certcheck.staff_list.around import Around
from certcheck.staff_list.headers import Headers
from certcheck.staff_list.held import HeldWords
from common.resources import DATA
from common.text import key
from common.wordtables import WordTable

_PERSON, _CLAIM, _IGNORED = "person", "claim", "ignored"
_AROUND = (
    "papers",
    "people",
    "lacking",
    "groups",
    "no_certificates",
    "earlier",
    "own",
    "certain",
    "again",
    "documents",
)


@lru_cache(maxsize=4)
def load_headers(path: Path = DATA / "roster" / "headers.toml") -> Headers:
    """Load the header words; a word that stands under two fields is a fault of the table."""
    table = WordTable(path)
    seen: dict[str, str] = {}
    for section in (_PERSON, _CLAIM, _IGNORED):
        for field, words in table.words(section).items():
            for word in words:
                if seen.setdefault(key(word), field) != field:
                    raise table.fault(section, field, f"“{word}”同时属于 {seen[key(word)]} 和 {field}")
    elsewhere = table.words("elsewhere", (*_AROUND, "holders"))
    around = _keys(elsewhere)
    return Headers(
        table.words(_PERSON, ("name", "id_number")),
        table.words(_CLAIM),
        table.words(_IGNORED),
        Around(_keys(table.words("refining")), *(around[name] for name in _AROUND)),
        around["holders"],
        table.words("not_people"),
        HeldWords(
            {
                name: frozenset(map(key, words))
                for name, words in table.words("held", ("yes", "no", "pending")).items()
            }
        ),
        frozenset(table.words("contents", ("surnames",))["surnames"]),
        frozenset(map(key, table.words("states", ("states",))["states"])),
        table.words("instead", ("name", "valid_to")),
    )


def _keys(words: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {field: tuple(map(key, listed)) for field, listed in words.items()}
