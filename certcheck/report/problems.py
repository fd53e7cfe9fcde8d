"""The problem list (清单管理) that the notices demand, and how last month's list lives on in it.

应急厅函〔2021〕274号 part 3 (1): enterprises keep a list of the problems found and mend them one by
one. Columns that people fill in by hand are carried over from the list before; what is gone from the
findings is marked solved and stays in the list.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import xlsxwriter

from certcheck.findings import LATER_ON_RECORD, next_step, step_of, title
from certcheck.model import Outcome
from certcheck.report.layout import row_height
from certcheck.report.outcomes import shown_number, shown_text
from common.errors import InputError
from common.finding import Finding, Severity
from common.privacy import mask
from common.sheets import CellValue, cell_text, read_sheets
from common.text import stated

NEW, PERSISTING, SOLVED, WAIVED = "新发现", "持续", "已解决", "已豁免"

_OWN = ("状态", "问题", "人员", "证件号码", "部门", "岗位", "说明", "依据", "整改措施")
_BY_HAND = ("责任人", "整改期限", "完成日期", "备注")
_KEY, _SINCE = "识别码", "首次核验"
_COLUMNS = ("序号", *_OWN, *_BY_HAND, _KEY, _SINCE)
_HIDDEN = (_KEY, _SINCE)
_WIDTHS = (6, 8, 18, 10, 22, 14, 14, 50, 34, 28, 10, 12, 12, 20, 10, 10)
_GROWS_FROM = {
    "CERT-EXPIRED": "CERT-EXPIRING", "CERT-REVIEW-OVERDUE": "CERT-REVIEW-DUE", "MANAGER-UNQUALIFIED": "MANAGER-DUE",
    "REG-EXPIRED": "REG-EXPIRING", "REG-REVIEW-OVERDUE": "REG-REVIEW-DUE",
}  # fmt: skip
_SHEET = "问题清单"
_ROWS_A_SHEET = 1_000_000
_FIXED_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's creation date, fixed so that bytes repeat


@dataclass(frozen=True)
class Problem:
    """One line of the list; ``key`` says which problem it is, from month to month.

    ``since`` is the run that found it first: a run that is resumed finds its own problems new.
    """

    key: str
    status: str
    cells: tuple[str, ...] = field(repr=False)
    by_hand: tuple[CellValue, ...] = ("", "", "", "")
    since: str = ""

    @property
    def done_on(self) -> str:
        """Give the day that somebody wrote under 完成日期, or ""."""
        return stated(cell_text(self.by_hand[_BY_HAND.index("完成日期")]))


class ProblemList:
    """Collects the problems of a run, with what people wrote beside those of the list ``before``."""

    def __init__(self, run: str, before: Sequence[Problem] = (), *, show_id: bool = False) -> None:
        self._run, self._before, self._show_id = run, before, show_id
        self._earlier = {problem.key: problem for problem in before}
        self._keys = _Keys()
        self._current: dict[str, Problem] = {}
        self._grown: set[str] = set()

    def add(self, outcome: Outcome) -> None:
        """Take the problems of one outcome."""
        for finding in outcome.findings:
            if finding.severity is not Severity.NOTE:
                key = self._keys.of(outcome, finding)
                known = self._earlier.get(key) or self._grown_from(key, finding.code)
                self._current[key] = _problem(key, outcome, finding, self._run, known, show_id=self._show_id)

    def _grown_from(self, key: str, code: str) -> Problem | None:
        """Give the problem that this one was last month: what was due is overdue now, and not solved."""
        before = key.replace(code, _GROWS_FROM.get(code, code), 1)
        if before != key and before in self._earlier:
            self._grown.add(before)
            return self._earlier[before]
        return None

    def problems(self) -> list[Problem]:
        """Give new ones and those that persist, in input order; then those that are solved."""
        gone = [
            one
            for one in self._before
            if one.key not in self._current
            and one.key not in self._grown
            and (one.since != self._run or any(one.by_hand))
        ]
        solved = [Problem(one.key, SOLVED, one.cells, one.by_hand, one.since) for one in gone]
        return [*self._current.values(), *solved]


class _Keys:
    """Says which problem a finding is, in words that stay the same from list to list.

    The number says who it is, so that a name that is put right is the same person; without one, name and
    department do. Two people who look
    alike once they are masked differ by their names; what still looks alike is counted, so that no
    finding is lost behind another.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}
        self._count: Counter[str] = Counter()

    def of(self, outcome: Outcome, finding: Finding) -> str:
        """Give the key of one finding; each call is another finding."""
        claim, number, name = outcome.entry.claim, shown_number(outcome), outcome.entry.person.name
        item = (claim.item or "") if claim else ""
        who = (mask(number) or "") if number else f"{name}/{outcome.entry.person.department}"
        key = "/".join(_shown(part) for part in (finding.code, item, finding.field or "", who))
        if self._numbers.setdefault(key, number) != number:
            key = f"{key}/{_shown(name)}"
        self._count[key] += 1
        return key if self._count[key] == 1 else f"{key}/{self._count[key]}"


