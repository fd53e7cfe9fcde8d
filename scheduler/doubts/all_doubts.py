"""What in the facts of a batch is probably not meant so: told to whoever plans it, and planned as it stands.

It is told beside the plan and not in it: the plan is published.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

import polars as pl

from common.listing import first_few
from common.text import key
from scheduler.batch.shared_ids import tell_shared_ids
from scheduler.doubts.nameless import nameless
from scheduler.doubts.number_doubts import wrong_numbers
from scheduler.doubts.room_doubts import room_doubts
from scheduler.doubts.session_doubts import session_doubts
from scheduler.doubts.staff_doubts import staff_doubts
from scheduler.doubts.tied_sites import sites_without_staff
from scheduler.doubts.unlocated import unlocated
from scheduler.problem import Problem
from scheduler.several.one_person import persons
from scheduler.trainees import Trainees

_MOST_TOLD = 8
_LIST = re.compile(r"[、,，/ ]+")  # names of items hold some of these, so only semicolons part them
_OWNED = ("institution", "school")


def doubts(problem: Problem) -> Iterator[str]:
    """Give one sentence for each."""
    yield from problem.remarks
    if not problem.trainees:
        yield "考生表里一个人也没有"
    yield from _items(problem)
    yield from _dated_places(problem)
    yield from session_doubts(problem)
    yield from room_doubts(problem)
    yield from unlocated(problem)
    yield from _schools(problem)
    yield from _owners(problem)
    yield from wrong_numbers(problem)
    yield from nameless(problem)
    yield from filter(None, [tell_shared_ids(problem)])
    yield from _twice(problem)
    yield from _unskilled(problem)
    yield from staff_doubts(problem)
    yield from sites_without_staff(problem)


def _items(problem: Problem) -> Iterator[str]:
    """Tell items that only trainees, or only sites, have, and of which the other may have meant the same."""
    wanted = Counter(dict(Trainees.of(problem.trainees).frame["item"].value_counts().rows()))
    held = {row.item for row in problem.places}
    for item in sorted(wanted.keys() - held):
        meant = _within(item, held)
        hint = f"；工位表里有“{meant}”，如是同一项目请写成一样" if meant else ""
        yield f"{wanted[item]} 人报的“{item}”没有考点有工位{hint}"
    for item in sorted(held - wanted.keys()):
        meant = _within(item, wanted)
        if meant:
            yield f"工位表里的“{item}”没有人报；考生表里有“{meant}”，如是同一项目请写成一样"
    strange = [item for item in problem.rules.cross_city_items if item not in held and item not in wanted]
    if strange:
        yield f"规则 cross_city.items 里的{first_few(strange, _MOST_TOLD, '个')}，考生表和工位表里都没有"


def _within(item: str, others: Iterable[str]) -> str:
    """Give the other item that an item is a part of, or that is a part of it."""
    word = key(item)
    return next((one for one in sorted(others) if key(one) in word or word in key(one)), "")


def _dated_places(problem: Problem) -> Iterator[str]:
    """Tell places that name a day and no half, or a half and no day: they could be meant for every session."""
    for day, half, meant in ((True, False, "当天上下午"), (False, True, "每天的那个半天")):
        sites = sorted(
            {
                row.site_id
                for row in problem.places
                if (row.day is not None, row.half is not None) == (day, half)
            }
        )
        if sites:
            yield f"工位表里只填{'日期' if day else '半天'}的行，按{meant}计：考点 {first_few(sites, _MOST_TOLD, '个')}"


def _schools(problem: Problem) -> Iterator[str]:
    """Tell schools of full-time students that are listed as something else: the exception is for students of a school."""
    named = Trainees.of(problem.trainees).frame["school_id"].unique()
    kinds = {name: problem.institutions[name].kind for name in named if name in problem.institutions}
    strange = sorted(name for name, kind in kinds.items() if kind != "school")
    if strange:
        yield f"考生的学校编号所指的机构，类型不是学校，仍按在校学生对待：{first_few(strange, _MOST_TOLD, '个')}"


def _owners(problem: Problem) -> Iterator[str]:
    owned = {one.to_id for one in problem.relations if one.kind == "owns"}
    without = [
        site.name
        for _, site in sorted(problem.sites.items())
        if site.kind in _OWNED and not site.owner_id and site.site_id not in owned
    ]
    if without:
        yield f"机构或学校的考点没有填所属机构编号，不知道谁须回避：{first_few(without, _MOST_TOLD, '个')}"


def _twice(problem: Problem) -> Iterator[str]:
    """Tell who is registered twice for the same."""
    several = [one.trainee_ids for one in persons(problem) if len(one.trainee_ids) > 1]
    wanted = pl.Series([name for names in several for name in names], dtype=pl.String).implode()
    frame = Trainees.of(problem.trainees).frame.select("trainee_id", "item", "part")
    asked = {name: what for name, *what in frame.filter(pl.col("trainee_id").is_in(wanted)).iter_rows()}
    found = []
    for names in several:
        same: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for name in names:
            same[tuple(asked[name])].append(name)
        found += [(again, item) for (item, _), again in sorted(same.items()) if len(again) > 1]
    for again, item in found[:_MOST_TOLD]:
        yield f"考生 {'、'.join(again)} 是同一个人，同一项目“{item}”报了 {len(again)} 次，会各排一场"
    if len(found) > _MOST_TOLD:
        yield f"同一个人同一项目报了几次的，连同以上共 {len(found)} 处"


def _unskilled(problem: Problem) -> Iterator[str]:
    without = [
        name for name, one in sorted(problem.staff.items()) if "examiner" in one.roles and not one.items
    ]
    if without:
        yield f"考评员没有填考试项目，不会派考评任务：{first_few(without, _MOST_TOLD, '个')}"
    known = {row.item for row in problem.places} | set(Trainees.of(problem.trainees).frame["item"].unique())
    whose: dict[str, list[str]] = defaultdict(list)
    for name, one in sorted(problem.staff.items()):
        for item in sorted(set(one.items) - known):
            whose[item].append(name)
    for item, names in sorted(whose.items()):  # most are of other batches, which is in order
        parts = [part for part in _LIST.split(item) if part in known]
        if parts:
            hint = f"其中有“{parts[0]}”，几个项目请用分号（；）隔开"
        elif meant := _within(item, known):
            hint = f"考生表或工位表里有“{meant}”，如是同一项目请写成一样"
        else:
            continue
        yield f"考务人员 {first_few(names, _MOST_TOLD, '个')} 的项目“{item}”没有人报，也没有工位；{hint}"
