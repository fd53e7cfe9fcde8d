"""The check lists (检查情况记录表) of an exam body and of each site, with what this draw can be held against.

Nothing is ticked: what is found is for inspectors to write. The wording is the notice's (data/forms).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from common.resources import DATA
from scheduler.papers.blocks import BLANK, Block, block, form, table
from scheduler.papers.facts import Facts
from scheduler.papers.people import People
from scheduler.papers.rows import Duty

_HEAD = ("项目：存在培训“走过场”问题形式", "是否存在问题", "检查存在此类问题的表现形式")
_BOXES = "是 □　否 □"


def inspections(facts: Facts, people: People) -> list[Block]:
    """Give the list of the exam body, then that of each site somebody sits at, each on a page of its own."""
    forms = tomllib.loads((DATA / "forms" / "chongqing-2022.toml").read_text(encoding="utf-8"))
    source = f"格式据{forms['source']['title']}（{forms['source']['number']}）"
    told = _evidence(facts, people)
    issuer = str(facts.plan["rules"]["notice"]["issuer"])
    blocks = _sheet(forms["body"], source, issuer, told)
    for site_id in sorted({session.site_id for session in facts.sessions}):
        here = told | {"plan": _planned(facts, site_id)}
        blocks += [block("break"), *_sheet(forms["site"], source, people.site(site_id), here)]
    return blocks


def _sheet(sheet: Mapping[str, Any], source: str, name: str, told: Mapping[str, str]) -> list[Block]:
    notes = [f"第 {number} 项可核对：{told[what]}" for number, what in sheet["shows"].items() if told[what]]
    return [
        block("title", sheet["title"]),
        form([("被检查单位名称", name or BLANK), ("检查时间", ""), ("检查人", "")], (3, 10)),
        table(_HEAD, [[item, _BOXES, ""] for item in sheet["items"]], (9, 3, 5)),
        *[block("small", note) for note in notes],
        block("small", f"{source}，{sheet['attachment']}。是否存在问题由检查人填写，本程序不作判断。"),
    ]


def _evidence(facts: Facts, people: People) -> dict[str, str]:
    """Say what this draw holds about an item, by what it is called in the form; "" where it holds nothing."""
    return {
        "plan": _planned(facts),
        "record": f"抽签记录摘要 {facts.draw['digest']}，可用 zhengkao exam verify 逐字节复核",
        "ties": _ties(facts, people) if facts.duties else "",
        "licences": _licences(facts, people) if facts.duties else "",
    }


def _planned(facts: Facts, site_id: str | None = None) -> str:
    """Say which plan it is, and in how many sessions people sit, of one site or of all."""
    held = sum(site_id in (None, one.site_id) for one in facts.sessions)
    where = "" if site_id is None else "本考点"
    return f"计划摘要 {facts.plan['digest']}，抽签前定下；{where}共 {held} 场有考生"


def _ties(facts: Facts, people: People) -> str:
    """Say how many work for or teach at a training institution on the day of a duty, and who."""
    if not people.stated:
        return f"{_on_duty(facts)}；没有保存批次，其任职、任教情况这里不能写出"
    training = _persons(facts, (one for one in facts.duties if people.trains(one.staff_id, one.session.day)))
    who = f"（编号 {'、'.join(training)}）" if training else ""
    return f"{_on_duty(facts)}，其中任务当天在培训机构任职或任教的 {len(training)} 人{who}"


def _licences(facts: Facts, people: People) -> str:
    """Say of how many the licence has no date; agreement and training are no licences."""
    if not people.stated:
        return f"{_on_duty(facts)}；没有保存批次，其证件有效期这里不能写出"
    undated = _persons(facts, (one for one in facts.duties if people.licence_to(one.staff_id) is None))
    return f"{_on_duty(facts)}，均在所写明的证件有效期内；未写明证件有效期的 {len(undated)} 人"


def _on_duty(facts: Facts) -> str:
    return f"本次安排考务人员 {len(_persons(facts, facts.duties))} 人"


def _persons(facts: Facts, duties: Iterable[Duty]) -> list[str]:
    """Give who does some duties: people, by the first of their ids."""
    return sorted({facts.person(one.staff_id) for one in duties})
