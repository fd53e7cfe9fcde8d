"""The trainees of the batch: eight hundred registrations, a few of them second ones of one person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from examples_batch_tables import COLD, DISTRICTS, HIGH, HOMES, ITEM_LETTERS, LOW, TRAINEES
from examples_dice import Dice
from examples_people import Person, Register

_CLASS_SIZE = 25
_SCHOOLS = ("SC1", "SC2")
# Two registrations of one person: institution, and whether the days keep them apart already.
_DOUBLES = (("T04", False), ("T06", False), ("T02", True), ("T04", True), ("T06", False))
# One trainee in so many cannot come before or after a day.
_LATE_START, _EARLY_END = 12, 15


@dataclass(frozen=True)
class Trainee:
    """One registration, as it stands in trainees.csv."""

    person: Person
    institution_id: str
    item: str
    part: str
    district: str
    class_id: str
    school_id: str = ""
    earliest: str = ""
    latest: str = ""
    trainee_id: str = ""

    def row(self) -> tuple[str, ...]:
        """Give the cells in the order of the contract."""
        return (
            self.trainee_id, self.person.name, self.person.number, self.institution_id, self.item, self.part,
            self.district, self.class_id, self.school_id, self.earliest, self.latest,
        )  # fmt: skip


def trainees(register: Register) -> list[Trainee]:
    """Give all registrations, numbered in the order in which they came in."""
    dice = Dice("trainees")
    everybody = [
        _trainee(register, dice, institution, item, nth)
        for institution, items in TRAINEES.items()
        for item, count in items.items()
        for nth in range(count)
    ]
    for institution, apart in _DOUBLES:
        _register_twice(everybody, institution, apart=apart)
    arrived = dice.shuffled(everybody)
    return [replace(trainee, trainee_id=f"X{nth:04d}") for nth, trainee in enumerate(arrived, start=1)]


def _trainee(register: Register, dice: Dice, institution: str, item: str, nth: int) -> Trainee:
    student = institution in _SCHOOLS
    born = (
        (dt.date(2006, 1, 1), dt.date(2008, 6, 30))
        if student
        else (dt.date(1972, 1, 1), dt.date(2006, 12, 31))
    )
    person = register.person(
        male=dice.chance(80), birth=dice.day(*born), name=_rare_name(institution, item, nth)
    )
    home = HOMES[institution] if dice.chance(60) else str(dice.pick(DISTRICTS)[0])
    earliest, latest = _days(dice, item)
    return Trainee(
        person,
        institution,
        item,
        ("theory", "both", "practical", "both", "theory", "both", "both", "practical", "theory", "both")[
            nth % 10
        ],
        home,
        f"{institution}-{ITEM_LETTERS[item]}{nth // _CLASS_SIZE + 1}",
        institution if student else ("SC1" if institution == "T04" and nth % 12 == 5 else ""),
        earliest,
        latest,
    )


def _days(dice: Dice, item: str) -> tuple[str, str]:
    """Bind a few to some of the days; refrigeration has two sessions only and stays free."""
    if item == COLD:
        return "", ""
    if dice.below(_LATE_START) == 0:
        return "2026-12-09", ""
    if dice.below(_EARLY_END) == 0:
        return "", "2026-12-09"
    return "", ""


def _rare_name(institution: str, item: str, nth: int) -> str:
    """Name two people so that careless programs stumble: a middle dot, a character of two halves."""
    if (institution, item, nth) == ("T06", LOW, 3):
        return "迪丽努尔·买买提江"
    return "闻\U0002c386" if (institution, item, nth) == ("T11", HIGH, 4) else ""


def _register_twice(everybody: list[Trainee], institution: str, *, apart: bool) -> None:
    """Make a theory registration for low and a practical one for high voltage the same person's."""
    mine = [index for index, trainee in enumerate(everybody) if trainee.institution_id == institution]
    people = [trainee.person.number for trainee in everybody]
    free = [index for index in mine if people.count(people[index]) == 1]
    theory = next(i for i in free if (everybody[i].item, everybody[i].part) == (LOW, "theory"))
    practical = next(i for i in free if (everybody[i].item, everybody[i].part) == (HIGH, "practical"))
    first = replace(everybody[theory], school_id="", earliest="", latest="2026-12-08" if apart else "")
    everybody[theory] = first
    everybody[practical] = replace(
        everybody[practical],
        person=first.person,
        district=first.district,
        school_id="",
        earliest="2026-12-09" if apart else "",
        latest="",
    )
