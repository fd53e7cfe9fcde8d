"""Do the ids of a batch's tables point at something that is there."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from scheduler.cells import identifier
from scheduler.problem import Problem
from scheduler.tables import Faults, Row

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
    ("trainees", "institution_id", _ORGANISATION),
    ("trainees", "school_id", _ORGANISATION),
    ("sites", "owner_id", _ORGANISATION),
    ("seats", "site_id", _SITE),
    ("places", "site_id", _SITE),
    ("rooms", "site_id", _SITE),
    ("staff", "employer_id", _ORGANISATION),
)


def check_references(problem: Problem, tables: Mapping[str, list[Row]], faults: Faults) -> None:
    """Find every id that is used and not defined, and every trainee whose city nobody can know."""
    known: dict[str, Collection[str]] = {
        _ORGANISATION: problem.institutions,
        _SITE: problem.sites,
        _PERSON: problem.staff.keys() | problem.trainees.keys(),
        _TRAINEE: problem.trainees,
    }

    def look(row: Row, column: str, what: str) -> None:
        name = identifier(row, column)
        if name and name not in known[what]:
            faults.add("BATCH-UNKNOWN-ID", f"“{name}”没有在{what}表中定义", row.at(column))

    for table, column, what in _USES:
        for row in tables[table]:
            look(row, column, what)
    for row in tables["trainees"]:
        _look_district(row, problem, faults)
    for row in tables["sites"]:
        if _look_defined(row, problem, faults):
            _look_city(row, problem, faults)
    for row, relation in zip(tables["relations"], problem.relations, strict=True):
        for column, what in zip(("from_id", "to_id"), _ENDS.get(relation.kind, ()), strict=False):
            look(row, column, what)


def _look_defined(row: Row, problem: Problem, faults: Faults) -> bool:
    district = row["district"]
    missing = bool(problem.districts and district and district not in problem.districts)
    if missing:
        faults.add("BATCH-UNKNOWN-ID", f"“{district}”没有在区县表中定义", row.at("district"))
    return not missing


def _look_city(row: Row, problem: Problem, faults: Faults) -> None:
    """Find a site whose city nobody can know, where there are several."""
    site = problem.sites.get(identifier(row, "site_id"))
    if site and not site.city and any(other.city for other in problem.sites.values()):
        faults.add("BATCH-EMPTY", "考点分属几个城市，须填本考点的城市", row.at("city"))


def _look_district(row: Row, problem: Problem, faults: Faults) -> None:
    if not _look_defined(row, problem, faults):
        return
    if (
        not problem.city_of_district(row["district"])
        and len({site.city for site in problem.sites.values()}) > 1
    ):
        faults.add(
            "BATCH-EMPTY",
            "考点分属几个城市，须填考生的区县并有区县表，才知道属于哪个城市",
            row.at("district"),
        )
