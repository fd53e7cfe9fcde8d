"""The list handed back: which rows it has, and what is added to each."""

from __future__ import annotations

import contextlib
import datetime as dt
import zipfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Protocol, Self

from certcheck.findings import step_of, title
from certcheck.lists import ListPart
from certcheck.model import Outcome
from certcheck.offline.context import Context
from certcheck.report.aside import BookAside
from certcheck.report.deadlines import days_of
from certcheck.report.workbook import Added, Book, Row, SheetHead
from certcheck.roster import Reading
from certcheck.verdict import VERDICTS
from certcheck.verdict_words import step_after, words_of
from common.files import writing
from common.finding import Finding, Severity
from common.sheet_layout import column_widths
from common.sheets import cell_text

LONG_LIST = 5_000
"""Rows from which on the workbook is written by a process of its own, while judging goes on."""

_CHUNK = 500
_OWN_KINDS = (".xlsx", ".xlsm")
MOST_OWN_BYTES = 10_000_000
"""Unpacked size of the sheets up to which the user's own workbook is added to; cells with styles take much memory."""

_SAMPLE, _WIDEST = 300, 30
_GRAVEST = {verdict: rank for rank, verdict in enumerate(VERDICTS)}
_WEIGHT = {severity: rank for rank, severity in enumerate(Severity)}


class Pages(Protocol):
    """What takes the sheets of a workbook and their rows, here or in another process."""

    def begin(self, head: SheetHead) -> None:
        """Begin the next sheet."""

    def rows(self, rows: Sequence[Row]) -> None:
        """Take the next rows."""

    def close(self) -> None:
        """Take the end."""

    def wait(self) -> None:
        """Wait until everything taken is written."""


class HandBack:
    """Hands the sheets of one file back: ``add`` its outcomes in input order, ``end``, and ``wait``.

    Use it as a context. The workbook comes to its place when ``wait`` ends; left with an error, nothing does.
    """

    def __init__(self, path: Path, part: ListPart, context: Context) -> None:
        readings = part.readings
        self._original, self._readings, self._context = part.path, readings, context
        self._heads = [head_of(reading) for reading in readings]
        self._closing = contextlib.ExitStack()
        self._path = path
        self._pages: Pages | None = None
        self._sheet = -1
        self._written = 0
        self._place: tuple[str, int] = ("", 0)
        self._waiting: list[Outcome] = []
        self._chunk: list[Row] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.__exit__(kind, error, trace)

    def add(self, outcome: Outcome) -> None:
        """Take the next outcome."""
        source = outcome.entry.source
        place = (source.sheet, source.row)
        if place != self._place and self._waiting:
            self._flush_row()
        self._place = place
        self._waiting.append(outcome)

    def end(self) -> None:
        """Write the rows behind the last person, and everything that is left."""
        if self._waiting:
            self._flush_row()
        while self._sheet + 1 < len(self._heads):
            self._next_sheet()
        self._copy_to(self._heads[self._sheet].rows)
        self._send()
        self._opened().close()

    def wait(self) -> None:
        """Wait until the workbook is in its place.

        Raises
        ------
        ZhengkaoError
            the place cannot be written to.
        """
        self._opened().wait()
        self._closing.close()

    def _opened(self) -> Pages:
        """Open the workbook when its first sheet begins: of fifty files, one is written at a time."""
        if self._pages is None:
            if sum(head.rows for head in self._heads) >= LONG_LIST:
                self._pages = self._closing.enter_context(BookAside(self._path, self._heads))
            else:
                self._pages = self._here(self._closing.enter_context(writing(self._path)))
        return self._pages

    def _here(self, file: BinaryIO) -> Pages:
        """Open a short list: the user's own workbook where it is one that can be added to."""
        if self._original.suffix.lower() in _OWN_KINDS and _sheets_size(self._original) <= MOST_OWN_BYTES:
            from certcheck.report.own_workbook import OwnBook  # noqa: PLC0415 - long lists never need it

            return OwnBook(self._original, file, self._path.parent, self._heads)
        return Book(file, self._heads)

    def _flush_row(self) -> None:
        """Write everything up to the row that outcomes wait for, and that row with what is added."""
        sheet, row = self._place
        while self._sheet < 0 or self._readings[self._sheet].name != sheet:
            self._next_sheet()
        self._copy_to(row - 1)
        cells = self._readings[self._sheet].sheet.rows[row - 1]
        self._push((cells, added_to(self._waiting, self._context)))
        self._waiting = []

    def _next_sheet(self) -> None:
        if self._sheet >= 0:
            self._copy_to(self._heads[self._sheet].rows)
            self._send()
        self._sheet, self._written = self._sheet + 1, 0
        self._opened().begin(self._heads[self._sheet])

    def _copy_to(self, row: int) -> None:
        rows = self._readings[self._sheet].sheet.rows
        while self._written < row:
            self._push((rows[self._written], None))

    def _push(self, row: Row) -> None:
        self._chunk.append(row)
        self._written += 1
        if len(self._chunk) >= _CHUNK:
            self._send()

    def _send(self) -> None:
        self._opened().rows(self._chunk)
        self._chunk = []


