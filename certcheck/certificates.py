"""The certificate cells of a row to claims: which certificates, which items, which dates."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from certcheck.cells import CellReader, date_of, digits_lost
from certcheck.certificate_dates import claim_dates
from certcheck.certificate_kinds import is_of_several, with_kind
from certcheck.model import Claim, Person
from certcheck.staff_list.columns import HINT, TICK, UNSURE
from certcheck.staff_list.headers import LEVEL
from common.catalogue import Catalogue, ItemMatch, OtherBody
from common.dates import read_range
from common.finding import Finding
from common.identity import compact
from common.sheets import CellValue, cell_text
from common.text import REMEMBERED, fold, stated, unmarked

_NAMES_CERTIFICATE = re.compile(r"(?<!操作)(?<!资格)(?<!上岗)(?<!合格)证$|作业$|工$")
_TRAINING_NOTE = re.compile(r"[(\[【][^)\]】]*(复审|初训|初审|换证|取证|延期|新证|补证|培训)[^)\]】]*[)\]】]")
_LEAST_NUMBER = 8
_NO_ITEM = re.compile(r"证书?\d*|(第.|其他|持)证书?|证件|特种作业|特种工")


def claims_in(
    cells: Mapping[str, CellValue],
    person: Person,
    catalogue: Catalogue,
    reader: CellReader,
) -> Iterator[Claim]:
    """Read one group of certificate cells; two recognised items in one cell are two certificates."""
    number = cells.get("certificate_number", "")
    if (
        not isinstance(number, str)
        or len(number.splitlines()) > 1
        or digits_lost(number)
        or not _repeat(cells)
    ):
        yield from _claims(cells, catalogue, reader, manager=person.is_manager_type)
        return
    alike = dict(cells)
    if "certificate_number" in alike:
        alike["certificate_number"] = "T" if compact(number).startswith("T") else "0"
    claims, findings = _alike(tuple(alike.items()), catalogue, reader.as_of, manager=person.is_manager_type)
    reader.findings += findings
    written = reader.certificate_number(number)
    for claim in claims:
        yield claim.with_number(written)


def _repeat(cells: Mapping[str, CellValue]) -> bool:
    """Say whether cells may be those of many rows: True is 1 to a table of what was read before."""
    return "held" not in cells and bool not in map(type, cells.values())


@lru_cache(REMEMBERED)
def _alike(
    cells: tuple[tuple[str, CellValue], ...], catalogue: Catalogue, as_of: dt.date, *, manager: bool
) -> tuple[tuple[Claim, ...], tuple[Finding, ...]]:
    """Read the cells that many rows of a long list share, all but the number of each certificate.

    A number tells nothing of the rest but whether it begins with T, so one of each sort stands for all.
    """
    reader = CellReader(as_of)
    claims = _claims(dict(cells), catalogue, reader, manager=manager)
    return tuple(replace(claim, certificate_number=None) for claim in claims), tuple(reader.findings)


def _claims(
    cells: Mapping[str, CellValue], catalogue: Catalogue, reader: CellReader, *, manager: bool
) -> Iterator[Claim]:
    for part in _by_lines(cells, catalogue) or [dict(cells)]:
        yield from _read(
            _held(part, catalogue, reader), catalogue, reader, _as_written(cells), manager=manager
        )


def _as_written(cells: Mapping[str, CellValue]) -> str:
    """Give the item cell as it stands, line ends and all; "" where it states nothing."""
    written = cell_text(cells.get("item"))
    return written.strip() if stated(written) else ""


def _by_lines(cells: Mapping[str, CellValue], catalogue: Catalogue) -> list[dict[str, CellValue]]:
    """Part cells that hold a line for each of several items: the second end is the second item's."""
    lines = {name: _lines(value) for name, value in cells.items()}
    items = lines.get("item", [])
    if len(items) < 2 or any(len(catalogue.certificates_in(item)) != 1 for item in items):
        return []
    own = {name for name, found in lines.items() if len(found) == len(items)}
    if not all(read_range(line) for line in lines.get("valid_range", [])):
        own.discard("valid_range")  # 2024-05-13 over 2030-05-12 is one range
    if own == {"item"}:
        return []
    return [
        {name: lines[name][number] if name in own else value for name, value in cells.items()}
        for number in range(len(items))
    ]


def _lines(value: CellValue) -> list[str]:
    return [line for line in value.splitlines() if line.strip()] if isinstance(value, str) else []


