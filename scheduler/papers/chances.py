"""The statement of chances (机会说明), in plain words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from scheduler.papers import words
from scheduler.papers.blocks import Block, block, table
from scheduler.papers.facts import Facts
from scheduler.papers.people import People
from scheduler.problem import HALVES, Part


def chances(facts: Facts, people: People) -> list[Block]:
    """Give each group's chances of each site and session, exact and as a percentage."""
    blocks = [
        block("title", "机会说明"),
        block("par", "下面是抽签之前就确定并公布的机会。同组的人（项目、科目、区县、可去的考点都相同）机会完全相同；"
              "每人恰好抽到一处，各处机会之和为 1（名额不足时，其余为没有位置的机会）。"
              "分数是准确值，百分数是四舍五入后的近似值。"),
        block("line", f"计划摘要：{facts.plan['digest']}"),
        block("line", f"规则：{facts.plan['rules_title']}"),
    ]  # fmt: skip
    if "ways" in facts.plan:
        blocks.append(block("par", f"有人一人报多科，同一时间只能考一科，时间有 {len(facts.plan['ways'])} 种错开方式；"
              "抽签先从中抽一种，每种的机会相同。下面是各种方式合计的机会。"))  # fmt: skip
    for group in facts.plan["groups"]:
        part = words.PARTS[Part(group["part"])]
        head = f"{group['group']}　{group['item']}　{part}　{group.get('district', '')}　{len(group['trainees'])} 人"
        blocks.append(block("heading", head))
        blocks.append(table(("考点", "机会", "其中各场"), _sites(facts, people, group), (6, 4, 10)))
        if group["unplaced"]:
            left = Fraction(group["unplaced"], len(group["trainees"]) * int(facts.plan["denominator"]))
            reason = f"：{group['reason']}" if group.get("reason") else ""
            blocks.append(block("small", f"没有位置的机会 {_chance(left)}{reason}"))
        blocks.append(block("small", f"考生：{'、'.join(group['trainees'])}"))
    return blocks


def _sites(facts: Facts, people: People, group: Mapping[str, Any]) -> list[list[str]]:
    by_site: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for cell in group["cells"]:
        by_site[facts.plan["sessions"][cell["session"]]["site_id"]].append(cell)
    rows = []
    for site_id, cells in sorted(by_site.items()):
        total = sum((Fraction(cell["chance"]) for cell in cells), Fraction(0))
        names = sorted({name for cell in cells for name in cell["exceptions"]})
        told = "、".join(words.EXCEPTIONS.get(name, name) for name in names)
        site = people.site(site_id) + (f"（例外：{told}）" if told else "")
        rows.append([site, _chance(total), "；".join(_session(facts, cell) for cell in cells)])
    return rows


def _session(facts: Facts, cell: Mapping[str, Any]) -> str:
    session = facts.plan["sessions"][cell["session"]]
    return f"{session['date'][5:]}{HALVES[session['half']]} {cell['chance']}"


def _chance(value: Fraction) -> str:
    return f"{value}（约 {float(100 * value):.1f}%）" if value.denominator != 1 else f"{value}"
