"""Trainees who are interchangeable, put together; the solver sees groups, never persons."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from scheduler.allowed import Allowed
from scheduler.eligibility import CROSS_CITY, Eligibility, Eligible, Refusal, Refusals
from scheduler.plan import Group
from scheduler.problem import Problem, Session

PUBLIC = ("public", "authority")
_CLASH = Refusal(1, "可以去的场次都与本人的其他科目在同一时间")

Own = Mapping[str, Allowed]
"""Sessions of the trainees who may not use all that they are eligible for, by trainee."""


@dataclass
class _Members:
    """A group while it is collected: who is in it, what they may use and what is closed to whom."""

    allowed: Allowed
    names: list[str] = field(default_factory=list)
    closed: dict[tuple[str, int], Refusals] = field(default_factory=dict)


def make_groups(
    problem: Problem,
    eligibility: Eligibility,
    own: Own,
    *,
    by_district: bool = True,
) -> tuple[Group, ...]:
    """Put trainees together who are alike in all that matters; order does not depend on the input's.

    Without ``by_district`` those of all districts go together: enough to count how many fit. Where past
    meetings of institutions and sites are known, institutions are apart, too.
    """
    members: dict[tuple[object, ...], _Members] = {}
    for names in _kinds(problem, eligibility, own):
        trainee = problem.trainees[names[0]]
        eligible = eligibility.of(trainee)
        allowed = own.get(names[0], eligible.allowed)
        district = trainee.district if by_district else ""
        # who may go nowhere gets a reason of their own, not that of other institutions
        apart = (
            () if allowed else (trainee.institution_id, trainee.school_id, trainee.earliest, trainee.latest)
        )
        met = trainee.institution_id if by_district and problem.met else ""
        key = (allowed.key, trainee.item, trainee.part, district, apart, met)
        alike = members.setdefault(key, _Members(allowed))
        alike.names += names
        alike.closed.update({(whose, id(part)): part for whose, part in eligible.closed})
        lost = _lost_sites(eligible, allowed) if names[0] in own else {}
        if lost:
            alike.closed["", id(lost)] = lost
    groups = [_group(problem, one) for one in members.values()]
    return tuple(sorted(groups, key=lambda one: (one.item, one.part, one.district, one.trainees[0])))


def _kinds(problem: Problem, eligibility: Eligibility, own: Own) -> list[list[str]]:
    """Give the trainees in lists of those who state the same; most groups come of few such lists."""
    kinds: dict[tuple[object, ...], list[str]] = defaultdict(list)
    alone = []
    for name in sorted(problem.trainees):
        if name in own:
            alone.append([name])
            continue
        one = problem.trainees[name]
        whose = (*eligibility.whose(one), one.institution_id if problem.met else "")
        # a group that may go nowhere tells its institution, so it is part of what is stated there
        kinds[whose, one.item, one.part, one.district, one.earliest, one.latest].append(name)
    return [part for names in kinds.values() for part in _by_institution(problem, eligibility, names)] + alone


def _by_institution(problem: Problem, eligibility: Eligibility, names: list[str]) -> list[list[str]]:
    """Part a list by institution and school where nobody in it may go anywhere."""
    if eligibility.of(problem.trainees[names[0]]).allowed:
        return [names]
    parts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in names:
        one = problem.trainees[name]
        parts[one.institution_id, one.school_id].append(name)
    return list(parts.values())


def _group(problem: Problem, members: _Members) -> Group:
    names = tuple(sorted(members.names))
    first = problem.trainees[names[0]]
    return Group(
        names,
        first.item,
        first.part,
        first.district,
        problem.city_of_district(first.district),
        members.allowed,
        tuple((whose, part) for (whose, _), part in sorted(members.closed.items(), key=_first_site)),
    )


def _first_site(closed: tuple[tuple[str, int], Refusals]) -> tuple[str, str, str]:
    """Order parts of closed sites by what they say: the same on every run."""
    (whose, _), part = closed
    site = min(part)
    return whose, site, part[site].reason


def _lost_sites(eligible: Eligible, allowed: Allowed) -> Refusals:
    """Give the sites that only the one-person rule closes."""
    return {site: _CLASH for site in eligible.allowed.by_site if site not in allowed.by_site}


def is_public(problem: Problem, group: Group, session: Session) -> bool:
    """Say whether a session is at a public or authority site of the group's own city."""
    return problem.sites[session.site_id].kind in PUBLIC and CROSS_CITY not in group.allowed[session]
