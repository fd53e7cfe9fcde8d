"""Rows of a list that are nobody: totals, notes, signatures, headings, page marks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from certcheck.columns import HINT, UNSURE
from certcheck.headers import Headers
from common.sheets import CellValue, cell_text
from common.text import fold, stated

_NUMBERED = re.compile(r"[\d\s.、()（）-]*")
_SENTENCE = re.compile(r"[,，。;；、:：!?]|^\(?[一二三四五六七八九十\d]+[)、.]|^第?\d+页|共\d+页")
_COUNT = re.compile(r"[共计合]*\d+[本人名张份个项条]")
_LEAST_DIGITS = 6


@dataclass(frozen=True)
class _Patterns:
    certain: re.Pattern[str]
    doubtful: re.Pattern[str]
    heading: re.Pattern[str]


@lru_cache(maxsize=4)
def _patterns(words: tuple[tuple[str, tuple[str, ...]], ...]) -> _Patterns:
    alternatives = {sort: "|".join(map(re.escape, listed)) for sort, listed in words}
    return _Patterns(
        re.compile(
            f"({alternatives['totals']})|[^:]*({alternatives['totals']})(:|$)"
            f"|({alternatives['signatures']})(:|$)"
            f"|[^:]{{0,12}}({alternatives['colon']})[^:]{{0,6}}:"
        ),
        re.compile(f"({alternatives['labels']})$"),
        re.compile(f"\\(?({alternatives['marks']})|.*({alternatives['headings']})$"),
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
    if sum(mark.isdigit() for mark in cell_text(person.get("id_number"))) >= _LEAST_DIGITS:
        return False
    texts = [fold(text).replace(" ", "") for value in cells if (text := stated(cell_text(value)))]
    words = [text for text in texts if not _NUMBERED.fullmatch(text)]
    if not words:
        return False
    known = _patterns(tuple((sort, tuple(listed)) for sort, listed in headers.not_people.items()))
    if known.certain.match(words[0]) or all(_COUNT.fullmatch(word) for word in words):
        return True
    if claims:
        return False
    name = fold(stated(cell_text(person.get("name")))).replace(" ", "")
    if known.doubtful.match(words[0]):
        return name in {"", words[0]}
    return len(texts) == 1 and bool(_SENTENCE.search(words[0]) or known.heading.match(words[0]))


def names_certificate(claim: Mapping[str, CellValue]) -> bool:
    """Say whether cells without a name beside them state a certificate: a lone date is a signature's."""
    which = {"kind", "category", "item", "certificate_number", HINT}
    return bool(claim.keys() & which) or len(claim.keys() - {UNSURE}) > 1
