"""Why somebody sits where they sit, from the published files alone: what was closed to them and why, chances, ticket, place.

Nothing is judged and nothing repeated here: ``verifying`` does that. Standard library only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from common.errors import InputError
from scheduler.checks import MALFORMED
from scheduler.draw import draw_key, ticket
from scheduler.drawn_links import Link, links_of, rows_of, where_of
from scheduler.file_names import ASSIGNMENTS, DRAW_FILE, PLAN_FILE
from scheduler.problem import Session
from scheduler.touch_history import Touched, history_of
from scheduler.without_chance import Loads, WithoutChance, without_chance

_NO_SESSIONS = "第 {} 次变更取消了这里的全部场次"


@dataclass(frozen=True)
class Closed:
    """A site that somebody may not use; ``rule`` as the contract counts, ``article`` "" where the rule rests on none."""

    site_id: str
    name: str
    rule: int
    reason: str
    article: str


@dataclass(frozen=True)
class Open:
    """A site that somebody may use: the chance of it, and of each of its sessions; exceptions with their articles."""

    site_id: str
    name: str
    kind: str
    chance: Fraction
    sessions: Sequence[tuple[Session, Fraction]]
    exceptions: Mapping[str, str]


@dataclass(frozen=True)
class Drawn:
    """What the draw made of it.

    ``ticket`` in hex; ``rank`` of it in the group, from 1; ``filled`` how many of the group sit in each session, in the
    order in which they are filled (None: no place); ``row`` of the last assignments.csv, empty where there is no place.
    """

    ticket: str
    rank: int
    filled: Sequence[tuple[Session | None, int]]
    row: Mapping[str, str]


@dataclass(frozen=True)
class Explanation:
    """Why one trainee sits where they sit: what was closed and open to them, their chances, and what the draw made of them.

    ``change`` is the number of the change whose draw gave the place, 0 for the first draw, ``changes`` how many there were since,
    ``history`` what each of all changes did to them. ``without_chance`` are sites that are open, too. ``ways`` is in how many ways
    the times of people with several registrations may be parted, 0 where that changes nothing here. ``names`` are those of the
    sites that are named by their ids only.
    """

    trainee_id: str
    item: str
    part: str
    district: str
    group: str
    size: int
    closed: Sequence[Closed]
    open: Sequence[Open]
    without_chance: Sequence[WithoutChance]
    unplaced: Fraction
    reason: str
    ways: int
    change: int
    changes: int
    history: Sequence[Touched]
    names: Mapping[str, str]
    drawn: Drawn | None


def explained(folder: Path, names: Sequence[str]) -> Iterator[Explanation]:
    """Explain what a folder's plan and, where it was drawn, its draw say of some trainees.

    Raises
    ------
    InputError
        the folder holds no plan, plan and record do not belong together, or somebody is not in the plan.
    """
    links = list(links_of(folder))
    try:
        asked_for = [(name, *where_of(links, name)) for name in names]
        last = next((link for link in links if link.record is not None), None)
        members: dict[Path, set[str]] = defaultdict(set)
        for _, link, group, _ in asked_for:
            members[link.folder] |= set() if link.record is None else set(group["trainees"])
        if last is not None:
            members[last.folder] |= set(names)
        # each file is read once, however many are asked for: it may have a million rows
        rows = {drawn: rows_of(drawn / ASSIGNMENTS, some) for drawn, some in members.items() if some}
        now = {} if last is None else rows[last.folder]
        loads = {link.folder: Loads(link.plan) for link in links}
        for name, link, group, place in asked_for:
            drawn, row = None, now.get(name, {})
            if link.record is not None:
                drawn = _drawn(link, group, name, rows[link.folder], row)
            yield _explained(links, link, group, place, loads[link.folder], row, drawn)
    except MALFORMED:
        raise InputError(
            f"{folder}：{PLAN_FILE} 或 {DRAW_FILE} 的内容不对，请用 zhengkao exam verify 核对。"
        ) from None


def _explained(
    links: Sequence[Link], link: Link, group: Mapping[str, Any], place: int, loads: Loads, row: Mapping[str, str],
    drawn: Drawn | None,
) -> Explanation:  # fmt: skip
    plan, size, name = link.plan, link.plan["denominator"] * len(group["trainees"]), group["trainees"][place]
    closed, open_ = tuple(_closed(plan, group, place)), tuple(_open(plan, group, size))
    history = tuple(history_of(links, name, row))
    return Explanation(
        trainee_id=name,
        item=group["item"],
        part=group["part"],
        district=group.get("district", ""),
        group=group["group"],
        size=len(group["trainees"]),
        closed=(*closed, *_gone(links[links.index(link) :], name)),
        open=open_,
        without_chance=tuple(without_chance(plan, group, {one.site_id for one in closed}, loads)),
        unplaced=Fraction(group["unplaced"], size),
        reason=group["reason"],
        ways=_ways(plan, group),
        change=link.number,
        changes=links[0].number - link.number,
        history=history,
        names=_named(links, open_, history),
        drawn=drawn,
    )


def _ways(plan: Mapping[str, Any], group: Mapping[str, Any]) -> int:
    """Give how many ways a plan has, 0 where this group is expected the same in all of them."""
    number = plan["groups"].index(group)
    counts = [way[number] for way in plan.get("ways", ())]
    return len(counts) if any(one != counts[0] for one in counts) else 0


def _gone(links: Sequence[Link], name: str) -> Iterator[Closed]:
    """Give the sites that were open to somebody until a change, this one or one before, left them no session.

    Parameters
    ----------
    links
        the draw that gave the place, and those before it, the last first.
    """
    gone: dict[str, int] = {}
    still = {one["site_id"] for one in links[0].plan.get("sites", ())}
    for later, link in pairwise(links):
        found = link.group_of(name)
        if found is None:
            return
        there = _names(later.plan)
        gone |= {site_id: later.number for site_id in _names(link.plan) if site_id not in {*there, *gone}}
        if "kept" in found[0]:
            continue
        shut = {one.site_id for one in _closed(link.plan, *found)}
        names = _names(link.plan)
        for site_id in sorted(gone.keys() & names.keys() - shut - still):
            yield Closed(site_id, names[site_id], 1, _NO_SESSIONS.format(gone[site_id]), "")
        return


def _closed(plan: Mapping[str, Any], group: Mapping[str, Any], place: int) -> Iterator[Closed]:
    """Give the sites that are closed to whoever stands at a place of a group: some reasons are only those of an institution."""
    names, articles = _names(plan), plan.get("articles", {})
    institutions = plan.get("institutions")
    whose = institutions[group["institution"][place]] if institutions and "institution" in group else None
    for number in group.get("closed", ()):
        table = plan["closed"][number]
        if whose is not None and table["institution_id"] not in ("", whose):
            continue
        for why in table["reasons"]:
            for site_id in why["sites"]:
                article = articles.get(str(why["rule"]), "")
                yield Closed(site_id, names.get(site_id, ""), why["rule"], why["reason"], article)


def _open(plan: Mapping[str, Any], group: Mapping[str, Any], size: int) -> Iterator[Open]:
    sites = {one["site_id"]: one for one in plan.get("sites", ())}
    cells: dict[str, list[tuple[Session, Fraction]]] = defaultdict(list)
    exceptions: dict[str, dict[str, str]] = defaultdict(dict)
    for cell in group["cells"]:
        session = Session.of(plan["sessions"][cell["session"]])
        cells[session.site_id].append((session, Fraction(cell["count"], size)))
        for one in cell["exceptions"]:
            exceptions[session.site_id][one] = plan.get("articles", {}).get(one, "")
    for site_id, listed in cells.items():
        site = sites.get(site_id, {})
        chance = sum((one for _, one in listed), Fraction())
        yield Open(site_id, site.get("name", ""), site.get("kind", ""), chance, listed, exceptions[site_id])


def _names(plan: Mapping[str, Any]) -> Mapping[str, str]:
    return {one["site_id"]: one.get("name", "") for one in plan.get("sites", ())}


def _named(links: Sequence[Link], open_: Sequence[Open], history: Sequence[Touched]) -> Mapping[str, str]:
    """Give the names of sites, also of those that are gone."""
    places = [place for one in history for place in (one.before, one.after) if place is not None]
    ids = {one.site_id for one in open_} | {place["site_id"] for place in places}
    return {
        site_id: name
        for link in reversed(links)
        for site_id, name in _names(link.plan).items()
        if site_id in ids
    }


def _drawn(
    link: Link, group: Mapping[str, Any], name: str, listed: Mapping[str, Mapping[str, str]], now: Mapping[str, str]
) -> Drawn:  # fmt: skip
    """Give what a draw made of a group, of which some have rows there; ``now`` is the last row of this one."""
    plan, seed = link.plan, (link.record or {})["seed"]
    key = draw_key(plan, seed)
    order = sorted((ticket(key, one), one) for one in group["trainees"])
    rows = {one: listed[one] for one in group["trainees"] if one in listed}
    seated = Counter(Session.of(row) for row in rows.values())
    cells = [Session.of(plan["sessions"][cell["session"]]) for cell in group["cells"]]
    filled: list[tuple[Session | None, int]] = [(one, seated[one]) for one in cells if seated[one]]
    without = len(order) - len(rows)
    return Drawn(
        ticket=ticket(key, name).hex(),
        rank=[one for _, one in order].index(name) + 1,
        filled=[*filled, *([(None, without)] if without else [])],
        row=now,
    )
