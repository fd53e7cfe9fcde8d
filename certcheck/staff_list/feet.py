"""Rows of a list that are nobody: totals, notes, signatures, headings, page marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from certcheck.staff_list.columns import HINT, UNSURE
from certcheck.staff_list.headers import Headers
from common.dates import read_date
from common.sheets import CellValue, cell_text
from common.text import fold, stated

_NUMBERED = re.compile(r"[\d\s.、()（）-]*")
_SENTENCE = re.compile(r"[,，。;；、:：!?]|^\(?[一二三四五六七八九十\d]+[)、.]|^第?\d+页|共\d+页")
_COUNT = re.compile(r"[共计合]*\d+[本人名张份个项条]")
_LEAST_DIGITS = 6
_WHOLE_NUMBER = re.compile(r"(\d[-\s]?){15}")
_YEAR = re.compile(r"(?<!\d)(19|20)\d\d年")
_NOTED = r"(\([^()]*\)|【[^】]*】|\[[^]]*\]|\d{4}年?度?)*"
"""What stands behind a heading's own word: (2026年), 【续】."""


@dataclass(frozen=True)
class _Patterns:
    certain: re.Pattern[str]
    labelled: re.Pattern[str]
    doubtful: re.Pattern[str]
    heading: re.Pattern[str]


@lru_cache(maxsize=4)
def _patterns(words: tuple[tuple[str, tuple[str, ...]], ...]) -> _Patterns:
    alternatives = {sort: "|".join(map(re.escape, listed)) for sort, listed in words}
    label = f"({alternatives['signatures']})(:|$)|[^:]{{0,12}}({alternatives['colon']})[^:]{{0,6}}:"
    return _Patterns(
        re.compile(f"({alternatives['totals']})|[^:]*({alternatives['totals']})(:|$)|{label}"),
        re.compile(label),
        re.compile(f"({alternatives['labels']})$"),
        re.compile(f"\\(?({alternatives['marks']})|.*({alternatives['headings']}){_NOTED}$"),
    )


def is_foot(
    cells: Sequence[CellValue],
    person: Mapping[str, CellValue],
    claims: Mapping[int, Mapping[str, CellValue]],
    headers: Headers,
) -> bool:
    """Say whether a row is a total, a note, a signature or a heading; a row with a number never is.

    The first words tell; where they may be a post or a name (负责人 仿真张三), the rest of the row
    has to be empty, too.
    """
    number = cell_text(person.get("id_number"))
    if _WHOLE_NUMBER.search(number):
        return False
    texts = [text for value in cells if (text := _folded(value))]
    known = _patterns(tuple((sort, tuple(listed)) for sort, listed in headers.not_people.items()))
    name = _folded(person.get("name"))
    if _may_be_number(_folded(number), texts, name, known):
        return False
    said = [text for text in texts if not _is_day(text)]
    if not said:
        return len(texts) == 1  # the day of a signature
    words = [text for text in texts if not _NUMBERED.fullmatch(text)]
    if not words:
        return False
    if known.certain.match(words[0]) or all(_COUNT.fullmatch(word) for word in words):
        return True
    if claims:
        return False
    if known.doubtful.match(words[0]):
        return name in {"", words[0]}
    if len(said) > 1:
        return False
    alone = len(texts) == 1 and bool(_SENTENCE.search(said[0]) or _YEAR.match(said[0]))
    return alone or bool(known.heading.match(said[0]))


def _may_be_number(number: str, texts: Sequence[str], name: str, known: _Patterns) -> bool:
    """Say whether the cell of a number may hold one, if a wrong one: not a day, a telephone, a note, or a title's year."""
    if sum(mark.isdigit() for mark in number) < _LEAST_DIGITS:
        return False
    if known.labelled.match(number) or _is_day(number) or _YEAR.search(number):
        return False
    return not known.labelled.match(texts[0]) or name not in {"", texts[0]}


def _folded(value: CellValue | None) -> str:
    return fold(stated(cell_text(value))).replace(" ", "")


def _is_day(text: str) -> bool:
    """Say whether a text is a date that cannot be a number's digits."""
    return not text.isdigit() and any(map(str.isdigit, text)) and read_date(text) is not None


def names_certificate(claim: Mapping[str, CellValue]) -> bool:
    """Say whether cells without a name beside them state a certificate: a lone date is a signature's."""
    which = {"kind", "category", "item", "certificate_number", HINT}
    return bool(claim.keys() & which) or len(claim.keys() - {UNSURE}) > 1