def _held(cells: Mapping[str, CellValue], catalogue: Catalogue, reader: CellReader) -> dict[str, CellValue]:
    """Read a column whose header is a certificate (高压证): a number, a date of no known meaning, or words (已过期).

    Ticks and plain words never come here.
    """
    rest = {name: value for name, value in cells.items() if name != "held"}
    value = cells.get("held")
    if value is None:
        return rest
    if date_of(value) is not None or (isinstance(value, str) and read_range(value)):
        reader.unreadable("held", value)
    elif sum(mark.isdigit() for mark in cell_text(value)) >= _LEAST_NUMBER:
        rest.setdefault("certificate_number", value)
    elif not catalogue.certificates_in(cell_text(value)):
        reader.doubtful(cell_text(value))
    return rest


def _read(
    cells: Mapping[str, CellValue],
    catalogue: Catalogue,
    reader: CellReader,
    item_written: str,
    *,
    manager: bool,
) -> Iterator[Claim]:
    dates = claim_dates(cells, reader)
    if UNSURE in cells:
        reader.unsure(cell_text(cells[UNSURE]))
    hint, tick = reader.text(cells, HINT), reader.text(cells, TICK)
    kind_written, category = reader.text(cells, "kind"), reader.text(cells, "category")
    written = reader.text(cells, "item")
    if not written and not category:
        written = _hinted_item(cell_text(cells.get(HINT)), kind_written, catalogue) or _item_in_kind(
            kind_written, catalogue
        )
    if not kind_written and not written and hint and catalogue.match_kind(hint):
        kind_written = hint
    base = Claim(
        kind_written=kind_written,
        category=category or None,
        item=written or None,
        item_written=item_written or written or None,
        certificate_number=reader.certificate_number(cells.get("certificate_number")),
        issuer=reader.text(cells, "issuer") or None,
        **dates,
    )
    parts = _parts(written, catalogue)
    for part in parts or (None,):
        claim = base
        if isinstance(part, OtherBody):
            claim = replace(base, other=part, item=part.item if len(parts) > 1 else written)
        elif part is not None:
            claim = replace(
                base, match=part, item=part.item or written, category=part.category or base.category
            )
        claim = with_kind(claim, catalogue, manager=manager)
        yield claim if kind_written or not tick else replace(claim, kind_written=tick)


def _parts(written: str, catalogue: Catalogue) -> tuple[ItemMatch | OtherBody, ...]:
    """Give the certificates that a cell names, a note on training in brackets aside."""
    if not written:
        return ()
    return catalogue.certificates_in(written) or catalogue.certificates_in(
        _TRAINING_NOTE.sub("", fold(written))
    )


def _hinted_item(hint: str, kind_written: str, catalogue: Catalogue) -> str:
    """Take the item from the group's own header (高压证-到期日期) where it names one.

    A name that no catalogue has (行车大证) is kept as written and told; 证书2 is no name.
    """
    levels = [level for level in map(stated, unmarked(hint).split(LEVEL)) if level]
    whole = "".join(levels)
    if not whole:
        return ""
    readings = _readings(levels)
    if any(is_of_several(catalogue.match_kind(words)) for words in readings):
        return ""  # A证 names a kind, and several bodies call one so
    for words in readings:
        if catalogue.certificates_in(words) or catalogue.match_other_body(words):
            return words
    if kind_written or catalogue.match_kind(whole) or _NO_ITEM.fullmatch(fold(whole)):
        return ""
    named = (level for level in reversed(levels) if _NAMES_CERTIFICATE.search(fold(level)))
    return next((level for level in named if not _NO_ITEM.fullmatch(fold(level))), "")


def _readings(levels: Sequence[str]) -> list[str]:
    """Give what labels over each other may name: all of them, the lower ones, the upper ones.

    A title over all certificates (持证信息 over 低压证) names none, and 1号证 under one does not either.
    """
    lower = ["".join(levels[start:]) for start in range(len(levels))]
    return lower + ["".join(levels[:end]) for end in range(len(levels) - 1, 0, -1)]


def _item_in_kind(kind_written: str, catalogue: Catalogue) -> str:
    """Take the item from a column 证书 that holds 低压电工证 instead of a kind of certificate; C证 is a kind."""
    names_kind = is_of_several(catalogue.match_kind(kind_written))
    return kind_written if not names_kind and catalogue.certificates_in(kind_written) else ""