def _problem(
    key: str, outcome: Outcome, finding: Finding, run: str, known: Problem | None, *, show_id: bool
) -> Problem:
    """Give one line, with what is known of it from the list before."""
    come_again = known is not None and known.status == SOLVED and known.since != run
    since = known.since if known and not come_again else run
    status = WAIVED if finding.waived else NEW if since == run else PERSISTING
    person, number = outcome.entry.person, shown_number(outcome)
    cells = (
        f"{title(finding.code)}（{finding.code}）", person.name, number if show_id else mask(number) or "", person.department,
        person.post, _told(finding), finding.basis, step_of(finding),
    )  # fmt: skip
    by_hand = known.by_hand if known else ("",) * len(_BY_HAND)
    shown = cells if show_id else tuple(_shown(cell) for cell in cells)
    if known and known.cells[-1] not in _own_measures(finding):
        shown = (*shown[:-1], known.cells[-1])  # somebody wrote a measure of their own
    return Problem(key, status, shown, by_hand, since)


def _own_measures(finding: Finding) -> tuple[str, ...]:
    """Give what this program itself may have written as the measure, this month or before."""
    before = _GROWS_FROM.get(finding.code, finding.code)
    return step_of(finding), next_step(finding.code), next_step(before), LATER_ON_RECORD


def _shown(text: str) -> str:
    return shown_text(text, show_id=False) or ""


def _told(finding: Finding) -> str:
    return f"{finding.message}{finding.waived}" if finding.waived else finding.message


def write_problems(
    file: BinaryIO,
    problems: Sequence[Problem],
    scratch: Path | None = None,
    *,
    rows_a_sheet: int = _ROWS_A_SHEET,
) -> None:
    """Write the list as a workbook that is filled in by hand and given back next month.

    More problems than a sheet can hold go on in another sheet. ``scratch`` is a folder for the parts of a
    long list while they are written; None keeps them in memory.
    """
    options: dict[str, Any] = {
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "in_memory": scratch is None, "constant_memory": scratch is not None,
    }  # fmt: skip
    if scratch is not None:
        options["tmpdir"] = str(scratch)
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"created": _FIXED_TIME})
    styles = _styles(book)
    for first in range(0, max(len(problems), 1), rows_a_sheet):
        page = book.add_worksheet(f"{_SHEET}{first // rows_a_sheet + 1 if first else ''}")
        _write_page(page, problems[first : first + rows_a_sheet], first + 1, styles)
    book.close()


def _styles(book: Any) -> dict[str, Any]:
    plain = {"text_wrap": True, "valign": "top", "border": 1}
    hand = {"bg_color": "#FFFBE6"}
    return {
        "head": book.add_format({"bold": True, "bg_color": "#D9D9D9", "text_wrap": True, "border": 1}),
        "cell": book.add_format(plain),
        "hand": book.add_format(plain | hand),
        "done": book.add_format(plain | {"font_color": "#808080"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "border": 1} | hand),
    }


def _write_page(page: Any, problems: Sequence[Problem], first: int, styles: Mapping[str, Any]) -> None:
    """Write one sheet; ``first`` is the serial number of its first problem."""
    for column, (label, width) in enumerate(zip(_COLUMNS, _WIDTHS, strict=True)):
        page.write_string(0, column, label, styles["head"])
        page.set_column(column, column, width, None, {"hidden": label in _HIDDEN})
    for row, problem in enumerate(problems, start=1):
        page.set_row(row, row_height((problem.status, *problem.cells), _WIDTHS[1 : 1 + len(_OWN)]))
        page.write_number(row, 0, first + row - 1, styles["cell"])
        style = styles["done" if problem.status == SOLVED else "cell"]
        for column, text in enumerate((problem.status, *problem.cells), start=1):
            page.write_string(row, column, text, style)
        for column, value in enumerate(problem.by_hand, start=1 + len(_OWN)):
            if isinstance(value, dt.date):
                page.write_datetime(row, column, value, styles["day"])
            else:
                page.write_string(row, column, cell_text(value), styles["hand"])
        for column, text in enumerate((problem.key, problem.since), start=len(_COLUMNS) - len(_HIDDEN)):
            page.write_string(row, column, text, styles["cell"])
    page.freeze_panes(1, 4)
    page.autofilter(0, 0, max(len(problems), 1), len(_COLUMNS) - len(_HIDDEN) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def read_problems(path: Path) -> list[Problem]:
    """Read an earlier problem list, with what was filled in by hand.

    Raises
    ------
    InputError
        the file is no problem list of this program.
    """
    problems: list[Problem] | None = None
    for sheet in read_sheets(path):
        labels = [cell_text(value) for value in sheet.rows[0]] if sheet.rows else []
        if all(label in labels for label in (*_OWN, *_BY_HAND, *_HIDDEN)):
            where = {label: labels.index(label) for label in (*_OWN, *_BY_HAND, *_HIDDEN)}
            rows = (row for row in sheet.rows[1:] if stated(cell_text(row[where[_KEY]])))
            problems = [*(problems or []), *(_read_problem(row, where) for row in rows)]
    if problems is not None:
        return problems
    raise InputError(
        f"{path.name}：不是本程序写出的问题清单（缺少“{_KEY}”等列）。请给出上次的 problems.xlsx。"
    )


def _read_problem(row: Sequence[CellValue], where: Mapping[str, int]) -> Problem:
    by_hand: list[CellValue] = [row[where[label]] for label in _BY_HAND]
    return Problem(
        cell_text(row[where[_KEY]]),
        cell_text(row[where["状态"]]),
        tuple(cell_text(row[where[label]]) for label in _OWN[1:]),
        tuple(value.date() if isinstance(value, dt.datetime) else value for value in by_hand),
        cell_text(row[where[_SINCE]]),
    )
