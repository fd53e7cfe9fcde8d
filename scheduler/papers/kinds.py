"""Every kind of paper: its name, its files, and what each is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from common.errors import InputError
from scheduler.papers import issue
from scheduler.papers.blocks import Block
from scheduler.papers.calendars import calendars
from scheduler.papers.chances import chances
from scheduler.papers.draw_record import draw_record
from scheduler.papers.facts import Facts
from scheduler.papers.inspections import inspections
from scheduler.papers.letters import letters
from scheduler.papers.lists import doors, records, seat_labels, sign_in, table_cards
from scheduler.papers.notice import notice
from scheduler.papers.people import People
from scheduler.papers.public import filing
from scheduler.papers.rooms import Room
from scheduler.papers.sheets import duties, schedule
from scheduler.papers.tickets import tickets
from scheduler.papers.typeset import Part
from scheduler.papers.word import as_docx

_MOST_PEOPLE = 3_000  # in a part of a paper: half a gigabyte while it is set


@dataclass(frozen=True)
class Desk:
    """What every kind of paper is made from."""

    facts: Facts
    people: People
    rooms: Sequence[Room]


Paper = tuple[str, Iterable[Part] | bytes]
"""A file's name, and the parts to print or the bytes as they are."""
Maker = Callable[[Desk], Iterator[Paper]]


def _tickets(desk: Desk) -> Iterator[Paper]:
    yield "tickets.pdf", tickets(desk.facts, desk.people)
    changed = {one.trainee_id for one in issue.moved(desk.facts)}
    if changed:  # those who stay keep the tickets that they have
        listed = [one for one in desk.facts.sittings if one.trainee_id in changed]
        yield "tickets-changed.pdf", tickets(desk.facts, desk.people, listed)


def _by_room(
    name: str,
    template: str,
    content: Callable[[Facts, People, Sequence[Room]], Any],
    groups: tuple[bool, ...] = (False, True),
) -> Maker:
    """Give the maker of a paper whose rooms begin on new pages, and which can be printed in parts therefore.

    ``groups`` says whether it is about theory rooms, practical groups or both.
    """

    def make(desk: Desk) -> Iterator[Paper]:
        listed = [room for room in desk.rooms if room.key.is_group in groups]
        yield name, (Part(template, content(desk.facts, desk.people, some)) for some in _some(listed))

    return make


def _some(listed: Sequence[Room]) -> Iterator[list[Room]]:
    """Give the rooms in parts of about as many people."""
    part: list[Room] = []
    people = 0
    for room in listed:
        if people + len(room.sittings) > _MOST_PEOPLE and part:
            yield part
            part, people = [], 0
        part.append(room)
        people += len(room.sittings)
    if part:
        yield part


def _pages(name: str, blocks: Sequence[Block]) -> Paper:
    return name, [Part("pages.typ", blocks)]


def _duties(desk: Desk) -> Iterator[Paper]:
    blocks = letters(desk.facts, desk.people)
    if not blocks:
        return  # nobody was drawn for duty
    yield _pages("duty-letters.pdf", blocks)
    yield "duty-letters.docx", as_docx(blocks)


def _filing(desk: Desk) -> Iterator[Paper]:
    blocks = filing(desk.facts, desk.people)
    yield _pages("filing.pdf", blocks)
    yield "filing.docx", as_docx(blocks)


def _notice(desk: Desk) -> Iterator[Paper]:
    yield _pages("notice.pdf", notice(desk.facts, desk.people, with_list=True))
    yield "notice.docx", as_docx(notice(desk.facts, desk.people, with_list=False))


def _inspections(desk: Desk) -> Iterator[Paper]:
    blocks = inspections(desk.facts, desk.people)
    yield _pages("inspections.pdf", blocks)
    yield "inspections.docx", as_docx(blocks)


def _chances(desk: Desk) -> Iterator[Paper]:
    yield _pages("chances.pdf", chances(desk.facts, desk.people))


def _draw(desk: Desk) -> Iterator[Paper]:
    yield _pages("draw-record.pdf", draw_record(desk.facts))


def _tables(desk: Desk) -> Iterator[Paper]:
    yield "schedule.xlsx", schedule(desk.facts, desk.people)
    yield "duties.xlsx", duties(desk.facts, desk.people)


def _calendars(desk: Desk) -> Iterator[Paper]:
    for name, content in calendars(desk.facts, desk.people).items():
        yield f"calendars/{name}", content


KINDS: Mapping[str, tuple[str, Maker]] = {
    "tickets": ("准考证", _tickets),
    "doors": ("考场门贴", _by_room("doors.pdf", "doors.typ", doors)),
    "signin": ("签到表", _by_room("sign-in.pdf", "signin.typ", sign_in)),
    "labels": ("座位标签", _by_room("seat-labels.pdf", "labels.typ", seat_labels, (False,))),
    "cards": ("工位桌签", _by_room("table-cards.pdf", "labels.typ", table_cards, (True,))),
    "duties": ("监考、考评、巡考通知函", _duties),
    "records": ("考场记录表", _by_room("room-records.pdf", "records.typ", records)),
    "filing": ("考试计划备案表", _filing),
    "notice": ("考试公告", _notice),
    "chances": ("机会说明", _chances),
    "draw": ("抽签记录", _draw),
    "inspections": ("检查情况记录表", _inspections),
    "tables": ("考生和考务安排表", _tables),
    "calendars": ("考务日历", _calendars),
}
"""Every kind of paper: its Chinese name and what makes it."""


def kinds_of(text: str | None) -> tuple[str, ...]:
    """Read a list of kinds, separated by commas; nothing means all.

    Raises
    ------
    InputError
        a kind that does not exist.
    """
    if text is None:
        return tuple(KINDS)
    asked = [name.strip() for name in text.replace("，", ",").split(",") if name.strip()]
    unknown = [name for name in asked if name not in KINDS]
    if unknown or not asked:
        known = "、".join(f"{name}（{told}）" for name, (told, _) in KINDS.items())
        raise InputError(f"--kinds：不认识“{'、'.join(unknown) or text}”，可用的有：{known}。")
    return tuple(name for name in KINDS if name in asked)
