"""The schedule and the duties as workbooks: what their sheets and columns are. Ids are texts, what is counted is a number."""

from __future__ import annotations

from collections.abc import Iterator

from scheduler.duties.vacancies import OVER_DATE
from scheduler.exam_words import PARTS, ROLE_WORDS, say_exceptions
from scheduler.papers import issue, words
from scheduler.papers.book import Page, workbook
from scheduler.papers.facts import Facts
from scheduler.papers.letters import where
from scheduler.papers.people import People
from scheduler.papers.rows import Duty, Sitting, Substitute, Vacancy
from scheduler.problem import HALVES, Session

_SESSION = ("考点编号", "考点", "日期", "半天")
_WHO = ("人员编号", "姓名", "工作单位")
DUTY_HEAD = (*_SESSION, "岗位", "考场", *_WHO)

Cell = int | str


def schedule(facts: Facts, people: People) -> bytes:
    """Give one row for each candidate, in the order of printing."""
    named = words.names_rooms(facts)
    head = (
        *_SESSION, "考场", *_name_head(named), "座位", "理论时间", "组", "组内顺序号", "批次", "实操时间",
        "准考证号", "姓名", "证件号码", "考试项目", "考试科目", "例外",
    )  # fmt: skip
    rows = (
        (
            *_session(people, one.session), *_where(facts, one, named=named),
            one.trainee_id, people.name(one.trainee_id), people.number(one.trainee_id),
            facts.item(one.trainee_id), PARTS[facts.part(one.trainee_id)],
            say_exceptions(one.exceptions),
        )
        for one in facts.sittings
    )  # fmt: skip
    return workbook([Page("考生安排", _titles(facts, "考生安排表", len(facts.sittings), "人"), head, rows)])


def duties(facts: Facts, people: People) -> bytes:
    """Give one row for each duty; the substitutes, and what nobody does, on sheets of their own."""
    named = words.names_rooms(facts)
    post = (*_SESSION, "岗位", "考场或组", *_name_head(named))
    pages = [
        Page(
            "考务安排",
            _titles(facts, "考务安排表", len(facts.duties), "人次"),
            (*post, *_WHO),
            (
                (*_post(people, one), *_place(facts, one, named=named), *_who(people, one))
                for one in facts.duties
            ),
        ),
        Page(
            "替补",
            _titles(facts, "考务替补名单", len(facts.substitutes), "人次"),
            (*_SESSION, "岗位", "次序", *_WHO),
            ((*_post(people, one), one.order, *_who(people, one)) for one in facts.substitutes),
        ),
    ]
    if facts.vacancies:
        rows = (
            (*_post(people, one), *_place(facts, one, named=named), _reason(one)) for one in facts.vacancies
        )
        titles = _titles(facts, "无人可派的考务任务", len(facts.vacancies), "人次")
        pages.append(Page("空缺", titles, (*post, "原因"), rows))
    return workbook(pages)


def duty_rows(facts: Facts, people: People) -> Iterator[tuple[str, ...]]:
    """Give the cells of each duty in words, under ``DUTY_HEAD``."""
    for one in facts.duties:
        yield (*_post(people, one), where(facts, one), *_who(people, one))


def substitute_rows(facts: Facts, people: People) -> Iterator[tuple[str, ...]]:
    """Give the cells of each substitute; instead of the room stands when the person is called."""
    for one in facts.substitutes:
        yield (*_post(people, one), str(one.order), *_who(people, one))


def vacancy_rows(facts: Facts, people: People) -> Iterator[tuple[str, ...]]:
    """Give the cells of each duty that nobody does; after the room stands why."""
    for one in facts.vacancies:
        yield (*_post(people, one), where(facts, one), _reason(one))


def _titles(facts: Facts, name: str, count: int, unit: str) -> tuple[str, str]:
    """Give what stands over a table: what of which exam; whose, which issue, how many."""
    issuer = str(facts.plan["rules"]["notice"]["issuer"])
    about = "　".join(filter(None, (issuer, issue.line(facts), f"共 {count} {unit}")))
    return f"{issue.exam(facts)}{name}{issue.in_brackets(facts)}", about


def _name_head(named: bool) -> tuple[str, ...]:
    return ("考场名称",) if named else ()


def _session(people: People, session: Session) -> tuple[str, ...]:
    site_id, day, half = session
    return site_id, people.site(site_id), day.isoformat(), HALVES[half]


def _post(people: People, one: Duty | Substitute | Vacancy) -> tuple[str, ...]:
    return (*_session(people, one.session), ROLE_WORDS.get(one.role, one.role))


def _who(people: People, one: Duty | Substitute) -> tuple[str, ...]:
    return one.staff_id, people.staff_name(one.staff_id), people.employer(one.staff_id)


def _reason(one: Vacancy) -> str:
    return one.reason.replace(OVER_DATE, "证件、责任书或年度培训过期")


def _place(facts: Facts, one: Duty | Vacancy, *, named: bool) -> tuple[Cell, ...]:
    """Give the number of the room or group, words where there is none, and what the site calls the room."""
    own = words.own_name(facts, one.session.site_id, one.room) if one.role == "invigilator" else ""
    return (one.room or where(facts, one), *([own] if named else []))


def _where(facts: Facts, one: Sitting, *, named: bool) -> tuple[Cell, ...]:
    """Give room, its name, seat and hours, then group, place, batch and hours."""
    times = facts.times.get(one.trainee_id)
    theory = words.from_to(times.theory) if times and times.theory else ""
    practical = words.from_to(times.practical) if times and times.practical else ""
    room, seat, group, place = map(_count, (one.room, one.seat, one.group, one.place))
    own = [words.own_name(facts, one.session.site_id, one.room)] if named else []
    return room, *own, seat, theory, group, place, _count(times.batch if times else 0), practical


def _count(number: int) -> Cell:
    return number or ""
