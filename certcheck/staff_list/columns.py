"""Columns of a staff list and the certificates they belong to, where one row may hold several."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from certcheck.certificate_dates import REVIEWS, STATED_REVIEWS
from certcheck.staff_list.headers import Headers
from common.text import key, unmarked

HINT = "item_hint"
"""The name under which a group's hint travels with its cells."""

TICK = "tick"
"""The name under which 有 travels that stands for the kind of a certificate."""

UNSURE = "unsure"
"""The field of a date that may be the certificate's: it is told beside one, and makes none."""

SHARED = -1
"""The group of a column that says the same of every certificate of its row."""

_COUNT = re.compile(r"[\d一二三四五六]+")
_FAMILY = {"valid_range": "valid_to"}
_DATES = frozenset({"first_issue", "valid_from", "valid_to", "valid_range"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column and its meaning.

    ``group`` counts the certificates that one row may hold; ``hint`` is what stands over or before
    the field's own word, such as 高压证 in 高压证-到期日期. ``second`` is a further column of who the person is,
    read where the first states nothing; ``nth`` counts the reviews of one certificate. ``why`` tells what the meaning rests on
    where it is not the header's own word; ``unsure`` is the field's word where what stands before it names no
    certificate that is known.
    """

    index: int
    field: str
    label: str
    group: int = 0
    hint: str = ""
    why: str = ""
    unsure: str = ""
    second: bool = False
    nth: int = 1

    @property
    def name(self) -> str:
        """Give the name under which its cells travel: the field's, with a count where it comes again."""
        return self.field if self.nth == 1 else f"{self.field}{self.nth}"


def group_columns(columns: Sequence[Column], headers: Headers) -> tuple[list[Column], list[Column]]:
    """Put certificate columns into groups; gives them and the columns left out.

    A field that occurs once belongs to the row's one certificate, whatever stands over it. Where
    fields repeat under different hints, each hint is a certificate and columns without such a hint
    are shared; where they repeat under the same hint, a new certificate begins at each repetition.
    """
    columns, dropped = _without_synonyms(columns, headers)
    columns = _counted_reviews(_reviews_of_one(columns))
    counts = Counter(column.name for column in columns)
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


def _reviews_of_one(columns: list[Column]) -> list[Column]:
    """Read 复审日期1, 复审日期2 beside one certificate as its reviews: what repeats and is counted is nothing else."""
    reviews = [column for column in columns if column.field in REVIEWS]
    others = [column for column in columns if column.field not in REVIEWS]
    if not 1 < len(reviews) <= len(REVIEWS) or not _count_reviews(reviews, others):
        return columns
    order = dict(zip((column.index for column in reviews), REVIEWS, strict=False))
    return [
        replace(column, field=order[column.index], hint="") if column.index in order else column
        for column in columns
    ]


def _counted_reviews(columns: list[Column]) -> list[Column]:
    """Read 应复审日期1, 应复审日期2, each perhaps with its 实际复审日期, as the reviews of one certificate, too."""
    reviews = [column for column in columns if column.field in STATED_REVIEWS]
    others = [column for column in columns if column.field not in STATED_REVIEWS]
    counted = Counter((column.field, column.hint) for column in reviews)
    if not reviews or max(counted.values()) > 1 or not _count_reviews(reviews, others):
        return columns
    nth = Counter[str]()
    read = []
    for column in columns:
        if column.field in STATED_REVIEWS:
            nth[column.field] += 1
            read.append(replace(column, nth=nth[column.field], hint=""))
        else:
            read.append(column)
    return read


def _count_reviews(reviews: Sequence[Column], others: Sequence[Column]) -> bool:
    """Say whether what is counted are reviews and nothing else of a certificate."""
    hints = {column.hint for column in reviews}
    fields = [column.field for column in others]
    return (
        all(not hint or _COUNT.fullmatch(hint) for hint in hints)
        and len(set(fields)) == len(fields)
        and not any(column.hint and column.hint in hints for column in others)
    )


def settled(columns: Sequence[Column], headers: Headers) -> tuple[list[Column], list[str]]:
    """Decide on columns whose word stands behind something unknown; gives those kept and the labels of others.

    Such a column is a certificate's where a sure one stands behind the same, or where its word, or one behind the
    same, says so itself (行吊证书编号) and no sure column says it of the row's one certificate. A date that nothing else
    states of it is told.
    """
    sure = [column for column in columns if not column.unsure]
    known = {key(column.hint) for column in sure}
    bare = {_family(column) for column in sure if not column.hint}
    certain = {key(column.hint) for column in columns if headers.around.says_certificate(column.unsure)}
    kept: list[Column] = []
    for column in columns:
        hint = key(column.hint)
        if not column.unsure or hint in known:
            kept.append(replace(column, unsure=""))
        elif hint in certain and _family(column) not in bare:
            kept.append(replace(column, hint=_as_certificate(column, columns), unsure=""))
        elif column.field in _DATES and _family(column) not in bare:
            kept.append(replace(column, field=UNSURE, hint="", group=SHARED))
    used = {column.index for column in kept}
    return kept, [column.label for column in columns if column.index not in used]


def _as_certificate(column: Column, columns: Sequence[Column]) -> str:
    """Name an unknown certificate as its columns do, 压瓦证 for 压瓦证书编号, so that the item is told as unknown."""
    same = [one for one in columns if key(one.hint) == key(column.hint)]
    return f"{column.hint}证" if any(one.unsure.startswith("证") for one in same) else column.hint


def _family(column: Column) -> str:
    return _FAMILY.get(column.field, column.field)


def _elsewhere(column: Column, columns: Sequence[Column]) -> bool:
    """Say whether a column's field stands under another hint, too."""
    return any(other.field == column.field and key(other.hint) != key(column.hint) for other in columns)


def _without_synonyms(columns: Sequence[Column], headers: Headers) -> tuple[list[Column], list[Column]]:
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
            dropped.append(column)
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
