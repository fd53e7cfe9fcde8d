"""A blank workbook of a batch to fill in: every table and column, what a column holds, and its fixed words to choose from."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence

import xlsxwriter

from common.packing import repacked
from common.resources import DATA
from common.wordtables import WordTable
from scheduler.batch.columns import REQUIRED, TABLES, known_columns

_FIXED_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - fixed, so that bytes repeat
_LAST_ROW = 20_000
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
_DATES = {
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
}
_NUMBERS = {"lon", "lat", "day_limit", "seats", "places", "stations", "columns", "accessible", "max_duties"}
_WIDE = {"id_number": 22, "name": 20, "item": 24, "items": 30, "address": 36, "unavailable": 30}
_LONGEST_NOTE, _LONGEST_TITLE = 255, 32  # what Excel shows of them


def blank_batch() -> bytes:
    """Give the workbook; the same bytes always."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _FIXED_TIME})
    notes, words = WordTable(DATA / "batch" / "notes.toml"), WordTable(DATA / "batch" / "words.toml")
    for table in TABLES:
        stated = known_columns()[table]
        sheet = book.add_worksheet(_chinese(stated["_table"]))
        if table in REQUIRED:
            sheet.set_tab_color("#2F75B5")
        names = [name for name in stated if not name.startswith("_")]
        for place, name in enumerate(names):
            head, needed = _chinese(stated[name]), name in stated["_needed"]
            sheet.set_column(place, place, _WIDE.get(name, max(10, 2 * len(head) + 3)), _cells(book, name))
            sheet.write_string(0, place, head, _head(book, needed=needed))
            note = f"{'必填。' if needed else ''}{notes.text(table, name)}"
            section = _WORDS_OF.get((table, name))
            choices = [_chinese(listed) for listed in words.words(section).values()] if section else []
            sheet.data_validation(1, place, _LAST_ROW, place, _validation(head, note, choices))
        sheet.freeze_panes(1, 0)
    book.close()
    return repacked(buffer.getvalue())


def _chinese(words: Sequence[str]) -> str:
    return next(word for word in words if not word.isascii())


def _head(book: xlsxwriter.Workbook, *, needed: bool) -> xlsxwriter.format.Format:
    return book.add_format({"bold": True, "border": 1, "bg_color": "#FCE4D6" if needed else "#DDEBF7"})


def _cells(book: xlsxwriter.Workbook, name: str) -> xlsxwriter.format.Format:
    """Give the format of a column: ids and identity numbers are text, or a spreadsheet drops zeros and last digits."""
    if name in _NUMBERS:
        return book.add_format({})
    return book.add_format({"num_format": "yyyy-mm-dd" if name in _DATES else "@"})


def _validation(head: str, note: str, choices: Sequence[str]) -> Mapping[str, object]:
    """Give what shows the note beside a cell, and the words to choose; other words are warned of, not refused: the program knows more."""
    told = {"input_title": head[:_LONGEST_TITLE], "input_message": note[:_LONGEST_NOTE]}
    if not choices:
        return {"validate": "any", **told}
    return {
        "validate": "list", "source": list(choices), "error_type": "warning", "error_title": "请核对",
        "error_message": f"通常写：{'、'.join(choices)}", **told,
    }  # fmt: skip
