"""The draw of duties: who invigilates, examines and patrols where. Standard library only; anyone can repeat it.

Posts and persons are put in the order of their tickets; as many duties as possible are filled, loads are
made as even as possible, then wishes are met by exchanges; at last the substitutes are named.
docs/draw-specification.md describes every byte.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from scheduler.duties.facts import DutyFacts
from scheduler.duties.matching import Matching
from scheduler.duties.posts import ROLES, Held, Post, half_number
from scheduler.duties.substitutes import Substitute, name_substitutes
from scheduler.duties.vacancies import why_vacant
from scheduler.duties.wishes import Wishes

_ROLE_ORDER = {role: number for number, role in enumerate(ROLES)}


class Duty(NamedTuple):
    """One duty; ``room`` is an invigilator's room, an examiner's group, 0 for a patrol."""

    staff_id: str
    role: str
    site_id: str
    date: str
    half: str
    room: int


class Vacancy(NamedTuple):
    """One duty that nobody can do, and why."""

    role: str
    site_id: str
    date: str
    half: str
    room: int
    reason: str


@dataclass(frozen=True)
class Duties:
    """What was drawn, each list in its canonical order."""

    duties: Sequence[Duty]
    substitutes: Sequence[Substitute]
    vacancies: Sequence[Vacancy]


def draw_duties(plan: Mapping[str, Any], sessions: Sequence[Held], key: bytes) -> Duties:
    """Draw the duties of a plan.

    Parameters
    ----------
    plan
        the content of plan.json: its ``staff``, ``away``, ``rules``, ``institutions`` and ``groups``.
    sessions
        the sessions as they are held: who sits in which room and group.
    key
        the key of the draw (docs/draw-specification.md, section 2).
    """
    facts = DutyFacts(plan, sessions, key)
    matching = matched(facts)
    staffing = plan["rules"]["staffing"]
    wishes = Wishes(facts.posts, facts.members, matching, plan["away"], staffing["halves_running"])
    wishes.improve()
    return Duties(
        sorted(_duties(facts, matching), key=duty_order),
        name_substitutes(facts, matching, staffing["substitutes"]),
        sorted(all_vacancies(facts, matching), key=duty_order),
    )


def matched(facts: DutyFacts) -> Matching:
    """Fill the posts and make loads even."""
    matching = new_matching(facts)
    matching.match()
    return matching


def new_matching(facts: DutyFacts) -> Matching:
    """Give the matching of the posts before anybody has one."""
    posts = facts.posts
    no_limit = len(posts) + 1
    return Matching(
        [post.needed for post in posts],
        [half_number(post.time) for post in posts],
        facts.fits,
        [no_limit if one.most is None else one.most for one in facts.members],
    )


def _duties(facts: DutyFacts, matching: Matching) -> list[Duty]:
    return [
        duty_at(facts, holder, post) for post, holders in enumerate(matching.holders) for holder in holders
    ]


def duty_at(facts: DutyFacts, person: int, post: int) -> Duty:
    """Give the duty of a person at a post, under the first id that may do it."""
    asked = facts.posts[post]
    return Duty(str(facts.members[person].staff_id(asked)), asked.role, *_where(asked))


def all_vacancies(facts: DutyFacts, matching: Matching) -> list[Vacancy]:
    """Give what nobody does, with the reasons."""
    return [
        Vacancy(post.role, *_where(post), why_vacant(facts, matching, number))
        for number, post in enumerate(facts.posts)
        for _ in range(matching.vacant(number))
    ]


def _where(post: Post) -> tuple[str, str, str, int]:
    return post.site_id, post.date, post.half, post.room


def duty_order(one: Duty | Vacancy) -> tuple[object, ...]:
    """Give what duties and vacancies are ordered by in their files."""
    return one.site_id, one.date, one.half, _ROLE_ORDER[one.role], one.room, *one
