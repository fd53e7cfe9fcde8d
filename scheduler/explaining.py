"""Why somebody sits where they sit, from the published files alone: what was closed to them and why, chances, ticket, place.

Nothing is judged and nothing repeated here: ``verifying`` does that. Standard library only.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from common.errors import InputError
from common.privacy import mask_identity_in
from scheduler.batch.meant import asked, meant
from scheduler.checks import MALFORMED
from scheduler.draw import draw_key, ticket
from scheduler.file_names import ASSIGNMENTS, CHAIN, DRAW_FILE, PLAN_FILE
from scheduler.folder import read_json
from scheduler.problem import Session


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
    order in which they are filled (None: no place); ``row`` of assignments.csv, empty where there is no place.
    """

    ticket: str
    rank: int
    filled: Sequence[tuple[Session | None, int]]
    row: Mapping[str, str]


@dataclass(frozen=True)
class Explanation:
    """All of it.

    ``change`` is the number of the change whose draw gave the place, 0 for the first draw, ``changes`` how many there were since.
    """

    trainee_id: str
    item: str
    part: str
    district: str
    group: str
    size: int
    closed: Sequence[Closed]
    open: Sequence[Open]
    unplaced: Fraction
    reason: str
    ways: int
    change: int
    changes: int
    drawn: Drawn | None


def explained(folder: Path, names: Sequence[str]) -> Iterator[Explanation]:
    """Explain what a folder's plan and, where it was drawn, its draw say of some trainees.

    Raises
    ------
    InputError
        the folder holds no plan, plan and record do not belong together, or somebody is not in the plan.
    """
    links = list(_links(folder))
    try:
        asked_for = [(name, *_where(links, name)) for name in names]
        members: dict[Path, set[str]] = defaultdict(set)
        for _, link, group, _ in asked_for:
            members[link.folder] |= set() if link.record is None else set(group["trainees"])
        # each file is read once, however many are asked for: it may have a million rows
        rows = {drawn: _rows(drawn / ASSIGNMENTS, some) if some else {} for drawn, some in members.items()}
        for name, link, group, place in asked_for:
            drawn = None if link.record is None else _drawn(link, group, name, rows[link.folder])
            yield _explained(links[0].number, link, group, place, drawn)
    except MALFORMED:
        raise InputError(
            f"{folder}：{PLAN_FILE} 或 {DRAW_FILE} 的内容不对，请用 zhengkao exam verify 核对。"
        ) from None


@dataclass(frozen=True)
class _Link:
    folder: Path
    number: int
    plan: Mapping[str, Any]
    record: Mapping[str, Any] | None

    def group_of(self, name: str) -> tuple[Mapping[str, Any], int] | None:
        """Give the group of a trainee, and the place in it."""
        for group in self.plan["groups"]:
            if name in group["trainees"]:
                return group, group["trainees"].index(name)
        return None


def _links(folder: Path) -> Iterator[_Link]:
    """Give the draws of a folder, the last first: somebody whom a change left alone is explained by the one before."""
    last = _link(folder)
    yield last
    for number in range(last.number - 1, -1, -1):
        yield _link(folder / CHAIN / str(number))


def _link(folder: Path) -> _Link:
    plan = read_json(folder / PLAN_FILE, "请给出计划或抽签所在的文件夹。")
    record = read_json(folder / DRAW_FILE, "") if (folder / DRAW_FILE).is_file() else None
    try:
        if record is not None and record["plan_digest"] != plan["digest"]:
            raise InputError(
                f"{folder}：{DRAW_FILE} 不是这份 {PLAN_FILE} 的抽签记录，请用 zhengkao exam verify 核对。"
            )
        return _Link(folder, int(plan.get("change", {}).get("number", 0)), plan, record)
    except MALFORMED:
        raise InputError(f"{folder}：{PLAN_FILE} 或 {DRAW_FILE} 的内容不对。") from None


def _where(links: Sequence[_Link], name: str) -> tuple[_Link, Mapping[str, Any], int]:
    """Give the draw that gave somebody their place, their group in it and their place in that.

    Raises
    ------
    InputError
        the last plan does not have them.
    """
    found = None
    for link in links:
        found = link.group_of(name)
        if found is None or "kept" not in found[0]:
            break
    if found is None:
        known = {one for group in links[0].plan["groups"] for one in group["trainees"]}
        told = f"计划里没有考生“{mask_identity_in(name)}”{asked(meant(name, known))}"
        raise InputError(f"{told}。请填考生编号；已退考的，请用变更之前的文件夹。")
    return link, *found


def _explained(
    last: int, link: _Link, group: Mapping[str, Any], place: int, drawn: Drawn | None
) -> Explanation:
    plan, size = link.plan, link.plan["denominator"] * len(group["trainees"])
    return Explanation(
        trainee_id=group["trainees"][place],
        item=group["item"],
        part=group["part"],
        district=group.get("district", ""),
        group=group["group"],
        size=len(group["trainees"]),
        closed=tuple(_closed(plan, group, place)),
        open=tuple(_open(plan, group, size)),
        unplaced=Fraction(group["unplaced"], size),
        reason=group["reason"],
        ways=len(plan.get("ways", ())),
        change=link.number,
        changes=last - link.number,
        drawn=drawn,
    )


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


def _drawn(
    link: _Link, group: Mapping[str, Any], name: str, listed: Mapping[str, Mapping[str, str]]
) -> Drawn:
    key = draw_key(link.plan, link.record["seed"] if link.record else "")
    order = sorted((ticket(key, one), one) for one in group["trainees"])
    rows = {one: listed[one] for one in group["trainees"] if one in listed}
    seated = Counter(Session.of(row) for row in rows.values())
    cells = [Session.of(link.plan["sessions"][cell["session"]]) for cell in group["cells"]]
    filled: list[tuple[Session | None, int]] = [(one, seated[one]) for one in cells if seated[one]]
    without = len(order) - len(rows)
    return Drawn(
        ticket=ticket(key, name).hex(),
        rank=[one for _, one in order].index(name) + 1,
        filled=[*filled, *([(None, without)] if without else [])],
        row=rows.get(name, {}),
    )


def _rows(path: Path, names: set[str]) -> Mapping[str, Mapping[str, str]]:
    """Give the rows of some trainees.

    Raises
    ------
    InputError
        the file is missing or damaged.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
        return {row["trainee_id"]: row for row in rows if row["trainee_id"] in names}
    except (OSError, UnicodeDecodeError, csv.Error, KeyError):
        raise InputError(
            f"{path}：没有这个文件，或读不了。请用 zhengkao exam verify 核对这个文件夹。"
        ) from None
