"""Columns of a staff list and the certificates they belong to, where one row may hold several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from certcheck.headers import Headers
from common.text import key, unmarked

HINT = "item_hint"
"""The name under which a group's hint travels with its cells."""

SHARED = -1
"""The group of a column that says the same of every certificate of its row."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column and its meaning.

    ``group`` counts the certificates that one row may hold; ``hint`` is what stands over or before
    the field's own word, such as 高压证 in 高压证-到期日期. ``why`` tells what the meaning rests on
    where it is not the header's own word.
    """

    index: int
    field: str
    label: str
    group: int = 0
    hint: str = ""
    why: str = ""


def group_columns(columns: Sequence[Column], headers: Headers) -> tuple[list[Column], list[str]]:
    """Put certificate columns into groups; gives them and the labels of columns left out.

    A field that occurs once belongs to the row's one certificate, whatever stands over it. Where
    fields repeat under different hints, each hint is a certificate and columns without such a hint
    are shared; where they repeat under the same hint, a new certificate begins at each repetition.
    """
    columns, dropped = _without_synonyms(columns, headers)
    counts = Counter(column.field for column in columns)
    if all(count == 1 for count in counts.values()):
        return columns, dropped
    repeating = {key(column.hint) for column in columns if _elsewhere(column, columns)}
    if len(repeating) < 2:
        return _in_sequence(columns), dropped
    order = list(dict.fromkeys(key(column.hint) for column in columns if key(column.hint) in repeating))
    grouped = [
        replace(column, group=order.index(key(column.hint)) if key(column.hint) in repeating else SHARED)
        for column in columns
    ]
    return _split_repeats(grouped, len(order)), dropped


def _elsewhere(column: Column, columns: Sequence[Column]) -> bool:
    """Say whether a column's field stands under another hint, too."""
    return any(other.field == column.field and key(other.hint) != key(column.hint) for other in columns)


def _without_synonyms(columns: Sequence[Column], headers: Headers) -> tuple[list[Column], list[str]]:
    """Drop the weaker of two different words for one field (初领日期 goes before 发证日期)."""
    best: dict[tuple[str, str], Column] = {}
    for column in columns:
        same = (column.field, key(column.hint))
        if same not in best or _rank(column, headers) < _rank(best[same], headers):
            best[same] = column
    kept, dropped = [], []
    for column in columns:
        winner = best[column.field, key(column.hint)]
        if _bare(column.label) == _bare(winner.label):
            kept.append(column)
        else:
            dropped.append(column.label)
    return kept, dropped


def _bare(label: str) -> str:
    return re.sub(r"\d+", "", key(unmarked(label)))


def _rank(column: Column, headers: Headers) -> int:
    return headers.rank(column.field, column.label)


def _in_sequence(columns: Sequence[Column]) -> list[Column]:
    """Begin a new certificate wherever a field comes again; side by side, each place is one."""
    if any(left.field == right.field for left, right in pairwise(columns)):
        return _split_repeats(columns, 1)
    group, used, grouped = 0, set[str](), []
    for column in columns:
        if column.field in used:
            group, used = group + 1, set()
        used.add(column.field)
        grouped.append(replace(column, group=group))
    return grouped


def _split_repeats(columns: Sequence[Column], groups: int) -> list[Column]:
    """Give a field that repeats under one hint a group of its own behind the others."""
    seen: set[tuple[int, str]] = set()
    split = []
    for column in columns:
        one = column
        while (one.group, one.field) in seen:
            one = replace(one, group=one.group + groups)
        seen.add((one.group, one.field))
        split.append(one)
    return split
