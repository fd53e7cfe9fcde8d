"""Rule 4: no chance for one site is above the cap where that is possible.

What is proven
    That people who state such a chance could have had the cap, with as many people placed, as many of them at
    public sites, and nobody's chance of a site above the cap and above what is stated for somebody alike.
What is not
    Only chances that the schedule states are known: those of the site where somebody sits. And only batches of at most ``MOST``
    people are judged in which no person has several registrations and, where public sites go first, no item may leave its
    city (else the question is no flow), and schedules that were not changed after the draw.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from scheduler.checker.breach import Breach, say_session, session_breach
from scheduler.checker.changed import Changed
from scheduler.checker.crowd import Crowd
from scheduler.checker.facts import Facts
from scheduler.checker.kinds import Ints, first_rows, kinds
from scheduler.checker.shares import Alike, Share, Shares, is_public
from scheduler.checker.standing import takes_place
from scheduler.schedule import Placement

MOST = 10_000
"""People of a batch that is judged: the search is plain Python."""


def not_judged(crowd: Crowd, changed: Changed | None = None) -> Iterator[str]:
    """Say so where a schedule has chances above the cap of which is not told whether they were avoidable."""
    cap = crowd.facts.problem.rules.cap
    if (changed is not None or not _is_judged(crowd.facts)) and _has_choice(
        crowd, _stating_more_than(crowd, cap)
    ):
        yield (
            f"有人的考点机会超过上限 {cap}：是否可以避免，没有判断"
            f"（只判断抽签后没有变更、{MOST} 人以内、没有一人报多科、没有可跨市项目的批次）。"
        )


def _has_choice(crowd: Crowd, placements: Ints) -> bool:
    """Say whether anybody of some placements could have less of a chance there.

    Who is placed for certain, and may go to one site only, could not; who is not certain could leave the place to others.
    """
    chances = crowd.placements.stand_for.chances
    if any(chances[one] < 1 for one in np.unique(crowd.placed["site_chance"][placements]).tolist()):
        return True
    numbers, choices = crowd.choices(crowd.facts.allowed)
    used = np.unique(numbers[crowd.trainee_of[placements]]).tolist()
    sessions = crowd.facts.sessions
    return any(len({sessions[one].site_id for one in choices[number].tolist()}) > 1 for number in used)


def _is_judged(facts: Facts) -> bool:
    rules, people = facts.problem.rules, len(facts.problem.trainees)
    return (
        people <= MOST and not facts.people.several() and not (rules.public_first and rules.cross_city_items)
    )


def avoidable_above_cap(crowd: Crowd) -> Iterator[Breach]:
    """Find chances of a site that are above the cap and need not have been."""
    cap = crowd.facts.problem.rules.cap
    over = _stating_more_than(crowd, cap)
    if not len(over) or not _is_judged(crowd.facts):
        return
    kind, people = _alike(crowd)
    stated = _stated(crowd, kind, over)
    if stated is None:
        return
    above = {share: chance for share, chance in stated.items() if chance > cap}
    lower = Shares(crowd.facts, people, cap, above).lowered(*_placed(crowd))
    for number, one in zip(kind[crowd.trainee_of[over]].tolist(), crowd.placement_records(over), strict=True):
        if (number, one.session.site_id) in lower:
            yield _bad(one, cap)


def _stated(crowd: Crowd, kind: Ints, over: Ints) -> dict[Share, Fraction] | None:
    """Give the chance of a site that people of a kind state, of the kinds of some placements; None where they disagree.

    Then the kind is not one group of one draw: people were sent apart for another reason, or it is told of by itself.
    """
    concerned = np.zeros(int(kind.max(initial=0)) + 1, np.bool_)
    concerned[kind[crowd.trainee_of[over]]] = True
    known = np.flatnonzero((crowd.trainee_of >= 0) & (crowd.sitting >= 0))
    rows = known[concerned[kind[crowd.trainee_of[known]]]]
    found: dict[Share, Fraction] = {}
    for number, one in zip(kind[crowd.trainee_of[rows]].tolist(), crowd.placement_records(rows), strict=True):
        chance = one.site_chance
        if chance is not None and found.setdefault((number, one.session.site_id), chance) != chance:
            return None
    return found


def _bad(placement: Placement, cap: Fraction) -> Breach:
    told = (
        f"考生 {placement.trainee_id} 到{say_session(placement.session)}所在考点的机会 {placement.site_chance} 超过上限 {cap}，"
        "而不少安排人、不少用公共考点，也不使别人的机会超过上限或再高，就可以不超过"
    )
    return session_breach("CHANCE-ABOVE-CAP", 4, told, placement.session, trainee_id=placement.trainee_id)


def _placed(crowd: Crowd) -> tuple[int, int]:
    """Give how many trainees have a place, and how many of them at public and authority sites."""
    sessions = crowd.session_of[crowd.session_of >= 0]
    public = np.array([is_public(crowd.facts, one.site_id) for one in crowd.facts.sessions], np.bool_)
    return len(sessions), int(public[sessions].sum())


def _stating_more_than(crowd: Crowd, cap: Fraction) -> Ints:
    """Give the placements, in the order of the trainees' ids, whose chance of the site is above the cap."""
    more = np.array(
        [*(cap < one <= 1 for one in crowd.placements.stand_for.chances), False]
    )  # the last is for none
    there = more[crowd.placed["site_chance"]] & (crowd.trainee_of >= 0) & (crowd.sitting >= 0)
    return crowd.placed_in_order(np.flatnonzero(there))


def _alike(crowd: Crowd) -> tuple[Ints, list[Alike]]:
    """Give the kind of everybody, and the kinds: each within one group of a plan, whose people have equal chances.

    Who may sit at the same sites is not of one group if one of them needs an exception there, or if institutions were sent
    apart because of past meetings, which nothing here tells: so people of one institution and school are of a kind.
    They are numbered in the order of the first id of each: what is told does not depend on the order of the rows.
    """
    numbers, choices = crowd.choices(crowd.facts.allowed)
    kind, count = kinds(
        [numbers, *(crowd.people[name] for name in ("institution_id", "school", "item", "part", "district"))]
    )
    in_order = crowd.in_order(np.arange(len(kind)))
    first = in_order[np.sort(first_rows(kind[in_order], count))]
    place = np.empty(count, np.int64)
    place[kind[first]] = np.arange(count)
    sizes = np.bincount(place[kind], minlength=count).tolist()
    chosen = (choices[one] for one in numbers[first])
    known = zip(crowd.trainee_records(first), chosen, sizes, strict=True)
    return place[kind], [Alike(one.item if takes_place(one) else "", own, size) for one, own, size in known]
