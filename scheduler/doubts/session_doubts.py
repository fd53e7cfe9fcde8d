"""Sessions, places and cities that do not meet: one mistyped day can make another site the only one of its city."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterator

import polars as pl

from common.listing import first_few
from common.text import key
from scheduler.batch.columns import listed_rows
from scheduler.problem import HALVES, Half, PlaceRow, Problem, Session
from scheduler.trainees import Trainees

_MOST_TOLD = 8
_MOST_DAYS = 366
_SOLE = "算不算唯一考点也可能因此不同"


def session_doubts(problem: Problem) -> Iterator[str]:
    """Give one sentence for each."""
    yield from _unheld(problem)
    yield from _of_two_rows(problem)
    yield from _far_apart(problem)
    yield from _elsewhere(problem)


def _unheld(problem: Problem) -> Iterator[str]:
    """Tell rows of places that are for no session."""
    held: dict[str, set[tuple[dt.date | None, Half | None]]] = defaultdict(set)
    for site, day, half in problem.seats:
        held[site] |= {(day, half), (day, None), (None, half)}
    without = [row for row in problem.places if row.site_id not in held]
    if without:
        sites = first_few(sorted({row.site_id for row in without}), _MOST_TOLD, "个")
        told = f"工位表第 {listed_rows([row.row for row in without])} 行的考点没有任何场次"
        yield f"{told}，这些工位用不上，{_SOLE}：{sites}"
    wrong = [
        row
        for row in problem.places
        if row.site_id in held and (row.day or row.half) and (row.day, row.half) not in held[row.site_id]
    ]
    if wrong:
        told = f"工位表 {len(wrong)} 行写的日期或半天，考点没有场次，这些行不起作用，{_SOLE}"
        yield f"{told}：{first_few(list(map(_told, wrong)), _MOST_TOLD, '个')}"


def _told(row: PlaceRow) -> str:
    when = " ".join(str(one) for one in (row.day, row.half) if one is not None)
    return f"第 {row.row} 行（考点 {row.site_id}，{when}）"


def _of_two_rows(problem: Problem) -> Iterator[str]:
    """Tell sessions for which a row of their day and one of their half say different numbers, and no row names both."""
    rows = {(row.site_id, row.item, row.day, row.half): row for row in problem.places}
    dated = [row for row in problem.places if row.day is not None and row.half is None]
    meeting = []
    for counts, half in itertools.product(dated, Half):
        site, item, day = counts.site_id, counts.item, counts.day
        other = rows.get((site, item, None, half))
        if other is None or other.places == counts.places or (site, item, day, half) in rows:
            continue
        if day is not None and Session(site, day, half) in problem.seats:
            which = listed_rows(sorted((counts.row, other.row)))
            when = f"考点 {site}“{item}”，{day} {HALVES[half]}"
            meeting.append(f"第 {which} 行（{when}：按 {counts.places} 个，不是 {other.places} 个）")
    if meeting:
        told = "工位表只填日期的行和只填半天的行都管到同一场、数不同的，按只填日期的行计"
        yield f"{told}；不是这样的，请给这一场另写一行，日期和半天都填：{first_few(meeting, _MOST_TOLD, '个')}"


def _far_apart(problem: Problem) -> Iterator[str]:
    """Tell sessions of one batch that are more than a year apart."""
    ordered = sorted(problem.seats, key=lambda session: (session.day, session.site_id, session.half))
    if not ordered:
        return
    first, last = ordered[0], ordered[-1]
    days = (last.day - first.day).days
    if days > _MOST_DAYS:
        yield (
            f"最早的场次（考点 {first.site_id}，{first.day}）和最晚的（考点 {last.site_id}，{last.day}）"
            f"相隔 {days} 天，请核对年份"
        )


def _elsewhere(problem: Problem) -> Iterator[str]:
    """Tell cities of districts in which no site is: nobody of them has a place, but for items of every city."""
    cities = {site.city for site in problem.sites.values()}
    apart: dict[str, list[str]] = defaultdict(list)
    for name, district in sorted(problem.districts.items()):
        if cities and district.city not in cities:
            apart[district.city].append(name)
    if not apart:
        return
    own_city = ~pl.col("item").is_in(list(problem.rules.cross_city_items))
    counted = Trainees.of(problem.trainees).frame.filter(own_city)["district"].value_counts()
    people: dict[str, int] = dict(counted.rows())
    for city, names in apart.items():
        number = sum(people.get(name, 0) for name in names)
        if number:
            meant = next((one for one in sorted(cities) if _alike(one, city)), "")
            hint = f"；考点的城市有“{meant}”，如是同一城市请写成一样" if meant else ""
            yield f"区县表的城市“{city}”没有考点，{number} 人（区县：{first_few(names, _MOST_TOLD, '个')}）都不能安排{hint}"


def _alike(one: str, other: str) -> bool:
    return bool(key(one) and key(other)) and (key(one) in key(other) or key(other) in key(one))
