"""Named rows to entries: every cell read as what it means, every repair and every doubt said.

Nothing is guessed: what cannot be read stays None with a finding that quotes it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from certcheck.columns import HINT
from certcheck.findings import finding
from certcheck.model import Claim, Entry, NamedRow, Person
from common.catalogue import SAFETY, SPECIAL, Catalogue, ItemStatus, Kind, KindMatch, OtherBody
from common.dates import CivilDate, read_date, read_range, read_serial
from common.finding import Finding
from common.identity import IdentityNumber, IdForm, compact, read_identity
from common.privacy import mask, mask_numbers_in
from common.sheets import CellValue, cell_text
from common.text import fold, stated, visible

_SCIENTIFIC = re.compile(r"\d(\.\d+)?[Ee]\+?\d{2}")
_EXACT_DIGITS = 15  # a spreadsheet keeps so many digits of a number
_PERSON_DATES = ("birth", "appointed", "retrained", "left_job", "returned")
_CLAIM_DATES = ("first_issue", "valid_from", "valid_to", "review_due", "review_done")


@dataclass
class _Reader:
    """Reads the cells of one row and collects what there is to say of them."""

    as_of: dt.date
    findings: list[Finding] = field(default_factory=list)

    def text(self, cells: dict[str, CellValue], name: str) -> str:
        return stated(cell_text(cells.get(name)))

    def date(self, cells: dict[str, CellValue], name: str) -> CivilDate | None:
        value = cells.get(name)
        if value is None or not stated(cell_text(value)):
            return None
        read = _date_of(value)
        if read is None:
            self.unreadable(name, value)
        return read

    def unreadable(self, name: str, value: CellValue) -> None:
        quoted = mask_numbers_in(visible(cell_text(value)))
        self.findings.append(
            finding(
                "DATE-UNREADABLE",
                f"“{quoted}”不是可以确定的日期，请改写为 2021-05-01 这样的形式。",
                field=name,
                value=visible(cell_text(value)),
            ),
        )


def entries(row: NamedRow, catalogue: Catalogue, as_of: dt.date) -> Iterator[Entry]:
    """Read one row: an entry per certificate claimed, or one that claims none."""
    reader = _Reader(as_of)
    person = _person(row, reader)
    claims: list[tuple[Claim, tuple[Finding, ...]]] = []
    for cells in row.claims:
        own = _Reader(as_of)
        claims += [(claim, tuple(own.findings)) for claim in _claims(cells, person, catalogue, own)]
    if not row.has_id_column:
        person = _number_from_certificate(person, claims, reader)
    shared = tuple(reader.findings)
    if not claims:
        yield Entry(row.source, person, None, shared)
    for index, (claim, findings) in enumerate(claims):
        yield Entry(replace(row.source, certificate=index), person, claim, shared + findings)


def _date_of(value: CellValue) -> CivilDate | None:
    if isinstance(value, dt.datetime):
        return CivilDate.of(value.date())
    if isinstance(value, dt.date):
        return CivilDate.of(value)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return read_serial(value)
    return read_date(value) if isinstance(value, str) else None


def _person(row: NamedRow, reader: _Reader) -> Person:
    cells = row.person
    dates = {name: reader.date(cells, name) for name in _PERSON_DATES}
    identity, written = _identity(cells.get("id_number"), reader)
    name = _name(reader.text(cells, "name"))
    if not name:
        reader.findings.append(finding("NAME-MISSING", "没有姓名，无法联网核验，请补填。", field="name"))
    if not written and row.has_id_column:
        reader.findings.append(
            finding("ID-MISSING", "没有身份证号，无法核验，请补填。", field="id_number"),
        )
    return Person(
        name=name,
        identity=identity,
        id_written=written,
        sex=reader.text(cells, "sex"),
        employer=reader.text(cells, "employer"),
        department=reader.text(cells, "department"),
        post=reader.text(cells, "post"),
        person_type=reader.text(cells, "person_type"),
        industry=reader.text(cells, "industry"),
        **dates,
    )


def _name(written: str) -> str:
    """Drop the blanks inside a Chinese name (张　三); a name with letters keeps one between its words."""
    spaced = written.replace(" ", "")
    return spaced if spaced and not any(mark.isascii() for mark in spaced) else written


def _identity(value: CellValue | None, reader: _Reader) -> tuple[IdentityNumber | None, str]:
    """Read the identity cell; a number with more digits than a spreadsheet keeps is lost for good."""
    written = stated(cell_text(value))
    if not written:
        return None, ""
    as_number = (
        isinstance(value, int | float) and not isinstance(value, bool) and abs(value) >= 10**_EXACT_DIGITS
    )
    if as_number or _SCIENTIFIC.fullmatch(fold(written).replace(" ", "")):
        quoted = mask(written) or ""
        reader.findings.append(
            finding(
                "ID-TRUNCATED",
                f"身份证号单元格是数字格式，末几位已被表格软件丢掉（现为 {quoted}），无法恢复。"
                "请把该列改为文本格式后，按证件重新填写。",
                field="id_number",
                value=written,
            ),
        )
        return None, written
    return read_identity(written), written


def _claims(
    cells: dict[str, CellValue],
    person: Person,
    catalogue: Catalogue,
    reader: _Reader,
) -> Iterator[Claim]:
    """Read one group of certificate cells; two recognised items in one cell are two certificates."""
    dates = _claim_dates(cells, reader)
    written = reader.text(cells, "item") or _hinted(cells, catalogue, reader)
    kind_written, category = reader.text(cells, "kind"), reader.text(cells, "category")
    base = Claim(
        kind_written=kind_written,
        category=category or None,
        item=written or None,
        item_written=written or None,
        certificate_number=_certificate_number(cells.get("certificate_number")),
        issuer=reader.text(cells, "issuer") or None,
        **dates,
    )
    parts = catalogue.certificates_in(written) if written else ()
    for part in parts or (None,):
        claim = base
        if isinstance(part, OtherBody):
            claim = replace(base, other=part, item=part.item if len(parts) > 1 else written)
        elif part is not None:
            claim = replace(
                base, match=part, item=part.item or written, category=part.category or base.category
            )
        yield _with_kind(claim, person, catalogue)


def _hinted(cells: dict[str, CellValue], catalogue: Catalogue, reader: _Reader) -> str:
    """Take the item from the group's own header (高压证-到期日期) where the catalogue knows its words."""
    hint = reader.text(cells, HINT)
    if "category" in cells or not hint:
        return ""
    return hint if catalogue.certificates_in(hint) or catalogue.match_other_body(hint) else ""


