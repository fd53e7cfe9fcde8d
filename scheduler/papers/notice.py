"""The public notice (考试公告); after a change it says that it is one, what it replaces, and whom it concerns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from scheduler.exam_words import PARTS, say_exceptions
from scheduler.papers import issue, words
from scheduler.papers.blocks import BLANK, Block, block, table
from scheduler.papers.facts import Facts
from scheduler.papers.people import People
from scheduler.papers.public import sessions
from scheduler.problem import HALVES, Half

_LISTED = "考生安排名单"
_LONG = 30  # full-width characters of a site's name, which three lines of its usual column hold


def notice(facts: Facts, people: People, *, with_list: bool) -> list[Block]:
    """Give the public notice; the lists of candidates have masked names, and go to the PDF only."""
    rules = facts.plan["rules"]
    contact = rules["notice"]["contact"] or BLANK
    lists = _lists(facts, people)
    blocks = [
        *_opening(facts),
        block("heading", "一、考试安排"),
        sessions(facts, people),
        block("heading", "二、考点和座位怎样确定"),
        *_how(facts),
        block("heading", "三、考生须知"),
        block("par", f"请持准考证和有效身份证件原件，按准考证写明的入场时间（本人开考前 {rules['times']['entry_minutes']} 分钟）到达考点。"
              f"座位以准考证为准，不得调换。{_new_tickets(facts)}"),
        block("heading", "四、监督"),
        block("par", f"对考试安排有异议或需要举报违规行为的，请联系：{contact}。安全生产举报投诉电话：12350。"),
        *([] if with_list else [block("small", "名单见公告的 PDF（notice.pdf），姓名已作隐去处理。")]),
        *[block("line", f"附件{number}：{name}") for number, (name, _) in _numbered(lists)],
        block("right", words.issuer(rules)),
        block("right", words.plain_day(facts.moment.date())),
    ]  # fmt: skip
    if with_list:
        for number, (name, made) in _numbered(lists):
            blocks += [block("break"), block("title", f"附件{number}　{name}"), made]
    return blocks


def _numbered(lists: list[tuple[str, Block]]) -> list[tuple[str, tuple[str, Block]]]:
    """Give the lists with their numbers; a single one has none."""
    return [(f" {place}" if len(lists) > 1 else "", one) for place, one in enumerate(lists, start=1)]


def _opening(facts: Facts) -> list[Block]:
    """Give title and first words."""
    days = words.span_words(facts.days)
    where = f"安排在 {len({one.site_id for one in facts.sessions})} 个考点的 {len(facts.sessions)} 场"
    without = f"另有 {len(facts.unassigned)} 人没有位置，未安排考试。" if facts.unassigned else ""
    number = issue.number(facts)
    if not number:
        first = f"{days}举行{issue.EXAM}，已安排 {len(facts.sittings)} 人，{where}。{without}现将有关事项公告如下。"
        return [block("title", f"{issue.EXAM}公告"), block("par", first)]
    moved = issue.moved(facts)
    counts = (
        (sum(one.before is not None and one.now is not None for one in moved), "改变安排"),
        (sum(one.before is None for one in moved), "新安排"),
        (sum(one.now is None for one in moved), "不再安排（退考，或没有位置）"),
    )
    told = "、".join(f"{what} {count} 人" for count, what in counts if count)
    stay = len(facts.sittings) - sum(one.now is not None for one in moved)
    concerned = (
        f"这次变更涉及考生 {len(moved)} 人{f'（{told}）' if told else ''}，名单见附件；其余 {stay} 人的考点、场次和座位都不变。"
        if moved
        else f"这次变更不涉及任何考生的安排，{stay} 人的考点、场次和座位都不变。"
    )
    return [
        block("title", f"关于调整{issue.EXAM}安排的公告"),
        block("subtitle", f"（第 {number} 次变更）"),
        block("par", f"{days}举行的{issue.EXAM}，安排有调整。本公告代替{issue.before(facts)}的考试公告，自公布之日起以本公告为准。"),
        block("par", f"{concerned}变更后共安排 {len(facts.sittings)} 人，{where}。{without}"),
    ]  # fmt: skip


def _how(facts: Facts) -> list[Block]:
    """Say how places came about; after a change, that only those concerned were drawn anew."""
    anew = (
        "这次变更没有触及的人保持以前抽定的位置，其余的人重新抽签，"
        if issue.number(facts)
        else "考点、场次、座位由抽签确定，"
    )
    told = "例外情形在名单中逐人注明" if _excepted(facts) else "本次没有例外情形"
    return [
        block("par", f"按《{facts.plan['rules_title']}》实行交叉考试：考生原则上不在本培训机构或与其有关联的考点考试，"
              f"{told}。{anew}{words.how_drawn(facts)}；抽签记录公开{_published(facts)}，任何人可以用任何程序复核。"),
        block("line", f"计划摘要：{facts.plan['digest']}"),
        *([block("line", f"上一次抽签时间：{words.moment_words(facts.replaced)}")] if facts.replaced else []),
        block("line", f"{'变更的' if issue.number(facts) else ''}抽签时间：{words.moment_words(facts.moment)}"),
        block("line", f"结果摘要：{facts.draw['result_digest']}"),
    ]  # fmt: skip


def _published(facts: Facts) -> str:
    """Say where the files are published, where the rules do."""
    website = str(facts.plan["rules"]["notice"].get("website", ""))
    return f"（{website}）" if website else ""


def _new_tickets(facts: Facts) -> str:
    number = issue.number(facts) if issue.moved(facts) else 0
    return f"附件所列变更涉及的考生，须换用注明“第 {number} 次变更后”的准考证。" if number else ""


def _lists(facts: Facts, people: People) -> list[tuple[str, Block]]:
    """Give what is attached: whom a change concerns, who sits where, who has no place."""
    lists = []
    if issue.number(facts) and issue.moved(facts):
        lists.append((f"第 {issue.number(facts)} 次变更涉及的考生", _moved(facts, people)))
    lists.append((_LISTED, _candidates(facts, people)))
    if facts.unassigned:
        rows = [
            [name, people.masked_name(name), facts.item(name), PARTS[facts.part(name)]]
            for name in sorted(facts.unassigned)
        ]
        head = ("准考证号", "姓名", "考试项目", "考试科目")
        lists.append(("未安排考试的考生名单", table(head, rows, (5, 3, 6, 3), dense=True)))
    return lists


def _moved(facts: Facts, people: People) -> Block:
    rows = [
        [one.trainee_id, people.masked_name(one.trainee_id), _before(people, one.before),
         "（不再安排）" if one.now is None else _place(
             people, one.now.session.site_id, one.now.session.day, one.now.session.half,
             (one.now.room, one.now.seat, one.now.group, one.now.place))]
        for one in issue.moved(facts)
    ]  # fmt: skip
    return table(("准考证号", "姓名", "原安排", "现安排"), rows, (5, 3, 10, 10), dense=True)


def _before(people: People, was: Mapping[str, Any] | None) -> str:
    if was is None:
        return "（没有安排）"
    numbers = (int(was[name] or 0) for name in ("room", "seat", "group", "place"))
    return _place(
        people, was["site_id"], dt.date.fromisoformat(was["date"]), Half(was["half"]), tuple(numbers)
    )


def _place(people: People, site_id: str, day: dt.date, half: Half, numbers: tuple[int, ...]) -> str:
    """Say where somebody sits."""
    room, seat, group, place = numbers
    told = [people.site(site_id), f"{words.short_day(day)}{HALVES[half]}"]
    told += [f"第 {room} 考场 {seat} 号座位"] if room else []
    told += [f"第 {group} 组 顺序号 {place}"] if group else []
    return "，".join(told)


def _excepted(facts: Facts) -> bool:
    return any(one.exceptions for one in facts.sittings)


def _candidates(facts: Facts, people: People) -> Block:
    """List who sits where; names of sites have what room they need, and that of the exceptions where nobody has one."""
    excepted = _excepted(facts)
    rows = [
        [one.trainee_id, people.masked_name(one.trainee_id), facts.item(one.trainee_id),
         people.site(one.session.site_id), f"{words.short_day(one.session.day)}{HALVES[one.session.half]}",
         *([say_exceptions(one.exceptions)] if excepted else [])]
        for one in sorted(facts.sittings, key=lambda one: one.trainee_id)
    ]  # fmt: skip
    head = ("准考证号", "姓名", "考试项目", "考点", "时间", *(("例外情形",) if excepted else ()))
    longest = max((words.width(name) for name in {row[3] for row in rows}), default=0)
    if not excepted:
        widths: tuple[int, ...] = (5, 3, 5, 11, 7)
    else:
        widths = (4, 3, 5, 12, 8, 4) if longest > _LONG else (5, 3, 5, 7, 7, 4)
    return table(head, rows, widths, dense=True)
