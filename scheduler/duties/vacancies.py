"""Why nobody does a duty, in words and numbers. Standard library only; docs/draw-specification.md says it."""

from __future__ import annotations

from scheduler.duties.crowds import crowd
from scheduler.duties.facts import DutyFacts
from scheduler.duties.matching import Matching
from scheduler.duties.posts import EXAMINER
from scheduler.exam_words import ROLE_WORDS

OVER_DATE = "证件过期"
"""The plan has one day of three papers; its word for it is among the bytes of the draw, and names one of them only."""
REASONS = (
    OVER_DATE,
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

    Each person is counted once, under the first reason that is true; whoever is kept away by nothing else has
    as many duties as they may, or the post would not be vacant.
    """
    post, crowds = facts.posts[number], facts.crowds
    who = f"{ROLE_WORDS[post.role]}（{post.item}）" if post.role == EXAMINER else ROLE_WORDS[post.role]
    skilled = left = crowds.skilled(post.role, post.item)
    if not skilled:
        return f"考务人员中没有{who}"
    told = []
    for reason, true in zip(
        REASONS,
        (
            ~crowds.able(post),
            crowds.away(post.time),
            crowds.sitting(post.time),
            crowds.barred(post),
            crowd(matching.holders[number]),
            matching.busy[matching.times[number]],
            -1,
        ),
        strict=True,
    ):
        if left & true:
            told.append(f"{reason} {(left & true).bit_count()} 人")
        left &= ~true
    return f"{who}共 {skilled.bit_count()} 人：{'，'.join(told)}"
