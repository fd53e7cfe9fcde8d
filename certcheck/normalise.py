"""Named rows to entries: every cell read as what it means, every repair and every doubt said.

Nothing is guessed: what cannot be read stays None with a finding that quotes it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from certcheck.cells import CellReader, digits_lost
from certcheck.certificates import claims_in
from certcheck.findings import finding
from certcheck.left import status_left
from certcheck.model import Claim, Entry, NamedRow, Person
from certcheck.staff_list.second_columns import other_numbers
from common.catalogue import SAFETY, SPECIAL, Catalogue, Kind
from common.error_cells import ERRORS, in_words
from common.finding import Finding
from common.identity import IdentityNumber, IdForm, read_identity
from common.privacy import mask
from common.sheets import CellValue, cell_text
from common.text import stated

PERSON_DATES = ("birth", "appointed", "retrained", "left_job", "returned")
_NUMBERS_INSIDE = re.compile(r"(?<!\d)\d{17}[\dX](?!\d)|(?<=T)\d{15}(?!\d)")
_OWN_FORM = re.compile(r"T(\d{17}[\dX])")


def entries(row: NamedRow, catalogue: Catalogue, as_of: dt.date) -> Iterator[Entry]:
    """Read one row: an entry per certificate claimed, or one that claims none."""
    reader = CellReader(as_of)
    person = _person(row, reader)
    claims: list[tuple[Claim, tuple[Finding, ...]]] = []
    for cells in row.claims:
        own = CellReader(as_of)
        read = list(claims_in(cells, person, catalogue, own))
        claims += [(claim, tuple(own.findings)) for claim in read]
    if not row.has_id_column:
        person = _number_from_certificate(person, claims, reader)
    shared = tuple(reader.findings)
    if not claims:
        yield Entry(row.source, person, None, shared)
    for index, (claim, findings) in enumerate(claims):
        source = replace(row.source, certificate=index) if index else row.source
        yield Entry(source, person, claim, shared + findings)


def _person(row: NamedRow, reader: CellReader) -> Person:
    cells = row.person
    dates = {name: reader.date(cells, name) for name in PERSON_DATES}
    identity, written = _identity(cells.get("id_number"), reader)
    name = _name(reader.text(cells, "name"))
    if not name:
        why = _why_missing(cells.get("name"), "没有姓名，无法联网核验，请补填。")
        reader.findings.append(finding("NAME-MISSING", why, field="name"))
    if not written and row.has_id_column:
        why = _why_missing(cells.get("id_number"), "没有身份证号，无法核验，请补填。")
        reader.findings.append(finding("ID-MISSING", why, field="id_number"))
    reader.findings += other_numbers(row.other_numbers, identity)
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
        photo=reader.text(cells, "photo"),
        left=status_left(reader.text(cells, "status"), reader.as_of),
        **dates,
    )


def _why_missing(value: CellValue | None, plain: str) -> str:
    """Say why a cell states nothing: what a spreadsheet writes for an error is nobody's name and no number."""
    return f"{in_words(value)}。" if isinstance(value, str) and value in ERRORS else plain


def _name(written: str) -> str:
    """Drop the blanks inside a Chinese name (张　三); a name with letters keeps one between its words."""
    if written in ERRORS:
        return ""
    spaced = written.replace(" ", "")
    return spaced if spaced and not any(mark.isascii() for mark in spaced) else written


def _identity(value: CellValue | None, reader: CellReader) -> tuple[IdentityNumber | None, str]:
    """Read the identity cell; a number with more digits than a spreadsheet keeps is lost for good."""
    written = stated(cell_text(value))
    if not written or written in ERRORS:
        return None, ""
    if digits_lost(value) or _zeros_lost(value):
        quoted = mask(written) or ""
        reader.findings.append(
            finding(
                "ID-TRUNCATED",
                f"身份证号单元格是数字格式，有几位已被表格软件丢掉（现为 {quoted}），无法恢复。"
                "请把该列改为文本格式后，按证件重新填写。",
                field="id_number",
                value=written,
            ),
        )
        return None, written
    return read_identity(written), written


def _zeros_lost(value: CellValue | None) -> bool:
    """Say whether a numeric cell dropped the zeros in front of an 18-digit number."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    if read_identity(cell_text(value)).form is not IdForm.UNKNOWN:
        return False
    whole = read_identity(cell_text(value).zfill(18))
    return whole.form is not IdForm.UNKNOWN and whole.check_ok and whole.birth is not None


def _number_from_certificate(
    person: Person,
    claims: list[tuple[Claim, tuple[Finding, ...]]],
    reader: CellReader,
) -> Person:
    """Take the identity number from the certificate number where the list has no column for it."""
    for claim, _ in claims:
        identity = _number_in(claim.certificate_number or "")
        if identity is not None:
            reader.findings.append(
                finding("ID-FROM-NUMBER", "表中没有身份证号一列，身份证号取自证书编号。", field="id_number"),
            )
            return replace(person, identity=identity, id_written=identity.text)
    reader.findings.append(finding("ID-MISSING", "没有身份证号，无法核验，请补填。", field="id_number"))
    return person


def _number_in(certificate_number: str) -> IdentityNumber | None:
    """Give the number that stands behind T, else the one sound number inside."""
    own = _OWN_FORM.fullmatch(certificate_number)
    if own:
        return read_identity(own[1])
    inside = identities_in(certificate_number)
    return inside[0] if len({identity.text for identity in inside}) == 1 else None


def identities_in(certificate_number: str) -> list[IdentityNumber]:
    """Give the sound identity numbers inside a certificate number; 15 digits count only behind T."""
    read = (read_identity(text) for text in _NUMBERS_INSIDE.findall(certificate_number))
    return [identity for identity in read if identity.check_ok and identity.birth is not None]


def kind_name(claim: Claim) -> str | None:
    """Give the catalogue's name of a claim's kind where recognised, else the words written."""
    if claim.kind is Kind.OTHER and claim.other is not None:
        return claim.kind_written or claim.other.certificate
    return (
        {Kind.SPECIAL: SPECIAL, Kind.SAFETY: SAFETY}.get(claim.kind or Kind.OTHER)
        or claim.kind_written
        or None
    )
