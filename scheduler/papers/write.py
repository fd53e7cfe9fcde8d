"""The papers of exam day, in order: which kinds there are, and each written as soon as it is made."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common.errors import InputError
from common.files import make_folder, scratch, tidy, write_file
from scheduler.folder import json_text
from scheduler.papers.blocks import Block
from scheduler.papers.calendars import calendars
from scheduler.papers.chances import chances, draw_record
from scheduler.papers.facts import Facts
from scheduler.papers.fonts import find_fonts
from scheduler.papers.letters import letters
from scheduler.papers.lists import doors, records, seat_labels, sign_in, table_cards
from scheduler.papers.people import People
from scheduler.papers.press import Press, Printing
from scheduler.papers.public import filing, notice, warnings
from scheduler.papers.rooms import Room, rooms
from scheduler.papers.sheets import duties, schedule
from scheduler.papers.tickets import tickets
from scheduler.papers.typeset import Part, Style
from scheduler.papers.undrawable import Undrawable, undrawable
from scheduler.papers.word import as_docx
from scheduler.problem import Problem

FORMAT = "zhengkao-papers/1"
MANIFEST = "manifest.json"
_MOST_PEOPLE = 3_000  # in a part of a paper: half a gigabyte while it is set
MOST_UNASKED = 50_000
"""Above so many trainees a draw does not write papers unless it is told to."""


@dataclass(frozen=True)
class Desk:
    """What every kind of paper is made from."""

    facts: Facts
    people: People
    rooms: Sequence[Room]


@dataclass(frozen=True)
class Written:
    """What was written: files with their SHA-256, whom the fonts cannot draw, what the reader must know."""

    files: Mapping[str, str]
    undrawable: Sequence[Undrawable]
    notes: Sequence[str]


Paper = tuple[str, Iterable[Part] | bytes]
"""A file's name, and the parts to print or the bytes as they are."""
Maker = Callable[[Desk], Iterator[Paper]]


def _tickets(desk: Desk) -> Iterator[Paper]:
    yield "tickets.pdf", tickets(desk.facts, desk.people)


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


def write_papers(
    facts: Facts,
    problem: Problem | None,
    out: Path,
    kinds: Sequence[str],
    *,
    show_id: bool = False,
    own_fonts: Path | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Written:
    """Write papers of a drawn schedule, and ``manifest.json`` with the SHA-256 of each.

    Parameters
    ----------
    problem
        the batch the plan was made of, for names; None prints ids.
    own_fonts
        a folder of further fonts for characters that the usual ones cannot draw.
    progress
        hears how many of how many kinds are written.

    Raises
    ------
    InputError
        the folder of fonts is none.
    ZhengkaoError
        the fonts are not installed, or a file cannot be written.
    """
    make_folder(out)
    tidy(out, (MANIFEST,))  # what a run that was killed left half-written
    people = People(facts, problem, show_id=show_id)
    with scratch(out) as folder:
        fonts = find_fonts(_texts(facts, problem), folder, own_fonts)
        style = Style(fonts, facts.moment, _footer(facts))
        desk = Desk(facts, people, rooms(facts))
        files: dict[str, str] = {}
        with Press(style, folder, len(facts.sittings)) as press:
            started = [[_started(press, paper) for paper in KINDS[kind][1](desk)] for kind in kinds]
            for number, papers in enumerate(started, start=1):
                for name, made in papers:
                    content = made if isinstance(made, bytes) else made.pdf()
                    if not content:
                        continue  # nobody to print it for
                    write_file(out / name, content)
                    files[name] = hashlib.sha256(content).hexdigest()
                progress(number, len(kinds))
        missing = undrawable(facts, problem, fonts)
    write_file(out / MANIFEST, json_text(_manifest(facts, files, missing)))
    return Written(files, missing, warnings(facts))


def _started(press: Press, paper: Paper) -> tuple[str, bytes | Printing]:
    name, content = paper
    return name, content if isinstance(content, bytes) else press.start(content)


def _manifest(facts: Facts, files: Mapping[str, str], missing: Sequence[Undrawable]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "plan_digest": facts.plan["digest"],
        "result_digest": facts.draw["result_digest"],
        "draw_digest": facts.draw["digest"],
        "files": dict(sorted(files.items())),
        "undrawable": [one.as_data() for one in missing],
    }


def _footer(facts: Facts) -> str:
    return f"计划摘要 {facts.plan['digest'][:16]}…　结果摘要 {facts.draw['result_digest'][:16]}…"


def _texts(facts: Facts, problem: Problem | None) -> Iterator[str]:
    """Give every text that people wrote, to find fonts for."""
    yield from (str(site["name"]) for site in facts.sites.values())
    for group in facts.plan["groups"]:
        yield from (str(group["item"]), str(group.get("district", "")), *group["trainees"])
    yield from (str(facts.plan["rules"]["notice"]["issuer"]), *(duty.staff_id for duty in facts.duties))
    if problem:
        for person in (*problem.trainees.values(), *problem.staff.values()):
            yield person.name
        for site in problem.sites.values():
            yield from (site.city, site.district, site.address)
        yield from (one.name for one in problem.institutions.values())
