"""The statement of chances (机会说明), in plain words."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from scheduler.exam_words import PARTS, say_exceptions
from scheduler.papers import issue, words
from scheduler.papers.blocks import Block, block, table
from scheduler.papers.facts import Facts
from scheduler.papers.people import People
from scheduler.problem import HALVES, Part

_FIRST = "下面是抽签之前就确定的机会。"
_CHANGE = (
    "没有触及的人保持原来的位置，不参加这次抽签：列在最后，机会是抽到这个位置的那次抽签的。"
    "其余的人重新抽签，下面先列出他们在这次抽签之前就确定的机会。"
)
_ALL = (
    "同组的人（项目、科目、区县、可去的考点都相同）机会完全相同；"
    "每人恰好抽到一处，各处机会之和为 1（名额不足时，其余为没有位置的机会）。"
    "分数是准确值，百分数是四舍五入后的近似值。"
)


def chances(facts: Facts, people: People) -> list[Block]:
    """Give each group's chances of each site and session, exact and as a percentage; of who was kept those of their draw."""
    blocks = [
        block("title", f"机会说明{issue.in_brackets(facts)}"),
        *issue.about(facts),
        block("par", f"{_FIRST}{_ALL}" if not issue.number(facts) else f"{_CHANGE}{_ALL}"),
        block("line", f"计划摘要：{facts.plan['digest']}"),
        block("line", f"规则：{facts.plan['rules_title']}"),
    ]
    if "ways" in facts.plan:
        blocks.append(block("par", f"有人一人报多科，同一时间只能考一科，时间有 {len(facts.plan['ways'])} 种错开方式；"
              "抽签先从中抽一种，每种的机会相同。下面是各种方式合计的机会。"))  # fmt: skip
    drawn = [group for group in facts.plan["groups"] if "kept" not in group]
    for group in drawn:
        blocks.append(block("heading", _named(group)))
        blocks.append(table(("考点", "机会", "其中各场"), _sites(facts, people, group), (6, 5, 9)))
        if group["unplaced"]:
            left = Fraction(group["unplaced"], len(group["trainees"]) * int(facts.plan["denominator"]))
            reason = f"：{group['reason']}" if group.get("reason") else ""
            blocks.append(block("small", f"没有位置的机会 {_chance(left)}{reason}"))
        blocks.append(block("small", f"考生：{'、'.join(group['trainees'])}"))
    return [*blocks, *_kept(facts, people)]


def _named(group: Mapping[str, Any]) -> str:
    part = PARTS[Part(group["part"])]
    return f"{group['group']}　{len(group['trainees'])} 人　{group['item']}　{part}　{group.get('district', '')}".rstrip()


def _kept(facts: Facts, people: People) -> list[Block]:
    """Give whom a change did not touch, by where they stay, with the chances of the draw that placed each of them."""
    alike: dict[tuple[int, str, str, str], list[str]] = defaultdict(list)
    for group in facts.plan["groups"]:
        for name, one in zip(group["trainees"], group.get("kept", ()), strict="kept" in group):
            (cell,) = group["cells"]
            chances_then = _stated(one["chance"]), _stated(one["site_chance"])
            alike[cell["session"], _exceptions([cell]), *chances_then].append(name)
    rows = []
    for (number, exceptions, *told), names in sorted(alike.items()):
        session = facts.plan["sessions"][number]
        where = f"{people.site(session['site_id'])}{exceptions}"
        rows.append([where, _day(session), *told, "、".join(sorted(names))])
    if not rows:
        return []
    head = ("考点", "场次", "抽到该场的机会", "抽到该考点的机会", "考生")
    return [
        block("heading", f"没有触及、保持原来位置的考生，共 {sum(map(len, alike.values()))} 人"),
        table(head, rows, (6, 6, 5, 5, 10), dense=True),
    ]


def _sites(facts: Facts, people: People, group: Mapping[str, Any]) -> list[list[str]]:
    by_site: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for cell in group["cells"]:
        by_site[facts.plan["sessions"][cell["session"]]["site_id"]].append(cell)
    rows = []
    for site_id, cells in sorted(by_site.items()):
        total = sum((Fraction(cell["chance"]) for cell in cells), Fraction(0))
        site = people.site(site_id) + _exceptions(cells)
        rows.append([site, _chance(total), "\n".join(_session(facts, cell) for cell in cells)])
    return rows


def _exceptions(cells: Iterable[Mapping[str, Any]]) -> str:
    names = sorted({name for cell in cells for name in cell["exceptions"]})
    told = say_exceptions(names)
    return f"（例外：{told}）" if told else ""


def _session(facts: Facts, cell: Mapping[str, Any]) -> str:
    return f"{_day(facts.plan['sessions'][cell['session']])} {cell['chance']}"


def _day(session: Mapping[str, Any]) -> str:
    return f"{words.short_day(dt.date.fromisoformat(session['date']))}{HALVES[session['half']]}"


def _stated(text: str) -> str:
    """Give a chance that the draw before stated; a draw by another program may have stated none."""
    try:
        return _chance(Fraction(text))
    except ValueError:
        return "没有写明"


def _chance(value: Fraction) -> str:
    return f"{value}（约 {float(100 * value):.1f}%）" if value.denominator != 1 else f"{value}"
