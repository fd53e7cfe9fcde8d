"""The filing form of the exam plan (考试计划备案表) and the public notice (考试公告)."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict

from scheduler import workdays
from scheduler.papers import words
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
        f"{words.EXCEPTIONS.get(name, name)} {count} 人" for name, count in sorted(exceptions.items())
    )
    return [
        block("title", "考试计划备案表"),
        form(
            [
                ("考试机构", rules["notice"]["issuer"] or "（盖章）"),
                ("考试日期", _span(facts)),
                ("考生人数", f"{len(facts.sittings)} 人" + (f"（另有 {len(facts.unassigned)} 人未安排）" if facts.unassigned else "")),
                ("考点、场次", f"{len({s.site_id for s in facts.sessions})} 个考点，{len(facts.sessions)} 场"),
                ("交叉考试", f"按《{facts.plan['rules_title']}》安排；例外：{crossed or '无'}"),
                ("考务人员", _staffed(facts)),
                ("安排方法", f"抽签，座位随之抽定；{_how(facts)}；任何人可以复核"),
                ("计划摘要", facts.plan["digest"]),
                ("抽签记录摘要", str(facts.draw["digest"])),
                ("最迟备案日", _due(facts)),
            ],
            (2, 8),
        ),
        *[block("small", f"注意：{told}。") for told in warnings(facts)],
        block("heading", "一、考试项目和人数"),
        _items(facts),
        block("heading", "二、考点和场次"),
        _sessions(facts, people),
        block("heading", "三、备案"),
        form([("考试机构意见", "\n\n　　　　　　　　　　负责人：　　　　　　　（盖章）　　　年　　月　　日"),
              ("监管处（科）室\n备案意见", "\n\n　　　　　　　　　　经办人：　　　　　　　（盖章）　　　年　　月　　日")], (2, 8)),
        block("small", _FILED_UNDER),
    ]  # fmt: skip


def _staffed(facts: Facts) -> str:
    """Say how many people do which duties, and how many duties nobody does; a line to write on where none were drawn."""
    staff = {(duty.role, facts.person(duty.staff_id)) for duty in facts.duties}
    people_by_role = Counter(role for role, _ in staff)
    roles = "、".join(
        f"{words.ROLES.get(role, role)} {count} 人" for role, count in sorted(people_by_role.items())
    )
    done = f"{roles}，{len(facts.duties)} 人次" if facts.duties else ""
    if not facts.vacancies:
        return done or BLANK
    lacking = f"{len(facts.vacancies)} 人次无人可派"
    return f"{done}（另有 {lacking}）" if done else lacking


def notice(facts: Facts, people: People, *, with_list: bool) -> list[Block]:
    """Give the public notice; the list of candidates has masked names, and goes to the PDF only."""
    rules = facts.plan["rules"]
    contact = rules["notice"]["contact"] or BLANK
    last = facts.days[0] - dt.timedelta(days=rules["notice"]["public_days"]) if facts.days else None
    blocks = [
        block("title", "安全生产资格考试公告"),
        block("par", f"{_span(facts)}举行安全生产资格考试，共 {len(facts.sittings)} 人，安排在 "
              f"{len({s.site_id for s in facts.sessions})} 个考点的 {len(facts.sessions)} 场。现将有关事项公告如下。"),
        block("heading", "一、考试安排"),
        _sessions(facts, people),
        block("heading", "二、考点和座位怎样确定"),
        block("par", f"按《{facts.plan['rules_title']}》实行交叉考试：考生原则上不在本培训机构或与其有关联的考点考试，例外情形逐人注明。"
              f"考点、场次、座位由抽签确定，{_how(facts)}；抽签记录公开，任何人可以用任何程序复核。"),
        block("line", f"计划摘要：{facts.plan['digest']}"),
        block("line", f"抽签时间：{facts.moment:%Y-%m-%d %H:%M}（北京时间）"),
        block("line", f"结果摘要：{facts.draw['result_digest']}"),
        block("heading", "三、考生须知"),
        block("par", f"请持准考证和有效身份证件原件，提前 {rules['times']['entry_minutes']} 分钟到达考点。"
              "座位以准考证为准，不得调换。"),
        block("heading", "四、监督"),
        block("par", f"对考试安排有异议或需要举报违规行为的，请联系：{contact}。安全生产举报投诉电话：12350。"),
        block("right", words.issuer(rules)),
        block("right", f"{facts.moment:%Y}年{facts.moment.month}月{facts.moment.day}日"),
    ]  # fmt: skip
    if last is not None:
        days = rules["notice"]["public_days"]
        blocks.append(block("small", f"本公告最迟于 {last} 发布（首个考试日前 {days} 日；天数非法律规定）。"))
    if with_list:
        return [*blocks, block("break"), *_candidates(facts, people)]
    return [*blocks, block("small", "附件：考生安排名单（姓名已作隐去处理），见 notice.pdf。")]


def _how(facts: Facts) -> str:
    """Say whether the draw was announced: of a trial nobody may read that it was."""
    if facts.draw.get("reveal"):
        return "抽签前已公告计划和每个人的机会"
    if facts.draw.get("committed"):
        return "首次抽签前已公告；这次变更没有另行公告，按首次公告时封存的备用码抽签"
    return f"本次没有事先公告，不能证明种子的来历（{facts.draw['seed_origin']}）"


def _candidates(facts: Facts, people: People) -> list[Block]:
    rows = [
        [one.trainee_id, people.masked_name(one.trainee_id), facts.item(one.trainee_id),
         people.site(one.session.site_id), f"{words.short_day(one.session.day)}{HALVES[one.session.half]}"]
        for one in sorted(facts.sittings, key=lambda one: one.trainee_id)
    ]  # fmt: skip
    head = ("准考证号", "姓名", "考试项目", "考点", "时间")
    return [block("title", "附件　考生安排名单"), table(head, rows, (4, 3, 6, 8, 5), dense=True)]


def _due(facts: Facts) -> str:
    """Say until when the plan should be filed."""
    if not facts.days:
        return ""
    days = facts.plan["rules"]["notice"]["filing_days"]
    due = words.day_words(workdays.workdays_before(facts.days[0], days))
    return f"{due}（首个考试日前 {days} 个工作日；天数非法律规定）"


def _span(facts: Facts) -> str:
    if not facts.days:
        return "（没有安排）"
    first, last = facts.days[0], facts.days[-1]
    return words.day_words(first) + (f"至{words.day_words(last)}" if last != first else "")


def _items(facts: Facts) -> Block:
    counts = Counter((facts.item(one.trainee_id), facts.part(one.trainee_id)) for one in facts.sittings)
    rows = [
        [item, *(str(counts[item, part]) for part in Part), str(sum(counts[item, part] for part in Part))]
        for item in sorted({item for item, _ in counts})
    ]
    return table(("考试项目", *(words.PARTS[part] for part in Part), "合计"), rows, (6, 2, 2, 3, 2))


def _sessions(facts: Facts, people: People) -> Block:
    """Give a row for each site: where it is, and how many sit there when."""
    counts = Counter(one.session for one in facts.sittings)
    rooms = Counter(session for session, _ in {(one.session, one.room) for one in facts.sittings if one.room})
    groups = Counter(
        session for session, _ in {(one.session, one.group) for one in facts.sittings if one.group}
    )
    by_site: dict[str, list[str]] = defaultdict(list)
    for session in facts.sessions:
        told = [f"{counts[session]} 人"]
        told += [f"{rooms[session]} 个考场"] if rooms[session] else []
        told += [f"{groups[session]} 个实操组"] if groups[session] else []
        begin = f"{HALVES[session.half]} {words.begins(facts, session)}"
        by_site[session.site_id].append(f"{words.short_day(session.day)}{begin}（{'，'.join(told)}）")
    rows = [
        [people.site(site_id), people.address(site_id), "\n".join(listed)]
        for site_id, listed in sorted(by_site.items())
    ]
    return table(("考点", "地址", "场次"), rows, (6, 7, 12))
