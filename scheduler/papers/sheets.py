"""The schedule and the duties as workbooks that offices sort and filter; text cells only, no formulas."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence

import xlsxwriter

from common.packing import repacked
from scheduler.papers import words
from scheduler.papers.facts import Facts
from scheduler.papers.letters import where
from scheduler.papers.people import People
from scheduler.papers.rows import Duty, Sitting, Substitute, Vacancy
from scheduler.problem import HALVES, Part

_FIXED_TIME = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook's creation date, fixed so that bytes repeat
_WIDTHS = {
    "考点": 36,
    "姓名": 14,
    "证件号码": 22,
    "考试项目": 22,
    "准考证号": 14,
    "日期": 12,
    "理论时间": 14,
    "实操时间": 14,
    "组内顺序号": 12,
    "例外": 20,
    "工作单位": 26,
    "原因": 60,
}
_USUAL_WIDTH, _WIDEST = 10, 60


def schedule(facts: Facts, people: People) -> bytes:
    """Give one row for each candidate, in the order of printing."""
    head = (
        "考点编号", "考点", "日期", "半天", "考场", "座位", "理论时间", "组", "组内顺序号", "批次", "实操时间",
        "准考证号", "姓名", "证件号码", "考试项目", "考试科目", "例外",
    )  # fmt: skip
    rows = (
        (
            one.session.site_id, people.site(one.session.site_id), one.session.day.isoformat(),
            HALVES[one.session.half], *_where(facts, one),
            one.trainee_id, people.name(one.trainee_id), people.number(one.trainee_id),
            facts.item(one.trainee_id), words.PARTS[Part(facts.part(one.trainee_id))],
            "、".join(words.EXCEPTIONS.get(name, name) for name in one.exceptions),
        )
        for one in facts.sittings
    )  # fmt: skip
    return _book({"考生安排": (head, rows)})


DUTY_HEAD = ("考点编号", "考点", "日期", "半天", "岗位", "考场", "人员编号", "姓名", "工作单位")
_OVER = ("证件过期", "证件、责任书或年度培训过期")
"""The plan has one day of three papers; its word for it is among the bytes of the draw, and names one of them only."""


def duties(facts: Facts, people: People) -> bytes:
    """Give one row for each duty; the substitutes, and what nobody does, on sheets of their own."""
    waiting = ((*DUTY_HEAD[:5], "次序", *DUTY_HEAD[6:]), substitute_rows(facts, people))
    lacking = ((*DUTY_HEAD[:6], "原因"), vacancy_rows(facts, people))
    return _book(
        {"考务安排": (DUTY_HEAD, duty_rows(facts, people)), "替补": waiting}
        | ({"空缺": lacking} if facts.vacancies else {})
    )


def duty_rows(facts: Facts, people: People) -> Iterator[tuple[str, ...]]:
    """Give the cells of each duty, under ``DUTY_HEAD``."""
    for one in facts.duties:
        yield _duty_row(people, one, where(facts, one))


def substitute_rows(facts: Facts, people: People) -> Iterator[tuple[str, ...]]:
    """Give the cells of each substitute; instead of the room stands when the person is called."""
    for one in facts.substitutes:
        yield _duty_row(people, one, str(one.order))


def vacancy_rows(facts: Facts, people: People) -> Iterator[tuple[str, ...]]:
    """Give the cells of each duty that nobody does; after the room stands why."""
    for one in facts.vacancies:
        yield (*_post(people, one, where(facts, one)), one.reason.replace(*_OVER))


def _duty_row(people: People, one: Duty | Substitute, place: str) -> tuple[str, ...]:
    who = one.staff_id, people.staff_name(one.staff_id), people.employer(one.staff_id)
    return (*_post(people, one, place), *who)


def _post(people: People, one: Duty | Substitute | Vacancy, place: str) -> tuple[str, ...]:
    return (
        one.session.site_id, people.site(one.session.site_id), one.session.day.isoformat(),
        HALVES[one.session.half], words.ROLES.get(one.role, one.role), place,
    )  # fmt: skip


def _where(facts: Facts, one: Sitting) -> tuple[int | str, ...]:
    """Give room, seat and hours, then group, place, batch and hours."""
    times = facts.times.get(one.trainee_id)
    theory = words.from_to(times.theory) if times and times.theory else ""
    practical = words.from_to(times.practical) if times and times.practical else ""
    room, seat, group, place = map(_count, (one.room, one.seat, one.group, one.place))
    return room, seat, theory, group, place, _count(times.batch if times else 0), practical


def _count(number: int) -> int | str:
    return number or ""


def _book(sheets: dict[str, tuple[Sequence[str], Iterable[Sequence[int | str]]]]) -> bytes:
    """Write sheets with a frozen head and filters; a text that begins with ``=`` stays a text."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": _FIXED_TIME})
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    for name, (head, rows) in sheets.items():
        page = book.add_worksheet(name)
        for column, title in enumerate(head):
            page.write_string(0, column, title, bold)
            page.set_column(column, column, min(_WIDTHS.get(title, _USUAL_WIDTH), _WIDEST))
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    page.write_number(last, column, value)
                else:
                    page.write_string(last, column, value)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, last, len(head) - 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(0)
        page.set_footer("&C第 &P 页　共 &N 页")
    book.close()
    return repacked(buffer.getvalue())
