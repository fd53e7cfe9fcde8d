"""The draw record (抽签记录): from what was drawn, by which seed, with what result, and how to repeat it."""

from __future__ import annotations

import datetime as dt

from scheduler.file_names import ANNOUNCEMENT_FILE, ANNOUNCEMENT_TEXT, CHAIN, CHANGES, DRAW_FILE, PLAN_FILE
from scheduler.papers import issue, words
from scheduler.papers.blocks import BLANK, Block, block, form, table
from scheduler.papers.facts import Facts

_REVEALED = {"secret": "密封码", "public_value": "公开数值", "announcement_digest": "公告摘要"}


def draw_record(facts: Facts) -> list[Block]:
    """Give the record of the draw."""
    files = [[str(name), str(digest)] for name, digest in sorted(dict(facts.draw["files"]).items())]
    return [
        block("title", f"抽签记录{issue.in_brackets(facts)}"),
        *issue.about(facts, replaces=False),  # the record before stays what it is
        form(_fields(facts), (2, 8)),
        block("heading", "结果文件"),
        table(("文件", "SHA-256"), files, (2, 8)),
        block("heading", "怎样复核"),
        *(block("par", told) for told in _repeating(facts)),
        block("line", "监督人：＿＿＿＿＿＿＿＿　＿＿＿＿＿＿＿＿　　考试机构（盖章）：　　　　　　年　　月　　日"),
    ]  # fmt: skip


def _fields(facts: Facts) -> list[tuple[str, str]]:
    draw, plan = facts.draw, facts.plan
    issuer = str(plan["rules"]["notice"]["issuer"])
    reveal = {str(name): str(value) for name, value in dict(draw.get("reveal", {})).items()}
    moment = str(facts.announcement.get("public_moment", ""))
    announced = {
        "公开数值的来源": str(facts.announcement.get("public_source", "")),
        "公开数值的写法": str(facts.announcement.get("public_form", "")),
        "公开数值的时刻": words.moment_words(dt.datetime.fromisoformat(moment), seconds=True)
        if moment
        else "",
    }
    return [
        *([("考试机构", issuer)] if issuer else []),
        ("抽签时间", words.moment_words(facts.moment, seconds=True)),
        ("安排人数", f"{draw['placed']} 人，未安排 {draw['unplaced']} 人"),
        ("规则", str(plan["rules_title"])),
        ("计划摘要", str(plan["digest"])),
        ("名单摘要", str(plan["list_digest"])),
        ("规则摘要", str(plan["rules_digest"])),
        *_change(facts),
        ("种子", str(draw["seed"])),
        ("种子的来历", str(draw["seed_origin"])),
        *([("备用码", str(draw["code"]))] if "code" in draw else []),
        *[(_REVEALED.get(name, name), value) for name, value in sorted(reveal.items())],
        *[(name, value) for name, value in announced.items() if value],
        ("结果摘要", str(draw["result_digest"])),
        ("记录摘要", str(draw["digest"])),
        ("程序", f"{plan['tool']['name']} {plan['tool']['version']}"),
    ]


def _change(facts: Facts) -> list[tuple[str, str]]:
    """Give what the seed of a change came of beside its plan and its code."""
    if "change_number" not in facts.draw:
        return []
    return [
        ("变更次数", f"第 {facts.draw['change_number']} 次变更"),
        ("上一次记录摘要", str(facts.draw["parent"])),
        ("变更表摘要", str(facts.draw["changes_digest"])),
    ]


def _repeating(facts: Facts) -> list[str]:
    """Say what whoever repeats the draw needs: every file that verifying reads, and nothing with names of people."""
    needed = [PLAN_FILE, DRAW_FILE, "上表各文件", *sorted(facts.draw.get("documents", {}))]
    if "reveal" in facts.draw:
        needed += [ANNOUNCEMENT_FILE, ANNOUNCEMENT_TEXT]
    again = "重新抽签"
    if "change_number" in facts.draw:
        needed += [CHANGES, f"{CHAIN} 文件夹（{_links(int(facts.draw['change_number']))}）"]
        again = "从首次抽签起逐次核对、逐次重新抽签"
    programs = (
        "装有证考（zhengkao）的，运行 zhengkao exam verify 文件夹；没有的，在装有 Node 20 的电脑上运行 node draw.mjs 文件夹："
        f"{again}，与文件比较。也可以按抽签规格（draw-specification.zh-CN.md）用任何语言重做一遍："
        "同一份计划、同一个种子，得到逐字节相同的结果文件。"
    )
    where = str(facts.plan["rules"]["notice"].get("website", "")) or f"{BLANK}{BLANK}（考试机构填写）"
    return [
        f"所需文件：{'、'.join(needed)}。放在一个文件夹里，原样复制，不要用表格软件另存。",
        programs,
        f"draw.mjs 和抽签规格由考试机构与上述文件一同公布，网址：{where}。没有找到的，请向考试机构索取。",
        "复核不需要 batch 文件夹：其中有姓名和证件号码，不得公布。",
    ]


def _links(number: int) -> str:
    """Say what the chain of a change holds."""
    before = {1: "", 2: "，1 是第 1 次变更"}.get(number, f"，1 至 {number - 1} 是以前各次变更")
    return f"整个：0 是首次抽签{before}；其中各文件的 SHA-256 写在 {DRAW_FILE} 的 chain_files"
