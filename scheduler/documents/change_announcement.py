"""The announcement of a change for people: what is fixed now, what will come, and how anybody holds us to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scheduler.documents.announcement import FORM_WORDS, moment_words

_TEXT = """\
考试安排第 {change_number} 次变更公告（变更抽签之前公布）

{changed}一、已经定下、不再改动的内容
上一次抽签记录的摘要：{parent}
变更表摘要：{changes_digest}
变更后的计划摘要：{plan_digest}
变更后的名单摘要：{list_digest}
规则摘要：{rules_digest}
摘要（SHA-256）是内容的指纹，改动一个字就不同。变更了什么见 changes.csv，计划全文见 plan.json：
其中写明谁不动，谁重新抽签、为什么，以及每人到每一场的机会。

二、这次变更使用的备用码
{code}
备用码的指纹：{code_commitment}
原场次容不下的人由备用码和上一次抽签的种子决定谁离开，计划里已经写明{when}。

三、约定的公开数值
来源：{public_source}
时刻：{moment}
{written}这个数值在公告时还没有产生，产生之后人人可以查到。

四、怎样抽签
到上述时刻之后，用备用码、上一次记录、计划、变更表和本公告的摘要以及公开数值，按公开的规格（draw-specification.md）
算出种子，再用种子抽签，只抽一次。没有触及的人不参加，场次不变；座位不能再用的，场次不变，只重排座位。
公开数值产生时变更表和计划早已定下，因此没有人能够按这个数值挑选变更。
到时不能抽签的，公开说明，重新公告，不悄悄换一份公告。

五、怎样监督
请现在保存本公告、changes.csv、plan.json 和 chain 文件夹（以前各次的记录），记下公告摘要，并运行 zhengkao exam verify
核对公告和计划。抽签之后核对：公告摘要与保存的相同，公开数值与上述来源公布的相同，
再运行 zhengkao exam verify，或 node draw.mjs，或按规格自己编写程序，重做一遍。

公告时间：{announced}
公告摘要：{digest}
"""
_WHEN_SEALED = "；备用码在变更抽签时公开，那时人人可以复核"
_WHEN_OPEN = "，现在就可以复核"
_SEALED = "首次抽签公告时封存的第 {number} 个备用码，这次启用。"
_OPEN = "没有封存过这一个备用码，由首次抽签的种子算出，任何人都可以算；重新抽签的结果仍取决于下面的公开数值。"


def change_announcement_text(announcement: Mapping[str, Any], changed: str = "") -> str:
    """Give the text to publish; it follows from announcement.json, and ``changed``, what the change changes in words, from the plans.

    Earlier versions wrote it without ``changed``.
    """
    form = announcement.get("public_form")
    number = announcement["change_number"]
    named = (
        "parent", "changes_digest", "plan_digest", "list_digest", "rules_digest", "code_commitment", "public_source", "digest",
    )  # fmt: skip
    return _TEXT.format(
        **{name: announcement[name] for name in named},
        change_number=number,
        changed=changed,
        code=_SEALED.format(number=number) if announcement["committed"] else _OPEN,
        when=_WHEN_SEALED if announcement["committed"] else _WHEN_OPEN,
        moment=moment_words(announcement["public_moment"]),
        written="" if form is None else f"写法：{form}\n{FORM_WORDS}；不这样写的不算。\n",
        announced=moment_words(announcement["announced_at"]),
    )
