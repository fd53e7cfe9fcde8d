"""Who has no place, why, and what would help: as data, as a page, and in short for the terminal.

Ids, row numbers and names of organisations; no names and no numbers of people.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from common.errors import ZhengkaoError
from common.files import os_reason, write_file
from common.listing import first_few
from scheduler.closed_sites import articles
from scheduler.documents.remedy_words import changes, kind, price, row_ranges, told
from scheduler.file_names import REMEDIES, REMEDIES_PAGE
from scheduler.plan import Bottleneck, CapacityPlan, Limit
from scheduler.problem import Problem
from scheduler.remedy.limits import capacity
from scheduler.remedy.remedies import Found, Remedy
from scheduler.remedy.shortage import limit_told
from scheduler.trainees import Trainees

FORMAT = "zhengkao-remedies/1"
_MOST_TOLD = 5
_MOST_ROWS = 8


def remedies_data(
    problem: Problem,
    plan: CapacityPlan,
    remedies: Mapping[Bottleneck, Found],
    plan_digest: str,
) -> dict[str, Any]:
    """Give everything about those without a place, the greatest shortage first.

    ``change`` is the number of the change after which they have none, 0 for a plan that is not drawn; groups are those of
    the plan given here. ``also`` are people who have several registrations and a place in the first way to part their times,
    which the bottlenecks are of, but not in every way.
    """
    listed = sorted(plan.bottlenecks, key=lambda one: (-one.shortage, one.groups))
    told = {number for one in listed for number in one.groups}
    also = [number for number, one in enumerate(plan.chances) if one.unplaced and number not in told]
    return {
        "format": FORMAT,
        "plan_digest": plan_digest,
        "change": 0,
        "partial": bool(listed),
        "trainees": len(problem.trainees),
        "unplaced": sum(one.shortage for one in listed),
        "bottlenecks": [
            {
                "told": one.told,
                "people": one.people,
                "places": one.places,
                "shortage": one.shortage,
                "groups": [_group(problem, plan, number) for number in one.groups],
                "limits": [_limit(problem, limit) for limit in one.limits],
                "refused": [] if one.limits else _refused(problem, plan, one),
                "all_tried": remedies[one].complete,
                "remedies": [_remedy(problem, remedy) for remedy in remedies[one].remedies],
            }
            for one in listed
        ],
        "also": [{**_group(problem, plan, number), "reason": plan.reasons[number]} for number in also],
    }


def _group(problem: Problem, plan: CapacityPlan, number: int) -> dict[str, Any]:
    group = plan.parted[number]
    rows = Trainees.of(problem.trainees).rows_of(group.trainees)
    return {
        "group": f"G{number + 1:04d}",
        "item": group.item,
        "part": str(group.part),
        "institutions": sorted(rows["institution_id"].unique()),
        "trainees": list(group.trainees),
        "rows": rows["row"].to_list(),
        "expected_unplaced": str(Fraction(plan.chances[number].unplaced, plan.denominator)),
    }


def _limit(problem: Problem, limit: Limit) -> dict[str, Any]:
    return {
        "site_id": limit.site_id,
        "date": limit.day.isoformat(),
        "half": limit.half,
        "item": limit.item,
        "capacity": capacity(problem, limit),
        "told": limit_told(problem, limit),
    }


def _refused(problem: Problem, plan: CapacityPlan, one: Bottleneck) -> list[dict[str, Any]]:
    """Give the rule that closed each site to people who may go nowhere, with its article."""
    closed = sorted(pair for number in one.groups for pair in plan.parted[number].refused.items())
    return [
        {
            "institution_id": institution,
            "site_id": site,
            "rule": why.rule,
            "reason": why.reason,
            "article": articles(problem.rules).get(str(why.rule), ""),
        }
        for (institution, site), why in closed
    ]


def _remedy(problem: Problem, remedy: Remedy) -> dict[str, Any]:
    return {
        "kind": kind(remedy),
        "told": told(problem, remedy),
        "gain": remedy.gain,
        "price": price(remedy),
        "smallest": remedy.smallest,
        "changes": changes(remedy),
    }


def in_short(data: Mapping[str, Any]) -> Iterator[str]:
    """Give the lines for the terminal."""
    listed, can = ("保存的批次（batch）", "可以再办一次变更") if data["change"] else ("", "可以")
    for one in data["bottlenecks"][:_MOST_TOLD]:
        yield f"未能全部安排 {one['shortage']} 人：{one['told']}{_where(one, listed)}"
        for remedy in one["remedies"]:
            yield f"  {can}：{remedy['told']}"
    if len(data["bottlenecks"]) > _MOST_TOLD:
        yield f"还有 {len(data['bottlenecks']) - _MOST_TOLD} 处，全部见 {REMEDIES_PAGE}。"
    if data["also"]:
        rows = _rows(row for group in data["also"] for row in group["rows"])
        yield f"另有一人报多科的人，看抽中哪种错开方式，也可能没有位置：{listed}名单第 {rows} 行，见 {REMEDIES_PAGE}。"


def _where(one: Mapping[str, Any], listed: str) -> str:
    rows = _rows(row for group in one["groups"] for row in group["rows"])
    return f"。{listed}名单第 {rows} 行" if rows else ""


def _rows(numbers: Iterable[int]) -> str:
    return first_few(row_ranges(list(numbers)), _MOST_ROWS)


def remedy_files(data: Mapping[str, Any]) -> dict[str, bytes]:
    """Give both files by name; none where nobody is without a place."""
    if not data["bottlenecks"]:
        return {}
    from scheduler.documents.remedies_page import remedies_page  # noqa: PLC0415 - mostly there is no page to make

    texts = json.dumps(data, ensure_ascii=False, indent=1) + "\n", remedies_page(data)
    return {name: text.encode("utf-8") for name, text in zip(REMEDIES, texts, strict=True)}


def write_remedies(folder: Path, data: Mapping[str, Any]) -> None:
    """Write both files where somebody has no place; else remove what an earlier plan left there.

    Raises
    ------
    ZhengkaoError
        the folder cannot be written to.
    """
    files = remedy_files(data)
    for name, content in files.items():
        write_file(folder / name, content)
    for name in REMEDIES if not files else ():
        try:
            (folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise ZhengkaoError(
                f"删不了过时的 {folder / name}（{os_reason(error)}）。请关闭它再试。"
            ) from error
