"""Rule 4: the chances that a schedule states agree with each other.

Only what can be seen in the schedule is judged: the chances of people who are placed, at the
session where they sit. Whether the draw had these chances is for ``exam verify``, and whether a
chance above the cap could have been avoided is not judged here.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scheduler.checker.breach import Breach, say_session, session_breach
from scheduler.checker.facts import Facts, likeness
from scheduler.schedule import Placement, Schedule

_First = dict[tuple[object, ...], tuple[str, Fraction]]


def possible_chances(schedule: Schedule) -> Iterator[Breach]:
    """Find chances below 0 or above 1, and sites less likely than one of their sessions."""
    for trainee_id in sorted(schedule.placements):
        placement = schedule.placements[trainee_id]
        for name, value in (("本场机会", placement.chance), ("考点机会", placement.site_chance)):
            if value is not None and not 0 <= value <= 1:
                yield _bad("CHANCE-RANGE", placement, trainee_id, f"{name} {value} 不在 0 到 1 之间")
        chance, site_chance = placement.chance, placement.site_chance
        if chance is not None and site_chance is not None and site_chance < chance:
            yield _bad(
                "CHANCE-OF-SITE",
                placement,
                trainee_id,
                f"考点机会 {site_chance} 小于本场机会 {chance}",
            )


def equal_chances(facts: Facts, schedule: Schedule) -> Iterator[Breach]:
    """Find interchangeable trainees whose chances for one session or one site differ.

    Interchangeable are those alike in institution, item, part, district, school and dates, whose
    person has this one registration.
    """
    first: _First = {}
    for trainee_id in sorted(schedule.placements):
        trainee = facts.problem.trainees.get(trainee_id)
        if trainee is None or facts.people.others(trainee_id):
            continue
        placement, alike = schedule.placements[trainee_id], likeness(trainee)
        session = placement.session
        for name, value, key in (
            ("本场机会", placement.chance, (alike, session)),
            ("考点机会", placement.site_chance, (alike, session.site_id)),
        ):
            if value is None:
                continue
            other, expected = first.setdefault(key, (trainee_id, value))
            if value != expected:
                yield _bad(
                    "CHANCE-UNEQUAL",
                    placement,
                    trainee_id,
                    f"{name} {value}，而条件完全相同的考生 {other} 为 {expected}",
                    other=other,
                )


def _bad(
    code: str,
    placement: Placement,
    trainee_id: str,
    fault: str,
    other: str | None = None,
) -> Breach:
    sentence = f"考生 {trainee_id} 在{say_session(placement.session)}的{fault}"
    return session_breach(
        code,
        4,
        sentence,
        placement.session,
        trainee_id=trainee_id,
        other_trainee_id=other,
    )