def _with_kind(claim: Claim, person: Person, catalogue: Catalogue) -> Claim:
    """Say which kind a certificate is: from its own words, then its item, then its number."""
    stated_kind = catalogue.match_kind(claim.kind_written) if claim.kind_written else None
    if claim.item_written is None and claim.category:
        match = catalogue.match_item(claim.category)
        if match is not None:
            claim = replace(claim, match=match, category=match.category or claim.category)
    other = _other_body(claim, catalogue, stated_kind)
    if other is not None:
        return replace(claim, kind=Kind.OTHER, other=other, match=None)
    if stated_kind is not None:
        return replace(claim, kind=stated_kind.kind)
    if claim.match is not None or (claim.certificate_number or "").startswith("T"):
        return replace(claim, kind=Kind.SPECIAL)
    if person.is_manager_type and not claim.item_written:
        return replace(claim, kind=Kind.SAFETY)
    return claim


def _other_body(claim: Claim, catalogue: Catalogue, stated_kind: KindMatch | None) -> OtherBody | None:
    """Give the other body whose certificate this is; a stated kind goes before the item's words."""
    if stated_kind is not None and stated_kind.kind is Kind.OTHER and stated_kind.certain:
        found = catalogue.match_other_body(claim.kind_written)
        if found is not None:
            return found
    if claim.other is not None:
        return claim.other
    if claim.match is not None and claim.match.emergency and claim.match.status is not ItemStatus.LEGACY:
        return None
    words = (claim.item_written, claim.category, claim.kind_written)
    return next((found for word in words if word and (found := catalogue.match_other_body(word))), None)


