"""A blank workbook of a batch to fill in: every table and column, what a column holds, and its fixed words to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from common.blank_sheets import DATE, NUMBER, TEXT, Blank, Column, blank_workbook
from common.resources import DATA
from common.wordtables import WordTable
from scheduler.batch.columns import REQUIRED, TABLES, known_columns

_WORDS_OF = {
    ("trainees", "part"): "part",
    ("trainees", "needs"): "need",
    ("institutions", "kind"): "institution",
    ("sites", "kind"): "site",
    ("sites", "status"): "status",
    ("seats", "half"): "half",
    ("places", "half"): "half",
    ("relations", "kind"): "relation",
}
"""Columns whose cells hold one of a few words, with the section of words.toml; of several words in a cell nothing can be chosen."""
_DATES = (
    "earliest",
    "latest",
    "date",
    "suspended_from",
    "suspended_to",
    "licence_to",
    "agreement_to",
    "trained_to",
    "since",
    "until",
)
_NUMBERS = ("lon", "lat", "day_limit", "seats", "places", "stations", "columns", "accessible", "max_duties")
_FORMS = dict.fromkeys(_DATES, DATE) | dict.fromkeys(_NUMBERS, NUMBER)
_WIDE = {"id_number": 22, "name": 20, "item": 24, "items": 30, "address": 36, "unavailable": 30}


def blank_batch() -> bytes:
    """Give the workbook; the same bytes always."""
    return blank_workbook(
        Blank(_chinese(known_columns()[table]["_table"]), table in REQUIRED, list(_columns(table)))
        for table in TABLES
    )


def _columns(table: str) -> Iterator[Column]:
    notes, words = WordTable(DATA / "batch" / "notes.toml"), WordTable(DATA / "batch" / "words.toml")
    stated = known_columns()[table]
    for name, listed in stated.items():
        if name.startswith("_"):
            continue
        section = _WORDS_OF.get((table, name))
        choices = [_chinese(one) for one in words.words(section).values()] if section else []
        yield Column(
            _chinese(listed),
            notes.text(table, name),
            name in stated["_needed"],
            choices,
            _FORMS.get(name, TEXT),
            _WIDE.get(name, 0),
        )


def _chinese(words: Sequence[str]) -> str:
    return next(word for word in words if not word.isascii())
