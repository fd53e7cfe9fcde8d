"""What hangs at doors, lies on tables and is signed: door lists, sign-in sheets, labels, room records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from scheduler.duties.posts import NUMBERS
from scheduler.papers import issue, words
from scheduler.papers.batches import batches, in_short, room_start
from scheduler.papers.door_pages import Lot, door_pages
from scheduler.papers.facts import Facts
from scheduler.papers.people import People
from scheduler.papers.rooms import Room
from scheduler.papers.rows import Sitting
from scheduler.problem import HALVES

_BEFORE = (
    "考场已至少提前一天准备、调试，并封闭待用",
    "监控录像机处于常开状态，考场摄像头已提前 15 分钟打开，监控覆盖整个考试区域",
    "考试网络与其他网络隔离，没有无关设备接入，没有远程控制",
    "应当回避的人员没有参与；考务人员已佩戴证件、按时到岗",
    "已逐一核对考生本人、身份证件和准考证",
)
_BEFORE_PRACTICAL = "实操设备完好，经检测、检验合格且在有效期内"
_ON_A_LINE = {"room": 13, "name": 7, "about": 20, "site": 20, "when": 20}
"""How many full-width characters surely stand on one line of a label."""
_AFTER = (
    "考务人员到考试结束后才离开，没有擅自改变考试开始、结束时间和地点",
    "考试数据已上传，试卷、草稿纸和签到表已收齐",
    "摄像头在考试结束后关闭，录像已存档",
)


def doors(facts: Facts, people: People, rooms: Sequence[Room]) -> list[dict[str, Any]]:
    """Give the door list (考场门贴) of each room and group."""
    return [_head(facts, people, room) | {"pages": door_pages(_lots(facts, people, room))} for room in rooms]


def sign_in(facts: Facts, people: People, rooms: Sequence[Room]) -> list[dict[str, Any]]:
    """Give the sign-in sheet (签到表) of each room and group."""
    return [
        _head(facts, people, room)
        | {
            "keepers": room.keeper_role,
            "staff": _staff(people, room.keepers, room.lacking),
            "count": len(room.sittings),
            "keeper_lines": _keeper_lines(facts, room),
            "batches": _lots(facts, people, room),
        }
        for room in rooms
    ]  # fmt: skip


def seat_labels(facts: Facts, people: People, rooms: Sequence[Room]) -> dict[str, Any]:
    """Give the labels (座位标签) of the seats of theory rooms."""
    return _labels(facts, people, rooms, cards=False)


def table_cards(facts: Facts, people: People, rooms: Sequence[Room]) -> dict[str, Any]:
    """Give the cards (桌签) of the places of practical groups."""
    return _labels(facts, people, rooms, cards=True)


def _labels(facts: Facts, people: People, rooms: Sequence[Room], *, cards: bool) -> dict[str, Any]:
    return {"cards": cards, "groups": [_group(facts, people, room) for room in rooms]}


def _group(facts: Facts, people: People, room: Room) -> dict[str, Any]:
    """Give the labels of a room; the longest texts among them where these may be too long for a label."""
    labels = [_label(facts, people, room, hours, one) for hours, one in _with_hours(facts, room)]
    longest = {name: max((one[name] for one in labels), key=words.width) for name in labels[0]}
    wide = any(words.width(longest[name]) > most for name, most in _ON_A_LINE.items())
    return {"labels": labels, "longest": longest if wide else None}


def _label(facts: Facts, people: People, room: Room, hours: str, one: Sitting) -> dict[str, str]:
    return {
        "number": room.number(one) or "＿",
        "room": room.name,
        "name": people.name(one.trainee_id),
        "about": f"{one.trainee_id}　{facts.item(one.trainee_id)}",
        "site": people.site(one.session.site_id),
        "when": f"{words.short_day(one.session.day)}{HALVES[one.session.half]}{hours}",
    }


def records(facts: Facts, people: People, rooms: Sequence[Room]) -> list[dict[str, Any]]:
    """Give the room record form (考场记录表) of each room and group, as far as it is known beforehand."""
    return [
        _head(facts, people, room)
        | {
            "batches": in_short(batches(facts, room)),
            "kind": "实际操作考试" if room.key.is_group else "理论考试",
            "keepers": room.keeper_role,
            "staff": _staff(people, room.keepers, room.lacking),
            "patrols": _staff(people, room.patrols, room.lacking_patrols),
            "keeper_lines": _keeper_lines(facts, room),
            "patrol_lines": _lines(facts, "patrol", len(room.patrols) + room.lacking_patrols),
            "items": room.items(facts),
            "count": len(room.sittings),
            "before": [
                *_BEFORE,
                *([_BEFORE_PRACTICAL] if room.key.is_group else []),
                *_accessible(facts, room),
            ],
            "after": list(_AFTER),
        }
        for room in rooms
    ]


def _accessible(facts: Facts, room: Room) -> Iterator[str]:
    """Say which seats must be reachable without steps: by number, and on the record alone, which only the staff of the room see.

    What hangs at the door, lies on the table or goes round for signatures must not tell who is disabled.
    """
    needing = [one for one in room.sittings if one.trainee_id in facts.needing]
    lacking = [] if room.key.is_group else [one for one in needing if one.trainee_id in facts.unserved]
    served = [one for one in needing if one not in lacking]
    kind = "工位" if room.key.is_group else "座位"
    if served:
        yield f"{_numbers(room, served)}要用无障碍{kind}，已备好，轮椅能到"
    if lacking:
        yield f"{_numbers(room, lacking)}要用无障碍座位而没有排到，已在现场备好，换座记入本表"


def _numbers(room: Room, listed: Sequence[Sitting]) -> str:
    told = "、".join(room.number(one) or "＿" for one in listed)
    return f"顺序号 {told} " if room.key.is_group else f"{told} 号座位"


def _head(facts: Facts, people: People, room: Room) -> dict[str, Any]:
    session = room.key.session
    return {
        "heading": issue.heading(facts),
        "room": room.name,
        "unit": room.unit,
        "site": people.site(session.site_id),
        "session": room_start(facts, room),
        "about": f"{room.items(facts)}　共 {len(room.sittings)} 人",
    }


def _lots(facts: Facts, people: People, room: Room) -> list[Lot]:
    """Give the rows of each batch, headed by its hours; of people of one name, what tells them apart."""
    named = Counter(people.name(one.trainee_id) for one in room.sittings)

    def row(one: Sitting) -> list[str]:
        name, number = people.name(one.trainee_id), people.number_or_none(one.trainee_id)
        if named[name] > 1:
            number = f"{number}\n准考证号 {one.trainee_id}".strip()
        return [room.number(one), name, number, facts.item(one.trainee_id)]

    return [(batch.told(), [row(one) for one in batch.sittings]) for batch in batches(facts, room)]


def _with_hours(facts: Facts, room: Room) -> Iterator[tuple[str, Sitting]]:
    for one in batches(facts, room):
        hours = f"　第 {one.number} 批　{one.hours}" if one.number else ""
        yield from ((hours, sitting) for sitting in one.sittings)


def _staff(people: People, staff: Sequence[str], lacking: int) -> str:
    """Name who is there and say how many more should be: whoever opens the room must know that nobody will come."""
    named = Counter(map(people.staff_name, staff))
    told = (
        f"{name}（编号 {one}）" if named[name] > 1 else name
        for one in staff
        if (name := people.staff_name(one))
    )
    return "，".join(filter(None, ("、".join(told), f"缺 {lacking} 人" if lacking else "")))


def _keeper_lines(facts: Facts, room: Room) -> int:
    role = "examiner" if room.key.is_group else "invigilator"
    return _lines(facts, role, len(room.keepers) + room.lacking)


def _lines(facts: Facts, role: str, due: int) -> int:
    """Give how many lines to sign on there are: for all who are due, else as many as the rules ask for; one at least."""
    return max(1, due or facts.plan["rules"]["staffing"][NUMBERS[role]])
