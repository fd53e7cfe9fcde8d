"""Single cells of a row read as text, dates and numbers; what cannot be read is said, not guessed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from certcheck.findings import finding
from common.dates import FIRST_YEAR, LAST_YEAR, CivilDate, read_date, read_serial
from common.finding import Finding
from common.identity import compact
from common.privacy import mask_numbers_in
from common.sheets import CellValue, cell_text
from common.text import fold, stated, visible

_OF_A_NUMBER = re.compile(r"[Tt]?\d(\.\d+)?[Ee]\+?\d{2}|\d{16,18}\.0+")
_SERIAL_TEXT = re.compile(r"\d{5}(\.0+)?")
_LOST_FROM = 10**15  # a spreadsheet keeps fifteen digits of a number


@dataclass
class CellReader:
    """Reads the cells of one row and collects what there is to say of them."""

    as_of: dt.date
    findings: list[Finding] = field(default_factory=list)

    def text(self, cells: Mapping[str, CellValue], name: str) -> str:
        """Give what a cell states, or ""."""
        value = cells.get(name)
        return "" if value is None else stated(cell_text(value))

    def date(self, cells: Mapping[str, CellValue], name: str) -> CivilDate | None:
        """Read a date; one that cannot be read gives a finding."""
        value = cells.get(name)
        if value is None or not stated(cell_text(value)):
            return None
        read = date_of(value)
        if read is None:
            self.unreadable(name, value)
        return read

    def unreadable(self, name: str, value: CellValue) -> None:
        """Say that a cell is no date that is certain, and quote it."""
        quoted = visible(cell_text(value))
        self.findings.append(
            finding(
                "DATE-UNREADABLE",
                f"“{mask_numbers_in(quoted)}”不是可以确定的日期，请改写为 2021-05-01 这样的形式。",
                field=name,
                value=quoted,
            ),
        )

    def unsure(self, told: str) -> None:
        """Say that a date stands in a column of which nothing tells whether it is the certificate's."""
        self.findings.append(
            finding(
                "DATE-UNREADABLE",
                f"“{mask_numbers_in(told)}”：看不出这一列是不是本证书的日期，没有采用；"
                "如果是，请把表头改为“有效期至”这样的写法，或用 --columns 指明。",
                field="valid_to",
                value=told,
            ),
        )

    def doubtful(self, told: str) -> None:
        """Say that words under a certificate's name do not tell until when it is good: 已过期, 遗失."""
        self.findings.append(
            finding(
                "DATE-UNREADABLE",
                f"证书一栏只写了“{mask_numbers_in(visible(told))}”，看不出是否持有、有效到何时；请写明有效期，未持证的请留空。",
                field="held",
                value=visible(told),
            ),
        )

    def certificate_number(self, value: CellValue | None) -> str | None:
        """Read a certificate number; one whose digits the spreadsheet dropped is nobody's number."""
        written = stated(cell_text(value))
        if written and digits_lost(value):
            self.findings.append(
                finding(
                    "NUMBER-FORM",
                    "证书编号单元格是数字格式，末几位已被表格软件丢掉，请把该列改为文本格式后按证书重新填写。",
                    field="certificate_number",
                    value=written,
                ),
            )
            return None
        return compact(written) or None if written else None


def date_of(value: CellValue) -> CivilDate | None:
    """Read a cell as one date; a day count is read as text too, for a CSV has no other cells."""
    if isinstance(value, dt.date):
        day = value.date() if isinstance(value, dt.datetime) else value
        return CivilDate.of(day) if FIRST_YEAR <= day.year <= LAST_YEAR else None
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return read_serial(value)
    if not isinstance(value, str):
        return None
    return read_serial(float(fold(value))) if _SERIAL_TEXT.fullmatch(fold(value)) else read_date(value)


def digits_lost(value: CellValue | None) -> bool:
    """Say whether a number has more digits than a spreadsheet keeps; also as the text 1.1E+17 or …9984.0."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int | float):
        return abs(value) >= _LOST_FROM
    return isinstance(value, str) and bool(_OF_A_NUMBER.fullmatch(fold(value).replace(" ", "")))
