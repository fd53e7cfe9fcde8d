"""Why nobody does a duty, in words and numbers. Standard library only; docs/draw-specification.md says it."""

from __future__ import annotations

from collections import Counter

from scheduler.duties.facts import EXAMINER, INVIGILATOR, PATROL, DutyFacts, Member, Post
from scheduler.duties.matching import Matching

_WHO = {INVIGILATOR: "监考员", EXAMINER: "考评员", PATROL: "巡考员"}


REASONS = (
    "证件过期",
    "不在可用时间",
    "本人当场考试",
    "须回避",
    "已在本岗",
    "同时另有任务",
    "已达最多场次",
)
"""In the order in which they are looked at and told."""


def why_vacant(facts: DutyFacts, matching: Matching, number: int) -> str:
    """Say of everybody who has the role, and of an examiner the item, what keeps them from a post.

    Each person is counted once, under the first reason that is true.
    """
    post = facts.posts[number]
    who = f"{_WHO[post.role]}（{post.item}）" if post.role == EXAMINER else _WHO[post.role]
    able = [person for person, one in enumerate(facts.members) if one.skilled(post.role, (post.item,))]
    if not able:
        return f"考务人员中没有{who}"
    counts: Counter[str] = Counter()
    for person in able:
        held = matching.duties[person].get(post.time)
        one = facts.members[person]
        true = (
            *_unfit(one, post),
            held == number,
            held is not None,
            matching.load(person) >= (one.most or 0),
        )
        counts[next(reason for reason, holds in zip(REASONS, true, strict=True) if holds)] += 1
    told = "，".join(f"{reason} {counts[reason]} 人" for reason in REASONS if counts[reason])
    return f"{who}共 {len(able)} 人：{told}"


def _unfit(one: Member, post: Post) -> tuple[bool, bool, bool, bool]:
    """Say which of the first four reasons are true of a person."""
    return one.staff_id(post) is None, one.is_away(post.time), post.time in one.sits, one.is_barred(post)
