"""Trainees who are interchangeable, put together; the solver sees groups, never persons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from scheduler.eligibility import CROSS_CITY, Allowed, Eligibility, Eligible, Refusal
from scheduler.plan import Group
from scheduler.problem import Problem, Session

_PUBLIC = ("public", "authority")
_CLASH = Refusal(1, "可以去的场次都与本人的其他科目在同一时间")

Own = Mapping[str, Allowed]
"""Sessions of the trainees who may not use all that they are eligible for, by trainee."""


def make_groups(
    problem: Problem, eligibility: Eligibility, own: Own, *, by_district: bool = True
) -> tuple[Group, ...]:
    """Put trainees together who are alike in all that matters; order does not depend on the input's.

    Groups with equal sessions share one ``allowed``, so that the network sees that they are alike.
    Without ``by_district`` those of all districts go together: enough to count how many fit.
    """
    same: dict[tuple[tuple[Session, tuple[str, ...]], ...], int] = {}
    number_of: dict[int, int] = {}
    mappings: list[Allowed] = []
    members: dict[tuple[int, str, str, str, object], list[str]] = defaultdict(list)
    for name, trainee in sorted(problem.trainees.items()):
        eligible = eligibility.of(trainee)
        allowed = own.get(name, eligible.allowed)
        number = number_of.get(id(allowed))
        if number is None:  # many share one mapping; equal ones are found once
            number = number_of[id(allowed)] = same.setdefault(tuple(allowed.items()), len(same))
            mappings += [allowed] * (number == len(mappings))
        # who may go nowhere gets a reason of their own, not that of other institutions
        apart = (
            () if allowed else (trainee.institution_id, trainee.school_id, trainee.earliest, trainee.latest)
        )
        district = trainee.district if by_district else ""
        members[number, trainee.item, str(trainee.part), district, apart].append(name)
    groups = [
        _group(problem, eligibility, own, names, mappings[alike[0]]) for alike, names in members.items()
    ]
    return tuple(
        sorted(groups, key=lambda group: (group.item, group.part, group.district, group.trainees[0]))
    )


def _group(problem: Problem, eligibility: Eligibility, own: Own, names: list[str], allowed: Allowed) -> Group:
    first = problem.trainees[names[0]]
    refused: dict[tuple[str, str], Refusal] = {}
    seen: set[int] = set()
    for name in names:
        eligible = eligibility.of(problem.trainees[name])
        if id(eligible) not in seen:
            seen.add(id(eligible))
            for site, refusal in eligible.refused.items():
                whose = eligible.institution_id if refusal.rule == 2 else ""
                refused.setdefault((whose, site), refusal)
        if name in own:
            refused |= {("", site): _CLASH for site in _lost_sites(eligible, own[name])}
    return Group(
        tuple(names),
        first.item,
        first.part,
        first.district,
        problem.city_of_district(first.district),
        allowed,
        refused,
    )


def _lost_sites(eligible: Eligible, allowed: Allowed) -> set[str]:
    """Give the sites that only the one-person rule closes."""
    return {session.site_id for session in eligible.allowed} - {session.site_id for session in allowed}


def is_public(problem: Problem, group: Group, session: Session) -> bool:
    """Say whether a session is at a public or authority site of the group's own city."""
    return problem.sites[session.site_id].kind in _PUBLIC and CROSS_CITY not in group.allowed[session]