def kind_name(claim: Claim) -> str | None:
    """Give the catalogue's name of a claim's kind where recognised, else the words written."""
    if claim.kind is Kind.OTHER and claim.other is not None:
        return claim.kind_written or claim.other.certificate
    return (
        {Kind.SPECIAL: SPECIAL, Kind.SAFETY: SAFETY}.get(claim.kind or Kind.OTHER)
        or claim.kind_written
        or None
    )


def _claim_dates(cells: dict[str, CellValue], reader: _Reader) -> dict[str, Any]:
    dates = {name: reader.date(cells, name) for name in _CLAIM_DATES}
    _split_range(cells, dates, reader)
    if "review" in cells:
        _sort_review(cells, dates, reader)
    return dates


def _split_range(
    cells: dict[str, CellValue],
    dates: dict[str, CivilDate | None],
    reader: _Reader,
) -> None:
    """Read 有效期: two dates are start and end, one date is the end; also where the end column holds two."""
    for name in ("valid_range", "valid_to", "valid_from"):
        value = cells.get(name)
        if value is None or not stated(cell_text(value)):
            continue
        both = read_range(value) if isinstance(value, str) else None
        if both is not None:
            dates["valid_from"], dates["valid_to"] = dates["valid_from"] or both[0], both[1]
            reader.findings = [one for one in reader.findings if one.field != name]
        elif name == "valid_range":
            end = _date_of(value)
            if end is None:
                reader.unreadable(name, value)
            elif dates["valid_to"] is None:
                dates["valid_to"] = end


def _sort_review(
    cells: dict[str, CellValue],
    dates: dict[str, CivilDate | None],
    reader: _Reader,
) -> None:
    """Read a bare 复审日期: a future date is due, a past one done; which was meant stays said."""
    read = reader.date(cells, "review")
    if read is None:
        return
    name = "review_due" if read.last_day() > reader.as_of else "review_done"
    meaning = "应复审日期" if name == "review_due" else "实际复审日期"
    if dates[name] is None:
        dates[name] = read
    reader.findings.append(
        finding(
            "DATE-AMBIGUOUS",
            f"表头只写“复审日期”，{read} 按{meaning}理解；请在表头写明是“应复审日期”还是“实际复审日期”。",
            field=name,
            value=str(read),
        ),
    )


def _certificate_number(value: CellValue | None) -> str | None:
    written = stated(cell_text(value))
    return compact(written) or None if written else None


def _number_from_certificate(
    person: Person,
    claims: list[tuple[Claim, tuple[Finding, ...]]],
    reader: _Reader,
) -> Person:
    """Take the identity number from the certificate number where the list has no column for it."""
    for claim, _ in claims:
        identity = identity_in(claim.certificate_number)
        if identity is not None:
            reader.findings.append(
                finding("ID-FROM-NUMBER", "表中没有身份证号一列，身份证号取自证书编号。", field="id_number"),
            )
            return replace(person, identity=identity, id_written=identity.text)
    reader.findings.append(finding("ID-MISSING", "没有身份证号，无法核验，请补填。", field="id_number"))
    return person


def identity_in(certificate_number: str | None) -> IdentityNumber | None:
    """Give the sound identity number that a certificate number is made of, with or without T."""
    if not certificate_number:
        return None
    for text in (certificate_number.removeprefix("T"), certificate_number):
        identity = read_identity(text)
        if identity.form in _IN_NUMBERS and identity.check_ok and identity.birth is not None:
            return identity
    return None


_IN_NUMBERS = (IdForm.RESIDENT18, IdForm.RESIDENT15, IdForm.PERMIT, IdForm.FOREIGNER18)
