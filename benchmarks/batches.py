"""Invented exam batches of any size, the same bytes on every machine: everything comes from hashes.

A city's shape: an institution for 60 trainees, a site for 1,500 and five more, sessions for a fifth more
people than there are. Some institutions own sites, some are controlled by groups, some trainees have
dates, are students, or hold two registrations. More than 50,000 people are a province: several cities.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from stdnum.cn.ric import calc_check_digit

_ITEMS = (
    "低压电工作业", "高压电工作业", "熔化焊接与热切割作业", "登高架设作业", "高处安装、维护、拆除作业",
    "制冷与空调设备运行操作作业", "制冷与空调设备安装修理作业", "防爆电气作业", "压力焊作业", "钎焊作业",
)  # fmt: skip
_DISTRICTS = 10
_CITY = 50_000
_FIRST = dt.date(2026, 12, 1)
_SEATS = 50
_MONTH = 40  # half-days


def write_batch(folder: Path, trainees: int, staff: int = 0, sites: int = 0) -> Path:
    """Write a batch of so many trainees as CSV files.

    With ``staff`` it is a month: twenty days at so many sites, each of which examines two items.
    """
    folder.mkdir(parents=True, exist_ok=True)
    cities = -(-trainees // _CITY)
    institutions = max(2 * cities, trainees // 60)
    sites = sites or trainees // 1500 + 5 * cities
    sessions = _MONTH if staff else -(-trainees * 6 // (5 * sites * _SEATS))
    seats = -(-trainees * 3 // (2 * sites * sessions)) if staff else _SEATS
    _write(folder, "districts", "district,city,lon,lat", _districts(cities))
    _write(folder, "institutions", "institution_id,name,kind", _institutions(institutions))
    _write(
        folder,
        "sites",
        "site_id,name,kind,owner_id,city,district,lon,lat,day_limit",
        _sites(sites, cities, institutions),
    )
    _write(folder, "seats", "site_id,date,half,seats", _seats(sites, sessions, seats))
    _write(folder, "places", "site_id,item,places", _places(sites, cities, 5 if staff else 2))
    _write(folder, "relations", "kind,from_id,to_id,share,since", _relations(institutions))
    if staff:
        _write(
            folder,
            "staff",
            "staff_id,name,id_number,employer_id,roles,items,district",
            _staff(staff, institutions),
        )
    columns = "trainee_id,name,id_number,institution_id,item,part,district,school_id,earliest,latest"
    _write(folder, "trainees", columns, _trainees(trainees, institutions, sessions, cities))
    return folder


def _write(folder: Path, table: str, columns: str, rows: Iterable[Sequence[object]]) -> None:
    with (folder / f"{table}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns.split(","))
        writer.writerows(rows)


def _dice(below: int, *what: object) -> int:
    text = "/".join(map(str, what)).encode()
    return int.from_bytes(hashlib.sha256(text).digest()[:8], "big") % below


def _districts(cities: int) -> Iterable[Sequence[object]]:
    for city in range(cities):
        for number in range(_DISTRICTS):
            lon, lat = f"{101 + city % 5 + number * 0.07:.3f}", f"{26 + city // 5 + number % 3 * 0.1:.3f}"
            yield _district(city, number), _city(city), lon, lat


def _city(city: int) -> str:
    return f"云州{city or ''}市"


def _district(city: int, number: int) -> str:
    return f"{_city(city) if city else ''}第{number + 1}区"


def _institutions(count: int) -> Iterable[Sequence[object]]:
    for number in range(count):
        yield f"I{number:04d}", f"云州第{number}培训机构", "school" if number % 20 == 0 else "training"
    for number in range(count // 10):
        yield f"G{number:04d}", f"云州第{number}集团", "enterprise"


def _sites(count: int, cities: int, institutions: int) -> Iterable[Sequence[object]]:
    for number in range(count):
        city, district = number % cities, _dice(_DISTRICTS, "site", number)
        public = number // cities % 5 < 2
        owner = "" if public else f"I{number * 3 % institutions:04d}"
        yield (
            f"S{number:03d}", f"云州第{number}考点", "public" if public else "institution", owner, _city(city),
            _district(city, district), f"{101 + city % 5 + district * 0.07 + 0.01:.3f}",
            f"{26 + city // 5 + district % 3 * 0.1:.3f}",
            2 * _SEATS - 10 if number % 4 == 0 else "",
        )  # fmt: skip


def _seats(sites: int, sessions: int, seats: int) -> Iterable[Sequence[object]]:
    for site in range(sites):
        for number in range(sessions):
            yield f"S{site:03d}", _FIRST + dt.timedelta(number // 2), ("am", "pm")[number % 2], seats


def _places(sites: int, cities: int, apart: int) -> Iterable[Sequence[object]]:
    for site in range(sites):
        for number, item in enumerate(_ITEMS):
            if (number + site // cities) % apart == 0:
                yield f"S{site:03d}", item, 12 + _dice(8, "places", site, item)


def _relations(institutions: int) -> Iterable[Sequence[object]]:
    for number in range(institutions // 10):
        for child in range(3):
            yield "controls", f"G{number:04d}", f"I{number * 10 + child:04d}", "0.6", "2020-01-01"


def _staff(count: int, institutions: int) -> Iterable[Sequence[object]]:
    """Give people who invigilate, and some who examine or patrol; a tenth work for an institution."""
    for number in range(count):
        roles = ("invigilator", "invigilator;examiner", "examiner", "invigilator;patrol")[number % 4]
        items = _ITEMS[number % 2 :: 2] if "examiner" in roles else ()
        employer = f"I{_dice(institutions, 'staff', number):04d}" if number % 10 == 0 else ""
        district = _district(0, _dice(_DISTRICTS, "staff district", number))
        yield (
            f"K{number:04d}",
            f"考务{number}",
            _number(9_000_000 + number),
            employer,
            roles,
            ";".join(items),
            district,
        )


def _trainees(count: int, institutions: int, sessions: int, cities: int) -> Iterable[Sequence[object]]:
    last = _FIRST + dt.timedelta((sessions - 1) // 2)
    for number in range(count):
        person = number - 1 if number % 100 == 99 else number
        city = person % cities
        institution = _dice(institutions // cities, "institution", person) * cities + city
        dated = _dice(20, "dated", number)
        early = _FIRST + dt.timedelta(_dice(max(1, (last - _FIRST).days), "early", number))
        yield (
            f"X{number:06d}",
            f"考生{person}",
            _number(person),
            f"I{institution:04d}",
            _ITEMS[_dice(len(_ITEMS), "item", number)],
            ("both", "both", "theory", "practical")[_dice(4, "part", number)],
            _district(city, _dice(_DISTRICTS, "district", person)),
            f"I{institution:04d}" if institution % 20 == 0 else "",
            early if dated == 0 else "",
            last if dated == 1 else "",
        )


def _number(person: int) -> str:
    """Give an identity number of an area that does not exist, with its check digit."""
    born = dt.date(1970, 1, 1) + dt.timedelta(person // 1000)
    digits = f"000000{born:%Y%m%d}{person % 1000:03d}"
    return digits + calc_check_digit(f"{digits}0")  # it leaves out the last character itself
