"""Shows that the batch can be planned: a place for everybody under rules 1 to 3, and every duty filled.

Deliberately apart from the scheduler: it shares no code with it. Some capacity is kept back, so
that the few persons with two registrations do not spoil the argument.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from examples_batch_tables import COLD, OTHER_PLACES, PLACES, SESSIONS, SITES
from examples_flow import Network
from examples_trainees import Trainee

Session = tuple[str, str, str]

_KIND = {str(site[0]): str(site[2]) for site in SITES}
_OWNER = {str(site[0]): str(site[3]) for site in SITES}
_DAY_LIMIT = {str(site[0]): int(site[8]) for site in SITES if site[8]}
_CLOSED = {(str(site[0]), str(site[10])) for site in SITES if site[9] == "suspended"}  # one day each
_SPECIAL = {(site, date, half, item): places for site, date, half, item, places in OTHER_PLACES}
_KEPT_SEATS, _KEPT_PLACES = 1, 1  # per session, and per session and item
_PUBLIC = ("public", "authority")
_EXAM_DAY = "2026-12-07"
_LONG_AGO = "2023-12-01"  # what ended before is no tie any more, three years later


def prove(
    trainees: Sequence[Trainee], staff: Sequence[Sequence[str]], relations: Sequence[Sequence[str]]
) -> None:
    """Fail loudly where somebody would have no place or a duty nobody."""
    placed = most_placed(trainees, relations, kept=(_KEPT_SEATS, _KEPT_PLACES))
    if placed < len(trainees):
        raise AssertionError(f"only {placed} of {len(trainees)} trainees have a place")
    public = most_placed(trainees, relations, kinds=_PUBLIC)
    if public >= len(trainees):
        raise AssertionError("public sites alone would do")
    needed, filled = most_duties(staff, relations)
    if filled < needed:
        raise AssertionError(f"only {filled} of {needed} duties can be filled")


def sessions(kinds: Sequence[str] = tuple(_KIND.values())) -> dict[Session, int]:
    """Give the seats of each session that takes place at sites of some kinds."""
    return {
        (site, f"2026-12-{when[:2]}", when[2:]): seats
        for site, (seats, times) in SESSIONS.items()
        for when in times.split()
        if _KIND[site] in kinds and (site, f"2026-12-{when[:2]}") not in _CLOSED
    }


def places(session: Session, item: str) -> int | None:
    """Give the places of an item in a session; None where the site does not examine it."""
    return _SPECIAL.get((*session, item), PLACES[session[0]].get(item))


def most_placed(
    trainees: Sequence[Trainee],
    relations: Sequence[Sequence[str]],
    *,
    kept: tuple[int, int] = (0, 0),
    kinds: Sequence[str] = tuple(_KIND.values()),
) -> int:
    """Give how many can be placed at sites of some kinds when a little capacity is kept back."""
    network = Network()
    own = own_sites(relations)
    groups = Counter(
        (t.institution_id, t.item, t.part == "theory", t.school_id, t.earliest, t.latest) for t in trainees
    )
    for session, seats in sessions(kinds).items():
        day = session[:2]
        network.add(session, day, seats - kept[0])
        for item in PLACES[session[0]]:
            network.add((session, item), session, max(0, (places(session, item) or 0) - kept[1]))
    for day in {session[:2] for session in sessions(kinds)}:
        network.add(day, "sink", _DAY_LIMIT.get(day[0], len(trainees)))
    for group, count in groups.items():
        institution, item, theory, school, earliest, latest = group
        network.add("source", group, count)
        for session in sessions(kinds):
            site, date, _ = session
            crossed = site not in own.get(institution, ()) or item == COLD or _OWNER[site] == school
            in_time = (not earliest or earliest <= date) and (not latest or date <= latest)
            if crossed and in_time and places(session, item) is not None:
                network.add(group, session if theory else (session, item), count)
    return network.largest("source", "sink")


def own_sites(relations: Sequence[Sequence[str]]) -> dict[str, set[str]]:
    """Give each organisation's own and connected sites: where "itself and its controllers" meet."""
    above: dict[str, set[str]] = {}
    for kind, parent, child, share, _, until in relations:
        if kind == "controls" and float(share or 1) >= 0.25 and (not until or until >= _EXAM_DAY):
            above.setdefault(child, set()).add(parent)

    def family(organisation: str) -> set[str]:
        return {organisation}.union(*(family(parent) for parent in above.get(organisation, ())))

    organisations = {organisation for relation in relations for organisation in relation[1:3]} | set(
        _OWNER.values()
    )
    return {
        one: {site for site, owner in _OWNER.items() if owner and family(one) & family(owner)}
        for one in organisations
    }


def most_duties(staff: Sequence[Sequence[str]], relations: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Give how many duties there are at most, and how many of them can be filled.

    Only staff without any tie to a trainee's institution are counted, and each session is taken
    to be full and to examine every item of its site: the real need is smaller.
    """
    network = Network()
    tied = {
        name
        for kind, *ends, _, _, until in relations
        if kind in ("teaches", "employed", "employs") and (not until or until >= _LONG_AGO)
        for name in ends
    }
    own = own_sites(relations)
    needed = 0
    for session, seats in sessions().items():
        for role, item, count in _duties(session, seats):
            duty = (session, role, item)
            needed += count
            network.add("source", duty, count)
            for person in staff:
                if (
                    person[0] not in tied
                    and person[3] in ("", "A01")
                    and _fits(person, session, role, item, own)
                ):
                    network.add(duty, (person[0], session[1:]), 1)
    for person in staff:
        for half in {session[1:] for session in sessions()}:
            network.add((person[0], half), person[0], 1)
        network.add(person[0], "sink", int(person[8] or 99))
    return needed, network.largest("source", "sink")


def _duties(session: Session, seats: int) -> list[tuple[str, str, int]]:
    """Give roles, items and numbers by the defaults of the rules: rooms of thirty, two and two and one."""
    examined = [item for item in PLACES[session[0]] if places(session, item)]
    return [
        ("invigilator", "", -(-seats // 30) * 2),
        *(("examiner", item, 2) for item in examined),
        ("patrol", "", 1),
    ]


def _fits(person: Sequence[str], session: Session, role: str, item: str, own: dict[str, set[str]]) -> bool:
    _, _, _, employer, roles, items, _, licence, _, unavailable = person
    first, _, last = unavailable.partition("..")
    free = not first <= session[1] <= last if last else session[1] not in unavailable
    licensed = not licence or licence >= session[1]
    skilled = not item or item in items.split(";")
    return (
        free and licensed and skilled and role in roles.split(";") and session[0] not in own.get(employer, ())
    )
