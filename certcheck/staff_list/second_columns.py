"""Further columns of who a person is: 证件号码 beside 身份证号, 持证人 beside 姓名.

They are read where the first one states nothing, as where foreigners stand among residents. A column that may be
somebody else's is never one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from certcheck.cells import digits_lost
from certcheck.findings import finding
from certcheck.staff_list.around import ELSEWHERE, HeaderMatch, notes
from certcheck.staff_list.columns import Column
from certcheck.staff_list.contents import is_certificate_number
from certcheck.staff_list.headers import Headers
from common.finding import Finding
from common.identity import IdentityNumber, IdForm, compact, read_identity
from common.privacy import mask
from common.sheets import CellValue, cell_text
from common.text import key, stated

_WHO = ("name", "id_number")
_RESIDENT = frozenset({IdForm.RESIDENT18, IdForm.RESIDENT15})


def second_columns(
    columns: Sequence[Column],
    first: dict[str, Column],
    labels: Sequence[str],
    matches: Sequence[HeaderMatch | None],
    headers: Headers,
) -> list[Column]:
    """Give those of the columns that say again who the person is; ``first`` is the one read first, by field."""
    ours = {first[field].index for field in _WHO if field in first}
    return [
        replace(column, second=True)
        for column in columns
        if column.field in _WHO
        and column.index not in ours
        and _of_the_person(column, first[column.field], matches, headers)
        and not _behind_somebody(column.index, ours, labels, matches, headers)
    ]


def _of_the_person(
    column: Column, first: Column, matches: Sequence[HeaderMatch | None], headers: Headers
) -> bool:
    """Say whether a label can only mean the row's own person: another word, with nothing over or behind it.

    The same word again (身份证号 twice) is probably that of somebody beside the person.
    """
    own, best = matches[column.index], matches[first.index]
    above = own.prefix if own else ""
    if key(column.label) == key(first.label) or (above and (best is None or above != best.prefix)):
        return False
    return all(headers.around.is_document(note) for note in notes(column.label))


def _behind_somebody(
    index: int,
    ours: set[int],
    labels: Sequence[str],
    matches: Sequence[HeaderMatch | None],
    headers: Headers,
) -> bool:
    """Say whether a column stands behind one of somebody else, with none of the person's own between: 联系人 | 证件号码."""
    for before in range(index - 1, -1, -1):
        if before in ours:
            return False
        found = matches[before]
        known = found is not None and found.field != ELSEWHERE
        if not known and headers.around.names_somebody(key(labels[before])):
            return True
    return False


def stood_in(
    person: dict[str, CellValue], second: Sequence[tuple[Column, CellValue]], columns: Sequence[Column]
) -> tuple[tuple[str, CellValue], ...]:
    """Put what further columns state where the first states nothing; gives the numbers that were not used.

    Name and number hold each other up: a row with neither in its first columns goes on with the person above.
    """
    named, numbered = "name" in person, "id_number" in person
    numbers = [
        (column.label, person["id_number"])
        for column in columns
        if numbered and column.field == "id_number" and not column.second
    ]
    for column, value in second:
        if column.field == "name" and numbered:
            person.setdefault("name", value)
        elif column.field == "id_number" and named and not is_certificate_number(cell_text(value)):
            numbers.append((column.label, value))
    if not named or not numbers:
        return ()
    used = min(numbers, key=lambda one: _rank(one[1]))
    person["id_number"] = used[1]
    return tuple(one for one in numbers if _read(one[1]).text != _read(used[1]).text)


def _rank(value: CellValue) -> int:
    """Rank numbers of one person: a resident's is read first, then another document's."""
    form = IdForm.UNKNOWN if digits_lost(value) else _read(value).form
    return 0 if form in _RESIDENT else 2 if form is IdForm.UNKNOWN else 1


def _read(value: CellValue) -> IdentityNumber:
    return read_identity(stated(cell_text(value)))


def other_numbers(others: Sequence[tuple[str, CellValue]], used: IdentityNumber | None) -> Iterator[Finding]:
    """Tell of the numbers beside the one used: two resident numbers cannot both be the person's."""
    for label, value in others:
        other = _read(value)
        quoted = f"“{label}”一列填的是 {mask(compact(other.text))}"
        if used is not None and used.form in _RESIDENT and _rank(value) == 0:
            told = f"{quoted}，与核验所用的身份证号 {mask(used.text)} 不同，请按证件核对哪一个是本人的。"
            yield finding("ID-TWO-NUMBERS", told, field="id_number", value=other.text)
        else:
            told = f"{quoted}，核验时用的是另一列的号码。"
            yield finding("ID-OTHER-DOCUMENT", told, field="id_number", value=stated(cell_text(value)))
