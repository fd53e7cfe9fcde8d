"""One-line valid objects for exam tests; all people, organisations and places are invented."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction

from scheduler.batch.facts_digest import facts_digest
from scheduler.capacity import plan_chances
from scheduler.conflicts import ConflictGraph
from scheduler.eligibility import Eligibility
from scheduler.plan_form import plan_data
from scheduler.problem import (
    District,
    Half,
    Institution,
    Part,
    PlaceRow,
    Problem,
    Relation,
    Session,
    Site,
    Staff,
    Trainee,
)
from scheduler.rules import ExamRules, load_rules
from scheduler.schedule import Placement, Schedule

ITEM = "低压电工作业"
CITY = "云州市"
ONE_PERSON = "000000199001010018"
ANOTHER_PERSON = "000000198512319995"


def day(number: int) -> dt.date:
    """Give a day of the invented exam month."""
    return dt.date(2026, 12, number)


def at(site_id: str, when: str = "1am") -> Session:
    """Give a session: ``at("S1", "2pm")`` is the afternoon of the second day at S1."""
    return Session(site_id, day(int(when[:-2])), Half(when[-2:]))


def trainee(
    trainee_id: str, institution: str = "I1", item: str = ITEM, part: str = "both", **more
) -> Trainee:
    return Trainee(trainee_id, institution, item, Part(part), **more)


def site(site_id: str, owner: str = "", kind: str = "institution", city: str = CITY, **more) -> Site:
    return Site(site_id, f"考点{site_id}", kind, owner_id=owner, city=city, **more)


def places(site_id: str, number: int, item: str = ITEM, when: str = "") -> PlaceRow:
    """Give a places row, for every session of the site where ``when`` is empty."""
    if not when:
        return PlaceRow(site_id, item, number)
    session = at(site_id, when)
    return PlaceRow(site_id, item, number, session.day, session.half)


def relation(kind: str, from_id: str, to_id: str, share: str | None = None, **more) -> Relation:
    return Relation(kind, from_id, to_id, None if share is None else Fraction(share), **more)


def staff(staff_id: str, **more) -> Staff:
    return Staff(staff_id, **more)


def placed(trainee_id: str, session: Session, *exceptions: str, chance=None, site_chance=None) -> Placement:
    given = [None if value is None else Fraction(value) for value in (chance, site_chance)]
    return Placement(trainee_id, session, exceptions, *given)


def schedule(*placements: Placement, unplaced: tuple[str, ...] = ()) -> Schedule:
    return Schedule({one.trainee_id: one for one in placements}, dict.fromkeys(unplaced, "没有考位"))


def problem(
    trainees: list[Trainee],
    sites: list[Site],
    *,
    seats: dict[Session, int] | None = None,
    rows: list[PlaceRow] | None = None,
    relations: list[Relation] | None = None,
    districts: dict[str, str] | None = None,
    people: list[Staff] | None = None,
    rules: ExamRules | None = None,
) -> Problem:
    """Give a batch; by default each site has ten seats and places on the first morning."""
    if seats is None:
        seats = {at(one.site_id): 10 for one in sites}
    if rows is None:
        rows = [places(one.site_id, 10) for one in sites]
    organisations = sorted({one.institution_id for one in trainees} | {one.owner_id for one in sites} - {""})
    return Problem(
        trainees={one.trainee_id: one for one in trainees},
        institutions={name: Institution(name, f"机构{name}", "training") for name in organisations},
        sites={one.site_id: one for one in sites},
        districts={name: District(name, city) for name, city in (districts or {}).items()},
        seats=seats,
        places=tuple(rows),
        staff={one.staff_id: one for one in people or []},
        relations=tuple(relations or []),
        rules=rules or load_rules(),
    )


def addressed(batch: Problem) -> Problem:
    """Give a batch all of whose sites have an address: nothing is missing on its papers."""
    return replace(
        batch, sites={name: replace(one, address="仿真路1号") for name, one in batch.sites.items()}
    )


def codes(breaches) -> list[str]:
    """Give the codes of breaches, sorted."""
    return sorted(one.code for one in breaches)


def planned(batch: Problem) -> dict:
    """Give the published plan of a batch."""
    chances = plan_chances(batch, Eligibility(batch, ConflictGraph(batch)))
    return plan_data(batch, chances, "0", facts_digest(batch))


def seed(number: int) -> str:
    """Give the seed with that number."""
    return f"{number:064x}"
