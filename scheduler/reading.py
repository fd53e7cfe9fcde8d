"""A batch folder or workbook to a ``Problem``; every fault located, nothing planned on bad facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from common.listing import first_few
from common.privacy import mask_numbers_in
from scheduler.batch import cells
from scheduler.batch.batch_tables import read_tables
from scheduler.batch.columns import Faults
from scheduler.batch.references import check_references
from scheduler.batch.shares import share, tell_small
from scheduler.batch.tables import Row
from scheduler.batch.trainee_reading import read_trainees
from scheduler.batch.unstated_numbers import tell_unstated
from scheduler.errors import BadBatchError
from scheduler.problem import (
    District,
    Half,
    Institution,
    PlaceRow,
    Problem,
    Relation,
    Session,
    Site,
    Staff,
)
from scheduler.rules_file import check_rules_file, read_rules, rules_beside
from scheduler.seats.reading import check_rooms, positive, read_rooms

_MOST_TOLD = 8
T = TypeVar("T")


def read_batch(path: Path, rules_file: Path | None = None) -> Problem:
    """Read a batch.

    Parameters
    ----------
    path
        a folder of CSV files, or a workbook with a sheet for each table.
    rules_file
        the city's rules; default those beside the batch (``scheduler.rules_file``).

    Raises
    ------
    BadBatchError
        facts are faulty; holds every located fault.
    InputError
        the batch or its rules cannot be read at all.
    """
    faults = Faults()
    tables = read_tables(path, faults)
    rules = read_rules(rules_file or rules_beside(path), faults)
    check_rules_file(path, rules_file, faults)
    districts = _keyed(tables["districts"], "district", _district, faults)
    seats = _seats(tables["seats"], faults)
    problem = Problem(
        trainees=read_trainees(tables.trainees, faults),
        institutions=_keyed(tables["institutions"], "institution_id", _institution, faults),
        sites=_in_one_city(
            _keyed(tables["sites"], "site_id", lambda row, told: _site(row, told, districts), faults),
            districts,
            faults,
        ),
        districts=districts,
        seats=seats,
        places=_places(tables["places"], faults),
        staff=_keyed(tables["staff"], "staff_id", _staff, faults),
        relations=_relations(tables["relations"], faults),
        rules=rules,
        rooms=read_rooms(tables["rooms"], faults),
    )
    faults.remarks += tell_small(tables["relations"], "share")
    faults.remarks += tell_unstated(
        "考务人员", ((row.location.row, row["id_number"]) for row in tables["staff"])
    )
    check_references(problem, tables, faults)
    check_rooms(problem, tables["seats"], faults)
    if faults.found:
        raise BadBatchError(faults.found, faults.remarks)
    return replace(problem, remarks=tuple(map(mask_numbers_in, faults.remarks)))


def _keyed(
    rows: Iterable[Row], column: str, build: Callable[[Row, Faults], T], faults: Faults
) -> dict[str, T]:
    records: dict[str, T] = {}
    first: dict[str, int] = {}
    for row in rows:
        name = cells.identifier(row, column)
        if not name:
            continue  # told as an empty cell that is needed
        if name in records:
            faults.add("BATCH-DUPLICATE", f"“{name}”重复，第 {first[name]} 行已有", row.at(column))
            continue
        records[name], first[name] = build(row, faults), row.location.row
    return records


def _institution(row: Row, faults: Faults) -> Institution:
    name = cells.identifier(row, "institution_id")
    return Institution(name, row["name"] or name, cells.word(row, "kind", "institution", faults, "training"))


def _site(row: Row, faults: Faults, districts: dict[str, District]) -> Site:
    district = districts.get(row["district"])
    start, end = _period(row, "suspended_from", "suspended_to", faults)
    name = cells.identifier(row, "site_id")
    return Site(
        site_id=name,
        name=row["name"] or name,
        kind=cells.word(row, "kind", "site", faults, "institution"),
        owner_id=cells.identifier(row, "owner_id"),
        city=row["city"] or (district.city if district else ""),
        district=row["district"],
        lon=cells.degrees(row, "lon", faults, 180),
        lat=cells.degrees(row, "lat", faults, 90),
        day_limit=cells.count(row, "day_limit", faults),
        suspended=cells.word(row, "status", "status", faults, "active") == "suspended",
        suspended_from=start,
        suspended_to=end,
        address=row["address"],
    )


def _in_one_city(sites: dict[str, Site], districts: dict[str, District], faults: Faults) -> dict[str, Site]:
    """Give sites that state no city the one city that others, or else the districts, state, where it is one.

    Where the districts are of several cities that is a guess, and told.
    """
    of_districts = {one.city for one in districts.values()} - {""}
    cities = {site.city for site in sites.values()} - {""} or of_districts
    if len(cities) != 1:
        return sites
    (city,) = cities
    without = [name for name, site in sites.items() if not site.city]
    if without and of_districts - cities:
        told = first_few(without, _MOST_TOLD, "个")
        faults.remarks.append(f"考点 {told} 没有填城市和区县，而区县表有几个城市：按其他考点所在的“{city}”计")
    return {name: replace(site, city=city) for name, site in sites.items()}


def _district(row: Row, faults: Faults) -> District:
    return District(
        row["district"],
        row["city"],
        cells.degrees(row, "lon", faults, 180),
        cells.degrees(row, "lat", faults, 90),
    )


def _period(row: Row, start: str, end: str, faults: Faults) -> tuple[dt.date | None, dt.date | None]:
    days = cells.day(row, start, faults), cells.day(row, end, faults)
    cells.in_order(row, start, end, days, faults)
    return days


def _half(row: Row, faults: Faults) -> Half | None:
    read = cells.word(row, "half", "half", faults)
    return Half(read) if read else None


def _seats(rows: Iterable[Row], faults: Faults) -> dict[Session, int]:
    seats: dict[Session, int] = {}
    for row in rows:
        day, half, number = (
            cells.day(row, "date", faults),
            _half(row, faults),
            cells.count(row, "seats", faults),
        )
        if day is None or half is None or number is None:
            continue  # told where it was read
        session = Session(cells.identifier(row, "site_id"), day, half)
        if session in seats:
            faults.add("BATCH-DUPLICATE", f"考点 {session.site_id} {day} {half} 的场次重复", row.location)
        seats[session] = number
    return seats


def _places(rows: Iterable[Row], faults: Faults) -> tuple[PlaceRow, ...]:
    places: dict[tuple[object, ...], PlaceRow] = {}
    for row in rows:
        number = cells.count(row, "places", faults)
        if number is None:
            continue
        place = PlaceRow(
            cells.identifier(row, "site_id"),
            row["item"],
            number,
            cells.day(row, "date", faults),
            _half(row, faults),
            positive(row, "stations", faults),
            row.location.row,
        )
        same = (place.site_id, place.item, place.day, place.half)
        if same in places:
            faults.add("BATCH-DUPLICATE", f"考点 {place.site_id}“{place.item}”的工位重复", row.location)
        places[same] = place
    return tuple(places.values())


def _staff(row: Row, faults: Faults) -> Staff:
    return Staff(
        staff_id=cells.identifier(row, "staff_id"),
        name=row["name"],
        id_number=cells.identity(row, "id_number", faults),
        employer_id=cells.identifier(row, "employer_id"),
        roles=cells.words(row, "roles", "role", faults),
        items=cells.listed(row, "items"),
        district=row["district"],
        licence_to=cells.day(row, "licence_to", faults),
        max_duties=cells.count(row, "max_duties", faults),
        unavailable=cells.absences(row, "unavailable", faults),
        agreement_to=cells.day(row, "agreement_to", faults),
        trained_to=cells.day(row, "trained_to", faults),
        row=row.location.row,
    )


def _relations(rows: Iterable[Row], faults: Faults) -> tuple[Relation, ...]:
    first: dict[Relation, int] = {}
    relations = []
    for row in rows:
        relation = _relation(row, faults)
        if relation in first:
            faults.add("BATCH-DUPLICATE", f"这条关系重复，第 {first[relation]} 行已有", row.location)
        first.setdefault(relation, row.location.row)
        relations.append(relation)
    return tuple(relations)


def _relation(row: Row, faults: Faults) -> Relation:
    since, until = _period(row, "since", "until", faults)
    return Relation(
        kind=cells.word(row, "kind", "relation", faults),
        from_id=cells.identifier(row, "from_id"),
        to_id=cells.identifier(row, "to_id"),
        share=share(row, "share", faults),
        since=since,
        until=until,
    )
