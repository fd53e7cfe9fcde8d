"""Plans as far as duties need them, and sessions as they are held; everybody is invented."""

import hashlib

from scheduler.duties.posts import Held

KEY = hashlib.sha256(b"a key").digest()
STAFFING = {
    "room_size": 30,
    "invigilators_per_room": 1,
    "examiners_per_item": 1,
    "patrols_per_site": 0,
    "substitutes": 2,
    "halves_running": 4,
}


def member(staff_id: str, *roles: str, **more) -> dict:
    """Give a staff entry of a plan; by default an invigilator without any limit."""
    return {
        "staff_id": staff_id,
        "person": staff_id,
        "roles": list(roles or ("invigilator",)),
        "items": [],
        "district": "",
        "licence_to": None,
        "max_duties": None,
        "unavailable": [],
        "sits_as": [],
        "conflicts": [],
        **more,
    }


def conflict(kind: str, name: str = "", start: str | None = None, end: str | None = None) -> dict:
    return {"kind": kind, "id": name, "from": start, "to": end, "reason": "有关联"}


def absence(start: str, end: str = "", half: str | None = None) -> dict:
    return {"from": start, "to": end or start, "half": half}


def held(site_id: str, when: str, *rooms: tuple[str, ...], groups=()) -> Held:
    """Give a session: ``held("S1", "1am", ("T1",))``."""
    return Held(site_id, f"2026-12-{int(when[:-2]):02d}", when[-2:], rooms, tuple(groups))


def plan(staff: list[dict], sessions: list[Held], away=None, institutions=None, **staffing) -> dict:
    """Give a plan; each trainee's institution is the first letter of the id, or as ``institutions`` says."""
    people = sorted({name for one in sessions for name in one.people()})
    of = [(institutions or {}).get(name, name[0]) for name in people]
    names = sorted(set(of))
    return {
        "rules": {"staffing": {**STAFFING, **staffing}},
        "institutions": names,
        "groups": [{"item": "电工", "trainees": people, "institution": [names.index(one) for one in of]}],
        "staff": staff,
        "away": away or {},
    }
