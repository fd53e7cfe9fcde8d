"""Do the ids of a batch's tables point at something that is there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

import polars as pl

from common.finding import Location
from common.privacy import says_number
from common.text import key
from scheduler.batch.batch_tables import Tables
from scheduler.batch.cells import identifier
from scheduler.batch.columns import Faults
from scheduler.batch.meant import NO_NAMES, asked, by_name, meant
from scheduler.batch.shared_ids import check_shared_ids
from scheduler.batch.tables import Row
from scheduler.batch.trainee_reading import ID_IS_IDENTITY, check_districts, check_trainees
from scheduler.problem import Problem

_ORGANISATION, _SITE, _PERSON, _TRAINEE = "机构", "考点", "人员（考生或考务人员）", "考生"
_ENDS = {
    "controls": (_ORGANISATION, _ORGANISATION),
    "owns": (_ORGANISATION, _SITE),
    "employs": (_ORGANISATION, _PERSON),
    "employed": (_ORGANISATION, _PERSON),
    "teaches": (_PERSON, _ORGANISATION),
    "taught": (_PERSON, _TRAINEE),
    "relative": (_PERSON, _PERSON),
    "same_person": (_PERSON, _PERSON),
}


_USES = (
    ("sites", "owner_id", _ORGANISATION),
    ("seats", "site_id", _SITE),
    ("places", "site_id", _SITE),
    ("rooms", "site_id", _SITE),
    ("staff", "employer_id", _ORGANISATION),
)


class _Either(Collection[str]):
    """The ids of two tables, looked up in both: a set of a million ids for a few look-ups would be a waste."""

    def __init__(self, first: Collection[str], second: Collection[str]) -> None:
        self._tables = first, second

    def __contains__(self, name: object) -> bool:
        return any(name in table for table in self._tables)

    def __iter__(self) -> Iterator[str]:
        return chain(*self._tables)

    def __len__(self) -> int:
        return sum(map(len, self._tables))


def check_references(problem: Problem, tables: Tables, faults: Faults) -> None:
    """Find every id that is used and not defined or is an identity number, and everybody whose city nobody can know."""
    known: dict[str, Collection[str]] = {
        _ORGANISATION: problem.institutions,
        _SITE: problem.sites,
        _PERSON: _Either(problem.staff, problem.trainees),
        _TRAINEE: problem.trainees,
    }

    called = {_ORGANISATION: by_name(problem.institutions.values()), _SITE: by_name(problem.sites.values())}

    def look(row: Row, column: str, what: str) -> None:
        name = identifier(row, column)
        if name and name not in known[what]:
            hint = asked(meant(name, known[what], called.get(what, NO_NAMES)))
            faults.add("BATCH-UNKNOWN-ID", f"“{name}”没有在{what}表中定义{hint}", row.at(column))

    check_trainees(tables.trainees, problem, _ORGANISATION, faults)
    for table, column, what in _USES:
        for row in tables[table]:
            look(row, column, what)
    check_districts(
        tables.trainees,
        lambda row: _look_district(row, problem, faults),
        lambda district: _is_known(district, problem),
    )
    for row in tables["staff"]:
        _look_at_staff(row, problem, faults)
    _look_at_items(problem, tables, faults)
    for row in tables["sites"]:
        if _look_defined(row, problem, faults):
            _look_city(row, problem, faults)
    for row, relation in zip(tables["relations"], problem.relations, strict=True):
        for column, what in zip(("from_id", "to_id"), _ENDS.get(relation.kind, ()), strict=False):
            look(row, column, what)
    check_shared_ids(problem, tables["relations"], faults)


def _look_at_items(problem: Problem, tables: Tables, faults: Faults) -> None:
    """Find items that differ by blanks or punctuation alone: two of them would be planned as two."""
    spelt: dict[str, str] = {}
    for row in tables["places"]:
        _look_spelling(spelt, row["item"], row.at("item"), faults)
    frame = tables.trainees.frame.filter(pl.col("item") != "").unique(
        "item", keep="first", maintain_order=True
    )
    for number, item in frame.select("row", "item").rows():
        _look_spelling(spelt, item, tables.trainees.row(number).at("item"), faults)
    for row in tables["staff"]:
        one = problem.staff.get(identifier(row, "staff_id"))
        for item in one.items if one is not None else ():
            _look_spelling(spelt, item, row.at("items"), faults)


def _look_spelling(spelt: dict[str, str], item: str, where: Location, faults: Faults) -> None:
    known = spelt.setdefault(key(item), item)
    if item and known != item:
        message = f"“{item}”与别处的“{known}”只差空格或标点，会当成两个项目，请写成一样"
        faults.add("BATCH-VALUE", message, where)


def _look_defined(row: Row, problem: Problem, faults: Faults) -> bool:
    district = row["district"]
    missing = bool(problem.districts and district and district not in problem.districts)
    if missing:
        faults.add("BATCH-UNKNOWN-ID", f"“{district}”没有在区县表中定义", row.at("district"))
    return not missing


def _look_at_staff(row: Row, problem: Problem, faults: Faults) -> None:
    _look_defined(row, problem, faults)
    if says_number(row["staff_id"]):
        faults.add("BATCH-ID-IS-IDENTITY", ID_IS_IDENTITY, row.at("staff_id"))


def _look_city(row: Row, problem: Problem, faults: Faults) -> None:
    """Find a site whose city nobody can know, where there are several."""
    site = problem.sites.get(identifier(row, "site_id"))
    district = problem.districts.get(row["district"])
    if district is not None and row["city"] and district.city not in ("", row["city"]):
        message = (
            f"考点的城市“{row['city']}”与区县表不一致：{row['district']}属于“{district.city}”，请改成一样"
        )
        faults.add("BATCH-VALUE", message, row.at("city"))
    if site is None or site.city:
        return
    if any(other.city for other in problem.sites.values()):
        faults.add("BATCH-EMPTY", "考点分属几个城市，须填本考点的城市", row.at("city"))
    elif any(district.city for district in problem.districts.values()):
        faults.add("BATCH-EMPTY", "区县表有几个城市，须填本考点的城市（或区县）", row.at("city"))


def _is_known(district: str, problem: Problem) -> bool:
    """Say whether trainees of a district are in a city that is known, or in the only one."""
    defined = not problem.districts or not district or district in problem.districts
    return defined and (bool(problem.city_of_district(district)) or not _has_cities(problem))


def _has_cities(problem: Problem) -> bool:
    return len({site.city for site in problem.sites.values()}) > 1


def _look_district(row: Row, problem: Problem, faults: Faults) -> None:
    if not _look_defined(row, problem, faults):
        return
    if not problem.city_of_district(row["district"]) and _has_cities(problem):
        faults.add(
            "BATCH-EMPTY",
            "考点分属几个城市，须填考生的区县并有区县表，才知道属于哪个城市",
            row.at("district"),
        )
