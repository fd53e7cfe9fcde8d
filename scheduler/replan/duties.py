"""Duties after a change: kept where they still may be, refilled from the substitutes, then drawn.

Nobody's kept duty is passed on to make room for another. Standard library only; docs/draw-specification.md,
section "Changes", says each step.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scheduler.duties.draw import Duties, Duty, Vacancy, all_vacancies, duty_at, duty_order, new_matching
from scheduler.duties.facts import DutyFacts
from scheduler.duties.matching import Matching
from scheduler.duties.persons import Member
from scheduler.duties.posts import Held, Post
from scheduler.duties.substitutes import name_substitutes

Told = dict[Duty, str]
"""Duties that ended or began, each with the reason."""

OVER = "这一场在变更抽签时已经开考，不再补派"
"""Why a post of a session that is over stays vacant."""
_NO_LONGER_STAFF = "已不在考务人员名单"


@dataclass
class ChangedDuties:
    """What came of the duties, and why each that ended or began did so."""

    drawn: Duties
    ended: Told = field(default_factory=dict)
    begun: Told = field(default_factory=dict)


def changed_duties(plan: Mapping[str, Any], sessions: Sequence[Held], key: bytes) -> ChangedDuties:
    """Draw the duties of a plan that has a ``change``."""
    facts = DutyFacts(plan, sessions, key)
    work = _Work(facts, [Duty(**one) for one in plan["change"]["duties"]])
    ended, begun = work.keep()
    begun |= work.refill(plan["change"]["substitutes"])
    begun |= work.draw()
    staffing = plan["rules"]["staffing"]
    before: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    for one in sorted(plan["change"]["substitutes"], key=lambda one: one["order"]):
        if one["staff_id"] in work.person:
            listed = before[one["site_id"], one["date"], one["half"], one["role"]]
            listed.append(work.person[one["staff_id"]])
    return ChangedDuties(
        Duties(
            sorted(work.duties.values(), key=duty_order),
            name_substitutes(facts, work.matching, staffing["substitutes"], before, work.over_places),
            sorted(work.vacancies(), key=duty_order),
        ),
        ended,
        begun,
    )


def all_ended(plan: Mapping[str, Any]) -> Told:
    """Give every duty there was, as ended: for a plan of a change that has no staff any more."""
    return {Duty(**one): _NO_LONGER_STAFF for one in plan["change"]["duties"]}


class _Work:
    """The matching as it grows.

    ``duties`` holds what is written down of each post and person, ``over`` the posts of sessions that are over.
    """

    def __init__(self, facts: DutyFacts, before: Sequence[Duty]) -> None:
        self.facts, self.before = facts, before
        self.matching = new_matching(facts)
        self.person = {
            str(entry["staff_id"]): number
            for number, one in enumerate(facts.members)
            for entry in one.entries
        }
        self.duties: dict[tuple[int, int], Duty] = {}
        sessions = facts.plan["sessions"]
        self.over_places = {_place(sessions[number]) for number in facts.plan["change"].get("over", ())}
        self.over = {
            number
            for number, post in enumerate(facts.posts)
            if (post.site_id, post.date, post.half) in self.over_places
        }

    def keep(self) -> tuple[Told, Told]:
        """Let everybody keep their duties as far as they may; gives those that end and those under another id."""
        number = {_key(post): index for index, post in enumerate(self.facts.posts)}
        holders: dict[int, list[tuple[int, Duty]]] = defaultdict(list)
        ended: Told = {}
        begun: Told = {}
        for duty in self.before:
            if duty.staff_id not in self.person:
                ended[duty] = _NO_LONGER_STAFF
            elif duty[1:] not in number:
                ended[duty] = "这一岗位已经没有考生"
            else:
                holders[number[duty[1:]]].append((self.person[duty.staff_id], duty))
        for post in sorted(holders):
            for person, duty in sorted(holders[post]):
                why = self._why_not(person, post)
                if why:
                    ended[duty] = why
                else:
                    self._take(person, post)
                    now = self.duties[post, person] = self._kept(person, post, duty)
                    if now != duty:
                        ended[duty] = begun[now] = "同一人，改用另一编号"
        return ended, begun

    def _kept(self, person: int, post: int, duty: Duty) -> Duty:
        """Give the duty under the id it had, where that may still do it, else under another of the person's."""
        asked = self.facts.posts[post]
        one = self.facts.members[person]
        own = Member([entry for entry in one.entries if entry["staff_id"] == duty.staff_id], frozenset())
        return duty if own.staff_id(asked) is not None else duty_at(self.facts, person, post)

    def _why_not(self, person: int, post: int) -> str:
        """Say why somebody may not keep a post; "" where they may."""
        one, asked = self.facts.members[person], self.facts.posts[post]
        if one.staff_id(asked) is None:
            return "角色、项目不符或证件过期"
        if one.is_away(asked.time):
            return "不在可用时间"
        if asked.time in one.sits:
            return "本人当场考试"
        if self.facts.crowds.barred(asked) >> person & 1:
            return "与本考场（组）的考生或考点有关联，须回避"
        if self.matching.times[post] in self.matching.duties[person]:
            return "同时另有任务"
        if self.matching.load(person) >= self.matching.most[person]:
            return "已达最多场次"
        return "" if self.matching.vacant(post) else "所需人数减少"

    def refill(self, substitutes: Sequence[Mapping[str, Any]]) -> Told:
        """Fill vacant posts from the substitutes drawn before, in their order."""
        named: dict[tuple[str, str, str, str], list[Mapping[str, Any]]] = defaultdict(list)
        for one in sorted(substitutes, key=lambda one: one["order"]):
            named[one["site_id"], one["date"], one["half"], one["role"]].append(one)
        begun: Told = {}
        for post, asked in enumerate(self.facts.posts):
            if post in self.over:
                continue
            for one in named[asked.site_id, asked.date, asked.half, asked.role]:
                person = self.person.get(one["staff_id"])
                if person is None or not self.matching.vacant(post) or not self._may_take(person, post):
                    continue
                self._take(person, post)
                self.duties[post, person] = duty_at(self.facts, person, post)
                begun[self.duties[post, person]] = f"按候补顺序第 {one['order']} 名递补"
        return begun

    def _may_take(self, person: int, post: int) -> bool:
        return (
            self.facts.fits[post] >> person & 1 == 1
            and self.matching.times[post] not in self.matching.duties[person]
            and self.matching.load(person) < self.matching.most[person]
        )

    def draw(self) -> Told:
        """Fill what is vacant by the draw of duties, with all duties so far held fast."""
        whole = self.matching
        posts = range(len(whole.needed))
        rest = Matching(
            [0 if post in self.over else whole.vacant(post) for post in posts],
            whole.times,
            [whole.fits[post] & ~whole.busy[whole.times[post]] for post in posts],
            whole.most,
            [whole.load(person) for person in range(len(whole.most))],
        )
        rest.match()
        begun: Told = {}
        for post, holders in enumerate(rest.holders):
            for person in holders:
                self._take(person, post)
                self.duties[post, person] = duty_at(self.facts, person, post)
                begun[self.duties[post, person]] = "空岗由抽签补派"
        return begun

    def vacancies(self) -> list[Vacancy]:
        """Give what nobody does; of what is over nobody could any more."""
        found = all_vacancies(self.facts, self.matching)
        return [
            one._replace(reason=OVER) if (one.site_id, one.date, one.half) in self.over_places else one
            for one in found
        ]

    def _take(self, person: int, post: int) -> None:
        self.matching.take(person, post)


def _place(session: Mapping[str, str]) -> tuple[str, str, str]:
    return session["site_id"], session["date"], session["half"]


def _key(post: Post) -> tuple[str, str, str, str, int]:
    return post.role, post.site_id, post.date, post.half, post.room
