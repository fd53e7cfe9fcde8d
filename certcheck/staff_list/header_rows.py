"""Which rows make a header, and what stands in each of them: its labels, spread over the columns they are for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from certcheck.staff_list.around import ELSEWHERE, HeaderMatch
from certcheck.staff_list.headers import Headers
from certcheck.staff_list.stacking import Matcher, fill_between, fill_right, spans, under
from common.dates import read_date
from common.sheets import CellValue, Sheet, cell_text
from common.text import fold, stated

MOST_ROWS = 3
WHO = frozenset({"name", "id_number"})
_DIGITS = re.compile(r"[A-Za-z]?\d{6,}[A-Za-z]?")


def label_of(value: CellValue) -> str:
    """Give the label that a cell may be: text that states something."""
    return stated(value) if isinstance(value, str) else ""


def header_block(
    sheet: Sheet,
    rows: Sequence[Sequence[CellValue]],
    number: int,
    own: Sequence[HeaderMatch | None],
    match: Matcher,
) -> list[list[str]]:
    """Give the label rows of a header, each spread over the columns that it stands for."""
    who = [index for index, found in enumerate(own) if found and found.field in WHO]
    block = [[label_of(value) for value in rows[number - 1]]]
    while who and len(block) < MOST_ROWS:
        below = _below(sheet, rows, number + len(block), block[-1], match)
        if below is None:
            break
        more = [below.labels]
        if not below.refines(who):
            under = _below(sheet, rows, number + len(block) + 1, below.labels, match)
            if under is None or len(block) + 2 > MOST_ROWS or not below.parts(who, under):
                break
            more.append(under.labels)
        block += more
    for depth in range(len(block) - 1, 0, -1):
        block[depth] = fill_right(sheet, number + depth, block[depth])
        block[depth - 1] = fill_between(fill_right(sheet, number + depth - 1, block[depth - 1]), block[depth])
    return block


def _below(
    sheet: Sheet, rows: Sequence[Sequence[CellValue]], number: int, above: Sequence[str], match: Matcher
) -> _Below | None:
    """Give the row of this number as one that stands under a header row with these labels."""
    if number > len(rows):
        return None
    after = rows[number] if number < len(rows) else ()
    return _Below(rows[number - 1], above, fill_right(sheet, number - 1, above), after, match)


def _is_known(found: HeaderMatch | None) -> bool:
    """Say whether a label is of a header for certain; 待办 and 缺 may be a person's cell."""
    return found is not None and found.field != ELSEWHERE


@dataclass
class _Below:
    """A row under a header: its cells, the labels above it as they stand and spread, the row after it."""

    values: Sequence[CellValue]
    standing: Sequence[str]
    merged: Sequence[str]
    after: Sequence[CellValue]
    match: Matcher

    def __post_init__(self) -> None:
        self.labels = [label_of(value) for value in self.values]
        self.above = fill_between(self.merged, self.labels)

    def refines(self, who: Sequence[int]) -> bool:
        """Say whether the row refines the header: it holds no person and no value, and half of it is known words."""
        new = self._new_labels(who)
        known = sum(
            _is_known(self.match(self.labels[i])) or self._together(self.above[i], self.labels[i])
            for i in new
        )
        return known > 0 and known * 2 >= len(new)

    def parts(self, who: Sequence[int], under: _Below) -> bool:
        """Say whether the row holds names that nobody knows (低压电工) over the header's last row.

        Neither has anything where names and numbers stand: the next header's own row has. All of the last row is
        words of fields: 登高架设作业 may be the item of somebody whose name is missing, as the one above him may be.
        """
        nobodys = not any(row.labels[i] for row in (self, under) for i in who)
        if not nobodys or not self._new_labels(who) or not under.refines(who):
            return False
        return not any(label and self._is_no_field(label) for label in under.labels)

    def _is_no_field(self, label: str) -> bool:
        found = self.match(label)
        return found is None or found.field in ("held", ELSEWHERE)

    def _new_labels(self, who: Sequence[int]) -> list[int]:
        """Give the columns with labels of the row's own; none where it holds a person or a value."""
        cells = zip(self.values, self.labels, strict=True)
        if any(cell_text(value).strip() and not label for value, label in cells):
            return []
        if any(
            self.labels[i] not in {"", self.above[i]} and not self._together(self.above[i], self.labels[i])
            for i in who
        ):
            return []
        new = [i for i, label in enumerate(self.labels) if label and label != self.above[i]]
        return [] if any(map(self._is_value, new)) else new

    def _together(self, up: str, label: str) -> bool:
        found = self.match(up + label) if up else None
        return found is not None and _is_known(found) and not found.prefix

    def _is_value(self, index: int) -> bool:
        """Say whether a cell holds what people hold: a date, a number, or a certificate where one is stated.

        低压电工作业 is a header over ticks, and a value under 准操项目: it is a value where the label above is a
        field's and stands over this column alone, and where the next row states a certificate there, too;
        never where a tick stands below.
        """
        label = self.labels[index]
        if read_date(label) is not None or _DIGITS.fullmatch(fold(label)):
            return True
        if not self._names_certificate(label):
            return False
        after = label_of(self.after[index]) if index < len(self.after) else ""
        if len(after) == 1 or self._names_certificate(after):
            return len(after) > 1
        over = self.match(self.above[index])
        stated_there = over is not None and over.field != "held" and self.match.headers.is_field(over.field)
        return stated_there and not self._shares_label(index)

    def _names_certificate(self, label: str) -> bool:
        found = self.match(label)
        return found is not None and found.field == "held"

    def _shares_label(self, index: int) -> bool:
        """Say whether the label above stands over the next column, too, or began over an earlier one."""
        spread = index + 1 < len(self.above) and not self.standing[index + 1]
        return not self.standing[index] or (spread and self.above[index + 1] == self.above[index])


def with_labels_above(
    sheet: Sheet,
    rows: Sequence[Sequence[CellValue]],
    number: int,
    matches: list[HeaderMatch | None],
    headers: Headers,
) -> list[HeaderMatch | None]:
    """Take the certificates' names from the row above, where fields repeat and nothing else tells them."""
    claims = [found for found in matches if found and found.field in headers.claim]
    if number < 2 or all(count == 1 for count in Counter(claims).values()):
        return matches
    above = [label_of(value) for value in rows[number - 2]]
    named = list(matches)
    for start, end in spans(sheet, number - 1, above):
        inside = [found for found in matches[start:end] if found]
        if ":" in above[start] or "：" in above[start] or not inside:
            continue
        if all(found.field in headers.claim for found in inside):
            for index in range(start, end):
                found = matches[index]
                named[index] = under(found, above[start], headers) if found else None
    return named
