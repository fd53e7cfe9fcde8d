"""Admission tickets (准考证), and the text in their QR codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scheduler.exam_words import PARTS, say_exceptions
from scheduler.papers import issue, words
from scheduler.papers.batches import own_hour, own_start
from scheduler.papers.facts import Facts
from scheduler.papers.people import People
from scheduler.papers.rows import Sitting
from scheduler.papers.typeset import Part
from scheduler.problem import HALVES
from scheduler.problem import Part as Subject

_PART = 2_000  # tickets; even, for two stand on a page
_LINE = 25  # full-width characters on a line of a ticket's fields
_MOST_LINES = 12  # that fit in the usual size


def tickets(facts: Facts, people: People, only: Sequence[Sitting] | None = None) -> Iterator[Part]:
    """Give the tickets (of some, else of all) in the order of printing, so many a part that a part fits into little memory."""
    listed = facts.sittings if only is None else only
    for start in range(0, len(listed), _PART):
        sittings = listed[start : start + _PART]
        content = {
            "heading": issue.heading(facts),
            "rules": _rules(facts),
            "tickets": [_ticket(facts, people, one) for one in sittings],
        }
        texts = tuple(verification_text(facts, people, one) for one in sittings)
        yield Part("tickets.typ", content, texts)


def _ticket(facts: Facts, people: People, one: Sitting) -> dict[str, Any]:
    fields = _fields(facts, people, one)
    lines = sum(-(-words.width(line) // _LINE) for _, value in fields for line in value.split("\n"))
    return {"fields": fields, "long": lines > _MOST_LINES}


def verification_text(facts: Facts, people: People, one: Sitting) -> str:
    """Give what the QR code of a ticket says: what, where, when, which seat, and by which plan.

    Whoever reads it needs no network: it is the whole text. It holds the trainee's id, no name and no number.
    """
    part = facts.part(one.trainee_id)
    lines = [
        "准考证核对",
        f"考生 {one.trainee_id}",
        f"{facts.item(one.trainee_id)} {PARTS[part]}",
        f"{one.session.site_id} {people.site(one.session.site_id)}",
        f"{one.session.day} {HALVES[one.session.half]} {own_hour(facts, one)}",
    ]
    if part != Subject.PRACTICAL:
        lines.append(f"考场{one.room or '-'} 座位{one.seat or '-'}")
    if part != Subject.THEORY:
        lines.append(f"组{one.group or '-'} 顺序号{one.place or '-'}")
    return "\n".join([*lines, f"计划 {facts.plan['digest']}"])


def _fields(facts: Facts, people: People, one: Sitting) -> list[tuple[str, str]]:
    part = facts.part(one.trainee_id)
    begin, entry = own_start(facts, one)
    fields = [
        ("姓　　名", people.name(one.trainee_id)),
        ("证件号码", people.number_or_none(one.trainee_id)),
        ("准考证号", one.trainee_id),
        ("考试项目", facts.item(one.trainee_id)),
        ("考试科目", PARTS[part]),
        ("考　　点", people.site(one.session.site_id)),
        ("地　　址", people.address(one.session.site_id)),
        ("考试时间", begin),
        ("入场时间", entry),
    ]
    if part != Subject.PRACTICAL:
        hours = words.theory_hours(facts, one.trainee_id)
        fields.append(("理论考试", _with_hours(words.seat_words(facts, one), hours)))
    if part != Subject.THEORY:
        hours = words.practical_hours(facts, one.trainee_id)
        fields.append(("实操考试", _with_hours(words.place_words(one), hours)))
    if one.exceptions:
        told = say_exceptions(one.exceptions)
        fields.append(("例外情形", told))
    return [(name, value) for name, value in fields if value]


def _with_hours(where: str, hours: str) -> str:
    """Give place and hours; hours that would not stand on the same line stand on the next one, not on both."""
    told = f"{where}　{hours}".rstrip()
    return told if words.width(told) <= _LINE else f"{where}\n{hours}".rstrip()


def _rules(facts: Facts) -> list[str]:
    rules = facts.plan["rules"]
    contact = rules["notice"]["contact"]
    early, theory = rules["times"]["entry_minutes"], rules["times"]["theory_minutes"]
    return [
        "凭本准考证和有效身份证件原件入场，人、证、座位应一致；座位由抽签确定，不得调换。",
        f"请按入场时间到达并签到（开考前 {early} 分钟）；理论考试 {theory} 分钟。理论和实操都考的先考理论，再按批次时间考实操。",
        "请自带黑色签字笔；实操考试按项目要求穿戴劳动防护用品。手机等电子设备和资料不得带入考场。",
        "考试全过程录像。代考、作弊的取消成绩，并依法处理；对安排有异议的，可用右侧二维码中的计划摘要复核。",
        *([f"咨询和监督电话：{contact}"] if contact else []),
    ]
