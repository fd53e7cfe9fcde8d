"""Labels that stand over each other in a header of several rows, merged or as a CSV leaves them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from certcheck.staff_list.around import ELSEWHERE, HeaderMatch
from certcheck.staff_list.headers import LEVEL, Headers
from common.sheets import Sheet
from common.text import key

STATED = "按指定的列"


@dataclass(frozen=True)
class Matcher:
    """Matches labels by the user's own words (fields by the key of a label) first, then by the table's."""

    headers: Headers
    overrides: Mapping[str, str]

    def __call__(self, label: str) -> HeaderMatch | None:
        """Match one label, "" being none."""
        if not label:
            return None
        if key(label) in self.overrides:
            return HeaderMatch(self.overrides[key(label)], why=STATED)
        found = self.headers.match(label)
        # the user named another column for this field
        return None if found and found.field in self.overrides.values() else found


def fill_right(sheet: Sheet, number: int, labels: Sequence[str]) -> list[str]:
    """Spread a horizontally merged label over the columns it spans."""
    filled = list(labels)
    for top, left, bottom, right in sheet.merged:
        if top <= number <= bottom and right > left and left <= len(filled):
            for column in range(left, min(right, len(filled)) + 1):
                filled[column - 1] = labels[left - 1]
    return filled


def fill_between(labels: Sequence[str], below: Sequence[str]) -> list[str]:
    """Spread a label over the empty cells to its right that have labels below, as it has itself.

    A file without merged cells (CSV) leaves them empty: 有效期, empty over 起, 止.
    """
    filled = list(labels)
    for index in range(1, len(filled)):
        if not filled[index] and below[index] and below[index - 1]:
            filled[index] = filled[index - 1]
    return filled


def spans(sheet: Sheet, number: int, labels: Sequence[str]) -> list[tuple[int, int]]:
    """Give the columns (from, to) that each label of a row stands over: its merged range, else to the next."""
    merged = {
        left - 1: right
        for top, left, bottom, right in sheet.merged
        if top <= number <= bottom and right > left
    }
    starts = [index for index, label in enumerate(labels) if label]
    ends = [*starts[1:], len(labels)] if starts else []
    return [
        (start, min(merged.get(start, end), len(labels))) for start, end in zip(starts, ends, strict=True)
    ]


def stacked(labels: Sequence[str], match: Matcher) -> HeaderMatch | None:
    """Match the labels of one column, top to bottom.

    Together where they make one word (有效期 + 止), else by the lowest that is known; what stands
    over it says which certificate it belongs to.
    """
    stack: list[str] = []
    for label in labels:
        if label and (not stack or stack[-1] != label):
            stack.append(label)
    for start in range(len(stack) - 1):
        found = match("".join(stack[start:]))
        if found and not found.prefix and not (found.field == ELSEWHERE and _of_person(stack[-1], match)):
            return under(found, LEVEL.join(stack[:start]), match.headers)
    below: list[str] = []
    while stack:
        found = match(stack[-1])
        for label in below:  # 实际 under 复审日期 says what a note would
            found = match.headers.noted(found, key(stack[-1]), key(label)) if found else None
        if found:
            return under(found, LEVEL.join(stack[:-1]), match.headers)
        whole = match("".join(stack))
        if whole:
            return whole
        below.append(stack.pop())
    return None


def under(found: HeaderMatch, above: str, headers: Headers) -> HeaderMatch:
    """Give a match with what stands over it before it; a certificate's word under another paper's is that paper's."""
    if found.field in headers.claim and headers.around.is_foreign(key(above)):
        return HeaderMatch(ELSEWHERE)
    return replace(found, prefix=found.prefix or above)


def _of_person(label: str, match: Matcher) -> bool:
    """Say whether a label is a person's word, whatever stands over it: 应持证人员 over 姓名, 岗位."""
    found = match(label)
    return found is not None and match.headers.is_person_field(found.field)