def _sheets_size(path: Path) -> int:
    """Give how many bytes the sheets of a workbook unpack to: borders drawn to row 65,536 are cells, too."""
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(
                one.file_size for one in archive.infolist() if one.filename.startswith("xl/worksheets/")
            )
    except (zipfile.BadZipFile, OSError):
        return MOST_OWN_BYTES + 1


def head_of(reading: Reading) -> SheetHead:
    """Say what is known of a sheet before its rows are written."""
    sheet = reading.sheet
    width = max([max(map(len, sheet.rows), default=0), *(right for *_, right in sheet.merged)])
    first = reading.tables[0].header_row - 1 if reading.tables else 0
    sample = ([cell_text(value) for value in row] for row in sheet.rows[first : first + _SAMPLE])
    return SheetHead(
        sheet.name,
        sheet.hidden,
        len(sheet.rows),
        width,
        tuple(column_widths(sample, width, _WIDEST)),
        tuple((one.header_row, one.first) for one in reading.tables if one.first > one.header_row),
        sheet.merged,
    )


def added_to(outcomes: Sequence[Outcome], context: Context) -> Added:
    """Give verdict, reasons and next steps of all certificates of one row, and the day to look at first."""
    worst = min((outcome.verdict for outcome in outcomes), key=_GRAVEST.__getitem__)
    whose: dict[Finding, list[str]] = {}
    for name, outcome in zip(_told_apart(outcomes), outcomes, strict=True):
        for one in outcome.findings:
            whose.setdefault(one, []).append(name)
    due = _nearest(outcomes, context)
    words = "；".join(dict.fromkeys(words_of(one) for one in outcomes if one.verdict == worst))
    after = filter(None, map(step_after, outcomes))
    findings = sorted(whose, key=lambda finding: _WEIGHT[finding.severity])
    reasons = "\n".join(
        f"{_of(whose[f], outcomes)}【{title(f.code)}】{f.message}{f.waived or ''}" for f in findings
    )
    open_ones = [f for f in findings if f.severity is not Severity.NOTE and f.waived is None]
    steps = "\n".join(dict.fromkeys((*map(step_of, open_ones), *after)))
    return Added(worst, (words, reasons, steps), due)


def _told_apart(outcomes: Sequence[Outcome]) -> list[str]:
    """Name the certificates of a row: by their holder where several stand side by side, and by their item."""
    people = {outcome.entry.person.number or outcome.entry.person.name for outcome in outcomes}
    names = []
    for number, outcome in enumerate(outcomes, start=1):
        claim = outcome.entry.claim
        item = (claim.item or claim.category or f"第 {number} 本证书") if claim else ""
        holder = outcome.entry.person.name if len(people) > 1 else ""
        names.append(" ".join(filter(None, (holder, item))))
    return names


def _of(names: Sequence[str], outcomes: Sequence[Outcome]) -> str:
    """Say which certificates a finding is about, unless it is about all of the row."""
    return "" if len(names) == len(outcomes) else f"{'、'.join(names)}："


def _nearest(outcomes: Sequence[Outcome], context: Context) -> dt.date | None:
    """Give the first day by which something of a row ends or falls due, also where it is past."""
    return min((day for outcome in outcomes for day, _ in days_of(outcome, context)), default=None)
