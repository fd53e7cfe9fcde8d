"""The announcement for people: what is fixed now, what will come, and how anybody holds us to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

_TEXT = """\
考试安排抽签公告（抽签之前公布）

一、已经定下、不再改动的内容
计划摘要：{plan_digest}
名单摘要：{list_digest}
规则摘要：{rules_digest}
摘要（SHA-256）是内容的指纹，改动一个字就不同。计划全文见 plan.json，其中写明每人到每一场的机会。

二、已经封存的密封码
密封码是随机产生的 32 字节，现在只公布它的指纹，抽签时公开密封码本身：
密封码的指纹：{secret_commitment}
{substitutes}
三、约定的公开数值
来源：{public_source}
时刻：{moment}
{written}这个数值在公告时还没有产生，产生之后人人可以查到。

四、怎样抽签
到上述时刻之后，用密封码、计划摘要、名单摘要、本公告摘要和公开数值，按公开的规格（draw-specification.md）算出种子，
再用种子抽签，只抽一次。知道密封码的人无法预知公开数值；公开数值产生时密封码早已封存，因此没有人能够挑选结果。
丢失密封码或因其他原因到时不能抽签的，公开说明，重新公告，不悄悄换一份公告。

五、怎样监督
请现在保存本公告和 plan.json，记下公告摘要。抽签之后核对：公告摘要与保存的相同，公开数值与上述来源公布的相同，
再运行 zhengkao exam verify，或 node draw.mjs，或按规格自己编写程序，重做一遍。

公告时间：{announced}
公告摘要：{digest}
"""

FORM_WORDS = "其中每个数字代表任一数字，每个大写或小写字母代表任一大写或小写字母，其余字符和空格照写"


def announcement_text(announcement: Mapping[str, Any]) -> str:
    """Give the text to publish; it follows from announcement.json alone."""
    codes = announcement["substitute_commitments"]
    told = [f"备用码 {number} 的指纹：{one}" for number, one in enumerate(codes, start=1)]
    opening = f"另封存备用码 {len(codes)} 个，抽签后确须变更时按编号依次启用，不跳号，不重新抽签："
    form = announcement.get("public_form")
    return _TEXT.format(
        **{name: announcement[name] for name in ("plan_digest", "list_digest", "rules_digest", "digest")},
        secret_commitment=announcement["secret_commitment"],
        public_source=announcement["public_source"],
        substitutes="".join(f"{line}\n" for line in ([opening, *told] if told else ["没有封存备用码。"])),
        moment=moment_words(announcement["public_moment"]),
        written="" if form is None else f"写法：{form}\n{FORM_WORDS}；不这样写的不算。\n",
        announced=moment_words(announcement["announced_at"]),
    )


def moment_words(moment: str) -> str:
    """Give a moment (ISO, with its zone) as people read it."""
    read = dt.datetime.fromisoformat(moment)
    zone = read.strftime("%z")
    clock = f"{read.hour:02}:{read.minute:02}:{read.second:02}"
    return f"{read.year} 年 {read.month} 月 {read.day} 日 {clock}（时区 {zone[:3]}:{zone[3:5]}）"
