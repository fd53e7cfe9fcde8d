"""Raised and ringed digits behind header words: 有效期至① has a footnote, 准操项目① and 准操项目② count certificates."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from certcheck.staff_list.around import HeaderMatch
from certcheck.staff_list.headers import Headers
from common.text import key, trailing_mark, unmarked


def counted_by_marks(
    labels: Sequence[str], matches: Sequence[HeaderMatch | None], headers: Headers
) -> list[HeaderMatch | None]:
    """Take marks as the count of a group of columns, as 1 and 2 are, where they tell columns of one word apart.

    They do where no word comes again with the mark it had already: 准操项目, 有效期至①, 准操项目, 有效期至② has notes.
    """
    marks: dict[tuple[str, str], list[str]] = defaultdict(list)
    places: list[tuple[int, HeaderMatch, str]] = []
    for index, (label, found) in enumerate(zip(labels, matches, strict=True)):
        if found and found.field in headers.claim:
            mark = trailing_mark(label)
            marks[key(unmarked(label)), found.prefix].append(mark)
            places += [(index, found, mark)] if mark else []
    again = {same: each for same, each in marks.items() if len(each) > 1}
    if not places or not again or any(len(set(each)) < len(each) for each in again.values()):
        return list(matches)
    over = {prefix for _, prefix in again}
    read = list(matches)
    for index, found, mark in places:
        if found.prefix in over:
            read[index] = replace(found, prefix=key(unicodedata.normalize("NFKC", mark)))
    return read
