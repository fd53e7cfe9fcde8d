"""The filing form of the exam plan (考试计划备案表)."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from scheduler import workdays
from scheduler.exam_words import EXCEPTIONS, PARTS, ROLE_WORDS
from scheduler.papers import issue, words
from scheduler.papers.blocks import BLANK, Block, block, form, table
from scheduler.papers.facts import Facts
from scheduler.papers.people import People
from scheduler.problem import HALVES, Part

_FILED_UNDER = (
    "考试计划报同级或上级应急管理部门监管处（科）室备案，并严格按计划组织实施"
    "（市场监管总局、应急管理部国市监稽发〔2024〕25号及各地专项治理方案）。"
)


def warnings(facts: Facts) -> list[str]:
    """Say what is wrong with the exam days: holidays, unknown years, periods of notice that are over."""
    notice = facts.plan["rules"]["notice"]
    near = workdays.too_near(facts.days, facts.moment.date(), notice["public_days"], notice["filing_days"])
    return [*workdays.notes(facts.days), *near]


def filing(facts: Facts, people: People) -> list[Block]:
    """Give the form by which the plan is filed; seals and opinions are for people."""
    rules = facts.plan["rules"]
    exceptions = Counter(name for one in facts.sittings for name in one.exceptions)
    crossed = "、".join(
        f"{EXCEPTIONS.get(name, name)} {count} 人" for name, count in sorted(exceptions.items())
    )
    return [
        block("title", f"考试计划备案表{issue.in_brackets(facts)}"),
        *issue.about(facts),
        form(
            [
                ("考试机构", rules["notice"]["issuer"] or "（盖章）"),
                ("考试日期", words.span_words(facts.days)),
                ("考生人数", f"{len(facts.sittings)} 人" + (f"（另有 {len(facts.unassigned)} 人未安排）" if facts.unassigned else "")),
                ("考点、场次", _held(facts)),
                ("交叉考试", f"按《{facts.plan['rules_title']}》安排；例外：{crossed or '无'}"),
                ("考务人员", _staffed(facts)),
                ("安排方法", f"抽签，座位随之抽定；{words.how_drawn(facts)}；任何人可以复核"),
                ("计划摘要", facts.plan["digest"]),
                ("抽签记录摘要", str(facts.draw["digest"])),
                ("最迟公告日", _public_due(facts)),
                ("最迟备案日", _due(facts)),
            ],
            (2, 8),
        ),
        *[block("small", f"注意：{told}。") for told in warnings(facts)],
        block("heading", "一、考试项目和人数"),
        _items(facts),
        block("heading", "二、考点和场次"),
        sessions(facts, people),
        block("heading", "三、备案"),
        form([("考试机构意见", "\n\n　　　　　　　　　　负责人：　　　　　　　（盖章）　　　年　　月　　日"),
              ("监管处（科）室\n备案意见", "\n\n　　　　　　　　　　经办人：　　　　　　　（盖章）　　　年　　月　　日")], (2, 8)),
        block("small", _FILED_UNDER),
    ]  # fmt: skip


def _held(facts: Facts) -> str:
    """Say at how many sites and sessions people sit, and how many sessions of the plan have nobody."""
    told = f"{len({one.site_id for one in facts.sessions})} 个考点，{len(facts.sessions)} 场"
    empty = len(facts.plan["sessions"]) - len(facts.sessions)
    return told + (
        f"（计划共 {len(facts.plan['sessions'])} 场，其余 {empty} 场没有考生）" if empty > 0 else ""
    )


def _staffed(facts: Facts) -> str:
    """Say how many people do which duties, and how many duties nobody does; a line to write on where none were drawn."""
    staff = {(duty.role, facts.person(duty.staff_id)) for duty in facts.duties}
    people_by_role = Counter(role for role, _ in staff)
    everybody = len({person for _, person in staff})
    roles = "、".join(
        f"{ROLE_WORDS.get(role, role)} {count} 人" for role, count in sorted(people_by_role.items())
    )
    double = f"（一人任几种岗位的各计一次，实为 {everybody} 人）" if len(staff) > everybody else ""
    done = f"{roles}{double}，{len(facts.duties)} 人次" if facts.duties else ""
    if not facts.vacancies:
        return done or BLANK
    lacking = f"{len(facts.vacancies)} 人次无人可派"
    return f"{done}（另有 {lacking}）" if done else lacking


def _public_due(facts: Facts) -> str:
    """Say until when the notice should be published: for the office; the notice itself is for candidates."""
    if not facts.days:
        return ""
    days = facts.plan["rules"]["notice"]["public_days"]
    due = words.day_words(facts.days[0] - dt.timedelta(days=days))
    return f"{due}（首个考试日前 {days} 日；天数非法律规定）"


def _due(facts: Facts) -> str:
    """Say until when the plan should be filed."""
    if not facts.days:
        return ""
    days = facts.plan["rules"]["notice"]["filing_days"]
    due = words.day_words(workdays.workdays_before(facts.days[0], days))
    return f"{due}（首个考试日前 {days} 个工作日；天数非法律规定）"


def _items(facts: Facts) -> Block:
    counts = Counter((facts.item(one.trainee_id), facts.part(one.trainee_id)) for one in facts.sittings)
    rows = [
        [item, *(str(counts[item, part]) for part in Part), str(sum(counts[item, part] for part in Part))]
        for item in sorted({item for item, _ in counts})
    ]
    return table(("考试项目", *(PARTS[part] for part in Part), "合计"), rows, (6, 2, 2, 3, 2))


def sessions(facts: Facts, people: People) -> Block:
    """Give a row for each site: where it is, and how many sit there when."""
    counts = Counter(one.session for one in facts.sittings)
    rooms = Counter(session for session, _ in {(one.session, one.room) for one in facts.sittings if one.room})
    groups = Counter(
        session for session, _ in {(one.session, one.group) for one in facts.sittings if one.group}
    )
    by_site: dict[str, list[str]] = defaultdict(list)
    for session in facts.sessions:
        told = [f"{counts[session]} 人"]
        told += [f"{rooms[session]} 考场"] if rooms[session] else []
        told += [f"{groups[session]} 实操组"] if groups[session] else []
        begin = f"{HALVES[session.half]} {words.begins(facts, session)}"
        by_site[session.site_id].append(f"{words.short_day(session.day)}{begin}（{'，'.join(told)}）")
    rows = [
        [people.site(site_id), people.address(site_id), "\n".join(listed)]
        for site_id, listed in sorted(by_site.items())
    ]
    return table(("考点", "地址", "场次"), rows, (13, 13, 27), dense=True)
