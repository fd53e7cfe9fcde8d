"""Rule 4: the chances that a schedule states agree with each other.

Only what can be seen in the schedule is judged: the chances of people who are placed, at the
session where they sit. Where the batch lets them sit in one session of a site only, it tells, too, that the chance of
the site is the one of that session. Whether the draw had these chances is for ``exam verify``, and whether a
chance above the cap could have been avoided for ``cap``.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from scheduler.checker.breach import Breach, say_session, session_breach
from scheduler.checker.crowd import Crowd
from scheduler.checker.kinds import Ints, Mask, first_rows, kinds, repeated
from scheduler.schedule import Placement

_MOST_SHOWN = 1000  # no chance, and too short to be anybody's number
_First = dict[tuple[object, object], tuple[str, Fraction]]


def possible_chances(crowd: Crowd) -> Iterator[Breach]:
    """Find chances above 1 or, of somebody who sits there, not above 0, and sites less likely than one of their sessions."""
    here, there = crowd.placed["chance"], crowd.placed["site_chance"]
    values = crowd.placements.stand_for.chances
    possible = np.array([*(0 < one <= 1 for one in values), True])  # the last is for none
    about = np.array([*(float(one) if 0 <= one <= 1 else 0 for one in values), np.nan])
    # too many at most: as floats two chances may be one
    less = (about[there] <= about[here]) & (there != here)
    suspects = np.flatnonzero(~possible[here] | ~possible[there] | less)
    for placement in crowd.placement_records(crowd.placed_in_order(suspects)):
        yield from _impossible(placement)


def _impossible(placement: Placement) -> Iterator[Breach]:
    chance, site_chance = placement.chance, placement.site_chance
    for name, value in (("本场机会", chance), ("考点机会", site_chance)):
        if value is not None and not 0 < value <= 1:
            told = "不在 0 到 1 之间" if value else "为 0，却安排在这里"
            yield _bad("CHANCE-RANGE", placement, f"{name}{_shown(value)} {told}")
    if chance is not None and site_chance is not None and site_chance < chance:
        yield _bad("CHANCE-OF-SITE", placement, f"考点机会{_shown(site_chance)} 小于本场机会{_shown(chance)}")


def of_only_sessions(crowd: Crowd) -> Iterator[Breach]:
    """Find sites likelier than the only session there that is open to somebody; of nobody whom a change left alone.

    Their chances are those of a draw before it, when there may have been other sessions.
    """
    here, there = crowd.placed["chance"], crowd.placed["site_chance"]
    judged = (here >= 0) & (there >= 0) & (here != there) & (crowd.trainee_of >= 0) & (crowd.sitting >= 0)
    suspects = np.flatnonzero(judged)
    suspects = suspects[~crowd.fixed[crowd.trainee_of[suspects]]]
    if not len(suspects):
        return
    suspects = suspects[_only_there(crowd, suspects)]
    for placement in crowd.placement_records(crowd.placed_in_order(suspects)):
        chance, site_chance = placement.chance, placement.site_chance
        # others are told as impossible
        if chance is not None and site_chance is not None and 0 < chance < site_chance <= 1:
            told = f"本场机会{_shown(chance)} 小于考点机会{_shown(site_chance)}"
            yield _bad("CHANCE-OF-SITE", placement, f"{told}；该考点只有这一场可去，考点机会应等于本场机会")


def _only_there(crowd: Crowd, placements: Ints) -> Mask:
    """Say of some placements whether the trainee may sit in this session, and in no other one of the site.

    Own times of one person do not count: they part registrations in one draw and not in all of them.
    """
    facts = crowd.facts
    numbers, choices = crowd.choices(facts.allowed)
    whose, session = np.repeat(np.arange(len(choices)), [*map(len, choices)]), np.concatenate(choices)
    # where nobody fits, nobody has a chance
    held = ((facts.seats > 0) & (facts.day_limits[facts.day_of] != 0))[session]
    whose, session = whose[held], session[held]
    pair, count = kinds((whose, facts.site_of[session]))
    only = np.bincount(pair, minlength=count)[pair] == 1
    size = len(facts.sessions)
    of_placements = numbers[crowd.trainee_of[placements]] * size + crowd.sitting[placements]
    found: Mask = np.isin(of_placements, whose[only] * size + session[only])
    return found


def equal_chances(crowd: Crowd) -> Iterator[Breach]:
    """Find interchangeable trainees whose chances for one session or one site differ.

    Interchangeable are those alike in institution, item, part, district, school and dates, whose
    person has this one registration; after a change only those whose chances come of one draw and one set of
    sessions.
    """
    first: _First = {}
    suspects = crowd.placed_in_order(_unequal(crowd))
    records = crowd.placement_records(suspects)
    for alike, placement in zip(crowd.alike[crowd.trainee_of[suspects]], records, strict=True):
        session, trainee_id = placement.session, placement.trainee_id
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
                    f"{name}{_shown(value)}，而条件完全相同的考生 {other} 为{_shown(expected)}",
                    other=other,
                )


def _shown(value: Fraction) -> str:
    """Show a stated chance, unless it is a number that slipped into the wrong column: it may be somebody's."""
    return f" {value}" if abs(value) <= _MOST_SHOWN else "（太大的数，不列出）"


def _unequal(crowd: Crowd) -> Ints:
    """Give the placements of those of whom somebody alike has another chance for the same session or site."""
    compared = are_compared(crowd) & (crowd.placement_of >= 0)
    compared[compared] = repeated([crowd.alike[compared]])
    rows, alike = crowd.placement_of[compared], crowd.alike[compared]
    differs = np.zeros(len(rows), np.bool_)
    for where, name in ((crowd.placed["session"], "chance"), (crowd.site, "site_chance")):
        value = crowd.placed[name][rows]
        stated = np.flatnonzero(value >= 0)
        differs[stated] |= _differing((alike[stated], where[rows][stated]), value[stated])
    found: Ints = rows[differs]
    return found


def are_compared(crowd: Crowd) -> Mask:
    """Say of each trainee whether who is alike in everything must have equal chances."""
    compared: Mask = crowd.single & ~crowd.fixed & (crowd.people["apart"] == 0)
    return compared


def _differing(columns: tuple[Ints, Ints], value: Ints) -> Mask:
    """Say of each row whether its group, which the columns tell, has several values."""
    group, count = kinds(columns)
    pairs = first_rows(*kinds((group, value)))
    several: Mask = np.bincount(group[pairs], minlength=count) > 1
    return several[group]


def _bad(code: str, placement: Placement, fault: str, other: str | None = None) -> Breach:
    sentence = f"考生 {placement.trainee_id} 在{say_session(placement.session)}的{fault}"
    return session_breach(
        code,
        4,
        sentence,
        placement.session,
        trainee_id=placement.trainee_id,
        other_trainee_id=other,
    )
