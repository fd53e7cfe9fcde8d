"""The exam staff of the batch, and who is tied to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import count

from examples_batch_tables import COLD, DISTRICTS, HEIGHT, HIGH, LOW, WELD
from examples_dice import Dice
from examples_people import Register
from examples_trainees import Trainee

INVIGILATOR, EXAMINER, PATROL = "invigilator", "examiner", "patrol"

# roles, items, employer ("" where a person works for nobody who matters here), how many
_GROUPS: tuple[tuple[tuple[str, ...], tuple[str, ...], str, int], ...] = (
    ((INVIGILATOR,), (), "A01", 5),  # W001 to W005
    ((INVIGILATOR,), (), "", 6),  # W006 to W011
    ((INVIGILATOR, PATROL), (), "", 2),  # W012, W013
    ((PATROL,), (), "A01", 3),  # W014 to W016
    ((EXAMINER,), (LOW, HIGH), "A01", 5),  # W017 to W021
    ((EXAMINER,), (LOW, HIGH), "", 5),  # W022 to W026
    ((EXAMINER,), (WELD,), "A01", 2),  # W027, W028
    ((EXAMINER,), (WELD,), "", 3),  # W029 to W031
    ((EXAMINER,), (HEIGHT,), "A01", 2),  # W032, W033
    ((EXAMINER,), (HEIGHT, WELD), "", 3),  # W034 to W036
    ((EXAMINER,), (COLD,), "", 2),  # W037, W038
    ((INVIGILATOR,), (), "SC1", 1),  # W039
    ((INVIGILATOR,), (), "SC2", 1),  # W040
    ((INVIGILATOR,), (), "E02", 1),  # W041: connected with T01 and T02 through their parent
    ((EXAMINER,), (LOW,), "T06", 1),  # W042
    ((EXAMINER, INVIGILATOR), (WELD,), "", 1),  # W043 teaches at T05
    ((EXAMINER,), (HEIGHT, COLD), "", 1),  # W044 left T06 last year
    ((EXAMINER,), (LOW, COLD), "T03", 1),  # W045
)
_UNAVAILABLE = {
    "W003": "2026-12-07", "W008": "2026-12-09 am", "W012": "2026-12-08 am;2026-12-10 am",
    "W020": "2026-12-10..2026-12-11", "W025": "2026-12-07；2026-12-08 pm", "W030": "2026-12-07..2026-12-08",
}  # fmt: skip
_LICENCES = {"W019": "2026-12-08", "W044": "2026-06-30"}  # one ends during the exams, one is over
_LIMITS = {"W001": "8", "W006": "6", "W017": "7", "W023": "8", "W027": "8", "W034": "8", "W039": "4"}

SITS_TOO = "W010"  # this invigilator is a trainee as well


def staff_rows(register: Register, trainees: Sequence[Trainee]) -> list[tuple[str, ...]]:
    """Give the rows of staff.csv."""
    dice = Dice("exam staff")
    number = count(1)
    return [
        _row(register, dice, f"W{next(number):03d}", entry, trainees)
        for entry in _GROUPS
        for _ in range(entry[3])
    ]


def _row(
    register: Register,
    dice: Dice,
    staff_id: str,
    entry: tuple[tuple[str, ...], tuple[str, ...], str, int],
    trainees: Sequence[Trainee],
) -> tuple[str, ...]:
    roles, items, employer, _ = entry
    male = dice.chance(60)
    first = dt.date(1972, 1, 1) if male else dt.date(1980, 1, 1)
    person = register.person(male=male, birth=dice.day(first, dt.date(1996, 12, 31)))
    if staff_id == SITS_TOO:
        person = sitting(trainees).person
    licence = _LICENCES.get(staff_id, f"{2027 + dice.below(3)}-0{1 + dice.below(9)}-15" if items else "")
    return (
        staff_id, person.name, person.number, employer, ";".join(roles), ";".join(items),
        str(dice.pick(DISTRICTS)[0]), licence, _LIMITS.get(staff_id, ""), _UNAVAILABLE.get(staff_id, ""),
    )  # fmt: skip


def sitting(trainees: Sequence[Trainee]) -> Trainee:
    """Give the trainee who is on the staff as well: old enough, and registered once."""
    return next(one for one in _single(trainees, "T12", HEIGHT) if one.person.birth.year < 1996)


def relation_rows(trainees: Sequence[Trainee]) -> list[tuple[str, ...]]:
    """Give the rows of relations.csv: kind, from, to, share, since, until."""
    welder, other = (_single(trainees, "T09", item)[0] for item in (WELD, HIGH))
    pupil = _single(trainees, "T10", LOW)[0].trainee_id
    nephew, daughter = (_single(trainees, "T08", LOW)[index].trainee_id for index in (0, 1))
    return [
        ("controls", "G01", "T01", "0.6", "2019-01-01", ""),
        ("controls", "G01", "T02", "0.6", "2021-05-01", ""),
        ("controls", "G01", "E01", "0.6", "", ""),
        ("controls", "E01", "E02", "0.6", "2020-03-01", ""),
        ("controls", "G01", "T05", "0.2", "", ""),  # below the threshold: no tie
        ("controls", "G01", "T10", "0.8", "2015-01-01", "2024-12-31"),  # sold: no tie any more
        ("owns", "E02", "S7", "0.8", "", ""),
        ("owns", "T04", "S7", "0.2", "", ""),  # below the threshold
        ("owns", "T03", "S6", "", "", ""),
        ("owns", "SC1", "S4", "", "", ""),
        ("employs", "T06", "W042", "", "2022-09-01", ""),
        ("employs", "SC1", "W039", "", "2018-07-01", ""),
        ("employed", "T06", "W044", "", "2016-03-01", "2025-06-30"),  # counts for three years
        ("employed", "T07", "W022", "", "2012-01-01", "2021-06-30"),  # long ago
        ("teaches", "W043", "T05", "", "2025-03-01", ""),
        ("teaches", "W029", "T09", "", "2020-01-01", "2024-12-31"),  # over
        ("taught", "W024", pupil, "", "", ""),
        ("relative", "W007", nephew, "", "", ""),
        ("relative", "W035", daughter, "", "", ""),
        ("relative", "W014", "W015", "", "", ""),
        ("same_person", SITS_TOO, sitting(trainees).trainee_id, "", "", ""),
        ("same_person", welder.trainee_id, other.trainee_id, "", "", ""),  # a passport and an identity card
    ]


def _single(trainees: Sequence[Trainee], institution: str, item: str) -> list[Trainee]:
    """Give the trainees of an institution for an item who are registered once and may come any day."""
    numbers = [trainee.person.number for trainee in trainees]
    return [
        trainee
        for trainee in trainees
        if (trainee.institution_id, trainee.item) == (institution, item)
        and numbers.count(trainee.person.number) == 1
        and not (trainee.earliest or trainee.latest)
    ]
