"""Duty letters (监考、考评、巡考通知函): to each person of the staff, with all duties and a slip to send back.

Whoever has several ids gets one letter, which says under which of them each duty stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from scheduler.exam_words import ROLE_WORDS
from scheduler.papers import issue, words
from scheduler.papers.blocks import BLANK, Block, block, table
from scheduler.papers.facts import Facts
from scheduler.papers.people import People
from scheduler.papers.rows import Duty, Substitute, Vacancy
from scheduler.problem import HALVES, Half

_WIDTHS = {"日期": 6, "到岗": 2, "考点和地址": 9, "岗位": 3, "考场（组）": 4, "次序": 4, "编号": 3}
_WAITING = "替补请保持电话畅通，接到通知后再到岗；同一时间列有几个考点的，只到通知的那一处。"
_DUTIES = (
    "一、请按时到岗，佩戴证件；考试开始前进入考场，考试结束前不得离开。",
    "二、请如实填写考场记录表并签名，交考试机构归档。",
    "三、您或近亲属与考点、培训机构、考生有任职、投资、授课、亲属等关系的，请立即报告，以便回避并由替补接替。",
    "四、请遵守工作责任书和保密协议；考务信息在考试前不得外传。",
)


def letters(facts: Facts, people: People) -> list[Block]:
    """Give the letters of everybody with a duty or a place as substitute, by person, each on a new page."""
    duties: dict[str, list[Duty]] = defaultdict(list)
    substitutes: dict[str, list[Substitute]] = defaultdict(list)
    for duty in facts.duties:
        duties[facts.person(duty.staff_id)].append(duty)
    for one in facts.substitutes:
        substitutes[facts.person(one.staff_id)].append(one)
    blocks: list[Block] = []
    for person in sorted({*duties, *substitutes}):
        if blocks:
            blocks.append(block("break"))
        blocks += _letter(facts, people, duties[person], substitutes[person])
    return blocks


def title(roles: set[str]) -> str:
    """Name the letter after what it is about."""
    if roles <= {"invigilator"}:
        return "监考通知函" if roles else "替补通知函"
    if roles == {"examiner"}:
        return "考评通知函"
    return "巡考通知函" if roles == {"patrol"} else "考务工作通知函"


def _letter(
    facts: Facts, people: People, duties: Sequence[Duty], substitutes: Sequence[Substitute]
) -> list[Block]:
    ids = sorted({one.staff_id for one in duties} | {one.staff_id for one in substitutes})
    employers = "、".join(dict.fromkeys(filter(None, map(people.employer, ids))))
    name = next((called for one in ids if (called := people.staff_name(one)) != one), ids[0])
    who = f"编号 {'、'.join(ids)}"
    several = f"（您在名单上有 {len(ids)} 个编号，任务合在本函一并通知）" if len(ids) > 1 else ""
    asked = f"承担以下 {len(duties)} 项考务工作" if duties else "担任以下考务工作的替补"
    blocks = [
        block("title", f"{title({duty.role for duty in duties})}{issue.in_brackets(facts)}"),
        *([block("subtitle", f"代替{issue.before(facts)}的通知函")] if issue.number(facts) else []),
        block("line", f"{name}（{employers + '，' if employers else ''}{who}）："),
        block("par", f"经抽签确定，请您为{issue.exam(facts)}{asked}{several}。"),
    ]  # fmt: skip
    if duties:
        blocks.append(_table(facts, people, [(one, where(facts, one)) for one in duties], "考场（组）", ids))
    if substitutes:
        waiting = [(one, f"第 {one.order} 替补") for one in substitutes]
        blocks += [
            block("heading", "替补"),
            block("par", _WAITING),
            _table(facts, people, waiting, "次序", ids),
        ]
    blocks += [block("par", text) for text in _DUTIES]
    contact = facts.plan["rules"]["notice"]["contact"]
    if contact:
        blocks.append(block("par", f"联系电话：{contact}"))
    blocks += [
        block("right", words.issuer(facts.plan["rules"])),
        block("right", words.plain_day(facts.moment.date())),
        block("heading", "回执"),
        block("line", f"{name}（{who}）：□ 能够到岗，没有应当回避的情形　□ 不能到岗　□ 应当回避"),
        block("line", f"原因：{BLANK}　签名：{BLANK}　日期：{BLANK}"),
    ]
    return blocks


def where(facts: Facts, duty: Duty | Vacancy) -> str:
    """Say where in a site a duty is, whether somebody does it or nobody."""
    if duty.role == "examiner":
        return words.group_words(duty.room)
    return words.room_words(facts, duty.session.site_id, duty.room) if duty.room else "全考点"


def _table(
    facts: Facts,
    people: People,
    listed: Sequence[tuple[Duty | Substitute, str]],
    last: str,
    ids: Sequence[str],
) -> Block:
    """Give duties by time; the id of each where the person has several; no substitute is told to be there at an hour."""
    ordered = sorted(listed, key=lambda one: (one[0].session.day, one[0].session.half, one[0]))
    rows = [
        {**_cells(facts, people, one), last: place, **({} if len(ids) == 1 else {"编号": one.staff_id})}
        for one, place in ordered
    ]
    head = [name for name in _WIDTHS if name in rows[0]]
    return table(head, [[row[name] for name in head] for row in rows], [_WIDTHS[name] for name in head])


def _half(facts: Facts, duty: Duty | Substitute) -> str:
    """Name the half-day; a morning's group that begins after noon is none of the morning's any more."""
    late = isinstance(duty, Duty) and words.duty_begins(facts, duty).hour >= words.NOON
    return "" if late and duty.session.half == Half.AM else HALVES[duty.session.half]


def _cells(facts: Facts, people: People, duty: Duty | Substitute) -> dict[str, str]:
    site = people.site(duty.session.site_id)
    return {
        "日期": f"{words.short_day(duty.session.day)}{_half(facts, duty)}",
        **({"到岗": words.duty_entry(facts, duty)} if isinstance(duty, Duty) else {}),
        "考点和地址": f"{site}\n{people.address(duty.session.site_id)}",
        "岗位": ROLE_WORDS.get(duty.role, duty.role),
    }
